"""What the database knows of some citizens: courses, and the facts that stand."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q

from courses.members.writing import CITIZEN_COLUMNS
from courses.models import Absence, Citizen, Course, HeldMeeting, Registration, ReportedHours

FAR = date.max
ONE_DAY = timedelta(1)
REGISTRATION_COLUMNS = (
    "registered_on",
    "placed_on",
    "member_from",
    "ended_on",
    "ended_reason",
    "municipality_id",
    "insured",
    "special_effort",
    "benefit_ends_on",
    "graduate",
    "occupation",
    "skilled",
)

Span = tuple[date, date]
KindAndDay = tuple[str, date]


@dataclass(slots=True)
class KnownCourse:
    """A course, and what the registration that stands says of it."""

    pk: int
    a_kasse: int
    own: bool
    source_id: str
    registration: int
    said: dict[str, Any]

    @property
    def days(self) -> Span:
        """The days of membership; the last is excluded, and none is far away."""
        return self.said["member_from"], self.said["ended_on"] or FAR

    @property
    def history(self) -> Span:
        """The days that the clocks of the course count, from before the membership too."""
        start, end = self.days
        return min(start, self.said["placed_on"], self.said["registered_on"]), end


@dataclass(slots=True)
class KnownAbsence:
    """An absence that stands."""

    pk: int
    kind: str
    starts_on: date
    ends_on: date | None
    hours: Decimal | None

    @property
    def days(self) -> Span:
        """Its days; the last is excluded, and none is far away."""
        return self.starts_on, self.ends_on or FAR


@dataclass(slots=True)
class KnownHours:
    """Hours of a month that stand, and who reported them."""

    pk: int
    hours: Decimal
    a_kasse: int


@dataclass(slots=True)
class KnownMeeting:
    """A held interview that stands."""

    pk: int
    source: str
    said: dict[str, Any]


@dataclass(slots=True)
class Person:
    """A citizen, known or not yet, with all that rows are compared with."""

    index: bytes
    citizen: int | None = None
    columns: dict[str, Any] = field(default_factory=dict)
    courses: list[KnownCourse] = field(default_factory=list)
    absences: list[KnownAbsence] = field(default_factory=list)
    hours: dict[date, KnownHours] = field(default_factory=dict)
    meetings: dict[KindAndDay, KnownMeeting] = field(default_factory=dict)
    gone_absences: set[KindAndDay] = field(default_factory=set)
    refused_row: int | None = None

    @property
    def own(self) -> list[KnownCourse]:
        """The courses in the a-kasse that sends the file, by their first day."""
        return sorted((one for one in self.courses if one.own), key=lambda one: one.days)

    @property
    def elsewhere(self) -> list[Span]:
        """The days of membership in other a-kasser."""
        return sorted(one.days for one in self.courses if not one.own)


MEETING_COLUMNS = ("by", "form", "registered_type", "ordinal", "other_party_came")


def overlap(one: Span, other: Span) -> bool:
    """Whether two runs of days share a day."""
    return one[0] < other[1] and other[0] < one[1]


def end_of(span: Span) -> date | None:
    """The end of a run of days as a column holds it."""
    return None if span[1] == FAR else span[1]


def people_of(
    condition: Q, *, own: Collection[int], lock: bool, history: bool = True
) -> dict[bytes, Person]:
    """What is known of the citizens of a condition, by fingerprint; a fixed number of queries.

    With `lock` nobody else changes their courses until the transaction ends.
    """
    people: dict[int, Person] = {}
    rows = Citizen.objects.filter(condition).values_list("pk", "cpr_index", *CITIZEN_COLUMNS)
    for pk, index, *columns in rows:
        named = dict(zip(CITIZEN_COLUMNS, columns, strict=True))
        people[pk] = Person(bytes(index), pk, named)
    _read_courses(people, own, lock=lock)
    _read_absences(people, history=history)
    _read_hours(people)
    _read_meetings(people)
    return {person.index: person for person in people.values()}


def _read_courses(people: dict[int, Person], own: Collection[int], *, lock: bool) -> None:
    courses = Course.objects.filter(citizen__in=list(people)).order_by("pk")
    if lock:  # in the order of the keys, as everyone does who locks more than one
        courses = courses.select_for_update()
    rows = list(courses.values_list("pk", "citizen", "a_kasse", "source_id"))
    said = _registrations([pk for pk, *_ in rows])
    for pk, citizen, a_kasse, source_id in rows:
        if pk in said:
            known = KnownCourse(pk, a_kasse, a_kasse in own, source_id, *said[pk])
            people[citizen].courses.append(known)


def _registrations(courses: Sequence[int]) -> dict[int, tuple[int, dict[str, Any]]]:
    rows = Registration.objects.standing().filter(course__in=courses).order_by("pk")
    return {
        course: (pk, dict(zip(REGISTRATION_COLUMNS, columns, strict=True)))
        for pk, course, *columns in rows.values_list("pk", "course", *REGISTRATION_COLUMNS)
    }


def _read_absences(people: dict[int, Person], *, history: bool) -> None:
    of_them = Absence.objects.filter(citizen__in=list(people)).order_by("pk")
    rows = of_them.standing().values_list("citizen", "pk", "kind", "starts_on", "ends_on", "hours")
    for citizen, pk, kind, start, end, hours in rows:
        people[citizen].absences.append(KnownAbsence(pk, kind, start, end, hours))
    if not history:
        return
    gone = of_them.exclude(superseded_at=None).values_list("citizen", "kind", "starts_on")
    for citizen, kind, day in gone:
        people[citizen].gone_absences.add((kind, day))


def _read_hours(people: dict[int, Person]) -> None:
    rows = ReportedHours.objects.standing().filter(citizen__in=list(people)).order_by("pk")
    for citizen, month, pk, hours, a_kasse in rows.values_list(
        "citizen", "month", "pk", "hours", "a_kasse"
    ):
        people[citizen].hours[month] = KnownHours(pk, hours, a_kasse)


def _read_meetings(people: dict[int, Person]) -> None:
    rows = HeldMeeting.objects.standing().filter(citizen__in=list(people)).order_by("pk")
    for citizen, kind, day, pk, source, *columns in rows.values_list(
        "citizen", "kind", "held_on", "pk", "source", *MEETING_COLUMNS
    ):
        said = dict(zip(MEETING_COLUMNS, columns, strict=True))
        people[citizen].meetings[kind, day] = KnownMeeting(pk, source, said)


def spans_without(span: Span, others: Sequence[Span]) -> Iterator[Span]:
    """The parts of a run of days that lie in none of the others."""
    start, end = span
    for first, last in sorted(others):
        if first > start:
            yield start, min(first, end)
        start = max(start, last)
        if start >= end:
            return
    yield start, end
