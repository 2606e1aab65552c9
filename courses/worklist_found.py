"""The rows of a page of a worklist, read by their keys in one fixed statement.

It is written out because joining ten tables by the ORM cost more in Python, and in the planning of
the database, than the fifty rows did. What stands in small tables is asked for row by row. The
door stands inside, as `visible_to` words it, because the keys may have been found a while ago.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from accounts.models import User
from courses.access import courses_seen_by
from courses.case_numbers import written
from courses.models import MeetingKind, Party
from courses.worklist import HORIZON_DAYS, group_of
from courses.worklist_filter import Group
from shared.kept_statements import answer

STATEMENT = """
SELECT duty.id, duty.late_from, duty.soon_from <= %s, duty.due_on,
    duty.rule, duty.ordinal, duty.kind, duty.responsible,
    course.id, course.placed_on, course.regime, course.citizen_id,
    citizen.first_name, citizen.last_name,
    (SELECT coalesce(nullif(short_name, ''), name) FROM partnerships_organisation
        WHERE id = course.a_kasse_id),
    (SELECT name FROM partnerships_municipality WHERE code = course.municipality_id),
    course.caseworker_id,
    (SELECT ARRAY[username, first_name, last_name] FROM accounts_user
        WHERE id = course.caseworker_id),
    course.consultant_id,
    (SELECT ARRAY[username, first_name, last_name] FROM accounts_user
        WHERE id = course.consultant_id),
    booking.id, booking.starts_at,
    (SELECT max(starts_at) FROM meetings_meeting
        WHERE duty_id = duty.id AND state = 'no_show'),
    (SELECT insured FROM courses_registration
        WHERE course_id = course.id AND superseded_at IS NULL),
    EXISTS (SELECT FROM courses_absence
        WHERE citizen_id = course.citizen_id AND superseded_at IS NULL)
    OR EXISTS (SELECT FROM courses_reportedhours
        WHERE citizen_id = course.citizen_id AND superseded_at IS NULL),
    duty.kind = 'joint' AND booking.id IS NULL AND EXISTS (SELECT FROM slots_pool
        WHERE is_published AND jobcentre_id IN (course.jobcentre_id,
            (SELECT successor_id FROM partnerships_organisation WHERE id = course.jobcentre_id)))
FROM courses_duty duty
    JOIN ({seen}) seen ON seen.pk = duty.course_id
    JOIN courses_course course ON course.id = duty.course_id
    JOIN courses_citizen citizen ON citizen.id = course.citizen_id
    LEFT JOIN meetings_meeting booking ON booking.duty_id = duty.id AND booking.state = 'booked'
WHERE duty.id = ANY(%s) AND duty.outcome = 'pending' AND duty.late_from <= %s
"""


@dataclass(frozen=True, slots=True)
class Worker:
    """Who has a course on one side."""

    pk: int
    name: str
    initials: str


@dataclass(frozen=True, slots=True)
class Listed:
    """One duty of the list with what stands beside it: its booking, the last no-show."""

    pk: int
    group: Group
    late_from: date
    due_on: date | None
    rule: str
    ordinal: int
    kind: str
    responsible: str
    course_pk: int
    placed_on: date
    regime: str
    citizen_pk: int
    name: str
    a_kasse: str
    municipality: str
    caseworker: Worker | None
    consultant: Worker | None
    booking_pk: int | None
    booked_at: datetime | None
    missed_at: datetime | None
    insured: str
    has_pauses: bool
    opens_times: bool  # for a joint interview that is not booked

    @property
    def last_day(self) -> date:
        """The last day on which the interview is in time."""
        return self.late_from - timedelta(1)

    @property
    def case_number(self) -> str:
        """What both parties call the case."""
        return written(self.course_pk)

    @property
    def booker(self) -> str:
        """The party that summons: to a joint interview always the jobcentre."""
        return Party.JOBCENTRE if self.kind == MeetingKind.JOINT else self.responsible


def rows_of(user: User, keys: Sequence[int], *, on: date) -> list[Listed]:
    """The duties with these keys, in this order, as far as the user may see them; one query."""
    if not keys:
        return []
    seen, values = courses_seen_by(user, on=on)
    horizon = on + timedelta(HORIZON_DAYS + 1)
    rows = answer(STATEMENT.format(seen=seen), [on, *values, list(keys), horizon])
    found = {one.pk: one for one in _read(rows, on)}
    return [found[key] for key in keys if key in found]


def _read(rows: Iterable[tuple[Any, ...]], on: date) -> Iterable[Listed]:
    for pk, late_from, is_soon, *rest in rows:
        group = group_of(late_from, is_soon=is_soon, on=on)
        if group is None:
            continue
        due_on, rule, ordinal, kind, responsible, course, placed_on, regime, *facts = rest
        citizen, first, last, a_kasse, municipality, *beside = facts
        caseworker, who, consultant, whom, booking, booked_at, missed_at, insured, *flags = beside
        yield Listed(
            pk, group, late_from, due_on, rule, ordinal, kind, responsible, course, placed_on,
            regime, citizen, f"{first} {last}", a_kasse, municipality,
            _worker(caseworker, *who) if who else None,
            _worker(consultant, *whom) if whom else None,
            booking, booked_at, missed_at, insured or "", *flags,
        )  # fmt: skip


@lru_cache(maxsize=1024)
def _worker(pk: int, username: str, first: str, last: str) -> Worker:
    """A person as every page names people."""
    who = User(pk=pk, username=username, first_name=first, last_name=last)
    return Worker(pk, str(who), who.initials)
