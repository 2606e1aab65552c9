"""The key figures of an agreement: named counts and shares, and nobody among them.

A figure is kept as `[name, value]`: a number, or `FEW` where so few people stand behind it that
they could be known, or `NONE` where there was nothing to count.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Value
from django.db.models.functions import TruncDate
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.models import Course, Duty, Flag, MeetingKind
from frames.balances import balances_of, together
from frames.models import Frame
from handovers.models import Handover
from meetings.models import Meeting
from partnerships.models import Agreement
from shared.dates import start_of
from shared.written import plain_day

FEWEST = 5
FEW, NONE = "few", "none"
Figure = int | str
Stored = list[list[Figure]]

NAMES: dict[str, Promise] = {
    "running": gettext_lazy("Running courses"),
    "in_time": gettext_lazy("Interviews held in time"),
    "late_open": gettext_lazy("Open interviews that are overdue"),
    "joint_held": gettext_lazy("Joint interviews held"),
    "joint_booked": gettext_lazy("Joint interviews booked"),
    "no_shows": gettext_lazy("No-shows"),
    "handed_in_time": gettext_lazy("Hand-overs accepted in time"),
    "frame": gettext_lazy("Taken of the economic frame"),
}
SHARES = {"in_time", "handed_in_time", "frame"}


@dataclass(frozen=True, slots=True)
class Period:
    """The days that figures look back on; `until` is the day after the last."""

    since: date
    until: date

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """Its beginning and its end."""
        return start_of(self.since), start_of(self.until)


def figures_of(agreement: Agreement, period: Period) -> Stored:
    """The figures of an agreement and of those below it, as they are on the period's last day."""
    courses = Course.objects.filter(Q(agreement=agreement) | Q(agreement__parent=agreement))
    counts = _counts(courses, period)
    found: dict[str, Figure] = {
        name: counted(counts.get(name, 0)) for name in NAMES if name not in SHARES
    }
    for name in ("in_time", "handed_in_time"):
        found[name] = share_of(counts.get(name, 0), counts.get(f"{name}_of", 0))
    found["frame"] = _frame(agreement, period.until)
    days: Stored = [["since", period.since.isoformat()], ["until", period.until.isoformat()]]
    return days + [[name, found[name]] for name in NAMES]


def counted(count: int) -> Figure:
    """A count of people, hidden where it is small; that there is none tells of nobody."""
    return FEW if 0 < count < FEWEST else count


def share_of(part: int, whole: int) -> Figure:
    """A share in whole per cent, cut off; of so few it would tell of single people."""
    if not whole:
        return NONE
    return FEW if whole < FEWEST else part * 100 // whole


def in_words(stored: Iterable[Iterable[Figure]]) -> list[tuple[str, str]]:
    """Figures as they stand on a page or in a document."""
    kept = {str(name): value for name, value in stored}
    return [(str(NAMES[name]), _shown(name, kept[name])) for name in NAMES if name in kept]


def period_in_words(stored: Iterable[Iterable[Figure]]) -> str:
    """The days that the figures look back on."""
    kept = {str(name): value for name, value in stored}
    if "since" not in kept:
        return ""
    return _("As of %(until)s, looking back to %(since)s") % {
        "since": plain_day(date.fromisoformat(str(kept["since"]))),
        "until": plain_day(date.fromisoformat(str(kept["until"]))),
    }


def _shown(name: str, value: Figure) -> str:
    if value == FEW:
        return _("fewer than %(count)d") % {"count": FEWEST} if name not in SHARES else _("too few")
    if value == NONE:
        return "–"
    return f"{value} %" if name in SHARES else str(value)


def _counts(courses: QuerySet[Course], period: Period) -> dict[str, int]:
    """Every count by its name, in one query; what there is none of is missing."""
    first, *others = [
        rows.order_by()
        .annotate(figure=Value(name))
        .values("figure")
        .annotate(count=Count(what, distinct=True))
        .values_list("figure", "count")
        for name, what, rows in _counted(courses, period)
    ]
    return dict(first.union(*others, all=True))


def _counted(
    courses: QuerySet[Course], period: Period
) -> Iterator[tuple[str, str, QuerySet[Any, Any]]]:
    """What is counted under each name; `…_of` is the whole that a share is part of."""
    on = period.until
    yield "running", "pk", courses.filter(Q(ends_on=None) | Q(ends_on__gt=on), starts_on__lte=on)
    yield (
        "late_open",
        "duty",
        Flag.objects.filter(
            course__in=courses, stage=Flag.Stage.OVERDUE, resolved_at=None, acknowledged_on=None
        ),
    )
    due = _due(courses, period)
    yield "in_time", "pk", due.filter(outcome=Duty.Outcome.MET)
    yield "in_time_of", "pk", due
    yield from _meetings(courses, period)
    moved = Handover.objects.filter(
        course__in=courses, moves_on__gte=period.since, moves_on__lt=on
    ).exclude(state=Handover.State.LAPSED)
    accepted = moved.annotate(accepted_on=TruncDate("accepted_at"))
    yield "handed_in_time", "pk", accepted.filter(accepted_on__lt=F("moves_on"))
    yield "handed_in_time_of", "pk", moved


def _due(courses: QuerySet[Course], period: Period) -> QuerySet[Duty]:
    """The interviews that fell due in the period, and of which it is known how they went."""
    outcome = Duty.Outcome
    due = Duty.objects.filter(
        course__in=courses,
        due_on__gte=period.since,
        due_on__lt=period.until,
        outcome__in=[outcome.MET, outcome.LATE, outcome.PENDING],
    )
    return due.exclude(outcome=outcome.PENDING, late_from__gt=period.until)


def _meetings(
    courses: QuerySet[Course], period: Period
) -> Iterator[tuple[str, str, QuerySet[Meeting]]]:
    first, end = period.moments
    state = Meeting.State
    ahead = Meeting.objects.filter(course__in=courses, starts_at__gte=first)
    joint, passed = ahead.filter(kind=MeetingKind.JOINT), ahead.filter(starts_at__lt=end)
    yield "joint_held", "pk", joint.filter(starts_at__lt=end, state=state.HELD)
    yield "joint_booked", "pk", joint.filter(state=state.BOOKED)
    yield "no_shows", "pk", passed.filter(state=state.NO_SHOW)


def _frame(agreement: Agreement, on: date) -> Figure:
    """Money is nobody's secret among the parties; it is a share all the same."""
    frames = Frame.objects.filter(
        Q(agreement=agreement) | Q(agreement__parent=agreement), starts_on__lte=on, ends_on__gt=on
    )
    balance = together(balances_of(frames))
    return balance.share if balance.granted else NONE
