"""A seeded world of 300,000 courses with 1.2 million duties, in a database that goes afterwards.

Four stretches of unemployment with pauses between, four interviews by weeks counted over them, a
third of those past not held: far more than in life. The stretches stand in tables of their own,
so that one SQL statement can derive the dates anew and be compared with.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db import connection
from django.db.backends.utils import CursorWrapper

from partnerships.models import Municipality, Organisation

DAY = date(2026, 11, 23)
COURSES = 300_000
SEED = 0.42
DAYS_BEFORE = 7  # five working days, where no holiday is known
A_KASSER = range(1, 25)
JOBCENTRES = range(101, 199)  # the keys of jobcentres, and the codes of their municipalities
NAME = "kontaktforloeb_benchmark"

PLACES = """
CREATE TABLE bench_rule AS SELECT n AS ordinal, n * 42 AS due_days FROM generate_series(1, 4) n;
CREATE TABLE bench_period (course_id bigint, starts date, ends date);
CREATE TABLE bench_meeting (course_id bigint, ordinal int, held_on date)
"""
CITIZENS = """
INSERT INTO courses_citizen (id, cpr_sealed, cpr_index, first_name, last_name, sort_key, born_on,
        email, phone, address_protected, digital_post_exempt, interpreter)
    SELECT n, decode(md5('sealed' || n), 'hex'), decode(md5('index' || n), 'hex'),
        first, last, lower(last || ', ' || first), date '1960-01-01' + n %% 14000,
        '', (20000000 + n)::text, false, false, ''
    FROM (
        SELECT n, (ARRAY['Anne', 'Bo', 'Carla', 'Dines', 'Ea', 'Faisal', 'Gry', 'Hans', 'Ida',
                'Jens'])[1 + n %% 10] AS first,
            (ARRAY['Hansen', 'Jensen', 'Nielsen', 'Lind', 'Lindberg', 'Møller', 'Østergaard',
                'Aagaard', 'Birk', 'Dahl', 'Holm'])[1 + n %% 11] AS last
        FROM generate_series(1, %(courses)s) n
    ) named
"""
COURSES_OF_THEM = """
INSERT INTO courses_course (id, citizen_id, a_kasse_id, source_id, registered_on, placed_on,
        starts_on, municipality_id, jobcentre_id, regime, criteria, handover_rule,
        handover_on, handover_is_forecast, jobcentre_from, refreshed_at)
    SELECT n, n, 1 + n %% 24, '', day, day, day, (101 + n %% 98)::text, 101 + n %% 98, '2026',
        '[]', '', day + 182, true, day, now()
    FROM (
        SELECT n, %(day)s - (random() * 240)::int AS day FROM generate_series(1, %(courses)s) n
    ) made
"""
PERIODS = """
INSERT INTO bench_period SELECT id, part.* FROM (
    SELECT id, registered_on AS day, 10 + (random() * 40)::int AS a, 1 + (random() * 10)::int AS b,
        10 + (random() * 40)::int AS c, 1 + (random() * 10)::int AS d,
        10 + (random() * 40)::int AS e, 1 + (random() * 10)::int AS f
    FROM courses_course ORDER BY id
) drawn, LATERAL (VALUES (day, day + a), (day + a + b, day + a + b + c),
    (day + a + b + c + d, day + a + b + c + d + e), (day + a + b + c + d + e + f, NULL)) part
"""
DUE = """
WITH stretch AS (
    SELECT course_id, starts, coalesce(ends, 'infinity') AS ends, coalesce(sum(ends - starts) OVER (
        PARTITION BY course_id ORDER BY starts ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ), 0) AS before FROM bench_period
), due AS (
    SELECT course_id, ordinal, starts + (due_days - before)::int AS due_on
    FROM stretch JOIN bench_rule ON due_days > before
        AND starts + (due_days - before)::int <= ends
)
"""
MEETINGS = f"""
INSERT INTO bench_meeting {DUE}
    SELECT course_id, ordinal, due_on - 3 FROM (SELECT * FROM due ORDER BY course_id, ordinal) due
    WHERE due_on < %(day)s AND random() < 0.667
