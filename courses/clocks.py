"""What the two clocks of a course show on a day, and how far it is to the next threshold."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from law.clocks import Reading, Unemployed, UnemploymentClock
from law.daily import MEASURES
from law.facts import CourseFacts
from law.vocabulary import Insurance

DAYS_IN_WEEK = 7
THOUSANDTHS = 1000
WEEKS_6, WEEKS_13, WEEKS_26 = Unemployed(weeks=6), Unemployed(weeks=13), Unemployed(weeks=26)
MONTHS_3, MONTHS_4 = Unemployed(months=3), Unemployed(months=4)
MONTHS_6, MONTHS_16 = Unemployed(months=6), Unemployed(months=16)
HANDOVER = "handover"
NAMES: dict[Unemployed | str, Promise] = {
    WEEKS_6: _("6 weeks"),
    WEEKS_13: _("13 weeks"),
    WEEKS_26: _("26 weeks"),
    MONTHS_3: _("3 months"),
    MONTHS_4: _("4 months"),
    MONTHS_6: _("6 months"),
    MONTHS_16: _("16 months"),
}
THRESHOLDS: dict[str, tuple[Unemployed | str, ...]] = {
    "2009": (WEEKS_13, WEEKS_26),
    "2015": (WEEKS_6, MONTHS_3, MONTHS_4, MONTHS_6, MONTHS_16),
    "2020": (MONTHS_3, MONTHS_6, MONTHS_16),
    "2024": (HANDOVER, MONTHS_3, MONTHS_6, MONTHS_16),
    "2026": (HANDOVER, MONTHS_3, MONTHS_6, MONTHS_16),
}


@dataclass(frozen=True, slots=True)
class Threshold:
    """An amount of unemployment at which the rules of a course ask for something."""

    name: Promise | str
    hours: Decimal
    reached_on: date | None
    unmoved_on: date | None = None
    weeks: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Clocks:
    """Both clocks at the end of a day; `share` is the way to the next threshold, 0 to 100."""

    calendar_weeks: Decimal
    hours: Decimal
    weeks: Decimal
    months: Decimal
    running: bool
    runs_on: bool
    paused_by: str | None
    reported_to: date | None
    thresholds: tuple[Threshold, ...]

    @property
    def next(self) -> Threshold | None:
        """The first threshold that is not reached yet."""
        return next((one for one in self.thresholds if one.hours > self.hours), None)

    @property
    def share(self) -> int:
        """How much of the next threshold is reached, in per cent."""
        return int(100 * self.hours / self.next.hours) if self.next else 100


def clocks_of(
    facts: CourseFacts, *, regime: str, on: date, clock: UnemploymentClock | None = None
) -> Clocks:
    """What both clocks show at the end of a day; `clock` is that of the facts where it is made."""
    clock = clock or UnemploymentClock(facts)
    reading = clock.read(on.toordinal())
    week = Decimal(MEASURES[facts.insured].week) / THOUSANDTHS
    return Clocks(
        calendar_weeks=_tenths(max((on - facts.registered_on).days, 0), DAYS_IN_WEEK),
        hours=reading.hours,
        weeks=_tenths(reading.hours, week),
        months=reading.months,
        running=reading.running,
        runs_on=clock.runs_after(on.toordinal() + 1),
        paused_by=_paused_by(reading),
        reported_to=_reported_to(facts),
        thresholds=tuple(
            _threshold(one, facts, clock) for one in THRESHOLDS.get(regime, (MONTHS_6, MONTHS_16))
        ),
    )


def _paused_by(reading: Reading) -> str | None:
    return str(reading.paused_by) if reading.paused_by else None


def _reported_to(facts: CourseFacts) -> date | None:
    """The last month that the a-kasse reported, by its first day."""
    months = [date(year, month, 1) for year, month in facts.reported_hours]
    return max(months, default=None)


def _threshold(limit: Unemployed | str, facts: CourseFacts, clock: UnemploymentClock) -> Threshold:
    if isinstance(limit, str):
        hours = _handover_hours(facts)
        name: Promise | str = str(_("%(hours)d hours")) % {"hours": hours}
        thousandths, shown = hours * THOUSANDTHS + 1, Decimal(hours)
    else:
        name, thousandths = NAMES[limit], limit.hours(clock.measure)
        shown = Decimal(thousandths) / THOUSANDTHS
    return Threshold(
        name,
        shown,
        _day(clock, thousandths),
        date.fromordinal(clock.unmoved(thousandths)),
        _tenths(shown, Decimal(clock.measure.week) / THOUSANDTHS),
    )


def _handover_hours(facts: CourseFacts) -> int:
    limits = facts.parameters.handover_hours
    return limits.part_time if facts.insured is Insurance.PART_TIME else limits.full_time


def _day(clock: UnemploymentClock, thousandths: int) -> date | None:
    day = clock.reached(thousandths)
    return date.fromordinal(day) if day else None


def _tenths(amount: Decimal | int, of: Decimal | int) -> Decimal:
    return (Decimal(amount) / Decimal(of)).quantize(Decimal("0.1"))
