"""What is good to know before an interview: why it is held, what stands, what is asked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from courses.access import acting_side
from courses.job_search import ItemRow, newest, rows_of
from courses.models import Absence, JobSearchStatus, MeetingKind, Party
from courses.sentences import say
from courses.wording import duty_name, source_of
from meetings.cautions import covers
from meetings.models import Agreed, Meeting, Participant, Question
from meetings.plans import OTHER
from meetings.words import the_citizen
from shared.written import plain_day

ABSENCE_DAYS = 28  # absences this long before an interview still explain it
AGREEMENTS_SHOWN = 12
TONES = {
    JobSearchStatus.State.DONE: "held",
    JobSearchStatus.State.NEEDS_WORK: "soon",
    JobSearchStatus.State.MISSING: "over",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """One item of the search for work: a tone and a word for how it stands."""

    name: str
    tone: str
    word: str
    day: date | None
    remark: str


@dataclass(frozen=True, slots=True)
class Promise:
    """Something agreed before: who, what, by when, and whether it is done or late."""

    agreed: Agreed
    who: str
    tone: str
    word: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question between the parties, and what the reader may do with it."""

    question: Question
    asker: str
    may_answer: bool


@dataclass(frozen=True, slots=True)
class Preparation:
    """The panel that is read before an interview."""

    meeting: Meeting
    purpose: str
    why: str
    source: str
    standing: Sequence[Standing]
    may_record: bool
    absences: Sequence[str]
    earlier: Sequence[Promise]
    last: Meeting | None
    warnings: Sequence[str]


def preparation_of(meeting: Meeting, *, reader: User, on: date) -> Preparation:
    """What a reader is told before an interview."""
    course, duty = meeting.course, meeting.duty
    side = acting_side(reader, course, on=on)
    standing = [standing_of(row) for row in rows_of(course, newest(course))]
    absences = _absences(meeting)
    agreed = Agreed.objects.carried_to(meeting).select_related(
        "meeting__course__a_kasse", "meeting__course__jobcentre"
    )
    kept_before = meeting.starts_at - timedelta(90)
    recent = Q(done_on=None) | Q(meeting__starts_at__gte=kept_before)
    earlier = list(agreed.filter(recent)[:AGREEMENTS_SHOWN])
    earlier.sort(key=lambda one: one.done_on is not None)
    return Preparation(
        meeting=meeting,
        purpose=duty_name(duty) if duty else meeting.get_kind_display().capitalize(),
        why=say(duty.because) if duty else _("Nobody owes this interview: it is held by choice."),
        source=source_of(duty.rule) if duty else "",
        standing=standing,
        may_record=side is not None,
        absences=[_days(one) for one in absences],
        earlier=[promise(one, side, on=on) for one in earlier],
        last=earlier[0].meeting if earlier else None,
        warnings=list(_warnings(meeting, absences, standing)),
    )


def standing_of(row: ItemRow) -> Standing:
    """One item in words; nobody having looked is a state of its own."""
    name = _first(str(row.item.label))
    if row.status is None:
        return Standing(name, "none", _("nobody has looked yet"), None, "")
    state = JobSearchStatus.State(row.status.state)
    return Standing(name, TONES[state], str(state.label), row.status.as_of, row.status.remark)


def promise(agreed: Agreed, side: Party | None, *, on: date) -> Promise:
    """Something agreed, in the words of a side."""
    course = agreed.meeting.course
    who = {
        Party.CITIZEN: the_citizen(side),
        Party.A_KASSE: course.a_kasse.short,
        Party.JOBCENTRE: str(course.jobcentre),
    }[Party(agreed.who)]
    if agreed.done_on:
        return Promise(agreed, who, "held", _("done %(day)s") % {"day": plain_day(agreed.done_on)})
    if agreed.by_day is None:
        return Promise(agreed, who, "next", _("open"))
    day = {"day": plain_day(agreed.by_day)}
    if agreed.by_day < on:
        return Promise(agreed, who, "over", _("should be done by %(day)s") % day)
    return Promise(agreed, who, "next", _("by %(day)s") % day)


def questions_of(meeting: Meeting, *, reader: User, on: date, until: date | None) -> list[Asked]:
    """The questions between the parties; a former a-kasse has those asked in its time."""
    side = acting_side(reader, meeting.course, on=on)
    rows = meeting.questions.select_related("asker", "answerer")
    if until:
        rows = rows.filter(asked_at__date__lt=until)
    found = []
    for row in rows:
        if until and row.answered_at and timezone.localdate(row.answered_at) >= until:
            row.answer = ""
        asked_by = Party(row.asked_by)
        home = meeting.course.a_kasse if asked_by == Party.A_KASSE else meeting.course.jobcentre
        found.append(Asked(row, f"{row.asker}, {home}", side == OTHER[asked_by]))
    return found


def _absences(meeting: Meeting) -> list[Absence]:
    """Absences around the interview."""
    day = meeting.held_on
    found = Absence.objects.standing().filter(
        Q(ends_on=None) | Q(ends_on__gt=day - timedelta(ABSENCE_DAYS)),
        citizen=meeting.course.citizen_id,
        starts_on__lte=day + timedelta(ABSENCE_DAYS),
    )
    return list(found.order_by("starts_on"))


def _days(absence: Absence) -> str:
    last = plain_day(absence.ends_on - timedelta(1)) if absence.ends_on else _("not ended")
    kind = str(absence.get_kind_display())
    return f"{_first(kind)} {plain_day(absence.starts_on)} – {last}"


def _warnings(
    meeting: Meeting, absences: Sequence[Absence], standing: Sequence[Standing]
) -> Iterator[str]:
    yield from _of_the_day(meeting, absences)
    citizen = meeting.course.citizen
    if citizen.interpreter:
        yield _("An interpreter is needed: %(language)s.") % {"language": citizen.interpreter}
    if citizen.address_protected:
        yield _("The address is protected: pass nothing on.")
    if meeting.with_other_party and _awaits_reply(meeting):
        yield _("The invited party has not said who comes.")
    if meeting.kind in (MeetingKind.CV, MeetingKind.JOINT) and standing[0].tone != "held":
        yield _("The CV is not in order yet.")


def _of_the_day(meeting: Meeting, absences: Sequence[Absence]) -> Iterator[str]:
    for absence in absences:
        if covers(absence, meeting.held_on):
            yield _("An absence is registered on the day: %(absence)s.") % {
                "absence": absence.get_kind_display()
            }
    duty = meeting.duty
    last = (duty.latest_on or duty.due_on) if duty else None
    if last and meeting.held_on > last:
        yield _("The time lies after the deadline %(due)s.") % {"due": plain_day(last)}


def _awaits_reply(meeting: Meeting) -> bool:
    role = OTHER[Party(meeting.held_by)]
    return any(
        row.role == role
        and row.worker_id is None
        and row.attendance == Participant.Attendance.EXPECTED
        for row in meeting.participants.all()
    )


def _first(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
