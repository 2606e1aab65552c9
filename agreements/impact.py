"""What terms would do to the courses that run: the law asked of each, with them and without."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from statistics import median
from typing import Self

from django.db.models import Q

from accounts.models import User
from courses.answers import Answered, DutyRow, Moved, answered, moves_between
from courses.facts import Told, decided, told_of_many, under
from courses.models import Course, Duty
from partnerships.access import reach_of
from partnerships.coverage import CoverageBook
from partnerships.models import Agreement, AgreementTerms
from partnerships.terms import Acting, AgreementBook

CHUNK = 500
MOST_ROWS = 200
DAYS = ("due_on", "handover_on")

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Change:
    """What one course would get: dates that move, interviews that come, flags, the agreement."""

    course: int
    moved: tuple[Moved, ...]
    days: tuple[int, ...]
    coming: tuple[tuple[str, int], ...]
    opened: tuple[tuple[str, int], ...]
    closed: tuple[tuple[str, int], ...]
    eligible_before: bool
    eligible_after: bool


@dataclass(slots=True)
class Impact:
    """The sums, and the rows that a person may see; `on` is the day that is judged."""

    on: date
    all_along: bool
    courses: int = 0
    unanswered: int = 0
    changes: list[Change] = field(default_factory=list)
    rows: dict[int, Course] = field(default_factory=dict)
    seen: int = 0

    @property
    def days(self) -> list[int]:
        """How far each date would move; forwards and backwards."""
        return [days for one in self.changes for days in one.days]

    @property
    def moved(self) -> int:
        """How many dates would be other ones, also those that go away."""
        return sum(len(one.moved) for one in self.changes)

    @property
    def coming(self) -> int:
        """How many interviews would be owed that are not owed now."""
        return sum(len(one.coming) for one in self.changes)

    @property
    def most_days(self) -> int:
        """The furthest that a date would move, in days."""
        return max(map(abs, self.days), default=0)

    @property
    def median_days(self) -> float:
        """The middle one of how far dates would move, in days."""
        return float(median(map(abs, self.days))) if self.days else 0.0

    @property
    def opened(self) -> int:
        """How many flags would open on the day."""
        return sum(len(one.opened) for one in self.changes)

    @property
    def closed(self) -> int:
        """How many flags would close on the day."""
        return sum(len(one.closed) for one in self.changes)

    @property
    def taken_in(self) -> int:
        """How many courses would come under an agreement."""
        return sum(one.eligible_after and not one.eligible_before for one in self.changes)

    @property
    def left_out(self) -> int:
        """How many courses would no longer be under one."""
        return sum(one.eligible_before and not one.eligible_after for one in self.changes)


def impact(  # noqa: PLR0913 (what is asked, for whom, and how)
    agreement: Agreement,
    new_terms: Sequence[AgreementTerms] | None = None,
    *,
    on: date,
    user: User,
    all_along: bool = False,
    progress: Progress | None = None,
) -> Impact:
    """What an agreement would do if it acted, with its own terms or with others; writes nothing.

    Judged on the agreement's first day, or on `on` where that is later. `all_along` asks what it
    would be if the terms had held when each course began; else only courses of its days are moved.
    """
    asked = Asked.of(agreement, new_terms, on=on, all_along=all_along)
    return for_reader(asked.computed(progress), user, on=on)


def for_reader(found: Impact, user: User, *, on: date) -> Impact:
    """The same with the courses that a person may see, most moved first."""
    if not reach_of(user, on=on).reads_citizens or not found.changes:
        return found
    ranked = sorted(found.changes, key=lambda one: (-len(one.moved), one.course))
    seen = Course.objects.visible_to(user, on=on).filter(pk__in=[one.course for one in ranked])
    keys = set(seen.values_list("pk", flat=True))
    shown = [one.course for one in ranked if one.course in keys][:MOST_ROWS]
    rows = {one.pk: one for one in Course.objects.filter(pk__in=shown).for_page()}
    found.seen = len(keys)
    found.rows = {key: rows[key] for key in shown}
    return found


@dataclass(frozen=True, slots=True)
class Asked:
    """What is compared: two books, on a day."""

    agreement: Agreement
    at: date
    all_along: bool
    now: AgreementBook
    supposed: AgreementBook
    areas: CoverageBook

    @classmethod
    def of(
        cls,
        agreement: Agreement,
        new_terms: Sequence[AgreementTerms] | None = None,
        *,
        on: date,
        all_along: bool,
    ) -> Self:
        """What is asked on a day, with both books read at once."""
        now, supposed = AgreementBook.now_and_supposing(agreement, new_terms)
        at = max(on, agreement.starts_on)
        return cls(agreement, at, all_along, now, supposed, CoverageBook.load())

    def computed(self, progress: Progress | None = None) -> Impact:
        """The impact with no rows, so that it can be kept for anybody; in chunks."""
        keys = self.keys()
        found = Impact(self.at, self.all_along, courses=len(keys))
        for start in range(0, len(keys), CHUNK):
            self.add(keys[start : start + CHUNK], found)
            if progress:
                progress(min(start + CHUNK, len(keys)), len(keys))
        return found

    def keys(self) -> list[int]:
        """The courses that run on the day in a pair that the agreement is about."""
        pairs = [
            pair
            for book in (self.now, self.supposed)
            for pair, acts in book.by_pair.items()
            if any(acting.agreement.pk == self.agreement.pk for _days, acting in acts)
        ]
        running = Q(ends_on=None) | Q(ends_on__gt=self.at)
        rows = Course.objects.filter(
            running,
            a_kasse__in={a_kasse for a_kasse, _place in pairs},
            municipality__in={place for _a_kasse, place in pairs},
        )
        wanted = set(pairs)
        return [
            key
            for key, *pair in rows.order_by("pk").values_list("pk", "a_kasse", "municipality")
            if tuple(pair) in wanted
        ]

    def add(self, keys: Sequence[int], found: Impact) -> None:
        """Ask the law of some courses, where the terms differ at all."""
        rows = Course.objects.filter(pk__in=keys).select_related("citizen", "a_kasse")
        courses = list(rows.order_by("pk"))
        told = told_of_many(courses, on=self.at, book=self.now)
        for course in courses:
            if course.pk not in told:
                found.unanswered += 1
                continue
            try:
                change = self._change(course, told[course.pk])
            except (LookupError, ValueError, ArithmeticError):
                found.unanswered += 1
                continue
            if change:
                found.changes.append(change)

    def _change(self, course: Course, told: Told) -> Change | None:
        place = told.facts.municipality
        other = under(told, self._acting(course, told))
        before_days = self.now.due_soon_days(course.a_kasse_id, place, on=self.at)
        after_days = self.supposed.due_soon_days(course.a_kasse_id, place, on=self.at)
        if other.facts == told.facts and before_days == after_days:
            return None
        before = answered(told, areas=self.areas, due_soon_days=before_days)
        after = answered(other, areas=self.areas, due_soon_days=after_days)
        return _change_between(course.pk, before, after, on=self.at)

    def _acting(self, course: Course, told: Told) -> Acting | None:
        """What would act for a course: by the day it began, or as if it had been so all along."""
        began, place = told.facts.registered_on, told.facts.municipality
        day = max(began, self.agreement.starts_on) if self.all_along else began
        acting = decided(told.decisions, course, self.supposed) or self.supposed.acting(
            course.a_kasse_id, place, on=day
        )
        if acting and self.all_along and acting.agreement.pk == self.agreement.pk:
            since = min(acting.terms.in_force_from, began)
            return replace(acting, terms=replace(acting.terms, in_force_from=since))
        return acting


def _change_between(course: int, before: Answered, after: Answered, *, on: date) -> Change | None:
    """What differs that somebody would notice; None where nothing does."""
    old, new = dict(_flags(before, on)), dict(_flags(after, on))
    moved = tuple(moves_between(before, after))
    change = Change(
        course=course,
        moved=moved,
        days=tuple(_days(moved)),
        coming=tuple(key for key in after.duties if key not in before.duties),
        opened=tuple(key for key, flag in new.items() if old.get(key) != flag),
        closed=tuple(key for key, flag in old.items() if new.get(key) != flag),
        eligible_before=bool(before.course["eligible"]),
        eligible_after=bool(after.course["eligible"]),
    )
    noticed = change.moved or change.coming or change.opened or change.closed
    return change if noticed or change.eligible_before != change.eligible_after else None


def _days(moved: Iterable[Moved]) -> Iterator[int]:
    for one in moved:
        for name in DAYS:
            first, then = one.before.get(name), one.after.get(name)
            if first and then and first != then:
                yield (date.fromisoformat(then) - date.fromisoformat(first)).days


def _flags(said: Answered, on: date) -> Iterator[tuple[tuple[str, int], str]]:
    """The flags that the answers come to on a day: overdue, or due soon."""
    for key, row in said.duties.items():
        if flag := _flag(row, on):
            yield key, flag


def _flag(row: DutyRow, on: date) -> str:
    if row["outcome"] != Duty.Outcome.PENDING or row["late_from"] is None:
        return ""
    exempt_from, exempt_to = row["exempt_from"], row["exempt_to"]
    if exempt_from and exempt_from <= on and (exempt_to is None or on < exempt_to):
        return ""
    if row["late_from"] <= on:
        return "overdue"
    return "soon" if row["soon_from"] and row["soon_from"] <= on else ""
