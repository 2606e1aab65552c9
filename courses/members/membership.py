"""Rows of members.csv: which course each one means, and what it changes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext_noop

from courses.members.people import (
    FAR,
    REGISTRATION_COLUMNS,
    KnownCourse,
    Person,
    Span,
    overlap,
)
from courses.members.rows import Desk, Fault, Row
from courses.models import Insurance

ELSEWHERE = gettext_noop("registered elsewhere for these days")
RUNNING = gettext_noop(
    "another course of this member has not ended before; send its ended_on first,"
    " or the same source_id to correct it"
)
NOT_ENDED = gettext_noop(
    "row %(row)s says another registered_on, and the first course has no end before it"
)
TWICE = gettext_noop("row %(row)s says the same registered_on")
NOT_AFTER = gettext_noop("%(value)s is not after %(other)s")
NO_MUNICIPALITY = gettext_noop("%(value)s is no municipality")
CONTESTED = gettext_noop("belongs to two members")
BORN_LATER = gettext_noop("%(value)s lies before the birth date")
NOTHING_SAID: dict[str, Any] = {
    "ended_on": None,
    "ended_reason": "",
    "insured": Insurance.FULL_TIME.value,
    "special_effort": False,
    "benefit_ends_on": None,
    "graduate": False,
    "occupation": "",
    "skilled": None,
}


@dataclass(slots=True)
class Claim:
    """A row, the course it means (None: a new one), and what the course's registration becomes."""

    row: Row
    course: KnownCourse | None = None
    said: dict[str, Any] = field(default_factory=dict)

    @property
    def registered_on(self) -> date:
        """The day that tells the courses of a person apart."""
        day: date = self.row["registered_on"]
        return day

    @property
    def end(self) -> date:
        """The day after the course, as far as the row or the course itself says one."""
        if "ended_on" in self.row.values:
            return self.row["ended_on"] or FAR
        return self.course.days[1] if self.course else FAR

    @property
    def days(self) -> Span:
        """The days of membership that the registration comes to."""
        return self.said["member_from"], self.said["ended_on"] or FAR


def claims_of(person: Person, rows: list[Row], desk: Desk) -> list[Claim]:
    """The rows that can be taken, by registration day, each with its course; others are refused."""
    claims = [Claim(row) for row in rows if _is_plausible(row, desk)]
    claims.sort(key=lambda claim: (claim.registered_on, claim.row.line))
    claims = _refuse_pairs(_once(claims, desk), desk, _is_repeated, TWICE)
    _find_courses(person, claims)
    claims = _refuse_pairs(claims, desk, _runs_on, NOT_ENDED)
    for claim in claims:
        claim.said = _registration(claim)
        _begin_after_the_last(claim, person, claims)
    return _without_collisions(person, claims, desk)


def _is_plausible(row: Row, desk: Desk) -> bool:
    """Whether the row makes sense beside what never changes; it is refused otherwise."""
    faults = []
    if row["municipality"] not in desk.sender.areas.by_municipality:
        faults.append(Fault("municipality", NO_MUNICIPALITY, {"value": row["municipality"]}))
    if row.values.get("source_id") in desk.sender.contested:
        faults.append(Fault("source_id", CONTESTED))
    if row["registered_on"] <= row["born"]:
        faults.append(Fault("registered_on", BORN_LATER, {"value": str(row["registered_on"])}))
    if faults:
        desk.refuse(row, *faults)
    return not faults


def _once(claims: list[Claim], desk: Desk) -> list[Claim]:
    """The claims without rows that repeat another to the letter."""
    kept: list[Claim] = []
    for claim in claims:
        if kept and kept[-1].row.values == claim.row.values:
            desk.count(claim.row, "same")
        else:
            kept.append(claim)
    return kept


