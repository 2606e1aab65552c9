"""The SQL that compares flags with duties for a day and writes the difference, for some courses.

No rule of law stands here: days and outcomes that `courses.deadlines` stored are compared with a
day, nothing else.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.utils import timezone

# ruff: noqa: S608 (the statements are put together from the constants of this file alone)

SUSPENDED = """
    (duty.exempt_from <= %(on)s AND (duty.exempt_to IS NULL OR duty.exempt_to > %(on)s)) IS TRUE
"""
# The flags that duties should have on a day; `Duty.state_on` says the same of one duty.
WANTED = f"""
    SELECT duty.id AS duty_id, duty.course_id,
        CASE WHEN duty.late_from <= %(on)s THEN 'overdue' ELSE 'due_soon' END AS stage,
        CASE WHEN duty.late_from <= %(on)s THEN duty.late_from ELSE duty.soon_from END AS became_on
    FROM courses_duty duty
    WHERE duty.outcome = 'pending' AND NOT {SUSPENDED}
        AND (duty.late_from <= %(on)s OR (duty.soon_from <= %(on)s AND duty.late_from > %(on)s))
"""
# The open flags, which have no resolution; and an acknowledged one stands for its day, so that it
# is not raised again. Said so that the database goes by the courses, not by the partial indexes.
STANDING = """
    SELECT flag.id, flag.course_id, flag.duty_id, flag.stage, flag.became_on, flag.resolved_at
    FROM courses_flag flag
    WHERE flag.resolution IN ('', 'acknowledged')
"""
# Whoever changes answers holds the course for update until the mark is there for all to see:
# waiting for them here, in their order, lets no change slip between reading and unmarking.
LOCK = """
    SELECT count(*) FROM (
        SELECT FROM courses_course course WHERE {courses} ORDER BY course.id FOR KEY SHARE
    ) locked
"""
COMPARE = f"""
    CREATE TEMP TABLE {{differences}} AS
    SELECT coalesce(wanted.course_id, standing.course_id) AS course_id, wanted.duty_id,
        wanted.stage, wanted.became_on, standing.id AS flag_id
    FROM ({WANTED} AND {{duties}}) wanted FULL JOIN ({STANDING} AND {{flags}}) standing
        ON wanted.duty_id = standing.duty_id AND wanted.stage = standing.stage
            AND wanted.became_on = standing.became_on
    WHERE standing.id IS NULL OR (wanted.duty_id IS NULL AND standing.resolved_at IS NULL)
"""
RESOLVE = f"""
    UPDATE courses_flag flag SET resolved_at = %(at)s, resolution = CASE
        WHEN duty.outcome IN ('met', 'late') THEN 'held'
        WHEN flag.stage = 'due_soon' AND duty.outcome = 'pending' AND duty.late_from <= %(on)s
            AND NOT {SUSPENDED} THEN 'overtaken'
        ELSE 'lapsed' END
    FROM courses_duty duty
    WHERE duty.id = flag.duty_id AND flag.resolved_at IS NULL AND flag.id = ANY(ARRAY(
        SELECT flag_id FROM {{differences}} WHERE flag_id IS NOT NULL AND {{differing}}
    ))
"""
RAISE = """
    INSERT INTO courses_flag (duty_id, course_id, stage, became_on, raised_at,
        resolution, cause, responsible_side, remark)
    SELECT duty_id, course_id, stage, became_on, %(at)s, '', '', '', ''
    FROM {differences} WHERE flag_id IS NULL AND {differing} ORDER BY course_id, duty_id
"""
FORGET = "DROP TABLE IF EXISTS {differences}"
UNMARK = "DELETE FROM courses_changedcourse WHERE {marks}"
COURSES = "SELECT course.id FROM courses_course course WHERE {courses} ORDER BY course.id"
OPEN = "SELECT stage, count(*) FROM courses_flag WHERE resolved_at IS NULL GROUP BY stage"
FORESEEN = f"""
    SELECT stage, count(*) FROM ({WANTED}) wanted WHERE NOT EXISTS (
        SELECT FROM courses_flag flag
        WHERE flag.resolution = 'acknowledged' AND flag.duty_id = wanted.duty_id
            AND flag.stage = wanted.stage AND flag.became_on = wanted.became_on
    ) GROUP BY stage
