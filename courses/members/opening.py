"""Writes what rows of members.csv come to: citizens, courses, registrations, their journal."""

from typing import Any

from courses.members.membership import Claim, claims_of
from courses.members.people import KnownCourse, Person
from courses.members.putting import Verdict, mirrored, put_registration
from courses.members.rows import Desk, Row, StagedRow, readable
from courses.members.writing import CITIZEN_COLUMNS
from courses.models import Citizen, Course, Registration
from shared.danish_order import sort_key


def take_members(person: Person, staged: list[StagedRow], desk: Desk) -> None:
    """Open and correct the courses of one citizen, as the rows say."""
    rows = readable(desk, staged)
    for row in rows:
        row.values["born"] = staged[0].born
    claims = claims_of(person, rows, desk)
    if not claims:
        person.refused_row = staged[0].line
        return
    renamed = _take_citizen(person, claims, staged[0], desk)
    for claim in claims:
        verdict = _take_course(person, claim, desk)
        if verdict == "same" and claim.row is renamed:
            verdict = "changed"
        desk.count(claim.row, verdict)


def _take_citizen(person: Person, claims: list[Claim], staged: StagedRow, desk: Desk) -> Row | None:
    """Bring name and contact up to date from the latest row; the row, when it changed anything."""
    latest = claims[-1]
    said = person.columns | {
        name: latest.row[name] for name in CITIZEN_COLUMNS if name in latest.row.values
    }
    said["sort_key"] = sort_key(f"{said['last_name']}, {said['first_name']}")
    if person.citizen is None:
        person.columns = said
        person.citizen = desk.batch.add(
            Citizen,
            cpr_sealed=staged.sealed,
            cpr_index=person.index,
            born_on=staged.born,
            **said,
        )
        return None
    if said == person.columns or _has_moved_on(person, latest):
        return None
    _change_citizen(person, said, latest, desk)
    return latest.row


def _has_moved_on(person: Person, latest: Claim) -> bool:
    """Whether the citizen is a member elsewhere since: then that a-kasse knows better."""
    return any(days[0] > latest.days[0] for days in person.elsewhere)


def _change_citizen(person: Person, said: dict[str, Any], latest: Claim, desk: Desk) -> None:
    assert person.citizen is not None  # noqa: S101 (tells the type checker what the caller checked)
    before, after = _differences(person.columns, said)
    case = latest.course.pk if latest.course else None
    desk.batch.note(Citizen, person.citizen, "citizen-changed", case, before=before, after=after)
    desk.batch.change(Citizen, person.citizen, **said)
    person.columns = said


def _take_course(person: Person, claim: Claim, desk: Desk) -> Verdict:
    number = claim.row.values.get("source_id", "")
    if claim.course is None:
        claim.course = _open_course(person, claim, number, desk)
        desk.report.courses_opened += 1
        return "new"
    before, after = _differences(claim.course.said, claim.said)
    verdict = put_registration(claim.course, claim.said, desk.batch)
    if verdict != "same":
        desk.batch.note(
            Course,
            claim.course.pk,
            "registration-changed",
            claim.course.pk,
            before=before,
            after=after,
        )
    if number and number != claim.course.source_id:
        desk.batch.change(Course, claim.course.pk, source_id=number)
        claim.course.source_id = number
        return "changed"
    return verdict


def _open_course(person: Person, claim: Claim, number: str, desk: Desk) -> KnownCourse:
    said, sender = claim.said, desk.sender
    key = desk.batch.add(
        Course,
        citizen_id=person.citizen,
        a_kasse_id=sender.a_kasse,
        source_id=number,
        municipality_id=said["municipality_id"],
        jobcentre_id=sender.areas.jobcentre_of(
            said["municipality_id"], on=said["ended_on"] or sender.on
        ),
        **mirrored(said),
    )
    registration = desk.batch.add_fact(Registration, course_id=key, **said)
    desk.batch.note(Course, key, "course-opened", key, registered_on=str(said["registered_on"]))
    course = KnownCourse(key, sender.a_kasse, True, number, registration, said)  # noqa: FBT003 (own)
    person.courses.append(course)
    return course


def _differences(
    before: dict[str, Any], after: dict[str, Any]
) -> tuple[dict[str, str], dict[str, str]]:
    """What was said and what is said now, of the columns that differ."""
    names = [name for name in after if before.get(name) != after[name] and name != "sort_key"]
    return (
        {name: _shown(before.get(name)) for name in names},
        {name: _shown(after[name]) for name in names},
    )


def _shown(value: Any) -> str:  # noqa: ANN401 (whatever a column holds)
    return "" if value is None else str(value)
