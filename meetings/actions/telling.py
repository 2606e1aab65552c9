"""Telling workers of what happened to an interview: a notice on screen, and their calendars."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from courses.audience import told_of
from courses.models import Party
from meetings import calendar
from meetings.models import CalendarFeed, Meeting, Notification, Participant, Room
from meetings.plans import OTHER
from notices import outbox
from notices.actions import tell
from notices.hours import Hours
from notices.models import Mail
from partnerships.models import Organisation
from shared.written import clock_text, day_with_year

Workers = Collection[User]


def workers_of(meeting: Meeting) -> list[User]:
    """The workers who are to take part in an interview, of both parties."""
    rows = meeting.participants.filter(is_busy=True).exclude(worker=None).select_related("worker")
    return [row.worker for row in rows.order_by("pk") if row.worker]


def tell_booked(meeting: Meeting, seats: Iterable[Participant], *, by: User, at: datetime) -> None:
    """Put a new interview in its workers' calendars, and ask the other party to a joint one."""
    _write(meeting, {row.worker: row.role for row in seats if row.worker}, "REQUEST", at=at)
    if meeting.with_other_party:
        _notice(_invited(meeting, at), "invitation", meeting, by=by, at=at)


def invite_again(meeting: Meeting, workers: Workers, *, by: User, at: datetime) -> None:  # noqa: ARG001 (an act is signed)
    """Send workers the invitation to an interview as it stands."""
    _invite(meeting, workers, at=at)


def tell_moved(
    meeting: Meeting, *, before: Workers, room_before: Room | None, by: User, at: datetime
) -> None:
    """Bring calendars up to date; tell those who were or are in it, and the invited party."""
    now = workers_of(meeting)
    left = [one for one in before if one not in now]
    _invite(meeting, now, at=at)
    _uninvite(meeting, left, at=at)
    _outdate(left, room_before if room_before != meeting.room else None, at=at)
    invited = _invited(meeting, at) if meeting.with_other_party else []
    _notice([*before, *now, *invited], "interview-moved", meeting, by=by, at=at)


def tell_cancelled(meeting: Meeting, *, before: Workers, by: User, at: datetime) -> None:
    """Take a cancelled interview out of calendars; tell those who were in it."""
    _uninvite(meeting, before, at=at)
    invited = _invited(meeting, at) if meeting.with_other_party else []
    _notice([*before, *invited], "interview-cancelled", meeting, by=by, at=at)


def tell_left_out(meeting: Meeting, left: Workers, *, by: User, at: datetime) -> None:
    """Tell the other party that it is no longer asked for, and free its calendar."""
    _uninvite(meeting, left, at=at)
    _outdate(left, None, at=at)
    people = left or _invited(meeting, at)
    _notice(people, "invitation-withdrawn", meeting, by=by, at=at)


def tell_answered(meeting: Meeting, *, before: Workers, by: User, at: datetime) -> None:
    """Tell the party that asked, and bring the calendars of those who come up to date."""
    now = workers_of(meeting)
    left = [one for one in before if one not in now]
    _invite(meeting, now, at=at)
    _uninvite(meeting, left, at=at)
    _outdate(left, None, at=at)
    own = meeting.participants.filter(role=meeting.held_by).exclude(worker=None)
    asked = [row.worker for row in own.select_related("worker") if row.worker]
    if not asked:
        asked = told_of(meeting.course, Party(meeting.held_by), on=timezone.localdate(at))
    _notice(asked, "invitation-answered", meeting, by=by, at=at)


def tell_notified(notification: Notification, *, by: User, at: datetime) -> None:
    """Tell the a-kasse on screen that a notification came."""
    people = told_of(notification.course, Party.A_KASSE, on=timezone.localdate(at))
    _of_notification(people, "notification", notification, by=by, at=at)


def tell_notification_answered(notification: Notification, *, by: User, at: datetime) -> None:
    """Tell the one who notified that the a-kasse answered."""
    _of_notification([notification.sent_by], "notification-answered", notification, by=by, at=at)