"""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a round of statements is about: all courses, some, or one duty of one course."""

    courses: str
    values: dict[str, Any]
    duty: int | None = None

    @classmethod
    def everything(cls) -> "Scope":
        """All courses."""
        return cls("true", {})

    @classmethod
    def between(cls, first: int, last: int) -> "Scope":
        """Courses by a range of keys."""
        return cls("{} BETWEEN %(first)s AND %(last)s", {"first": first, "last": last})

    @classmethod
    def these(cls, courses: list[int]) -> "Scope":
        """Courses by their keys."""
        return cls("{} = ANY(%(courses)s)", {"courses": courses})

    @classmethod
    def around(cls, courses: list[int]) -> "Scope":
        """Courses by their keys in order; by their range when they fill most of it."""
        first, last = courses[0], courses[-1]
        is_dense = last - first < 2 * len(courses)
        return cls.between(first, last) if is_dense else cls.these(courses)

    @classmethod
    def one_duty(cls, course: int, duty: int) -> "Scope":
        """A duty of a course."""
        return cls("{} = %(course)s", {"course": course, "duty": duty}, duty)

    def within(self, statement: str, differences: str = "") -> str:
        """A statement, narrowed to this."""
        one = self.duty is not None
        return statement.format(
            courses=self.courses.format("course.id"),
            marks=self.courses.format("course_id"),
            differing=self.courses.format("course_id"),
            duties=self.courses.format("duty.course_id") + " AND duty.id = %(duty)s" * one,
            flags=self.courses.format("flag.course_id") + " AND flag.duty_id = %(duty)s" * one,
            differences=differences,
        )

    def course_keys(self) -> list[int]:
        """The courses that there are in it."""
        with connection.cursor() as cursor:
            cursor.execute(self.within(COURSES), self.values)
            return [key for (key,) in cursor.fetchall()]


class Differences:
    """What flags lack or have too much, kept beside the flags until it is written."""

    def __init__(self, name: str, scope: Scope, on: date) -> None:
        self.name = name
        self.on = on
        self.forget()  # a sweep that broke off in this connection may have left it
        self.count = self._run(COMPARE, scope)

    def write(self, scope: Scope) -> tuple[int, int]:
        """Raise and resolve what differs within a scope; how many of each."""
        resolved = self._run(RESOLVE, scope)
        return self._run(RAISE, scope), resolved

    def forget(self) -> None:
        """Give the place back."""
        self._run(FORGET, Scope.everything())

    def _run(self, statement: str, scope: Scope) -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                scope.within(statement, self.name),
                scope.values | {"on": self.on, "at": timezone.now()},
            )
            return int(cursor.rowcount)


def bring_up_to_date(scope: Scope, *, on: date) -> tuple[int, int]:
    """Raise and resolve flags until they are as they should be on a day; how many of each.

    In the caller's transaction. The marks of the courses go in it too, so that nothing is lost
    when it fails.
    """
    with connection.cursor() as cursor:
        cursor.execute(scope.within(LOCK), scope.values)
        differences = Differences("flag_differences", scope, on)
        written = differences.write(scope) if differences.count else (0, 0)
        differences.forget()
        if scope.duty is None:
            cursor.execute(scope.within(UNMARK), scope.values)
    return written


def learn_sizes() -> None:
    """Let the database know that the table of flags has grown, before it plans with old figures."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE courses_flag")


def open_flags() -> dict[str, int]:
    """How many flags are open, by stage."""
    with connection.cursor() as cursor:
        cursor.execute(OPEN)
        return dict(cursor.fetchall())


def foreseen_flags(*, on: date) -> dict[str, int]:
    """How many flags would be open on a day by the answers as they stand, by stage."""
    with connection.cursor() as cursor:
        cursor.execute(FORESEEN, {"on": on})
        return dict(cursor.fetchall())
