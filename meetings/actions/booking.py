"""Booking an interview, moving it, and what an invited party replies."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_noop

from accounts.models import User
from courses.deadlines import call_to_jobcentre
from courses.models import Course, Duty, MeetingForm, MeetingKind, Party
from journal.actions import note
from meetings import citizen_links
from meetings.access import may_book, may_rearrange, may_reply
from meetings.actions import letters
from meetings.actions.moves import locked_booking, outdated
from meetings.actions.telling import tell_answered, tell_booked, tell_moved, workers_of
from meetings.collisions import Seats, check_free, lock_seats, seated
from meetings.models import Meeting, Participant
from meetings.plans import OTHER, Purpose, Reply, Sitting
from partnerships.access import plans_times_of
from partnerships.models import Membership, Organisation
from shared.refusals import Refused

Role = Participant.Role
Attendance = Participant.Attendance
NOBODY = 0
OWED = (Duty.Outcome.PENDING, Duty.Outcome.VOLUNTARY)


@seated
def book(course: Course, purpose: Purpose, sitting: Sitting, *, by: User, at: datetime) -> Meeting:
    """Book an interview with the citizen; nobody and no room is in two at once."""
    return booked(course, purpose, sitting, by=by, at=at)


def booked(
    course: Course, purpose: Purpose, sitting: Sitting, *, by: User, at: datetime
) -> Meeting:
    """The same within an act that is `seated` itself and has locked what comes before people."""
    if not _books(course, purpose, sitting, by=by, on=timezone.localdate(at)):
        raise Refused(_who_books(purpose.kind))
    seats = Seats.of(course.citizen_id, [sitting.worker, sitting.guest], sitting.room)
    lock_seats(seats)
    course = _locked_course(course)
    _check_duty(course, purpose)
    _check_days(course, sitting)
    _check_notice(sitting, at=at)
    _check_place(course, purpose.organisation(course), sitting)
    check_free(seats, sitting.starts_at, sitting.ends_at)
    meeting = Meeting.objects.create(
        course=course,
        duty=purpose.duty,
        kind=purpose.kind,
        ordinal=purpose.ordinal(course),
        held_by=purpose.held_by,
        organisation=purpose.organisation(course),
        with_other_party=purpose.with_other_party,
        booked_by=by,
        changed_at=at,
        **_where(sitting),
    )
    people = _seat(meeting, sitting)
    if purpose.held_by == Party.JOBCENTRE:
        call_to_jobcentre(course, on=timezone.localdate(at))
    note(meeting, "meeting-booked", by=by, case=course.pk, **_said(meeting, sitting))
    tell_booked(meeting, people, by=by, at=at)
    if sitting.summon:
        said = {"language": sitting.letter_language, "message": sitting.message}
        letters.summon_first(meeting, people, by=by, at=at, **said)
    return meeting


@seated
def move(meeting: Meeting, sitting: Sitting, *, by: User, at: datetime) -> Meeting:
    """Give a booked interview another time, place, form or worker."""
    seats = Seats.of(meeting.course.citizen_id, [sitting.worker, sitting.guest], sitting.room)
    lock_seats(seats | Seats.taken_by(meeting))
    meeting = locked_booking(meeting)
    if not may_rearrange(by, meeting, on=timezone.localdate(at)):
        raise Refused(gettext_noop("Only the party that holds the interview moves it."))
    _check_days(meeting.course, sitting)
    if sitting.starts_at != meeting.starts_at:
        _check_notice(sitting, at=at)
    _check_place(meeting.course, meeting.organisation, sitting)
    everybody = seats if sitting.staffs_guest else seats | _invited(meeting)
    check_free(everybody, sitting.starts_at, sitting.ends_at, apart_from=meeting)
    before, workers, room = _said(meeting), workers_of(meeting), meeting.room
    began, is_elsewhere = meeting.starts_at, _is_elsewhere(meeting, sitting)
    _reseat(meeting, sitting, at=at)
    note(
        meeting,
        "meeting-moved",
        by=by,
        case=meeting.course_id,
        before=before,
        **_said(meeting, sitting),
    )
    tell_moved(meeting, before=workers, room_before=room, by=by, at=at)
    if is_elsewhere:
        letters.tell_change(meeting, began, by=by, at=at)
    return meeting


@seated
def reply(meeting: Meeting, said: Reply, *, by: User, at: datetime) -> Meeting:
    """Say for the invited party whether it comes to an interview, and who."""
    worker = said.worker if said.comes else None
    lock_seats(Seats.of(meeting.course.citizen_id, [worker]) | Seats.taken_by(meeting))
    meeting = locked_booking(meeting)
    if not may_reply(by, meeting, on=timezone.localdate(at)):
        raise Refused(gettext_noop("Only the party that is invited says whether it comes."))
    if not said.comes and not said.reason:
        raise Refused(gettext_noop("Write why you do not come: the other party plans by it."))
    side = OTHER[Party(meeting.held_by)]
    invited = meeting.course.a_kasse if side == Party.A_KASSE else meeting.course.jobcentre
    if worker:
        _check_workers([(worker, invited)], meeting.starts_at)
        seat = Seats.of(NOBODY, [worker])
        check_free(seat, meeting.starts_at, meeting.ends_at, apart_from=meeting)
    before = workers_of(meeting)
    _seat_invited(meeting, said, at=at)
    note(
        meeting,
        "invitation-answered",
        by=by,
        case=meeting.course_id,
        comes=said.comes,
        worker=str(worker or ""),
        reason=said.reason,
    )
    tell_answered(meeting, before=before, by=by, at=at)
    return meeting


def _books(course: Course, purpose: Purpose, sitting: Sitting, *, by: User, on: date) -> bool:
    """Each party books its own; in a published time also who plans the times of the house."""
    plans = sitting.in_slot and plans_times_of(by, purpose.organisation(course), on=on)
    return plans or may_book(by, course, purpose, on=on)


def _locked_course(course: Course) -> Course:
    """The course as it now stands, with all that a booking says of it."""
    rows = Course.objects.select_related("citizen", "a_kasse", "jobcentre")
    return rows.select_for_update(of=("self",)).get(pk=course.pk)


def _who_books(kind: MeetingKind) -> str:
    if kind == MeetingKind.JOINT:
        return gettext_noop("The jobcentre summons to joint interviews. Ask it to book this one.")
    return gettext_noop("This kind of interview is booked by the other party. Ask it to book.")


def _check_duty(course: Course, purpose: Purpose) -> None:
    """Refuse a duty that is not this interview's to meet."""
    if purpose.duty is None:
        return
    of_it = Meeting.objects.booked().filter(duty=OuterRef("pk"))
    columns = ("course", "kind", "outcome", "responsible", Exists(of_it))
    row = Duty.objects.values_list(*columns).get(pk=purpose.duty.pk)
    of_course, kind, outcome, responsible, is_booked = row
    if of_course != course.pk or kind != purpose.kind:
        raise Refused(
            gettext_noop("That duty asks for another interview. Choose it again from the list.")
        )
    if outcome not in OWED:
        raise Refused(
            gettext_noop("This duty is no longer owed: it is met, or the dates have moved.")
        )
    if kind != MeetingKind.JOINT and responsible != purpose.held_by:
        raise Refused(gettext_noop("The other party owes this interview. Ask it to book."))
    if is_booked:
        raise Refused(
            gettext_noop("This duty already has a booked interview. Move that one instead.")
        )


