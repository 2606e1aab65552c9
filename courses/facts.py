"""Reads rows, and tells the law what it needs to know: for one course or for thousands."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from courses.course_rows import CourseRows
from courses.models import (
    Absence,
    Choice,
    Course,
    EntryDecision,
    Fact,
    HeldMeeting,
    Registration,
    ReportedHours,
)
from law.answer import Answer
from law.eligibility import eligibility
from law.facts import Absence as LawAbsence
from law.facts import Choice as LawChoice
from law.facts import CourseFacts
from law.facts import EntryDecision as LawEntry
from law.facts import HeldMeeting as LawMeeting
from law.timeline import answer
from law.uncertain import Parameters
from law.vocabulary import AbsenceKind, ChoiceKind, Insurance, MeetingKind, Party
from partnerships.terms import Acting, AgreementBook

FAR = date.max
SomeFact = TypeVar("SomeFact", bound=Fact)


@dataclass(slots=True)
class _Person:
    """What is known of one citizen, whatever course it belongs to."""

    placements: list[date] = field(default_factory=list)
    absences: list[LawAbsence] = field(default_factory=list)
    hours: list[tuple[date, Decimal]] = field(default_factory=list)
    meetings: list[LawMeeting] = field(default_factory=list)

    def is_away(self, absence: LawAbsence) -> None:
        """Add an absence; one that goes on where another of its kind ends is the same absence.

        Two a-kasser each report their own days of it, and a sickness has its first days once.
        """
        for place, one in enumerate(self.absences):
            alike = (one.kind, one.hours) == (absence.kind, absence.hours)
            if alike and one.ends_on == absence.starts_on:
                self.absences[place] = replace(one, ends_on=absence.ends_on)
                return
        self.absences.append(absence)

    def placed_after(self, day: date) -> date:
        """The next placement in a benefit period, from which a later course's facts count."""
        return min((one for one in self.placements if one > day), default=FAR)


@dataclass(frozen=True, slots=True)
class Told:
    """What the law is told of a course, and the rows it was read from."""

    facts: CourseFacts
    registration: Registration
    acting: Acting | None
    called_on: date | None
    decisions: tuple[EntryDecision, ...] = ()


def facts_of(course: Course, *, on: date) -> CourseFacts:
    """What the law asks about a course, seen on a day."""
    return told_of_many([course], on=on)[course.pk].facts


def answer_of(course: Course, *, on: date) -> Answer:
    """What the law says of a course on a day, computed now: for clocks and previews."""
    return answer(facts_of(course, on=on))


def told_of_many(
    courses: Sequence[Course], *, on: date, book: AgreementBook | None = None
) -> dict[int, Told]:
    """What the law is told of each course, by key; a fixed number of queries.

    The courses come with `citizen` and `a_kasse` selected; one with no registration is left out.
    """
    book = book or AgreementBook.load()
    keys = [course.pk for course in courses]
    people = _people({course.citizen_id for course in courses})
    registrations, choices, entries = _registrations(keys), _choices(keys), _entries(keys)
    return {
        course.pk: _told(
            course,
            registrations[course.pk],
            people[course.citizen_id],
            choices[course.pk],
            entries[course.pk],
            on=on,
            book=book,
        )
        for course in courses
        if course.pk in registrations
    }


def _told(  # noqa: PLR0913 (each argument is another table)
    course: Course,
    registration: Registration,
    person: _Person,
    choices: list[LawChoice],
    entries: list[EntryDecision],
    *,
    on: date,
    book: AgreementBook,
) -> Told:
    acting = decided(entries, course, book) or book.acting(
        course.a_kasse_id, registration.municipality_id, on=registration.registered_on
    )
    facts = _facts(course, registration, person, choices, on=on)
    return under(Told(facts, registration, None, course.called_on, tuple(entries)), acting)


def decided(
    decisions: Sequence[EntryDecision], course: Course, book: AgreementBook
) -> Acting | None:
    """The agreement that the decision which stands took the member into; it need not be theirs."""
    if not decisions or not decisions[-1].takes_in:
        return None
    last = decisions[-1]
    return book.naming(last.agreement_id, course.a_kasse_id, on=last.decided_from)


def under(told: Told, acting: Acting | None) -> Told:
    """What the law would be told of a course under another agreement, or under none."""
    key, days = acting.agreement.pk if acting else None, Parameters().postpone_days
    entries = tuple(
        LawEntry(one.takes_in, one.decided_from, Party(one.by))
        for one in told.decisions
        if one.agreement_id == key
    )
    told = replace(told, facts=replace(told.facts, entries=entries))
    if acting and acting.agreed.postpone_days != days:
        taken_in = eligibility(told.facts, acting.terms).yes
        days = acting.agreed.postpone_days if taken_in else days
    facts = replace(
        told.facts,
        agreement=acting.terms if acting else None,
        parameters=replace(told.facts.parameters, postpone_days=days),
    )
    return replace(told, facts=facts, acting=acting)


