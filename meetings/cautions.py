"""What to think of before an interview is booked or its outcome recorded: said, never refused."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from courses.agreed import AgreedBook, agreed_terms
from courses.models import (
    Absence,
    AbsenceKind,
    Course,
    Duty,
    HeldMeeting,
    MeetingForm,
    MeetingKind,
    Party,
)
from courses.participation import citizen_chooses
from courses.party_words import said_to
from meetings.agreed_manners import not_as_agreed
from meetings.availability import Availability
from meetings.models import Meeting, NoShow, Participant
from meetings.obstacle_words import names_of, sentence
from meetings.obstacles import Code, Obstacle
from meetings.plans import Missed, Purpose, Sitting
from partnerships.models import Organisation
from shared.dates import (
    is_working_day,
    nearest_working_day,
    working_days_between,
)
from shared.written import plain_day

NOTICE_WORKING_DAYS = 3
NOTICE_DAYS = 7  # the lead time of a summons when nothing hurries (domain A2)
SHORT = ("passed", "short_notice")
OFFICE_HOURS = range(7, 18)
FIRST_JOINT_2015 = "R15-05"
IN_PERSON_RULES = {"R15-01", "R20-01", "R24-01", "R26-05"}
TYPES = {MeetingKind.CV: 10, MeetingKind.JOB: 7, MeetingKind.JOINT: 17}
SICK_CANCELLATIONS = 2
AFTER_DUE = "after_due"  # every time of a late duty is: nothing to agree to
OVERRULED = {Code.CLOSED, Code.LEAVE, Code.BUSY_ELSEWHERE, Code.IN_SLOT}


@dataclass(frozen=True, slots=True)
class Caution:
    """One thing to think of: a code for the journal, a sentence for the person."""

    code: str
    text: str


def booking_cautions(  # noqa: PLR0913 (what, where, and what is known)
    course: Course,
    purpose: Purpose,
    sitting: Sitting,
    *,
    on: date,
    availability: Availability | None = None,
    is_free: bool = False,
    agreed: AgreedBook | None = None,
    absences: Sequence[Absence] | None = None,
) -> list[Caution]:
    """What to think of before this booking, asked on a day; a search may know all to be free.

    The citizen's absences and what was agreed are read, unless whoever asks has them.
    """
    terms = agreed.terms(course, on=on) if agreed else agreed_terms(course, on=on)
    if absences is None:
        absences = absences_of([course.citizen_id])[course.citizen_id]
    found = [
        *_of_notice(sitting, on=on),
        *_of_the_hour(sitting),
        *(() if is_free else _of_the_calendar(sitting, purpose.organisation(course), availability)),
        *_of_absence(course, purpose, sitting, absences),
        *_of_the_duty(purpose, sitting, on=on),
        *_of_the_kind(course, purpose, sitting),
    ]
    if not any(one.code in SHORT for one in found):  # what is shorter still is said already
        manners = not_as_agreed(course, purpose, sitting, terms, on=on)
        found += [Caution(code, text) for code, text in manners]
    return [replace(one, text=said_to(purpose.held_by, one.text)) for one in found]


def absences_of(citizens: Iterable[int]) -> dict[int, list[Absence]]:
    """The absences for which citizens need not come, by citizen; of all of them in one query."""
    found: dict[int, list[Absence]] = defaultdict(list)
    for absence in Absence.objects.standing().away().filter(citizen__in=citizens):
        found[absence.citizen_id].append(absence)
    return found


def _of_notice(sitting: Sitting, *, on: date) -> Iterator[Caution]:
    if sitting.day < on:
        yield Caution("passed", _("The time has passed: record the outcome right after."))
    elif working_days_between(on, sitting.day) < NOTICE_WORKING_DAYS:
        yield Caution(
            "short_notice", _("The citizen gets less than 3 working days' notice of this time.")
        )


def _of_the_hour(sitting: Sitting) -> Iterator[Caution]:
    starts, ends = timezone.localtime(sitting.starts_at), timezone.localtime(sitting.ends_at)
    last = ends - timedelta(minutes=1)
    if starts.hour not in OFFICE_HOURS or last.hour not in OFFICE_HOURS:
        yield Caution("odd_hours", _("The time lies outside 7–18."))
    if not is_working_day(sitting.day):
        yield Caution("closed_day", _("The day is a weekend day or a public holiday."))


def _of_the_calendar(
    sitting: Sitting, house: Organisation, availability: Availability | None
) -> Iterator[Caution]:
    """What the time overrules: hours that were said, leave, closing days, the worker's calendar."""
    workers = [one.pk for one in (sitting.worker, sitting.guest) if one]
    rooms = [sitting.room.pk] if sitting.room else []
    if availability is None:
        availability = Availability.load(
            first=sitting.day,
            last=timezone.localdate(sitting.ends_at),
            workers=workers,
            rooms=rooms,
            organisations=[house.pk],
        )
    found = [
        one
        for one in availability.obstacles(
            sitting.starts_at,
            sitting.ends_at,
            workers=workers,
            room=sitting.room.pk if sitting.room else None,
            organisation=house.pk,
        )
        if _is_overruled(one, sitting, availability)
    ]
    names = names_of(found)
    for one in found:
        text = sentence(one, names, on=sitting.starts_at)
        yield Caution(one.code.replace("-", "_"), text)