def _check_days(course: Course, sitting: Sitting) -> None:
    """Refuse a time that runs backwards, or lies outside the course."""
    if sitting.ends_at <= sitting.starts_at:
        raise Refused(gettext_noop("An interview must end after it starts."))
    if sitting.day < course.starts_on or (course.ends_on and sitting.day >= course.ends_on):
        raise _outside(course)


def _check_notice(sitting: Sitting, *, at: datetime) -> None:
    """Refuse to summon for the same day: the duty to come begins the day after (domain A1)."""
    if sitting.day <= timezone.localdate(at) and not sitting.agreed_short_notice:
        raise Refused(
            gettext_noop(
                "The citizen need only be able to come the day after the summons. Choose a later"
                " day, or tick that the citizen agreed to the short notice."
            )
        )


def _check_place(course: Course, organisation: Organisation, sitting: Sitting) -> None:
    """Refuse a place or people that cannot be; who comes as a guest may bring the room."""
    room = sitting.room
    if sitting.form == MeetingForm.IN_PERSON and not (room or sitting.place):
        raise Refused(gettext_noop("Say where you meet: choose a room or write the place."))
    own = room is None or room.organisation_id in _houses(organisation)
    if room and not (room.is_active and (own or sitting.in_slot)):
        raise Refused(gettext_noop("This room is not yours to use. Choose one of your own rooms."))
    people = [(sitting.worker, organisation), (sitting.guest, course.a_kasse)]
    _check_workers([(who, where) for who, where in people if who], sitting.starts_at)


def _outside(course: Course) -> Refused:
    days = {"from": course.starts_on}
    if not course.ends_on:
        return Refused(
            gettext_noop("The course begins on %(from)s. Choose a day from then on."), **days
        )
    days["until"] = course.ends_on
    said = gettext_noop("The course runs from %(from)s until %(until)s. Choose a day before that.")
    return Refused(said, **days)


