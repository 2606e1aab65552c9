"""Why interviews were late in a period, counted: bars for the eye, numbers for everybody."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.models import User
from courses.access import own_side
from courses.models import Flag, FlagQuerySet, Party
from courses.party_words import said_to
from shared.written import month_text

MONTHS = 13
YEAR, MINE, SIDE = "aar", "mine", "side"
OPEN, HELD = "open", "held"  # no cause was said: still owed, or held in the meantime
UNSAID = (OPEN, HELD)


@dataclass(frozen=True, slots=True)
class Bar:
    """One cause: how many, by whose doing, and how long its bar is in per cent."""

    name: str
    count: int
    sides: tuple[tuple[str, int], ...]
    width: float
    is_unsaid: bool
    url: str


@dataclass(frozen=True, slots=True)
class Month:
    """One choice of the period picker."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Causes:
    """The causes of one period in one scope."""

    bars: tuple[Bar, ...]
    months: tuple[Month, ...]
    mine: bool
    period: str

    @property
    def total(self) -> int:
        """How many interviews became late in the period."""
        return sum(bar.count for bar in self.bars)

    @property
    def said(self) -> int:
        """Of how many the cause is said."""
        return sum(bar.count for bar in self.bars if not bar.is_unsaid)


def causes_of(user: User, asked: Mapping[str, str], *, on: date) -> Causes:
    """Count the causes of what became late in the month that is asked for."""
    mine = asked.get("hvis", MINE) != SIDE
    chosen = asked.get("maaned", "")
    months = list(_months(on))
    first = next((one for one in months if one.isoformat()[:7] == chosen), None)
    since, until = _period(months, first, whole_year=chosen == YEAR)
    flags = Flag.objects.visible_to(user, on=on).overdue()
    flags = flags.filter(became_on__gte=since, became_on__lt=until)
    counted = flags.exclude(resolution=Flag.Resolution.LAPSED)
    counted = _of(user, counted) if mine else counted
    return Causes(
        bars=tuple(_bars(counted, since, until, own_side(user, on=on))),
        months=tuple(_choices(months, first or months[0], is_year=chosen == YEAR)),
        mine=mine,
        period=_("the last twelve months") if chosen == YEAR else month_text(since),
    )


def scope_url(scope: str, asked: Mapping[str, str]) -> str:
    """The same period in the other scope."""
    said = {"hvis": scope, "maaned": asked.get("maaned", "")}
    return "?" + urlencode({name: value for name, value in said.items() if value})


def _of(user: User, flags: FlagQuerySet) -> FlagQuerySet:
    """Those of the courses that a person has."""
    return flags.filter(Q(course__caseworker=user) | Q(course__consultant=user))


def _months(on: date) -> list[date]:
    """The first days of the last months, the present one first."""
    found = [on.replace(day=1)]
    while len(found) < MONTHS:
        found.append((found[-1] - date.resolution).replace(day=1))
    return found


def _period(months: list[date], first: date | None, *, whole_year: bool) -> tuple[date, date]:
    start = months[-2] if whole_year else first or months[0]
    last = months[0] if whole_year else start
    return start, _month_after(last)


def _month_after(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def _choices(months: list[date], chosen: date, *, is_year: bool) -> list[Month]:
    found = [
        Month(one.isoformat()[:7], month_text(one), one == chosen and not is_year) for one in months
    ]
    return [*found, Month(YEAR, _("the last twelve months"), is_year)]


def _bars(flags: FlagQuerySet, since: date, until: date, side: Party) -> list[Bar]:
    rows = flags.order_by().values_list("cause", "resolution", "responsible_side")
    counts: Counter[str] = Counter()
    sides: dict[str, Counter[str]] = {}
    for cause, resolution, whose, number in rows.annotate(n=Count("pk")):
        key = cause or (HELD if resolution else OPEN)
        counts[key] += number
        sides.setdefault(key, Counter())[whose] += number
    most = max(counts.values(), default=0)
    ordered = sorted(counts, key=lambda key: (key in UNSAID, -counts[key], key))
    return [
        Bar(
            name=said_to(side, _name(key)),
            count=counts[key],
            sides=tuple(
                (said_to(side, str(Party(whose).label)), number)
                for whose, number in sorted(sides[key].items())
                if whose
            ),
            width=round(100 * counts[key] / most, 1),
            is_unsaid=key in UNSAID,
            url=_listed(key, since, until),
        )
        for key in ordered
    ]


def _name(key: str) -> str:
    if key in UNSAID:
        return _("held too late, cause not said") if key == HELD else _("still open")
    return str(Flag.Cause(key).label)


def _listed(key: str, since: date, until: date) -> str:
    """What of the list the bar counts; one that was held without a word stands in no list."""
    if key == HELD:
        return ""
    said = {
        "vis": "" if key == OPEN else "lukkede",
        "aarsag": "" if key == OPEN else key,
        "fra": since.isoformat(),
        "til": (until - date.resolution).isoformat(),
    }
    return urlencode({name: value for name, value in said.items() if value})
