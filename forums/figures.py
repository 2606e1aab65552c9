"""The key figures of an agreement: named counts and shares, and nobody among them.

A figure is kept as `[name, value]`: a number, or `FEW` where so few people stand behind it that
they could be known, or `NONE` where there was nothing to count.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Q, QuerySet
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
Value = int | str
Stored = list[list[Value]]

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
    found: dict[str, Value] = {
        "running": _running(courses, period.until),
        "late_open": _late(courses),
        **_duties(courses, period),
        **_meetings(courses, period),
        **_handovers(courses, period),
        **_frame(agreement, period.until),
    }
    days: Stored = [["since", period.since.isoformat()], ["until", period.until.isoformat()]]
    return days + [[name, found[name]] for name in NAMES]


def counted(count: int) -> Value:
    """A count of people, hidden where it is small; that there is none tells of nobody."""
    return FEW if 0 < count < FEWEST else count


def share_of(part: int, whole: int) -> Value:
    """A share in whole per cent, cut off; of so few it would tell of single people."""
    if not whole:
        return NONE
    return FEW if whole < FEWEST else part * 100 // whole


def in_words(stored: Iterable[Iterable[Value]]) -> list[tuple[str, str]]:
    """Figures as they stand on a page or in a document."""
    kept = {str(name): value for name, value in stored}
    return [(str(NAMES[name]), _shown(name, kept[name])) for name in NAMES if name in kept]


def period_in_words(stored: Iterable[Iterable[Value]]) -> str:
    """The days that the figures look back on."""
    kept = {str(name): value for name, value in stored}
    if "since" not in kept:
        return ""
    return _("As of %(until)s, looking back to %(since)s") % {
        "since": plain_day(date.fromisoformat(str(kept["since"]))),
        "until": plain_day(date.fromisoformat(str(kept["until"]))),
    }


def _shown(name: str, value: Value) -> str:
    if value == FEW:
        return _("fewer than %(count)d") % {"count": FEWEST} if name not in SHARES else _("too few")
    if value == NONE:
        return "–"
    return f"{value} %" if name in SHARES else str(value)


def _running(courses: QuerySet[Course], on: date) -> Value:
    standing = courses.filter(Q(ends_on=None) | Q(ends_on__gt=on), starts_on__lte=on)
    return counted(standing.count())


def _late(courses: QuerySet[Course]) -> Value:
    flags = Flag.objects.filter(
        course__in=courses, stage=Flag.Stage.OVERDUE, resolved_at=None, acknowledged_on=None
    )
    return counted(flags.values("duty").distinct().count())


def _duties(courses: QuerySet[Course], period: Period) -> dict[str, Value]:
    """Of the interviews that fell due in the period, those held by their day."""
    outcome = Duty.Outcome
    due = Duty.objects.filter(
        course__in=courses, due_on__gte=period.since, due_on__lt=period.until
    ).exclude(outcome=outcome.PENDING, late_from__gt=period.until)
    sums = due.aggregate(
        met=Count("pk", filter=Q(outcome=outcome.MET)),
        all=Count("pk", filter=Q(outcome__in=[outcome.MET, outcome.LATE, outcome.PENDING])),
    )
    return {"in_time": share_of(sums["met"], sums["all"])}


def _meetings(courses: QuerySet[Course], period: Period) -> dict[str, Value]:
    first, end = period.moments
    state = Meeting.State
    joint = Q(kind=MeetingKind.JOINT)
    passed = Q(starts_at__gte=first, starts_at__lt=end)
    sums = Meeting.objects.filter(course__in=courses, starts_at__gte=first).aggregate(
        held=Count("pk", filter=joint & passed & Q(state=state.HELD)),
        booked=Count("pk", filter=joint & Q(state=state.BOOKED)),
        missed=Count("pk", filter=passed & Q(state=state.NO_SHOW)),
    )
    return {
        "joint_held": counted(sums["held"]),
        "joint_booked": counted(sums["booked"]),
        "no_shows": counted(sums["missed"]),
    }


def _handovers(courses: QuerySet[Course], period: Period) -> dict[str, Value]:
    """Of the hand-overs whose day fell in the period, those accepted before it."""
    moved = Handover.objects.filter(
        course__in=courses, moves_on__gte=period.since, moves_on__lt=period.until
    ).exclude(state=Handover.State.LAPSED)
    in_time = Q(accepted_on__lt=F("moves_on"))
    sums = moved.annotate(accepted_on=TruncDate("accepted_at")).aggregate(
        all=Count("pk"), accepted=Count("pk", filter=in_time)
    )
    return {"handed_in_time": share_of(sums["accepted"], sums["all"])}


def _frame(agreement: Agreement, on: date) -> dict[str, Value]:
    """Money is nobody's secret among the parties; it is a share all the same."""
    frames = Frame.objects.filter(
        Q(agreement=agreement) | Q(agreement__parent=agreement), starts_on__lte=on, ends_on__gt=on
    )
    balance = together(balances_of(frames))
    return {"frame": balance.share if balance.granted else NONE}
