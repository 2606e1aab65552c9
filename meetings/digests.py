"""What a digest says: counts, times and case numbers; nothing of a citizen."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncWeek
from django.utils.translation import gettext as _

from accounts.models import User
from courses.models import Course, Duty, Flag, Party
from courses.worklist import Side, listed
from courses.worklist_filter import Owner, WorklistFilter
from letters.models import Letter
from meetings.calendar import summary_of
from meetings.models import Meeting
from notices.models import Notice
from partnerships.access import reach_of
from partnerships.models import Organisation
from shared.dates import start_of
from shared.written import clock_text, day_with_year, long_day

COMING = timedelta(14)
WEEKS = 4
OF_SIDE = {Party.JOBCENTRE: "jobcentre", Party.A_KASSE: "a_kasse"}


@dataclass(frozen=True, slots=True)
class Digest:
    """A subject and a text."""

    subject: str
    text: str


def daily(user: User, *, on: date, at: datetime) -> Digest:
    """What waits for a worker on a day, in the language that is spoken now."""
    lines = [_capital(long_day(on)), ""]
    lines += [f"{name}: {count}" for name, count in _counts(user, on, at)]
    lines += ["", _("Interviews today"), *_appointments(user, on)]
    lines += ["", f"{settings.PUBLIC_URL}/", "", _foot()]
    subject = _("Kontaktforløb: today, %(day)s") % {"day": day_with_year(on)}
    return Digest(subject, "\n".join(lines))


def weekly(organisation: Organisation, *, on: date) -> Digest:
    """The key counts of an organisation by week, for those who lead there."""
    party = Party.A_KASSE if organisation.kind == Organisation.Kind.A_KASSE else Party.JOBCENTRE
    duties = Duty.objects.filter(_running(on), **_owed_by(organisation, party))
    late = duties.late(on=on)
    near = duties.pending().filter(soon_from__lte=on)
    booked = Meeting.objects.booked().filter(duty__in=near).values("duty")
    unbooked = near.exclude(pk__in=booked).count()
    lines = [
        organisation.name,
        "",
        _("Late: %(count)d") % {"count": late.count()},
        _("Late or due soon, without a booking: %(count)d") % {"count": unbooked},
        "",
        _("Week by week: became late, closed"),
        *_weeks(organisation, party, on),
        "",
        f"{settings.PUBLIC_URL}/",
        "",
        _foot(),
    ]
    subject = _("Kontaktforløb: the week from %(day)s") % {"day": day_with_year(on)}
    return Digest(subject, "\n".join(lines))


def _counts(user: User, on: date, at: datetime) -> Iterator[tuple[str, int]]:
    """The counts of a worker's own cases."""
    sides = [side for side in _sides(user, on) if side.organisations]
    mine = [listed(user, side, WorklistFilter(owner=Owner.MINE), on=on) for side in sides]
    own = Meeting.objects.visible_to(user, on=on).of_worker(user)
    failed = Letter.objects.failed().queued_by_user(user)
    yield _("Late"), sum(rows.late(on=on).count() for rows in mine)
    yield _("Due soon"), sum(rows.due_soon(on=on).count() for rows in mine)
    yield _("Outcome missing"), own.without_outcome(at=at).distinct().count()
    yield _("Hand-overs within 14 days"), _handovers(user, on)
    yield _("Letters that could not be sent"), failed.count()
    yield _("Unread notices"), Notice.objects.visible_to(user).unread().count()


def _sides(user: User, on: date) -> list[Side]:
    reach = reach_of(user, on=on)
    return [Side(Party.JOBCENTRE, reach.jobcentres), Side(Party.A_KASSE, reach.a_kasser)]


def _handovers(user: User, on: date) -> int:
    """The courses of a worker that move to the jobcentre soon."""
    mine = Q(caseworker=user) | Q(consultant=user)
    courses = Course.objects.visible_to(user, on=on).active(on=on).filter(mine)
    return courses.filter(handover_on__gte=on, handover_on__lt=on + COMING).count()


def _appointments(user: User, on: date) -> list[str]:
    own = Meeting.objects.visible_to(user, on=on).of_worker(user).booked().on_day(on).distinct()
    rows = own.select_related("course", "duty").order_by("starts_at", "pk")
    return [f"{clock_text(one.starts_at)}  {summary_of(one)}" for one in rows] or [_("none")]


def _running(on: date) -> Q:
    return Q(course__ends_on=None) | Q(course__ends_on__gt=on)


def _owed_by(organisation: Organisation, party: Party, path: str = "") -> dict[str, object]:
    return {f"{path}{OF_SIDE[party]}": organisation, f"{path}responsible": party}


def _weeks(organisation: Organisation, party: Party, on: date) -> Iterator[str]:
    """The last weeks, newest first: how many interviews became late, how many flags were closed."""
    monday = on - timedelta(on.weekday())
    flags = Flag.objects.overdue().filter(**_owed_by(organisation, party, "duty__"))
    raised = _by_week(flags, "became_on", monday)
    closed = _by_week(flags, "resolved_at", monday)
    for number in range(1, WEEKS + 1):
        week = monday - timedelta(weeks=number)
        words = {
            "week": week.isocalendar().week,
            "raised": raised.get(week, 0),
            "closed": closed.get(week, 0),
        }
        yield _("Week %(week)s: %(raised)s, %(closed)s") % words


def _by_week(flags: QuerySet[Flag], column: str, monday: date) -> dict[date, int]:
    """How many flags by the Monday of the week of a column."""
    first = monday - timedelta(weeks=WEEKS)
    of_column: Callable[[date], date] = start_of if column.endswith("_at") else _itself
    span = {f"{column}__gte": of_column(first), f"{column}__lt": of_column(monday)}
    weeks = flags.filter(**span).annotate(week=TruncWeek(column)).values("week")
    counted = weeks.annotate(count=Count("pk")).order_by("week")
    return {_day(one["week"]): one["count"] for one in counted}


def _itself(day: date) -> date:
    return day


def _day(week: date | datetime) -> date:
    return week.date() if isinstance(week, datetime) else week


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _foot() -> str:
    return _("You choose on your profile which mails you get.")
