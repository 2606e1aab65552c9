"""Capacity as it is read: needed against offered by week, and the first week that runs short."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from partnerships.access import reach_of
from partnerships.models import Coverage, Municipality, Organisation, Role
from shared.dates import lasting
from slots.capacity import DAY, WEEK, Need, Pair, Span, Supply, now_span, read_supply
from slots.capacity_scope import Scope, Week
from slots.telling import week_of

SEES = (
    Role.CASEWORKER,
    Role.BOOKING_COORDINATOR,
    Role.JOB_CONSULTANT,
    Role.COORDINATOR,
    Role.AGREEMENT_ADMINISTRATOR,
    Role.STEERING_GROUP,
)
SEES_REGIONS = (
    Role.BOOKING_COORDINATOR,
    Role.COORDINATOR,
    Role.AGREEMENT_ADMINISTRATOR,
    Role.STEERING_GROUP,
)
Kind = Organisation.Kind


@dataclass(frozen=True, slots=True)
class WeekRow:
    """A week in words."""

    key: str
    number: int
    day: date
    due: str
    booked: int
    elsewhere: str
    needed: str
    offered: int
    staffed: int
    short: str
    is_short: bool
    is_first: bool
    url: str


@dataclass(frozen=True, slots=True)
class ScopeRow:
    """A scope in the list of scopes."""

    name: str
    needed: str
    offered: int
    short: str
    first: str
    url: str
    current: bool


@dataclass(frozen=True)
class CapacityPage:
    """One scope with its weeks, among those that the reader may choose."""

    scope: Scope
    scopes: Sequence[Scope]
    span: Span
    area: str
    areas: Sequence[str]
    reads: bool
    knows_staff: bool = False
    publishes: bool = False

    @property
    def headline(self) -> str:
        """The first week that runs short, or that none does."""
        first = self.scope.first_short
        if first is None:
            return _("There are times enough in the next %(weeks)d weeks.") % {
                "weeks": self.span.weeks
            }
        week = first.monday.isocalendar().week
        missing = self.scope.short_said(self.scope.weeks.index(first))
        if missing != str(first.short):
            return _("Week %(week)d is the first that runs short.") % {"week": week}
        return ngettext(
            "Week %(week)d is the first that runs short: %(count)d time is missing.",
            "Week %(week)d is the first that runs short: %(count)d times are missing.",
            first.short,
        ) % {"week": week, "count": first.short}

    @property
    def late(self) -> str:
        """How many are late already, which no time can save."""
        if not self.scope.late:
            return ""
        words = {"count": self.scope.late_said()}
        return _("Already overdue and not counted: %(count)s.") % words

    @property
    def rows(self) -> list[WeekRow]:
        first = self.scope.first_short
        return [
            self._row(place, one, is_first=one is first)
            for place, one in enumerate(self.scope.weeks)
        ]

    def _row(self, place: int, week: Week, *, is_first: bool) -> WeekRow:
        scope = self.scope
        return WeekRow(
            key=week_of(week.monday),
            number=week.monday.isocalendar().week,
            day=week.monday,
            due=scope.due_said(place),
            booked=week.booked,
            elsewhere=scope.elsewhere_said(place) if week.elsewhere else "",
            needed=scope.needed_said(place),
            offered=week.offered,
            staffed=week.staffed,
            short=scope.short_said(place) if week.short else "",
            is_short=bool(week.short),
            is_first=is_first,
            url=f"{reverse('slots:calendar')}?{urlencode({'uge': week_of(week.monday)})}",
        )

    @property
    def scope_rows(self) -> list[ScopeRow]:
        return [
            ScopeRow(
                one.name,
                one.all_needed_said(),
                one.offered,
                one.all_short_said() if one.first_short else "",
                _("week %(week)d") % {"week": one.first_short.monday.isocalendar().week}
                if one.first_short
                else "",
                self.address(one.key),
                one.key == self.scope.key,
            )
            for one in self.scopes
        ]

    def address(self, key: str, page: str = "slots:capacity") -> str:
        """The page of another scope."""
        said = {"omraade": self.area, "par": key}
        query = urlencode({name: value for name, value in said.items() if value})
        return f"{reverse(page)}?{query}" if query else reverse(page)

    @property
    def file_url(self) -> str:
        return self.address("", "slots:capacity_file")


def may_see_capacity(user: User) -> bool:
    """Who works with interviews, plans times or steers sees the sums of the own organisation."""
    return reach_of(user).has(*SEES) and bool(reach_of(user).organisations)


def capacity_page(user: User, *, key: str, area: str, at: datetime) -> CapacityPage:
    """The weeks of one's own pairs, or of the jobcentres of an area for who sees regions."""
    reach, span = reach_of(user), now_span(at)
    areas = _areas() if reach.has(*SEES_REGIONS) else []
    area = area if area in areas else ""
    scopes = _regional(area, span) if area else _own(user, span)
    chosen = next((one for one in scopes if one.key == key), scopes[0])
    knows_staff = not area and any(one.kind == Kind.JOBCENTRE for one in reach.organisations)
    return CapacityPage(
        chosen,
        scopes,
        span,
        area,
        areas,
        reach.reads_citizens,
        knows_staff,
        publishes=bool(reach.booking_at) and not area,
    )


