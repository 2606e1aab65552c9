"""Putting one fact beside those that stand: the same, a new one, or one that supersedes."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from courses.members.people import (
    FAR,
    KnownAbsence,
    KnownCourse,
    KnownHours,
    KnownMeeting,
    Person,
    Span,
    end_of,
    overlap,
)
from courses.members.writing import Batch
from courses.models import Absence, Course, HeldMeeting, Registration, ReportedHours

Verdict = Literal["new", "changed", "same"]


@dataclass(frozen=True, slots=True)
class AbsenceSaid:
    """An absence as someone reports it; the last day is excluded, None is open."""

    kind: str
    starts_on: date
    ends_on: date | None = None
    hours: Decimal | None = None

    @property
    def days(self) -> Span:
        """Its days; the last is excluded, and none is far away."""
        return self.starts_on, self.ends_on or FAR


def put_absence(person: Person, said: AbsenceSaid, batch: Batch) -> Verdict:
    """An absence replaces those of its kind that it overlaps, but on another a-kasse's days."""
    met = [one for one in person.absences if one.kind == said.kind and overlap(one.days, said.days)]
    if len(met) == 1 and (met[0].days, met[0].hours) == (said.days, said.hours):
        return "same"
    for one in met:
        person.absences.remove(one)
        person.gone_absences.add((one.kind, one.starts_on))
    _add_absence(person, said, batch, replacing=met)
    for one in met:
        _keep_elsewhere(person, one, batch)
    return "changed" if met else "new"


def _add_absence(
    person: Person, said: AbsenceSaid, batch: Batch, *, replacing: list[KnownAbsence]
) -> None:
    key = batch.add_fact(
        Absence,
        replacing=[one.pk for one in replacing],
        citizen_id=person.citizen,
        kind=said.kind,
        starts_on=said.starts_on,
        ends_on=said.ends_on,
        hours=said.hours,
    )
    person.absences.append(KnownAbsence(key, said.kind, said.starts_on, said.ends_on, said.hours))


def _keep_elsewhere(person: Person, replaced: KnownAbsence, batch: Batch) -> None:
    """What stood on days of membership elsewhere is not this a-kasse's to replace."""
    for days in person.elsewhere:
        start, end = max(days[0], replaced.starts_on), min(days[1], replaced.days[1])
        if start < end:
            rest = AbsenceSaid(replaced.kind, start, end_of((start, end)), replaced.hours)
            _add_absence(person, rest, batch, replacing=[])


def take_back_absence(person: Person, known: KnownAbsence, batch: Batch) -> None:
    """An absence that was reported and is not so; another a-kasse's days stay as they are."""
    person.absences.remove(known)
    person.gone_absences.add((known.kind, known.starts_on))
    batch.take_back(Absence, known.pk)
    _keep_elsewhere(person, known, batch)


def put_hours(
    person: Person, month: date, hours: Decimal, *, a_kasse: int, batch: Batch
) -> Verdict:
    """Hours of a month replace those reported before."""
    known = person.hours.get(month)
    if known and known.hours == hours:
        return "same"
    key = batch.add_fact(
        ReportedHours,
        replacing=[known.pk] if known else [],
        citizen_id=person.citizen,
        month=month,
        hours=hours,
        a_kasse_id=a_kasse,
    )
    person.hours[month] = KnownHours(key, hours, a_kasse)
    return "changed" if known else "new"


def put_meeting(
    person: Person, kind: str, held_on: date, said: dict[str, Any], batch: Batch
) -> Verdict:
    """A held interview, or more about one; what is not said of a known one stays."""
    known = person.meetings.get((kind, held_on))
    if known and said.items() <= known.said.items():
        return "same"
    columns = (known.said if known else NOTHING_SAID) | said
    key = batch.add_fact(
        HeldMeeting,
        replacing=[known.pk] if known else [],
        citizen_id=person.citizen,
        kind=kind,
        held_on=held_on,
        **columns,
    )
    person.meetings[kind, held_on] = KnownMeeting(key, batch.source, columns)
    return "changed" if known else "new"


NOTHING_SAID: dict[str, Any] = {
    "form": "",
    "registered_type": None,
    "ordinal": None,
    "other_party_came": None,
}


def take_back_meeting(
    person: Person, kind: str, held_on: date, batch: Batch
) -> KnownMeeting | None:
    """An interview that was recorded as held and was not."""
    known = person.meetings.pop((kind, held_on), None)
    if known:
        batch.take_back(HeldMeeting, known.pk)
    return known


def put_registration(course: KnownCourse, said: dict[str, Any], batch: Batch) -> Verdict:
    """What the a-kasse says of a course now, in place of what it said before."""
    if said == course.said:
        return "same"
    course.registration = batch.add_fact(
        Registration, replacing=[course.registration], course_id=course.pk, **said
    )
    course.said = said
    batch.change(Course, course.pk, **mirrored(said))
    return "changed"


def mirrored(said: dict[str, Any]) -> dict[str, date | None]:
    """What a registration says of its course's days, in the course's own columns.

    The rest of the answers comes from `courses.deadlines`; but a course that ends must free its
    days before the next one is opened, which is before the answers are asked for.
    """
    return {
        "registered_on": said["registered_on"],
        "placed_on": said["placed_on"],
        "starts_on": said["member_from"],
        "ends_on": said["ended_on"],
    }