def _is_overruled(one: Obstacle, sitting: Sitting, availability: Availability) -> bool:
    """Whether an obstacle is said here: not what others say, nor office hours nobody has named."""
    if one.code == Code.OFF_HOURS:
        return availability.has_hours(one.key or 0, sitting.day)
    return one.code in OVERRULED and not (one.code == Code.IN_SLOT and sitting.in_slot)


def _of_absence(
    course: Course, purpose: Purpose, sitting: Sitting, absences: Sequence[Absence]
) -> Iterator[Caution]:
    for absence in absences:
        if covers(absence, sitting.day):
            yield _in_absence(absence, course)
        elif purpose.duty and purpose.duty.due_on and covers(absence, purpose.duty.due_on):
            yield Caution(
                "due_in_absence",
                _("The deadline %(due)s itself lies in an absence: %(absence)s.")
                % {
                    "due": plain_day(purpose.duty.due_on),
                    "absence": absence.get_kind_display(),
                },
            )


def covers(absence: Absence, day: date) -> bool:
    """Whether a day lies in an absence."""
    return absence.starts_on <= day and (absence.ends_on is None or day < absence.ends_on)


def _in_absence(absence: Absence, course: Course) -> Caution:
    if absence.kind == AbsenceKind.LESS_INTENSIVE and course.regime >= "2020":
        return Caution(
            "do_not_summon",
            _("The citizen is in less intensive effort and owes no interview: do not summon."),
        )
    return Caution(
        "in_absence",
        _("The citizen is away on this day: %(absence)s.")
        % {"absence": absence.get_kind_display()},
    )


def deadline_passed(duty: Duty | None, *, on: date) -> str:
    """What to say of a duty that is late already, whatever the time; empty while it is not."""
    last = (duty.latest_on or duty.due_on) if duty else None
    if last is None or on <= last:
        return ""
    return _("The deadline %(due)s has passed. Choose the first time you can.") % {
        "due": plain_day(last)
    }


def _of_the_duty(purpose: Purpose, sitting: Sitting, *, on: date) -> Iterator[Caution]:
    duty = purpose.duty
    if duty is None:
        return
    last = duty.latest_on or duty.due_on
    if last and sitting.day > last:
        yield Caution(
            AFTER_DUE,
            deadline_passed(duty, on=on)
            or _("The time lies after the deadline %(due)s. Choose an earlier time if you can.")
            % {"due": plain_day(last)},
        )
    if duty.opens_on and sitting.day < duty.opens_on:
        yield Caution(
            "too_early",
            _("The time lies before %(opens)s: held so early, it does not count for this duty.")
            % {"opens": plain_day(duty.opens_on)},
        )


def _of_the_kind(course: Course, purpose: Purpose, sitting: Sitting) -> Iterator[Caution]:
    rule = purpose.duty.rule if purpose.duty else ""
    in_person = purpose.kind == MeetingKind.CV or rule in IN_PERSON_RULES
    if in_person and sitting.form != MeetingForm.IN_PERSON:
        yield Caution("not_in_person", _("The first interview is held in person."))
    if rule == FIRST_JOINT_2015 and not _cv_interview_before(course, sitting.day):
        yield Caution(
            "before_cv",
            _("The first joint interview comes after the CV interview, which is not held yet."),
        )
    if citizen_chooses(purpose.duty) and _is_unexpected(purpose):
        yield _of_the_other_party(purpose)


def _is_unexpected(purpose: Purpose) -> bool:
    """Whether the other party is invited unasked, or left out though it is expected."""
    return purpose.duty is not None and (bool(purpose.duty.with_party) != purpose.with_other_party)


