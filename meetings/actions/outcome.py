"""How an interview went: held, missed or cancelled; and taking that back when it was a mistake."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from courses.actions import job_search
from courses.actions.facts import record_held_meeting, withdraw_held_meeting
from courses.models import JobSearchStatus, MeetingKind, Party
from journal.actions import note
from meetings import citizen_links
from meetings.access import may_rearrange, may_settle
from meetings.actions import letters
from meetings.actions.moves import State, locked, moved, outdated
from meetings.actions.telling import tell_cancelled, workers_of
from meetings.collisions import Seats, lock_seats, seated
from meetings.models import Agreed, Meeting, NoShow, Participant
from meetings.plans import OTHER, Agreement, Held, Missed
from shared.refusals import Refused

Role = Participant.Role
Attendance = Participant.Attendance


@seated
def cancel(
    meeting: Meeting, *, cancelled_by: Party, reason: str, by: User, at: datetime
) -> Meeting:
    """Cancel a booked interview: its people and room are free, its duty as open as before."""
    meeting = locked(meeting)
    if not may_rearrange(by, meeting, on=timezone.localdate(at)):
        raise _not_own()
    meeting = moved(meeting, State.CANCELLED)
    if not reason:
        raise Refused(_("Write why the interview is cancelled."))
    if cancelled_by == Party.CITIZEN and at >= meeting.starts_at:
        raise Refused(
            _(
                "The interview has begun, so the citizen can no longer cancel it. Record that the"
                " citizen did not come; contact and lawful absence are noted there."
            )
        )
    workers = workers_of(meeting)
    meeting.cancelled_by = cancelled_by
    meeting.cancel_reason = reason
    meeting.settled_at = at
    columns = ["state", "cancelled_by", "cancel_reason", "settled_at"]
    meeting.save(update_fields=[*columns, *outdated(meeting, at=at)])
    note(
        meeting,
        "meeting-cancelled",
        by=by,
        case=meeting.course_id,
        cancelled_by=cancelled_by,
        reason=reason,
    )
    citizen_links.revoke(meeting, at=at)
    tell_cancelled(meeting, before=workers, by=by, at=at)
    letters.tell_cancellation(meeting, by=by, at=at)
    return meeting


@seated
def hold(meeting: Meeting, held: Held, *, by: User, at: datetime) -> Meeting:
    """Record that the interview took place, who came, and let it count in the course."""
    lock_seats(Seats.taken_by(meeting))
    meeting = moved(_own(meeting, by=by, at=at), State.HELD)
    _check_begun(meeting, at=at)
    _check_who_came(meeting, held.attendance)
    _check_times(meeting, held, at=at)
    for name, value in _as_held(held, at=at).items():
        setattr(meeting, name, value)
    meeting.save(update_fields=["state", *_as_held(held, at=at)])
    _attend(meeting, held.attendance)
    _agree(meeting, held.agreements)
    came = _other_party_came(meeting, held.attendance)
    note(
        meeting,
        "meeting-held",
        by=by,
        case=meeting.course_id,
        attendance=dict(held.attendance),
        registered_type=held.registered_type,
        ordinal=meeting.ordinal,
    )
    record_held_meeting(
        course=meeting.course,
        kind=MeetingKind(meeting.kind),
        held_on=meeting.held_on,
        by_party=Party(meeting.held_by),
        form=held.form or meeting.form,
        registered_type=held.registered_type,
        ordinal=meeting.ordinal,
        other_party_came=came,
        by=by,
        source="meeting",
    )
    if held.min_plan_changed:
        _renew_min_plan(meeting, by=by)
    return meeting


@seated
def miss(meeting: Meeting, missed: Missed, *, by: User, at: datetime) -> NoShow:
    """Record that the citizen did not come; the duty stays open with its date."""
    meeting = moved(_own(meeting, by=by, at=at), State.NO_SHOW)
    _check_begun(meeting, at=at)
    _check_contact(meeting, missed.contact_again_at, at=at)
    meeting.settled_at = at
    meeting.save(update_fields=["state", "settled_at"])
    _attend(meeting, {**missed.attendance, Role.CITIZEN: Attendance.ABSENT})
    no_show = NoShow.objects.create(
        meeting=meeting,
        contact_attempts=missed.contact_attempts,
        lawful_absence=missed.lawful_absence,
        contact_again_at=missed.contact_again_at,
        explanation=missed.explanation,
    )
    note(meeting, "meeting-missed", by=by, case=meeting.course_id, **_known(no_show))
    return no_show


@seated
def record_contact_again(
    meeting: Meeting, *, contact_again_at: datetime, explanation: str, by: User, at: datetime
) -> NoShow:
    """Record when the citizen was in contact again with the one who called, and what was said."""
    meeting = _own(meeting, by=by, at=at)
    no_show = NoShow.objects.filter(meeting=meeting).first()
    if no_show is None:
        raise Refused(_("Record first that the citizen did not come."))
    _check_contact(meeting, contact_again_at, at=at)
    before = _known(no_show)
    no_show.contact_again_at = contact_again_at
    no_show.explanation = explanation or no_show.explanation
    no_show.save(update_fields=["contact_again_at", "explanation"])
    note(
        meeting,
        "contact-recorded",
        by=by,
        case=meeting.course_id,
        before=before,
        **_known(no_show),
    )
    return no_show


@seated
def retract_outcome(meeting: Meeting, *, reason: str, by: User, at: datetime) -> Meeting:
    """Take back an outcome recorded by mistake: the interview is booked again, its fact undone."""
    lock_seats(Seats.taken_by(meeting))
    meeting = _own(meeting, by=by, at=at)
    if not reason:
        raise Refused(_("Write why the outcome is taken back."))
    was = State(meeting.state)
    meeting = moved(meeting, State.BOOKED)
    known = _undo_no_show(meeting) if was == State.NO_SHOW else {}
    meeting.registered_type = meeting.settled_at = None
    meeting.save(update_fields=["state", "registered_type", "settled_at"])
    meeting.participants.update(attendance=Attendance.EXPECTED)
    note(
        meeting, "outcome-retracted", by=by, case=meeting.course_id, was=was, reason=reason, **known
    )
    if was == State.HELD:
        withdraw_held_meeting(
            course=meeting.course, kind=MeetingKind(meeting.kind), held_on=meeting.held_on, by=by
        )
    return meeting


def _own(meeting: Meeting, *, by: User, at: datetime) -> Meeting:
    """The interview, locked, if the person works for the party that holds it."""
    meeting = locked(meeting)
    if not may_settle(by, meeting, on=timezone.localdate(at)):
        raise _not_own()
    return meeting


def _not_own() -> Refused:
    return Refused(_("Only the party that holds the interview records how it went."))


def _check_begun(meeting: Meeting, *, at: datetime) -> None:
    if at < meeting.starts_at:
        raise Refused(_("The interview has not begun yet. Record the outcome afterwards."))


def _check_who_came(meeting: Meeting, attendance: Mapping[str, str]) -> None:
    """Refuse to call held what was not: the citizen and the one who holds it were there."""
    if attendance.get(Role.CITIZEN) != Attendance.CAME:
        raise Refused(_("The citizen was not there: record a no-show instead."))
    if attendance.get(meeting.held_by) != Attendance.CAME:
        raise Refused(
            _("You were not there yourselves: cancel the interview instead, and book a new one.")
        )


def _check_times(meeting: Meeting, held: Held, *, at: datetime) -> None:
    """Refuse a beginning on another day, or one that has not come."""
    if held.began_at is None:
        return
    if timezone.localdate(held.began_at) != meeting.held_on:
        raise Refused(_("The interview began on another day: move it instead of holding it."))
    if held.began_at > at:
        raise Refused(_("The interview cannot have begun later than now. Check the time."))


def _as_held(held: Held, *, at: datetime) -> dict[str, object]:
    """The columns of an interview that say how it was held."""
    return {
        "agreed": held.agreed,
        "next_step": held.next_step,
        "registered_type": held.registered_type,
        "held_form": held.form or "",
        "began_at": held.began_at,
        "lasted_minutes": held.lasted_minutes,
        "min_plan_changed": held.min_plan_changed,
        "settled_at": at,
    }


def _agree(meeting: Meeting, agreements: Sequence[Agreement]) -> None:
    """Let an interview have exactly these agreements; one that stays keeps its tick."""
    wanted = {(one.who.value, one.what, one.by_day): one for one in agreements}
    for row in meeting.agreements.all():
        if wanted.pop((row.who, row.what, row.by_day), None) is None:
            row.delete()
    Agreed.objects.bulk_create(
        Agreed(meeting=meeting, who=one.who, what=one.what, by_day=one.by_day)
        for one in wanted.values()
    )


def _renew_min_plan(meeting: Meeting, *, by: User) -> None:
    """A plan that was changed at the interview is in order from that day."""
    job_search.record(
        course=meeting.course,
        item=JobSearchStatus.Item.MIN_PLAN,
        state=JobSearchStatus.State.DONE,
        as_of=meeting.held_on,
        by=by,
    )


def _check_contact(meeting: Meeting, contact: datetime | None, *, at: datetime) -> None:
    if contact and contact < meeting.starts_at:
        raise Refused(_("The contact lies before the interview. Write when it was taken up again."))
    if contact and contact > at:
        raise Refused(_("The contact lies in the future. Record it when it has happened."))


def _attend(meeting: Meeting, attendance: Mapping[str, str]) -> None:
    """Write down who came; one who sent word is free for something else."""
    for row in meeting.participants.exclude(role=Role.ROOM).order_by("pk"):
        row.attendance = attendance.get(row.role, row.attendance)
        row.save(update_fields=["attendance"])


def _other_party_came(meeting: Meeting, attendance: Mapping[str, str]) -> bool | None:
    """Whether the invited party really came; unknown to an interview that invited nobody."""
    if not meeting.with_other_party:
        return None
    return attendance.get(OTHER[Party(meeting.held_by)]) == Attendance.CAME


def _undo_no_show(meeting: Meeting) -> dict[str, str]:
    """Forget a no-show that nobody has been notified of, and say what it said."""
    if meeting.notifications.filter(withdrawn_at=None).exists():
        raise Refused(_("The a-kasse has been notified. Withdraw the notification first."))
    no_show = NoShow.objects.get(meeting=meeting)
    known = _known(no_show)
    no_show.delete()
    return known


def _known(no_show: NoShow) -> dict[str, str]:
    """What the journal says of a no-show."""
    contact = no_show.contact_again_at
    return {
        "lawful_absence": no_show.lawful_absence,
        "contact_attempts": no_show.contact_attempts,
        "contact_again_at": contact.isoformat(timespec="minutes") if contact else "",
        "explanation": no_show.explanation,
    }