def _refuse_pairs(
    claims: list[Claim], desk: Desk, clash: Callable[[Claim, Claim], bool], text: str
) -> list[Claim]:
    """The claims without those that clash with the next one; both of a pair are refused."""
    refused: dict[int, Fault] = {}
    for one, other in pairwise(claims):
        if clash(one, other):
            refused[one.row.line] = Fault("registered_on", text, {"row": other.row.line})
            refused[other.row.line] = Fault("registered_on", text, {"row": one.row.line})
    for claim in claims:
        if fault := refused.get(claim.row.line):
            desk.refuse(claim.row, fault)
    return [claim for claim in claims if claim.row.line not in refused]


def _is_repeated(one: Claim, other: Claim) -> bool:
    return one.registered_on == other.registered_on


def _runs_on(one: Claim, other: Claim) -> bool:
    return one.end > other.registered_on


def _find_courses(person: Person, claims: list[Claim]) -> None:
    """Which course each row means: that of its day first, else the one that it corrects."""
    free = person.own
    for means in (_is_of_its_day, _is_corrected):
        for claim in claims:
            if claim.course is None:
                claim.course = next((one for one in reversed(free) if means(claim, one)), None)
                free = [one for one in free if one is not claim.course]


def _is_of_its_day(claim: Claim, course: KnownCourse) -> bool:
    number = claim.row.values.get("source_id", "")
    if number and course.source_id and number != course.source_id:
        return False
    return bool(course.said["registered_on"] == claim.registered_on)


def _is_corrected(claim: Claim, course: KnownCourse) -> bool:
    """Whether a row with another registration day corrects a course, or must be a new one."""
    end: date = claim.row.values.get("ended_on") or FAR
    if course.days[1] <= claim.registered_on or end <= course.days[0]:
        return False
    number, placed = claim.row.values.get("source_id", ""), claim.row.values.get("placed_on")
    if number and course.source_id:
        return bool(number == course.source_id)
    return placed is None or bool(placed == course.said["placed_on"])


def _registration(claim: Claim) -> dict[str, Any]:
    """What the registration says with the row: what the row leaves out stays as it was."""
    given, day = claim.row.values, claim.registered_on
    known = claim.course.said if claim.course else NOTHING_SAID
    said = known | {name: given[name] for name in REGISTRATION_COLUMNS if name in given}
    said["municipality_id"] = given["municipality"]
    for name in ("placed_on", "member_from"):  # these follow the registration unless said
        follows = known.get(name, day) == known.get("registered_on", day)
        said[name] = given.get(name) or (day if follows else known[name])
    return said


def _begin_after_the_last(claim: Claim, person: Person, claims: list[Claim]) -> None:
    """A member for years begins each course where the one before it ended."""
    for days in _other_days(claim, person, claims):
        if days[1] <= claim.registered_on:
            claim.said["member_from"] = max(claim.said["member_from"], days[1])


def _other_days(claim: Claim, person: Person, claims: list[Claim]) -> list[Span]:
    """The days of the person's other courses here, as they will be."""
    claimed = [one.course for one in claims if one.course]
    return [one.days for one in claims if one is not claim and one.said] + [
        one.days for one in person.own if not any(one is course for course in claimed)
    ]


def _without_collisions(person: Person, claims: list[Claim], desk: Desk) -> list[Claim]:
    """The claims whose days are free; the others are refused."""
    taken = []
    for claim in claims:
        if fault := _collision(claim, person, claims):
            desk.refuse(claim.row, fault)
        else:
            taken.append(claim)
    return taken


def _collision(claim: Claim, person: Person, claims: list[Claim]) -> Fault | None:
    start, end = claim.days
    last = max(start, claim.registered_on)
    if end <= last:
        return Fault("ended_on", NOT_AFTER, {"value": str(end), "other": str(last)})
    if any(overlap(claim.days, days) for days in person.elsewhere):
        return Fault("member_from", ELSEWHERE)
    if any(overlap(claim.days, days) for days in _other_days(claim, person, claims)):
        return Fault("registered_on", RUNNING)
    return None
