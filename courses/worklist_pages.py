"""One page of a worklist in any of its orders, going on where the last one ended (keyset).

By deadline the list stands in its groups, and inside a group the first to fall due stands first;
the hundredth page costs what the first one does. By name the row at the edge is looked up, because
no name may stand in an address. Weeks of unemployment are counted by the law and not by the
database: in that order the whole list is counted and sorted here.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import F, FilteredRelation, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Collate
from django.db.models.lookups import Exact, GreaterThan, LessThan

from accounts.models import User
from courses.models import DutyQuerySet
from courses.unemployment import Insured, Weeks, weeks_of_rows
from courses.worklist import ORDER, Tally, group_condition
from courses.worklist_filter import Cursor, Group, Order, WorklistFilter
from courses.worklist_found import Listed, rows_of

SIZE = 50
NAME = "course__citizen__sort_key"
MILLION = 1_000_000
BYTES = "C"  # the key is made so that plain byte order is the Danish one


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page begins: the condition for the rows above it, where it takes one.

    `sorted` holds every (hours, key) of a list by unemployment; the database knows no such order.
    """

    above: Q | None = None
    name: str = ""
    sorted: list[tuple[int, int]] = field(default_factory=list)
    weeks: dict[int, Weeks] = field(default_factory=dict)  # by course, where they were counted


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of the list, and where the pages around it begin."""

    rows: tuple[Listed, ...]
    next: Cursor | None = None
    previous: Cursor | None = None
    above: int | None = None  # rows of the list before this page, where the page knows
    weeks: dict[int, Weeks] = field(default_factory=dict)  # by course, where the list rests on them


def place_of(
    duties: DutyQuerySet, chosen: WorklistFilter, *, seen: DutyQuerySet, on: date
) -> Place:
    """What has to be known before a page can be cut; `seen` is all that the reader may see."""
    start, order = chosen.start, chosen.order
    if order.column == Order.WEEKS:
        return _by_weeks(duties.filter(_in_groups(chosen, on)), down=order.is_down, on=on)
    if start is None:
        return Place()
    name = _name_at(seen, start.pk) if order.column == Order.NAME else ""
    return Place(above=_above(start, chosen, name, on=on), name=name)


def page_of(  # noqa: PLR0913 (who reads which page of what)
    user: User,
    duties: DutyQuerySet,
    chosen: WorklistFilter,
    place: Place,
    groups: Sequence[Group],
    *,
    on: date,
) -> Page:
    """One page of a list: the keys first, because an index has them in order; then their rows."""
    if chosen.order.column == Order.WEEKS:
        return _page_by_weeks(user, place, chosen.start, on)
    found = keys_of(duties, chosen, place, groups, on=on)
    return page_with(user, [] if found is None else [pk for pk, *_ in found], chosen, on=on)


def page_with(user: User, keys: Sequence[int], chosen: WorklistFilter, *, on: date) -> Page:
    """The page that begins with these keys, of which there may be one too many."""
    back = bool(chosen.start and chosen.start.back)
    more = len(keys) > SIZE
    keys = keys[:SIZE]
    rows = rows_of(user, keys[::-1] if back else keys, on=on)
    return Page(
        rows=tuple(rows),
        next=_cursor(rows[-1], chosen.order) if rows and (more or back) else None,
        previous=_cursor(rows[0], chosen.order, back=True)
        if rows and (more if back else chosen.start)
        else None,
    )


def rows_above(page: Page, counts: Iterable[Tally], start: Cursor | None) -> int:
    """How many rows of the list stand before a page, for the line that says where one is."""
    if page.above is not None:
        return page.above
    counted = sum(one.before for one in counts)
    return max(0, counted - len(page.rows) if start and start.back else counted)


# --- In the database's own order ----------------------------------------------------------------
def keys_of(
    duties: DutyQuerySet, chosen: WorklistFilter, place: Place, groups: Sequence[Group], *, on: date
) -> QuerySet[Any, tuple[Any, ...]] | None:
    """The keys of a page and of one row more, from the edge outwards, first in each row.

    None where no group reaches beyond the edge.
    """
    start, order = chosen.start, chosen.order
    down = order.is_down != bool(start and start.back)
    if order is Order.DUE:
        return _keys_by_group(duties, start, groups, down=down, on=on)
    rows = duties.filter(_in_groups(chosen, on))
    if start:
        rows = rows.filter(_past(order, start, place.name, down=down))
    if order.column == Order.NAME:
        name = Collate(F(NAME), BYTES)
        rows = rows.order_by(name.desc() if down else name.asc(), "-pk" if down else "pk")
    else:
        rows = rows.order_by(*_ways(["due_on", "pk"], down=down))
    return rows.values_list("pk")[: SIZE + 1]


def groups_reached(chosen: WorklistFilter, counts: Iterable[Tally]) -> list[Group]:
    """The groups that a page and one row more can come from, with a page to spare."""
    back = bool(chosen.start and chosen.start.back)
    beyond: Counter[Group] = Counter()
    for one in counts:
        beyond[one.group] += one.before if back else one.count - one.before
    found, rows = list[Group](), 0
    for group in sorted(groups_of(chosen), key=ORDER.__getitem__, reverse=back):
        if rows <= 2 * SIZE:
            found.append(group)
        rows += beyond[group]
    return found


def _keys_by_group(
    duties: DutyQuerySet,
    start: Cursor | None,
    groups: Sequence[Group],
    *,
    down: bool,
    on: date,
) -> QuerySet[Any, tuple[Any, ...]] | None:
    """The keys of a page in its groups: each group's first rows are in the order of an index."""
    edge = _group_at(start) if start else None
    parts = []
    for group in groups:
        if edge and (ORDER[group] > ORDER[edge] if down else ORDER[group] < ORDER[edge]):
            continue
        found = duties.filter(group_condition(group, on=on))
        if start and group is edge:
            found = found.filter(_past(Order.DUE, start, "", down=down))
        urgency = Value(int(ORDER[group]), output_field=IntegerField())
        rows = found.order_by(*_ways(["due_on", "pk"], down=down)).annotate(urgency=urgency)
        parts.append(rows.values_list("pk", "due_on", "urgency")[: SIZE + 1])
    if len(parts) < 2:  # noqa: PLR2004 (a union of one is no union)
        return parts[0] if parts else None
    together = parts[0].union(*parts[1:], all=True)
    return together.order_by(*_ways(["urgency", "due_on", "pk"], down=down))[: SIZE + 1]


