"""Keeps the stored answers equal to what the law says; nothing else writes them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import Error, transaction
from django.utils import timezone

from accounts.models import User
from courses import kept_counts
from courses.answers import (
    COURSE_COLUMNS,
    DUTY_COLUMNS,
    WITHDRAWN_ROW,
    Answered,
    Key,
    answered,
    moves_between,
)
from courses.facts import told_of_many
from courses.models import ChangedCourse, Course, DateMove, Duty, Responsibility
from partnerships.coverage import CoverageBook
from partnerships.terms import AgreementBook
from shared.copying import update, upsert

CHUNK = 500
DUTY_KEY = ["course_id", "rule", "ordinal"]
UNANSWERABLE = (LookupError, ValueError, ArithmeticError)


@dataclass(slots=True)
class Refreshed:
    """What a refresh came to: courses asked about, courses changed, courses that failed."""

    courses: int = 0
    changed: int = 0
    errors: list[dict[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Asked:
    """Why, by whom and for which day answers are asked, and the books they are looked up in."""

    cause: str
    by: User | None
    on: date
    agreements: AgreementBook
    areas: CoverageBook

    @classmethod
    def now(cls, cause: str, *, by: User | None = None, on: date | None = None) -> "Asked":
        """A question with the agreements and areas as they stand."""
        return cls(cause, by, on or timezone.localdate(), AgreementBook.load(), CoverageBook.load())


def refresh(course: Course, *, cause: str, by: User | None, on: date | None = None) -> bool:
    """Bring one course's answers up to date with its facts, in the caller's transaction."""
    done = Refreshed()
    with transaction.atomic():
        _refresh_chunk([course.pk], Asked.now(cause, by=by, on=on), done)
    if done.errors:
        raise ValueError(done.errors[0]["message"])
    course.refresh_from_db(fields=list(COURSE_COLUMNS))
    return bool(done.changed)


def refresh_many(
    keys: Sequence[int],
    *,
    cause: str,
    by: User | None = None,
    on: date | None = None,
    asked: Asked | None = None,
) -> Refreshed:
    """Bring many courses' answers up to date, in chunks of one transaction each.

    A course that cannot be answered is reported in `errors` and left as it was; it stops nothing.
    Asked a second time it writes no row. A caller with many calls hands in `asked` to save queries.
    """
    asked = asked or Asked.now(cause, by=by, on=on)
    done = Refreshed()
    for chunk in _chunks(keys):
        try:
            with transaction.atomic():
                part = Refreshed()
                _refresh_chunk(chunk, asked, part)
            _add(done, part)
        except Error:
            _one_by_one(chunk, asked, done)
    return done


def differences(keys: Sequence[int], *, on: date | None = None) -> Refreshed:
    """How many courses' stored answers differ from what the law says now; writes nothing."""
    asked = Asked.now("check", on=on)
    done = Refreshed()
    for chunk in _chunks(keys):
        courses = _courses(chunk, lock=False)
        answers = _answers(courses, asked, done)
        stored = _stored(courses)
        done.courses += len(courses)
        done.changed += sum(stored[key].differs_from(said) for key, said in answers.items())
    return done


def call_to_jobcentre(course: Course, *, on: date) -> None:
    """Let the jobcentre read a course from the day it booked an interview there.

    Kept apart from what the law says, so that no corrected date takes the case from its sight.
    """
    called_on = min(on, course.called_on or on)
    course.called_on, course.jobcentre_from = called_on, min(called_on, course.jobcentre_from or on)
    course.save(update_fields=["called_on", "jobcentre_from"])
    kept_counts.changed([course.jobcentre_id])


def _chunks(keys: Sequence[int]) -> Iterable[Sequence[int]]:
    return (keys[start : start + CHUNK] for start in range(0, len(keys), CHUNK))


def _add(done: Refreshed, part: Refreshed) -> None:
    done.courses += part.courses
    done.changed += part.changed
    done.errors += part.errors


def _one_by_one(keys: Sequence[int], asked: Asked, done: Refreshed) -> None:
    """Give every course of a chunk that the database refused its own try."""
    for key in keys:
        try:
            with transaction.atomic():
                part = Refreshed()
                _refresh_chunk([key], asked, part)
            _add(done, part)
        except Error as error:
            done.courses += 1
            done.errors.append(_error(key, error))


def _error(key: int, error: Exception) -> dict[str, str]:
    """A course that failed, by its number, with the first line of why."""
    return {"course": f"K-{key:06d}", "message": str(error).partition("\n")[0]}


def _refresh_chunk(keys: Sequence[int], asked: Asked, done: Refreshed) -> None:
    courses = _courses(keys, lock=True)
    answers = _answers(courses, asked, done)
    stored = _stored(courses)
    changed = [
        course
        for course in courses
        if course.pk in answers and stored[course.pk].differs_from(answers[course.pk])
    ]
    done.courses += len(courses)
    done.changed += len(changed)
    if changed:
        _write(changed, stored, answers, asked)