def _of_the_other_party(purpose: Purpose) -> Caution:
    is_joint = purpose.kind == MeetingKind.JOINT
    if purpose.with_other_party and is_joint:
        return Caution("declined", _("The a-kasse is not expected at this joint interview."))
    if is_joint:
        return Caution(
            "not_invited", _("The a-kasse is expected at this joint interview: invite it.")
        )
    if purpose.with_other_party:
        return Caution(
            "not_asked_for",
            _("The citizen has not asked for the a-kasse in the first interview here (R24-06)."),
        )
    return Caution(
        "asked_for",
        _("The citizen has asked for the a-kasse in the first interview here: invite it."),
    )


def _cv_interview_before(course: Course, day: date) -> bool:
    held = HeldMeeting.objects.standing().filter(citizen=course.citizen_id, kind=MeetingKind.CV)
    return held.filter(held_on__range=(course.placed_on, day)).exists()


def holding_cautions(
    meeting: Meeting, attendance: dict[str, str], registered_type: int | None
) -> list[Caution]:
    """What to think of before an interview is recorded as held."""
    found = []
    expected = TYPES.get(MeetingKind(meeting.kind))
    if meeting.kind == MeetingKind.JOINT and registered_type != expected:
        found.append(
            Caution(
                "wrong_type",
                _(
                    "A joint interview is registered as type 17, whether or not the a-kasse came."
                    " As type %(type)s the joint interview stays open, and a choice about the"
                    " a-kasse stands."
                )
                % {"type": registered_type or "–"},
            )
        )
    elif registered_type and expected and registered_type != expected:
        found.append(
            Caution(
                "wrong_type",
                _("This kind of interview is registered as type %(type)s.") % {"type": expected},
            )
        )
    if meeting.with_other_party and not _other_party_came(meeting, attendance):
        found.append(
            Caution(
                "other_party_missing",
                _("The other party did not take part. The interview counts all the same."),
            )
        )
    return found


def _other_party_came(meeting: Meeting, attendance: dict[str, str]) -> bool:
    other = Party.JOBCENTRE if meeting.held_by == Party.A_KASSE else Party.A_KASSE
    return attendance.get(other) == Participant.Attendance.CAME


def missing_cautions(meeting: Meeting, missed: Missed) -> list[Caution]:
    """What to think of before a no-show is recorded: what speaks for the one who did not come."""
    found = []
    absences = Absence.objects.standing().filter(citizen=meeting.course.citizen_id)
    known = [one for one in absences if covers(one, meeting.held_on)]
    if known and missed.lawful_absence == NoShow.Lawful.NONE:
        kinds = ", ".join(str(one.get_kind_display()) for one in known)
        found.append(
            Caution(
                "registered_absence",
                _("An absence is registered on that day: %(absence)s. Is it a lawful reason?")
                % {"absence": kinds},
            )
        )
    if not missed.contact_attempts and missed.contact_again_at is None:
        found.append(
            Caution(
                "no_attempts",
                _("No attempt at contact is written down. A complaint will ask for it."),
            )
        )
    return found


def cancelling_cautions(meeting: Meeting) -> list[Caution]:
    """What follows when the citizen has cancelled: the second time because of sickness (A5)."""
    if len(sick_cancellations(meeting.course)) < SICK_CANCELLATIONS:
        return []
    said = _(
        "Two interviews have been cancelled because of sickness: the a-kasse holds an"
        " availability interview when the citizen is well again."
    )
    return [Caution("sick_twice", said_to(Party(meeting.held_by), said))]


def sick_cancellations(course: Course) -> list[Meeting]:
    """The interviews of a course that the citizen cancelled for days of registered sickness."""
    sick = list(Absence.objects.standing().filter(citizen=course.citizen_id, kind=AbsenceKind.SICK))
    cancelled = Meeting.objects.filter(
        course=course, state=Meeting.State.CANCELLED, cancelled_by=Party.CITIZEN
    )
    return [one for one in cancelled if any(covers(spell, one.held_on) for spell in sick)]


def suggested_day(due_on: date | None, *, on: date, notice_days: int = NOTICE_DAYS) -> date:
    """A day to begin with: a week's or the agreed notice, sooner near the deadline, never today."""
    day = nearest_working_day(on + timedelta(notice_days))
    if due_on and due_on < day:
        day = nearest_working_day(due_on)
    tomorrow = on + timedelta(1)
    while day < tomorrow or not is_working_day(day):
        day = max(day + timedelta(1), tomorrow)
    return day
