"""What an activity came to: how many came, and what became of those who are through."""

from collections.abc import Iterator, Sequence

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from activities.models import Activity, Referral
from activities.session_rows import SessionRow

Pair = tuple[str, str]
COLUMN = "ended_in_%s"


def with_results(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """Activities with how many of their referrals came to each result, without a query more."""
    counts = {
        COLUMN % result: Count("referrals", filter=Q(referrals__result=result))
        for result in Referral.Result.values
    }
    return rows.annotate(**counts)


def results_of(activity: Activity, sessions: Sequence[SessionRow]) -> list[Pair]:
    """Numbers alone, for the evaluation: no name; nothing before there is anything to count."""
    return [*_attendance(sessions), *_results(activity)]


def _attendance(sessions: Sequence[SessionRow]) -> Iterator[Pair]:
    seen, came = sum(one.sum_seen for one in sessions), sum(one.sum_came for one in sessions)
    if seen:
        said = {"came": came, "seen": seen, "share": round(100 * came / seen)}
        yield _("Attendance"), _("%(came)d of %(seen)d times (%(share)d %%)") % said


def _results(activity: Activity) -> Iterator[Pair]:
    sums = {one: getattr(activity, COLUMN % one.value, 0) for one in Referral.Result}
    if any(sums.values()):
        yield _("Are through"), str(sum(sums.values()))
    for result, count in sums.items():
        if count:
            label = str(result.label)
            yield label[:1].upper() + label[1:], str(count)