"""  # noqa: S608 (constants)
DUTIES = f"""
INSERT INTO courses_duty (course_id, a_kasse_id, jobcentre_id, rule, ordinal, kind, responsible,
        with_party, opens_on, due_on, latest_on, late_from, soon_from, basis, outcome, met_on,
        because, notes, certain)
    {DUE} SELECT course.id, a_kasse_id, jobcentre_id, 'R26-03', due.ordinal, 'job', 'a_kasse', '',
        due_on - 21, due_on, due_on, CASE WHEN held_on IS NULL THEN due_on + 1 END,
        CASE WHEN held_on IS NULL THEN due_on - {DAYS_BEFORE} END, 'cumulative',
        CASE WHEN held_on IS NULL THEN 'pending' ELSE 'met' END, held_on,
        json_build_object('text', 'interview no. {{number}} after {{weeks}} weeks of unemployment',
            'values', json_build_object('number', due.ordinal, 'weeks', due.ordinal * 6)),
        '[]', true
    FROM due JOIN courses_course course ON course.id = due.course_id
        LEFT JOIN bench_meeting meeting USING (course_id, ordinal)
    ORDER BY course.id, due.ordinal
"""  # noqa: S608 (constants)
MARKS = (
    "INSERT INTO courses_changedcourse SELECT id FROM courses_course"  # as a refresh leaves them
)
KEYS = """
CREATE INDEX ON bench_period (course_id, starts) INCLUDE (ends);
CREATE INDEX ON bench_meeting (course_id, ordinal);
SELECT setval(pg_get_serial_sequence('courses_' || name, 'id'), %(courses)s)
FROM unnest(ARRAY['citizen', 'course']) name
"""
PLAIN_INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
WHERE indrelid = ANY(ARRAY['courses_citizen', 'courses_course', 'courses_duty']::regclass[])
    AND NOT indisunique AND NOT indisexclusion
"""
STATEMENTS: tuple[str, ...] = (
    PLACES,
    CITIZENS,
    COURSES_OF_THEM,
    PERIODS,
    MEETINGS,
    DUTIES,
    MARKS,
    KEYS,
)


@contextmanager
def world(courses: int = COURSES) -> Iterator[None]:
    """The world, in a database of its own on the server that the settings name."""
    creation, usual = connection.creation, connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = NAME
    creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        began = time.monotonic()
        fill(courses)
        print(f"made {courses:,} courses in {time.monotonic() - began:.0f} s")
        yield
    finally:
        creation.destroy_test_db(usual, verbosity=0)


def fill(courses: int) -> None:
    """Write the world into an empty database; the same seed gives the same world."""
    _parties()
    values: dict[str, int | date] = {"courses": courses, "day": DAY}
    with connection.cursor() as cursor, _indexes_afterwards(cursor), references_trusted(cursor):
        cursor.execute("SELECT setseed(%s)", [SEED])
        for statement in STATEMENTS:
            cursor.execute(statement, values)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


@contextmanager
def _indexes_afterwards(cursor: CursorWrapper) -> Iterator[None]:
    """Build the plain indexes when the rows are there: once is cheaper than a million times."""
    cursor.execute(PLAIN_INDEXES)
    indexes = cursor.fetchall()
    for name, _ in indexes:
        cursor.execute(f"DROP INDEX {name}")
    yield
    for _, definition in indexes:
        cursor.execute(definition)


@contextmanager
def references_trusted(cursor: CursorWrapper) -> Iterator[None]:
    """Do not check each reference of what is made here, where the database lets us."""
    cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    [(trusted,)] = cursor.fetchall()
    if trusted:
        cursor.execute("SET session_replication_role = replica")
    yield
    if trusted:
        cursor.execute("RESET session_replication_role")


def _parties() -> None:
    kinds = Organisation.Kind
    Organisation.objects.bulk_create(
        Organisation(pk=pk, slug=f"party-{pk}", kind=kind, name=f"Party {pk}")
        for kind, keys in [(kinds.A_KASSE, A_KASSER), (kinds.JOBCENTRE, JOBCENTRES)]
        for pk in keys
    )
    Municipality.objects.bulk_create(
        Municipality(code=str(code), name=f"Kommune {code}") for code in JOBCENTRES
    )