def _invited(meeting: Meeting, at: datetime) -> list[User]:
    side = OTHER[Party(meeting.held_by)]
    return told_of(meeting.course, side, on=timezone.localdate(at))


def _of_notification(
    people: Iterable[User], kind: str, notification: Notification, *, by: User, at: datetime
) -> None:
    case, url = notification.course.case_number, notification.get_absolute_url()
    tell(people, kind, case_number=case, url=url, at=at, by=by)


def _notice(people: Iterable[User], kind: str, meeting: Meeting, *, by: User, at: datetime) -> None:
    url = reverse("meetings:detail", args=[meeting.pk])
    tell(people, kind, case_number=meeting.course.case_number, url=url, at=at, by=by)


def _invite(meeting: Meeting, workers: Workers, *, at: datetime) -> None:
    _write(meeting, _with_roles(meeting, workers), "REQUEST", at=at)


def _uninvite(meeting: Meeting, workers: Workers, *, at: datetime) -> None:
    _write(meeting, _with_roles(meeting, workers), "CANCEL", at=at)


def _with_roles(meeting: Meeting, workers: Workers) -> dict[User, str]:
    """For which party each takes part; for the one that holds it who no longer does."""
    if not workers:
        return {}
    roles = dict(meeting.participants.filter(worker__in=workers).values_list("worker", "role"))
    return {one: roles.get(one.pk, meeting.held_by) for one in workers}


def wanting(workers: Iterable[User]) -> list[User]:
    """Those who want invitations by mail."""
    return [one for one in workers if one.mail_invitations]


def _write(meeting: Meeting, roles: Mapping[User, str], method: str, *, at: datetime) -> None:
    """Mail those who want it the interview, or that it is no longer theirs."""
    drafts = [_mail(meeting, one, roles[one], method, at) for one in wanting(roles)]
    outbox.queue(drafts, at=at)


def _mail(meeting: Meeting, worker: User, role: str, method: str, at: datetime) -> outbox.Draft:
    """A mail with the interview in it, in the worker's language."""
    write = calendar.request if method == "REQUEST" else calendar.cancellation
    house = _house(meeting, role)
    with override(worker.language):
        return outbox.Draft(
            user=worker,
            kind=Mail.Kind.INVITATION,
            key=f"samtale-{meeting.pk}.{meeting.sequence}.{worker.pk}.{method.lower()}",
            subject=_subject(meeting, method),
            text=_text(meeting, method),
            hours=Hours(house.mail_from, house.mail_until),
            calendar=write(meeting, worker, at=at),
            calendar_method=method,
        )


def _house(meeting: Meeting, role: str) -> Organisation:
    """The party whose hours count for a worker: the one that holds the interview, or the other."""
    if role == meeting.held_by:
        return meeting.organisation
    course = meeting.course
    return course.a_kasse if role == Party.A_KASSE else course.jobcentre


def _subject(meeting: Meeting, method: str) -> str:
    words = {"case": meeting.course.case_number}
    if method == "CANCEL":
        return _("Interview cancelled: %(case)s") % words
    if meeting.sequence:
        return _("Interview moved: %(case)s") % words
    return _("Interview: %(case)s") % words


def _text(meeting: Meeting, method: str) -> str:
    said = _("This interview is no longer yours:") if method == "CANCEL" else _("You take part in:")
    start, end = clock_text(meeting.starts_at), clock_text(meeting.ends_at)
    lines = [
        said,
        "",
        calendar.summary_of(meeting),
        f"{day_with_year(meeting.held_on)} {start}–{end}",
        calendar.place_of(meeting),
        "",
        calendar.page_of(meeting),
    ]
    return "\n".join(lines)


def _outdate(workers: Workers, room: Room | None, *, at: datetime) -> None:
    """Let calendars that are read as a feed notice that an interview is gone from them."""
    gone_from = Q(user__in=workers) | Q(room=room, room__isnull=False)
    feeds = CalendarFeed.objects.standing().filter(gone_from)
    feeds.update(changed_at=at)
