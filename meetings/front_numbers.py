"""What a front page counts, and which rows its first page has: kept while nobody acts.

What is seldom asked for (a later page, a name, the order by weeks) is found anew each time.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Protocol

from django.db.models import QuerySet

from accounts.models import User
from courses import kept_counts
from courses.access import Scope, scope_of
from courses.models import Duty, DutyQuerySet, Party
from courses.unemployment import Weeks
from courses.worklist import Side, Tally, counted_by_day, listed, tallied, tallies
from courses.worklist_filter import Group, Order, Owner, WorklistFilter
from courses.worklist_pages import (
    Page,
    Place,
    groups_of,
    groups_reached,
    keys_of,
    page_of,
    page_with,
    place_of,
)
from courses.worklist_rows import weeks_of_list
from meetings.capacity import Joint
from meetings.front_counts import ByDay, Counts, counts, unbooked_among, unbooked_by_day
from partnerships.kept_for_readers import KeptForReaders

Row = tuple[str, date, bool, int, int]
GROUPS = {one.value: one for one in Group}


class ReadJoint(Protocol):
    """Reads which joint interviews find no published time: times are known above interviews."""

    def __call__(self, user: User, side: Side, *, at: datetime) -> Joint: ...


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for which list, for which side, on which day."""

    user: User
    side: Side
    chosen: WorklistFilter
    on: date
    joint: ReadJoint

    @property
    def is_usual(self) -> bool:
        """Whether it is a list that is asked for again and again: its first page, and no name."""
        return not self.chosen.start and not self.chosen.name and not self.is_by_weeks

    @property
    def is_by_weeks(self) -> bool:
        """Whether the law has to count before the list can be cut."""
        return self.chosen.order.column == Order.WEEKS

    @property
    def scope(self) -> Scope | None:
        """What the answers rest on, as far as it is the reader."""
        return scope_of(self.user, on=self.on)

    @property
    def whose(self) -> int:
        """The reader, where the list is of the reader's own."""
        return self.user.pk if self.chosen.owner is Owner.MINE else 0

    @property
    def key(self) -> tuple[Scope, Side, WorklistFilter, int] | None:
        """Everything that a usual list rests on."""
        if self.scope is None or not self.is_usual:
            return None
        return self.scope, self.side, self.chosen, self.whose

    def duties(self) -> DutyQuerySet:
        """The duties of the list."""
        return listed(self.user, self.side, self.chosen, on=self.on)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The list counted, its first page or the page asked for, and what is counted beside it."""

    tallies: tuple[Tally, ...]
    page: Page
    beside: Counts


def numbers_of(asked: Asked, *, at: datetime) -> Numbers:
    """What a front page counts; from the cache what is there."""
    names = _names(asked, at)
    of_times = [name for what, name in names.items() if what == "joint"]
    kept = kept_counts.kept(list(names.values()), by=asked.side.organisations, of_times=of_times)
    found = {what: kept.found[name] for what, name in names.items() if name in kept.found}
    new: dict[str, object] = {}
    counted, page = _list(asked, found, new)
    page = _with_weeks(page, asked, found, new)
    beside = found.get("beside")
    if beside is None:
        beside = new["beside"] = counts(asked.user, asked.side, on=asked.on, at=at)
    unbooked = _what_is_unbooked(asked, counted, found, new)
    joint = found.get("joint")
    if joint is None:
        joint = new["joint"] = asked.joint(asked.user, asked.side, at=at)
    kept.keep({names[what]: value for what, value in new.items() if what in names})
    return Numbers(counted, page, replace(beside, unbooked=unbooked, joint=joint))


def _what_is_unbooked(
    asked: Asked, counted: tuple[Tally, ...], found: dict[str, Any], new: dict[str, object]
) -> ByDay:
    """What falls due by last day and has no time."""
    if asked.chosen.is_whole:
        return unbooked_among(counted, on=asked.on)
    if "unbooked" not in found:
        found["unbooked"] = new["unbooked"] = unbooked_by_day(asked.user, asked.side, on=asked.on)
    kept: ByDay = found["unbooked"]
    return kept


def _names(asked: Asked, at: datetime) -> dict[str, str]:
    """What each count is called in the cache.

    Interviews end, and then they lack an outcome. That times begin changes nothing for joint ones:
    those of the day itself are no longer given to anybody (`slots.capacity`).
    """
    if asked.scope is None:
        return {}
    minute = at.replace(second=0, microsecond=0)
    names = {
        "beside": kept_counts.name_of("beside", asked.scope, asked.side, minute),
        "joint": kept_counts.name_of("joint", asked.scope, asked.side),
    }
    if asked.key:
        names["list"] = kept_counts.name_of("list", *asked.key)
        names["weeks"] = kept_counts.name_of("weeks", *asked.key)
    if not asked.chosen.is_whole:
        names["unbooked"] = kept_counts.name_of("unbooked", asked.scope, asked.side)
    return names


def _list(
    asked: Asked, found: dict[str, tuple[list[Row], list[int]]], new: dict[str, object]
) -> tuple[tuple[Tally, ...], Page]:
    """The list counted, and its page."""
    if not asked.is_usual:
        return _anew(asked)
    if "list" in found:
        rows, keys = found["list"]
        counted = tuple(Tally(GROUPS[row[0]], *row[1:]) for row in rows)
    else:
        counted, keys = _usual(asked)
        new["list"] = [_packed(one) for one in counted], keys
    return counted, page_with(asked.user, keys, asked.chosen, on=asked.on)


def _with_weeks(page: Page, asked: Asked, found: dict[str, Any], new: dict[str, object]) -> Page:
    """The page with its weeks of unemployment; from the cache where all are there."""
    if page.weeks or not page.rows:
        return page
    known = found.get("weeks", {})
    if not all(one.course_pk in known for one in page.rows):
        weeks = weeks_of_list(page.rows, on=asked.on)
        known = new["weeks"] = {course: (one.weeks, one.of) for course, one in weeks.items()}
    return replace(page, weeks={course: Weeks(*one) for course, one in known.items()})


def _usual(asked: Asked) -> tuple[tuple[Tally, ...], list[int]]:
    """The same, found by statements that are kept."""
    on, chosen = asked.on, asked.chosen
    side = {"party": asked.side.party, "organisations": asked.side.organisations}
    counted = tallied(_by_day.ask(asked.user, on=on, chosen=chosen, **side), on=on)
    if chosen.waiting:
        return counted, []
    groups = tuple(groups_reached(chosen, counted))
    keys = _keys.ask(asked.user, on=on, chosen=chosen, groups=groups, **side)
    return counted, [pk for pk, *_ in keys]


def _rows_by_day(
    user: User,
    *,
    on: date,
    party: Party,
    organisations: tuple[int, ...],
    chosen: WorklistFilter,
) -> QuerySet[Any, Any]:
    return counted_by_day(listed(user, Side(party, organisations), chosen, on=on), on=on)


def _rows_of_keys(  # noqa: PLR0913 (who reads which page of what)
    user: User,
    *,
    on: date,
    party: Party,
    organisations: tuple[int, ...],
    chosen: WorklistFilter,
    groups: tuple[Group, ...],
) -> QuerySet[Any, Any]:
    duties = listed(user, Side(party, organisations), chosen, on=on)
    found = keys_of(duties, chosen, Place(), groups, on=on)
    return duties.none().values_list("pk") if found is None else found


_by_day = KeptForReaders(_rows_by_day, reckons=True)
_keys = KeptForReaders(_rows_of_keys, fixed=("groups",), reckons=True)


def _anew(asked: Asked) -> tuple[tuple[Tally, ...], Page]:
    """A list by name or weeks, or from a row on."""
    user, chosen, on = asked.user, asked.chosen, asked.on
    duties = asked.duties()
    place = place_of(duties, chosen, seen=Duty.objects.visible_to(user, on=on), on=on)
    counted = tallies(duties, on=on, before=place.above)
    if chosen.waiting:
        return counted, Page(())
    groups = groups_reached(chosen, counted) if not asked.is_by_weeks else groups_of(chosen)
    return counted, page_of(user, duties, chosen, place, groups, on=on)


def _packed(one: Tally) -> Row:
    """A tally as little as it can be written: there are a hundred of them."""
    return one.group.value, one.late_from, one.booked, one.count, one.before