def facts_from(rows: CourseRows, *, on: date) -> CourseFacts:
    """What the law asks about a course that was read with all its rows, but for the agreement.

    Enough for the clocks: only who takes part and who holds the interviews is agreed.
    """
    person = _Person(placements=[one.placed_on for one in rows.courses])
    for absence in sorted(_standing(rows.absences), key=lambda one: (one.starts_on, one.pk)):
        kind = AbsenceKind(absence.kind)
        person.is_away(LawAbsence(kind, absence.starts_on, absence.ends_on, absence.hours))
    person.hours = sorted((one.month, one.hours) for one in _standing(rows.hours))
    person.meetings = [
        LawMeeting(MeetingKind(one.kind), one.held_on, Party(one.by), one.registered_type)
        for one in sorted(rows.held, key=lambda one: (one.held_on, one.pk))
    ]
    return _facts(rows.course, rows.registration, person, [], on=on)


def _standing(rows: Sequence[SomeFact]) -> Iterable[SomeFact]:
    return (one for one in rows if one.superseded_at is None)


def _facts(
    course: Course,
    registration: Registration,
    person: _Person,
    choices: list[LawChoice],
    *,
    on: date,
) -> CourseFacts:
    start, end = registration.placed_on, person.placed_after(registration.placed_on)
    until = min(end, registration.ended_on or FAR)
    return CourseFacts(
        as_of=on,
        born=course.citizen.born_on,
        insured=Insurance(registration.insured),
        special_effort=registration.special_effort,
        a_kasse=course.a_kasse.slug,
        municipality=registration.municipality_id,
        registered_on=registration.registered_on,
        placed_on=registration.placed_on,
        ended_on=registration.ended_on,
        ended_reason=registration.ended_reason or None,
        absences=tuple(
            one for one in person.absences if one.starts_on < end and (one.ends_on or FAR) > start
        ),
        reported_hours={
            (month.year, month.month): hours
            for month, hours in person.hours
            if start.replace(day=1) <= month < end.replace(day=1)
        },
        choices=tuple(choices),
        meetings=tuple(one for one in person.meetings if start <= one.held_on < until),
        parameters=Parameters(),
    )


def _registrations(keys: Sequence[int]) -> dict[int, Registration]:
    rows = Registration.objects.standing().filter(course__in=keys).order_by("pk")
    return {row.course_id: row for row in rows}


def _choices(keys: Sequence[int]) -> dict[int, list[LawChoice]]:
    found: dict[int, list[LawChoice]] = defaultdict(list)
    rows = Choice.objects.standing().filter(course__in=keys).order_by("chosen_on", "pk")
    for course, kind, on, by, rule, ordinal, to in rows.values_list(
        "course", "kind", "chosen_on", "by", "rule", "ordinal", "postponed_to"
    ):
        found[course].append(LawChoice(ChoiceKind(kind), on, Party(by), rule or None, ordinal, to))
    return found


def _entries(keys: Sequence[int]) -> dict[int, list[EntryDecision]]:
    found: dict[int, list[EntryDecision]] = defaultdict(list)
    rows = EntryDecision.objects.standing().filter(course__in=keys)
    for one in rows.order_by("decided_from", "pk"):
        found[one.course_id].append(one)
    return found


def _people(citizens: Iterable[int]) -> dict[int, _Person]:
    """Everything the law asks that hangs on the citizens, in four queries."""
    keys = list(citizens)
    people = {key: _Person() for key in keys}
    for citizen, day in (
        Course.objects.filter(citizen__in=keys).order_by("pk").values_list("citizen", "placed_on")
    ):
        people[citizen].placements.append(day)
    for citizen, kind, start, end, hours in (
        Absence.objects.standing()
        .filter(citizen__in=keys)
        .order_by("starts_on", "pk")
        .values_list("citizen", "kind", "starts_on", "ends_on", "hours")
    ):
        people[citizen].is_away(LawAbsence(AbsenceKind(kind), start, end, hours))
    for citizen, month, hours in (
        ReportedHours.objects.standing()
        .filter(citizen__in=keys)
        .order_by("month")
        .values_list("citizen", "month", "hours")
    ):
        people[citizen].hours.append((month, hours))
    for citizen, kind, day, by, number in (
        HeldMeeting.objects.standing()
        .filter(citizen__in=keys)
        .order_by("held_on", "pk")
        .values_list("citizen", "kind", "held_on", "by", "registered_type")
    ):
        people[citizen].meetings.append(LawMeeting(MeetingKind(kind), day, Party(by), number))
    return people