def own_supply(user: User, span: Span, *, with_staff: bool = False) -> Supply:
    """What concerns the organisations that one works for."""
    houses = reach_of(user).organisations
    jobcentres = [one.pk for one in houses if one.kind == Kind.JOBCENTRE]
    a_kasser = [one.pk for one in houses if one.kind == Kind.A_KASSE]
    if jobcentres:
        return read_supply(span, jobcentres=jobcentres, with_staff=with_staff)
    return read_supply(span, a_kasser=a_kasser or [0])


def _own(user: User, span: Span) -> list[Scope]:
    """All of one's own together, then each pair; a jobcentre's seats are counted once in all."""
    reach, supply = reach_of(user), own_supply(user, span, with_staff=True)
    houses = {one.pk: one for one in reach.organisations}
    is_jobcentre = any(one.kind == Kind.JOBCENTRE for one in houses.values())
    names = _names(supply.pairs)
    works = bool(reach.jobcentres or reach.booking_at if is_jobcentre else reach.a_kasser)
    pairs = sorted(supply.pairs, key=lambda pair: names[pair[int(is_jobcentre)]])
    found = [
        _scope(supply, [pair], names[pair[int(is_jobcentre)]], is_plain=works) for pair in pairs
    ]
    if is_jobcentre:
        keys = [key for key, one in houses.items() if one.kind == Kind.JOBCENTRE]
        parts = [
            _scope(supply, [one for one in pairs if one[0] == key], "", is_whole=True)
            for key in keys
        ]
    else:
        parts = list(found)
    name = _("All a-kasser") if is_jobcentre else _("All jobcentres")
    return [replace(_together(name, parts, span, is_plain=works), parts=found), *found]


def _regional(area: str, span: Span) -> list[Scope]:
    """The jobcentres of an area, and the area; small numbers are hidden."""
    rows = Coverage.objects.filter(lasting(span.on), municipality__rar_area=area)
    keys = list(rows.values_list("jobcentre", flat=True).distinct())
    supply = read_supply(span, jobcentres=keys or [0])
    names = _names((key, key) for key in keys)
    by_house: dict[int, list[Pair]] = {}
    for pair in sorted(supply.pairs):
        by_house.setdefault(pair[0], []).append(pair)
    found = [
        _scope(supply, pairs, names[key], is_whole=True)
        for key, pairs in by_house.items()
        if key in names
    ]
    found.sort(key=lambda one: one.name)
    return [replace(_together(area, found, span, is_plain=False), parts=found), *found]