def _ways(columns: Sequence[str], *, down: bool) -> list[str]:
    return [f"-{column}" if down else column for column in columns]


def groups_of(chosen: WorklistFilter) -> list[Group]:
    """The groups that a list has."""
    return [chosen.group] if chosen.group else list(Group)


def _in_groups(chosen: WorklistFilter, on: date) -> Q:
    wanted = Q()
    for group in groups_of(chosen):
        wanted |= group_condition(group, on=on)
    return wanted


def _past(order: Order, start: Cursor, name: str, *, down: bool) -> Q:
    """What lies beyond a row, upwards or downwards in a column."""
    further, pk = ("lt", Q(pk__lt=start.pk)) if down else ("gt", Q(pk__gt=start.pk))
    if order.column == Order.NAME:
        key, edge = Collate(F(NAME), BYTES), Collate(Value(name), BYTES)
        beyond = LessThan(key, edge) if down else GreaterThan(key, edge)
        return Q(beyond) | (Q(Exact(key, edge)) & pk)
    day = _day_at(start)
    return Q(**{f"due_on__{further}": day}) | (Q(due_on=day) & pk)


def _above(start: Cursor, chosen: WorklistFilter, name: str, *, on: date) -> Q:
    """The rows that stand above a page: before its edge, and the edge itself when going on."""
    down = not chosen.order.is_down
    wanted = _past(chosen.order, start, name, down=down)
    if chosen.order is Order.DUE:
        edge = _group_at(start)
        wanted &= group_condition(edge, on=on)
        for group in groups_of(chosen):
            if ORDER[group] < ORDER[edge]:
                wanted |= group_condition(group, on=on)
    return wanted if start.back else wanted | Q(pk=start.pk)


def _group_at(start: Cursor) -> Group:
    return Group(start.place.partition(".")[0])


def _day_at(start: Cursor) -> date:
    return date.fromisoformat(start.place.rpartition(".")[2])


def _name_at(seen: DutyQuerySet, pk: int) -> str:
    """The name that a page begins after, also where its row has left the list since."""
    return seen.filter(pk=pk).values_list(NAME, flat=True).first() or ""


def _cursor(one: Listed, order: Order, *, back: bool = False) -> Cursor:
    """The edge that a row makes."""
    day = (one.due_on or one.last_day).isoformat()
    places = {Order.DUE: f"{one.group}.{day}", Order.DUE_DOWN: day}
    return Cursor(places.get(order, ""), one.pk, back=back)


# --- By weeks of unemployment -------------------------------------------------------------------
def _by_weeks(duties: DutyQuerySet, *, down: bool, on: date) -> Place:
    """Every row of a list as its weeks in millionths and its key, sorted; down: both negative."""
    standing = FilteredRelation(
        "course__registrations", condition=Q(course__registrations__superseded_at=None)
    )
    columns = ["course", "course__citizen", "course__placed_on", "standing__insured"]
    rows = list(duties.annotate(standing=standing).values_list("pk", *columns, "course__regime"))
    claimants = {
        course: Insured(course, citizen, placed_on, insured or "", regime)
        for _pk, course, citizen, placed_on, insured, regime in rows
    }
    weeks = weeks_of_rows(list(claimants.values()), on=on)
    sign = -1 if down else 1
    ordered = sorted(
        (sign * round(weeks[course].weeks * MILLION), sign * pk) for pk, course, *_ in rows
    )
    return Place(sorted=ordered, weeks=weeks)


def _page_by_weeks(user: User, place: Place, start: Cursor | None, on: date) -> Page:
    """A page of a list that is sorted here."""
    rows, first = place.sorted, 0
    if start:
        edge = int(start.place), -start.pk if rows and rows[0][1] < 0 else start.pk
        first = max(0, bisect_left(rows, edge) - SIZE) if start.back else bisect_right(rows, edge)
    cut = rows[first : first + SIZE]
    found = rows_of(user, [abs(pk) for _, pk in cut], on=on)
    edges = [Cursor(str(weeks), abs(pk)) for weeks, pk in cut]
    return Page(
        rows=tuple(found),
        weeks=place.weeks,
        next=edges[-1] if first + SIZE < len(rows) and edges else None,
        previous=replace(edges[0], back=True) if first and edges else None,
        above=first,
    )
