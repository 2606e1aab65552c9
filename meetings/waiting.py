"""What waits beside the deadlines (outcomes, notifications, hand-overs), and how fresh the data is.

Everything that the front pages count here comes in one query.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db.models import Count, DateTimeField, Max, Min, Q, QuerySet, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.models import User
from courses.models import Course, CourseQuerySet, MemberFile, Party, Sweep
from courses.worklist import Side
from meetings.models import Meeting, MeetingQuerySet, Notification, NotificationQuerySet
from partnerships.models import Agreement, AgreementTerms
from partnerships.terms import DUE_SOON_DAYS
from shared.templatetags.components import status
from shared.written import day_text, moment_text

HANDOVER_DAYS = 30
MOST = 100


class Waiting(StrEnum):
    """A list beside the deadlines, by the word that stands in an address."""

    OUTCOMES = "registrering"
    NOTIFICATIONS = "underretninger"
    HANDOVERS = "overleveringer"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of each wait and since when, when the data was last renewed, and the agreed days."""

    outcomes: int
    oldest_outcome: datetime | None
    notifications: int
    handovers: int
    swept_at: datetime | None
    imported_at: datetime | None
    soon_days: int


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """One thing that waits, and what to do about it."""

    course_pk: int
    status: SafeString
    name: str
    case: str
    url: str
    what: str
    party: str
    action_url: str
    action: str


def outcomes(user: User, side: Side, *, at: datetime) -> MeetingQuerySet:
    """Interviews of the own side that are over, and nobody has said how they went.

    A former a-kasse can no longer say it.
    """
    found = (
        Meeting.objects.visible_to(user)
        .without_outcome(at=at)
        .filter(organisation__in=side.organisations, held_by=side.party)
    )
    if side.party == Party.JOBCENTRE:
        return found
    return found.filter(Q(course__ends_on=None) | Q(course__ends_on__gt=timezone.localdate(at)))


def notifications(user: User, side: Side, *, on: date) -> NotificationQuerySet:
    """Notifications that the a-kasse has not answered, and may."""
    own = "a_kasse" if side.party == Party.A_KASSE else "meeting__organisation"
    return (
        Notification.objects.visible_to(user)
        .awaiting(on=on)
        .filter(**{f"{own}__in": side.organisations})
    )


def handovers(user: User, side: Side, *, on: date) -> CourseQuerySet:
    """Courses whose last day at the a-kasse lies within thirty days."""
    own = "a_kasse" if side.party == Party.A_KASSE else "jobcentre"
    seen = Course.objects.visible_to(user, on=on) | Course.objects.forecast_to(user, on=on)
    return seen.active(on=on).filter(
        handover_on__gte=on,
        handover_on__lte=on + timedelta(HANDOVER_DAYS),
        **{f"{own}__in": side.organisations},
    )


def counts(user: User, side: Side, *, on: date, at: datetime) -> Counts:
    """Everything that is counted beside the deadlines."""
    parts = list(_parts(user, side, on, at))
    rows = {what: (n, moment) for what, n, moment in parts[0].union(*parts[1:], all=True)}
    number, oldest = rows["outcomes"]
    return Counts(
        outcomes=number,
        oldest_outcome=oldest,
        notifications=rows["notifications"][0],
        handovers=rows["handovers"][0],
        swept_at=rows["swept"][1],
        imported_at=rows["imported"][1],
        soon_days=max(DUE_SOON_DAYS, rows["soon_days"][0] or 0),
    )


def _parts(user: User, side: Side, on: date, at: datetime) -> Iterator[QuerySet]:  # type: ignore[type-arg]  # each row is (word, number, moment)
    never = Value(None, output_field=DateTimeField())
    first, last, count = Min, Max, Count("pk")
    terms = AgreementTerms.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=on),
        starts_on__lte=on,
        agreement__state__in=Agreement.ACTING,
        agreement__parties__organisation__in=side.organisations,
    )
    imported = MemberFile.objects.filter(state=MemberFile.State.DONE)
    for what, rows, number, moment in (
        ("outcomes", outcomes(user, side, at=at), count, first("starts_at")),
        ("notifications", notifications(user, side, on=on), count, first("sent_at")),
        ("handovers", handovers(user, side, on=on), count, never),
        ("swept", Sweep.objects.all(), count, last("finished_at")),
        ("imported", imported, count, last("finished_at")),
        ("soon_days", terms, last("due_soon_days"), never),
    ):
        words = rows.order_by().values(what=Value(what))
        yield words.annotate(n=number, at=moment).values_list("what", "n", "at")


def waiting_rows(
    which: Waiting, user: User, side: Side, *, on: date, at: datetime
) -> tuple[WaitingRow, ...]:
    """The rows of one of the lists, the oldest first."""
    if which is Waiting.OUTCOMES:
        found = outcomes(user, side, at=at).for_list().order_by("starts_at", "pk")
        return tuple(_outcome_row(one, side) for one in found[:MOST])
    if which is Waiting.NOTIFICATIONS:
        sent = notifications(user, side, on=on).select_related(
            "meeting__course__citizen", "meeting__course__a_kasse", "meeting__course__municipality"
        )
        return tuple(_notification_row(one, side) for one in sent.order_by("sent_at")[:MOST])
    due = handovers(user, side, on=on).for_page().order_by("handover_on", "pk")
    return tuple(_handover_row(one, side, on) for one in due[:MOST])


def _other(course: Course, side: Side) -> str:
    """The party across the table, as the list names it."""
    return course.a_kasse.short if side.party == Party.JOBCENTRE else course.municipality.name


def _outcome_row(meeting: Meeting, side: Side) -> WaitingRow:
    course = meeting.course
    return WaitingRow(
        course_pk=course.pk,
        status=status("unrecorded", moment_text(meeting.starts_at)),
        name=course.citizen.name,
        case=course.case_number,
        url=reverse("meetings:detail", args=[meeting.pk]),
        what=meeting.get_kind_display(),
        party=_other(course, side),
        action_url=reverse("meetings:outcome", args=[meeting.pk]),
        action=_("Record"),
    )


def _notification_row(notification: Notification, side: Side) -> WaitingRow:
    meeting = notification.meeting
    sent = timezone.localdate(notification.sent_at)
    own = side.party == Party.A_KASSE
    return WaitingRow(
        course_pk=meeting.course_id,
        status=status("letter", _("Sent %(day)s") % {"day": day_text(sent)}),
        name=meeting.course.citizen.name,
        case=meeting.course.case_number,
        url=reverse("meetings:detail", args=[meeting.pk]),
        what=_("Did not come %(day)s") % {"day": day_text(meeting.held_on)},
        party=_other(meeting.course, side),
        action_url=reverse("meetings:answer", args=[notification.pk]) if own else "",
        action=_("Answer"),
    )


def _handover_row(course: Course, side: Side, on: date) -> WaitingRow:
    day = course.handover_on or on
    return WaitingRow(
        course_pk=course.pk,
        status=status("handover", day_text(day, on=on)),
        name=course.citizen.name,
        case=course.case_number,
        url=reverse("courses:course", args=[course.case_number]),
        what=_("Forecast") if course.handover_is_forecast else _("By reported hours"),
        party=_other(course, side),
        action_url="",
        action="",
    )
