"""The strip above a course: both clocks, the next deadline, the next threshold, the pauses."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from courses.clocks import Clocks, Threshold
from courses.duty_table import DutyRow
from courses.models import Course
from courses.pauses import Run, cause_name, length_text
from shared.written import (
    day_text,
    decimal_text,
    long_date,
    moment_text,
    month_text,
    plain_day,
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One part of the strip: its name, what it says, and what more there is to say."""

    name: str
    said: str
    more: tuple[str, ...]
    tone: str = ""
    url: str = ""

    @property
    def is_urgent(self) -> bool:
        """Whether its last line has to catch the eye."""
        return self.tone in {"over", "soon"}


@dataclass(frozen=True, slots=True)
class ClockStrip:
    """Everything the strip says, ready to show; `share` fills the ring."""

    share: int
    weeks: str
    of: str
    amounts: str
    calendar: str
    state: str
    stands: bool
    cells: tuple[Cell, ...]


def clock_strip(  # noqa: PLR0913 (each part of the strip has its own source)
    course: Course,
    clocks: Clocks,
    *,
    pauses: Sequence[Run],
    next_duty: DutyRow | None,
    on: date,
    has_ended: bool,
) -> ClockStrip:
    """The strip of a course as it is seen on a day."""
    ahead = None if has_ended else clocks.next
    return ClockStrip(
        share=clocks.share,
        weeks=decimal_text(float(clocks.weeks)),
        of=_of(ahead),
        amounts=_("%(hours)s hours · %(months)s months")
        % {
            "hours": decimal_text(float(clocks.hours), digits=2),
            "months": decimal_text(float(clocks.months), digits=2),
        },
        calendar=_("%(weeks)s calendar weeks since registration %(day)s")
        % {
            "weeks": decimal_text(float(clocks.calendar_weeks)),
            "day": plain_day(course.registered_on),
        },
        state=_state(clocks, has_ended=has_ended),
        stands=not clocks.running and not has_ended,
        cells=(
            _deadline_cell(next_duty, on=on),
            _threshold_cell(ahead, clocks, has_ended=has_ended),
            _pause_cell(pauses),
        ),
    )


def _of(ahead: Threshold | None) -> str:
    """How far the way to the next threshold is; months and hours stand with their weeks."""
    if ahead is None:
        return _("weeks")
    return _("of %(weeks)s weeks (%(name)s)") % {
        "weeks": decimal_text(float(ahead.weeks)),
        "name": ahead.name,
    }


def _state(clocks: Clocks, *, has_ended: bool) -> str:
    if has_ended:
        return _("The course has ended")
    if clocks.running:
        return _("the clock of unemployment runs")
    if clocks.paused_by:
        cause = cause_name(clocks.paused_by)
        return _("the clock of unemployment stands: %(cause)s") % {"cause": cause}
    return _("the clock of unemployment stands")


def _deadline_cell(row: DutyRow | None, *, on: date) -> Cell:
    if row is None:
        return Cell(_("Next deadline"), _("None"), (_("no interview is owed"),))
    due = row.duty.due_on
    last = (
        _("at latest %(day)s") % {"day": day_text(due, on=on)}
        if due
        else _("no date while the clock stands")
    )
    return Cell(
        _("Next deadline"),
        row.name,
        (last, _booked(row, on=on)),
        tone=row.state.tone,
        url=f"#duty-{row.duty.pk}",
    )


def _booked(row: DutyRow, *, on: date) -> str:
    if row.active and row.active.starts_at:
        return _("booked %(moment)s") % {"moment": moment_text(row.active.starts_at, on=on)}
    if row.state.day:
        return f"{row.state.word} {day_text(row.state.day, on=on)}"
    return _("not booked") if row.state.tone == "next" else row.state.word


def _threshold_cell(ahead: Threshold | None, clocks: Clocks, *, has_ended: bool) -> Cell:
    reported = _reported(clocks)
    if ahead is None:
        said = _("The course has ended") if has_ended else _("All are reached")
        return Cell(_("Thresholds"), said, (reported,))
    name = _("%(name)s reached") % {"name": ahead.name}
    if ahead.reached_on is None:
        return Cell(name, _("Not within ten years"), (reported,))
    going_on = _("if unemployment goes on unbroken")
    return Cell(name, long_date(ahead.reached_on), (going_on, reported))


def _reported(clocks: Clocks) -> str:
    if clocks.reported_to is None:
        return _("forecast: no hours are reported")
    return _("hours reported to %(month)s, forecast after") % {
        "month": month_text(clocks.reported_to)
    }


def _pause_cell(pauses: Iterable[Run]) -> Cell:
    """Pauses in all, by what the clock stood for."""
    by_cause: dict[str, int] = defaultdict(int)
    for one in pauses:
        by_cause[one.name] += one.days
    if not by_cause:
        return Cell(_("Pauses in all"), _("None"), (_("the clock has not stood still"),))
    parts = [f"{name} {length_text(days)}" for name, days in by_cause.items()]
    return Cell(_("Pauses in all"), length_text(sum(by_cause.values())), (" · ".join(parts),))