def _courses(keys: Sequence[int], *, lock: bool) -> list[Course]:
    rows = Course.objects.filter(pk__in=keys).select_related("citizen", "a_kasse").order_by("pk")
    return list(rows.select_for_update(of=("self",)) if lock else rows)


def _answers(courses: Sequence[Course], asked: Asked, done: Refreshed) -> dict[int, Answered]:
    """The law's answers by course; a course it cannot answer is reported."""
    told = told_of_many(courses, on=asked.on, book=asked.agreements)
    found: dict[int, Answered] = {}
    for course in courses:
        try:
            if course.pk not in told:
                raise LookupError("no registration of the course stands")
            one = told[course.pk]
            days = asked.agreements.due_soon_days(
                course.a_kasse_id, one.facts.municipality, on=asked.on
            )
            found[course.pk] = answered(one, areas=asked.areas, due_soon_days=days)
        except UNANSWERABLE as error:
            done.errors.append(_error(course.pk, error))
    return found


def _stored(courses: Sequence[Course]) -> dict[int, Answered]:
    """The answers as they are stored, by course."""
    keys = [course.pk for course in courses]
    duties: dict[int, dict[Key, dict[str, Any]]] = defaultdict(dict)
    rows = Duty.objects.filter(course__in=keys).order_by("pk")
    for course, rule, ordinal, *columns in rows.values_list(*DUTY_KEY, *DUTY_COLUMNS):
        duties[course][rule, ordinal] = dict(zip(DUTY_COLUMNS, columns, strict=True))
    held: dict[int, list[tuple[str, date, date | None]]] = defaultdict(list)
    intervals = Responsibility.objects.filter(course__in=keys).order_by("starts_on")
    for course, party, start, end in intervals.values_list(
        "course", "party", "starts_on", "ends_on"
    ):
        held[course].append((party, start, end))
    return {
        course.pk: Answered(
            {name: getattr(course, name) for name in COURSE_COLUMNS},
            duties[course.pk],
            tuple(held[course.pk]),
        )
        for course in courses
    }


def _write(
    courses: Sequence[Course],
    stored: Mapping[int, Answered],
    answers: Mapping[int, Answered],
    asked: Asked,
) -> None:
    """Store the answers of courses whose answers changed, and mark those courses."""
    update(Course, _course_rows(courses, answers), ["id"], [*COURSE_COLUMNS, "refreshed_at"])
    upsert(
        Duty,
        _duty_rows(courses, stored, answers),
        DUTY_KEY,
        [*DUTY_COLUMNS, "a_kasse_id", "jobcentre_id"],
    )
    _write_responsibilities(courses, stored, answers)
    DateMove.objects.bulk_create(
        DateMove(
            course=course,
            by=asked.by,
            cause=asked.cause,
            rule=moved.rule,
            ordinal=moved.ordinal,
            before=moved.before,
            after=moved.after,
            notes=moved.notes,
        )
        for course in courses
        for moved in moves_between(stored[course.pk], answers[course.pk])
    )
    ChangedCourse.objects.bulk_create(
        [ChangedCourse(course=course) for course in courses], ignore_conflicts=True
    )
    times = any(stored[one.pk].owes_other_times_than(answers[one.pk]) for one in courses)
    kept_counts.changed(_parties(courses, answers), times=times)


def _parties(courses: Sequence[Course], answers: Mapping[int, Answered]) -> Iterator[int | None]:
    """Whose counts these answers change: also those of a jobcentre that a course leaves."""
    for course in courses:
        yield course.a_kasse_id
        yield course.jobcentre_id
        yield answers[course.pk].course["jobcentre_id"]


def _course_rows(
    courses: Sequence[Course], answers: Mapping[int, Answered]
) -> Iterable[dict[str, Any]]:
    now = timezone.now()
    return ({"id": one.pk, "refreshed_at": now, **answers[one.pk].course} for one in courses)


def _duty_rows(
    courses: Sequence[Course], stored: Mapping[int, Answered], answers: Mapping[int, Answered]
) -> Iterable[dict[str, Any]]:
    """The duties to write: those that are new or say something else, and those withdrawn."""
    for course in courses:
        old, new = stored[course.pk].duties, answers[course.pk].duties
        gone = {key: {**row, **WITHDRAWN_ROW} for key, row in old.items() if key not in new}
        for key, row in {**new, **gone}.items():
            yield {
                "course_id": course.pk,
                "rule": key[0],
                "ordinal": key[1],
                "a_kasse_id": course.a_kasse_id,
                "jobcentre_id": answers[course.pk].course["jobcentre_id"],
                **row,
            }


def _write_responsibilities(
    courses: Sequence[Course], stored: Mapping[int, Answered], answers: Mapping[int, Answered]
) -> None:
    changed = [
        course.pk
        for course in courses
        if stored[course.pk].responsible != answers[course.pk].responsible
    ]
    Responsibility.objects.filter(course__in=changed).delete()
    Responsibility.objects.bulk_create(
        Responsibility(course_id=key, party=party, starts_on=start, ends_on=end)
        for key in changed
        for party, start, end in answers[key].responsible
    )