def _check_workers(people: Sequence[tuple[User, Organisation]], starts_at: datetime) -> None:
    """Refuse a worker of another party than the one said, or one who has left by then."""
    if not people:
        return
    rows = Membership.objects.standing(on=timezone.localdate(starts_at))
    rows = rows.filter(user__in=[worker for worker, _where in people])
    works = set(rows.values_list("user", "organisation"))
    for worker, organisation in people:
        if works.isdisjoint((worker.pk, house) for house in _houses(organisation)):
            raise Refused(
                gettext_noop("%(worker)s does not work here on that day. Choose another worker."),
                worker=str(worker),
            )


def _houses(organisation: Organisation) -> list[int]:
    """The organisation, and the one it merged into: whose rooms and people it has."""
    return [key for key in (organisation.pk, organisation.successor_id) if key]


def _invited(meeting: Meeting) -> Seats:
    """The seat of the invited party, which a move keeps."""
    rows = meeting.participants.filter(role=OTHER[Party(meeting.held_by)], is_busy=True)
    kept = frozenset(rows.exclude(worker=None).values_list("worker", flat=True))
    return Seats(meeting.course.citizen_id, kept)


def _is_elsewhere(meeting: Meeting, sitting: Sitting) -> bool:
    """Whether a sitting is another for the citizen: a colleague who steps in is no news."""
    return any(getattr(meeting, name) != value for name, value in _where(sitting).items())


def _where(sitting: Sitting) -> dict[str, object]:
    """The columns of an interview that say when and where."""
    return {
        "starts_at": sitting.starts_at,
        "ends_at": sitting.ends_at,
        "form": sitting.form,
        "room": sitting.room,
        "place": sitting.place,
    }


def _seat(meeting: Meeting, sitting: Sitting) -> list[Participant]:
    """Write down who takes part in a new interview, all at once."""
    seats = [Participant(meeting=meeting, role=Role.CITIZEN, citizen_id=meeting.course.citizen_id)]
    if meeting.with_other_party:
        other = OTHER[Party(meeting.held_by)]
        seats.append(Participant(meeting=meeting, role=other, worker=sitting.guest))
    return Participant.objects.bulk_create([*seats, *_own_seats(meeting, sitting)])


def _reseat(meeting: Meeting, sitting: Sitting, *, at: datetime) -> None:
    """Put an interview elsewhere: the old seats are free before the new ones are taken."""
    meeting.participants.filter(role__in=[meeting.held_by, Role.ROOM]).delete()
    invited = meeting.participants.filter(role=OTHER[Party(meeting.held_by)])
    if sitting.staffs_guest:
        invited.update(worker=None, attendance=Attendance.EXPECTED)
    for name, value in _where(sitting).items():
        setattr(meeting, name, value)
    meeting.save(update_fields=[*_where(sitting), *outdated(meeting, at=at)])
    citizen_links.follow(meeting)
    Participant.objects.bulk_create(_own_seats(meeting, sitting))
    if sitting.guest:
        invited.update(worker=sitting.guest)


def _own_seats(meeting: Meeting, sitting: Sitting) -> list[Participant]:
    """The worker of the party that holds the interview, and the room; not stored yet."""
    seats = [Participant(meeting=meeting, role=meeting.held_by, worker=sitting.worker)]
    if sitting.room:
        seats.append(Participant(meeting=meeting, role=Role.ROOM, room=sitting.room))
    return seats


def _seat_invited(meeting: Meeting, said: Reply, *, at: datetime) -> None:
    """Write down whether the invited party comes, and who."""
    row = meeting.participants.get(role=OTHER[Party(meeting.held_by)])
    row.worker = said.worker if said.comes else None
    row.attendance = Attendance.EXPECTED if said.comes else Attendance.EXCUSED
    row.save(update_fields=["worker", "attendance"])
    meeting.save(update_fields=outdated(meeting, at=at))


def _said(meeting: Meeting, sitting: Sitting | None = None) -> dict[str, str]:
    """What the journal says of a time and place: of a sitting, or as it is stored."""
    worker = sitting.worker if sitting else _own_worker(meeting)
    return {
        "kind": meeting.kind,
        "starts_at": timezone.localtime(meeting.starts_at).isoformat(timespec="minutes"),
        "ends_at": timezone.localtime(meeting.ends_at).isoformat(timespec="minutes"),
        "form": meeting.form,
        "room": str(meeting.room or ""),
        "worker": str(worker or ""),
        "agreed_short_notice": "yes" if sitting and sitting.agreed_short_notice else "",
    }


def _own_worker(meeting: Meeting) -> User | None:
    own = meeting.participants.filter(role=meeting.held_by).select_related("worker").first()
    return own.worker if own else None