def _areas() -> list[str]:
    return sorted({*Municipality.objects.values_list("rar_area", flat=True)} - {""})


def _names(pairs: Iterable[Pair]) -> dict[int, str]:
    keys = {key for pair in pairs for key in pair}
    return {one.pk: one.short for one in Organisation.objects.filter(pk__in=keys)}


def _scope(
    supply: Supply,
    pairs: Sequence[Pair],
    name: str,
    *,
    is_plain: bool = False,
    is_whole: bool = False,
) -> Scope:
    """The weeks of some pairs that share their seats; those of a whole jobcentre, or of a pair."""
    wanted = set(pairs)
    needs = [one for one in supply.needs if one.pair in wanted]
    whose = (pairs[0][0], None if is_whole else pairs[0][1]) if pairs else (0, None)
    short = [one for one in supply.all_short if one.pair in wanted]
    found = _weeks(supply, wanted, needs, supply.free(*whose), short)
    lacking = _by_week(supply.lacking(*whose))
    weeks = [replace(one, unstaffed=lacking[one.monday]) for one in found]
    key = f"{pairs[0][0]}-{pairs[0][1]}" if len(pairs) == 1 else f"{pairs[0][0]}" if pairs else ""
    return Scope(key, name, weeks, sum(supply.late[one] for one in wanted), is_plain)


def _weeks(
    supply: Supply,
    pairs: set[Pair],
    needs: Iterable[Need],
    seats: Counter[date],
    short: Iterable[Need],
) -> Iterator[Week]:
    due = Counter(_monday(one.last) for one in needs)
    missing = Counter(_monday(one.last) for one in short)
    booked, elsewhere = (_of_pairs(one, pairs) for one in (supply.booked, supply.elsewhere))
    free = _by_week(seats)
    for monday in supply.span.mondays:
        yield Week(
            monday,
            due[monday],
            booked[monday],
            free[monday],
            missing[monday],
            elsewhere=elsewhere[monday],
        )


def _of_pairs(counted: Mapping[tuple[Pair, date], int], pairs: set[Pair]) -> Counter[date]:
    """What some pairs have booked, added up by Monday."""
    found: Counter[date] = Counter()
    for (pair, day), count in counted.items():
        if pair in pairs:
            found[_monday(day)] += count
    return found


def _by_week(days: Counter[date]) -> Counter[date]:
    """Counts of days added up by Monday."""
    found: Counter[date] = Counter()
    for day, count in days.items():
        found[_monday(day)] += count
    return found


def _monday(day: date) -> date:
    return day - day.weekday() * DAY


def _together(name: str, parts: Sequence[Scope], span: Span, *, is_plain: bool) -> Scope:
    """Scopes that share no seats, added up."""
    weeks = [Week(span.monday + n * WEEK, 0, 0, 0, 0) for n in range(span.weeks)]
    for part in parts:
        weeks = [one + two for one, two in zip(weeks, part.weeks, strict=True)]
    return Scope("", name, weeks, sum(one.late for one in parts), is_plain)


def cells_of(page: CapacityPage) -> Iterator[list[str]]:
    """The numbers of all scopes as rows of a file, hidden where the page hides them."""
    yield [
        _("Pair"), _("Week"), _("Monday"), _("Due, not booked"), _("Booked"), _("Needed"),
        _("Offered"), _("Staffed"), _("Short"), _("Booked in other times"),
    ]  # fmt: skip
    for scope in page.scopes:
        for place, one in enumerate(scope.weeks):
            year, week, _day = one.monday.isocalendar()
            yield [
                scope.name, f"{year}-{week:02d}", one.monday.isoformat(), scope.due_said(place),
                str(one.booked), scope.needed_said(place), str(one.offered),
                str(one.staffed) if page.knows_staff else "",
                scope.short_said(place), scope.elsewhere_said(place),
            ]  # fmt: skip
