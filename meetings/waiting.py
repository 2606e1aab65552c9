"""What waits beside the deadlines: outcomes, answers between the sides, and hand-overs."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from courses.models import Course, CourseQuerySet, Party
from courses.worklist import Side
from meetings.models import (
    Meeting,
    MeetingQuerySet,
    Notification,
    NotificationQuerySet,
)
from shared.templatetags.components import status
from shared.written import day_text, moment_text

HANDOVER_DAYS = 30
# What a hand-over (it lies above interviews) waits for, by the side that has to act.
HANDOVERS_OF = {Party.A_KASSE: ("coming", "returned"), Party.JOBCENTRE: ("sheet_ready",)}
UNFORESEEN, TO_ANSWER = ("chosen", "visited_out"), timedelta(7)  # of a hand-over
OPEN = ("coming", "sheet_ready", "returned")
MOST = 100


class Waiting(StrEnum):
    """A list beside the deadlines, by the word that stands in an address."""

    OUTCOMES = "registrering"
    ANSWERS = "svar"
    HANDOVERS = "overleveringer"
    CAPACITY = "kapacitet"


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
    ours: bool = True
    to_record: int = 0


def outcomes(user: User, side: Side, *, at: datetime, on: date | None = None) -> MeetingQuerySet:
    """Interviews of the own side that are over, and nobody has said how they went.

    A former a-kasse can no longer say it.
    """
    on = on or timezone.localdate(at)
    found = (
        Meeting.objects.visible_to(user, on=on)
        .without_outcome(at=at)
        .filter(organisation__in=side.organisations, held_by=side.party)
    )
    if side.party == Party.JOBCENTRE:
        return found
    return found.filter(Q(course__ends_on=None) | Q(course__ends_on__gt=on))


def notifications(user: User, side: Side, *, on: date) -> NotificationQuerySet:
    """Notifications that the a-kasse has not answered, and may."""
    own = "a_kasse" if side.party == Party.A_KASSE else "sender"
    return (
        Notification.objects.visible_to(user, on=on)
        .awaiting(on=on)
        .filter(**{f"{own}__in": side.organisations})
    )


def handovers(user: User, side: Side, *, on: date) -> CourseQuerySet:
    """Courses that leave the a-kasse within thirty days, or that have left and nobody accepted."""
    own = "a_kasse" if side.party == Party.A_KASSE else "jobcentre"
    seen = Course.objects.visible_to(user, on=on) | Course.objects.forecast_to(user, on=on)
    soon = Q(handover_on__gte=on, handover_on__lte=on + timedelta(HANDOVER_DAYS))
    late = Course.objects.filter(handovers__state__in=OPEN, handovers__moves_on__lte=on)
    return seen.active(on=on).filter(
        soon | Q(pk__in=late.order_by().values("pk")), **{f"{own}__in": side.organisations}
    )


def invitations(user: User, side: Side, *, at: datetime, on: date | None = None) -> MeetingQuerySet:
    """Interviews ahead to which the one side asked the other, and the other has not answered."""
    on = on or timezone.localdate(at)
    own = "a_kasse" if side.party == Party.A_KASSE else "jobcentre"
    asked = Meeting.objects.visible_to(user, on=on).upcoming(at=at).filter(with_other_party=True)
    silent = {
        "participants__worker": None,
        "participants__attendance": "expected",
        "participants__starts_at__gte": at,  # as the interview's, and an index begins with it
    }
    return asked.filter(
        Q(held_by=Party.JOBCENTRE, participants__role=Party.A_KASSE, **silent)
        | Q(held_by=Party.A_KASSE, participants__role=Party.JOBCENTRE, **silent),
        Q(course__ends_on=None) | Q(course__ends_on__gt=on),
        **{f"course__{own}__in": side.organisations},
    )


def stated(user: User, side: Side, *, at: datetime) -> MeetingQuerySet:
    """Interviews of the own side whose citizen stated something by link that nobody answered.

    Statements lie above interviews; which of them still wait is told as `StatementQuerySet` does.
    """
    unanswered = Q(statements__answer="")
    ill = unanswered & Q(statements__kind="sick") & ~Q(state=Meeting.State.CANCELLED)
    ahead = unanswered & Q(state=Meeting.State.BOOKED, starts_at__gt=at)
    same_time = ~Q(statements__kind="other_time") | Q(statements__about=F("starts_at"))
    found = Meeting.objects.filter(ill | (ahead & same_time))
    return Meeting.objects.visible_to(user).filter(
        pk__in=found.order_by().values("pk"),
        organisation__in=side.organisations,
        held_by=side.party,
    )


def waiting_rows(
    which: Waiting, user: User, side: Side, *, on: date, at: datetime
) -> tuple[WaitingRow, ...]:
    """The rows of one of the lists, the oldest first."""
    if which is Waiting.OUTCOMES:
        found = outcomes(user, side, at=at).for_list().order_by("starts_at", "pk")
        return tuple(_outcome_row(one, side) for one in found[:MOST])
    if which is Waiting.ANSWERS:
        return _answer_rows(user, side, on=on, at=at)
    return _handover_rows(user, side, on=on)


def _answer_rows(user: User, side: Side, *, on: date, at: datetime) -> tuple[WaitingRow, ...]:
    """What waits for an answer: what the own side has to answer first, then the oldest."""
    asked = invitations(user, side, at=at).select_related(
        "course__citizen", "course__a_kasse", "course__municipality"
    )
    sent = notifications(user, side, on=on).select_related(
        "course__citizen",
        "course__a_kasse",
        "course__municipality",
        "meeting",
        "enrolment__group",
    )
    rows = [_notification_row(one, side) for one in sent.order_by("sent_at")[:MOST]]
    told = stated(user, side, at=at).select_related(
        "course__citizen", "course__a_kasse", "course__municipality"
    )
    rows += [_stated_row(one, side) for one in told.order_by("starts_at", "pk")[:MOST]]
    rows += [_invitation_row(one, side) for one in asked.order_by("starts_at", "pk")[:MOST]]
    return tuple(sorted(rows, key=lambda row: not row.ours))


def _stated_row(meeting: Meeting, side: Side) -> WaitingRow:
    course = meeting.course
    return WaitingRow(
        course_pk=course.pk,
        status=status("letter", moment_text(meeting.starts_at)),
        name=course.citizen.name,
        case=course.case_number,
        url=reverse("meetings:detail", args=[meeting.pk]),
        what=_("Stated by link, not verified"),
        party=_other(course, side),
        action_url=f"{reverse('meetings:detail', args=[meeting.pk])}#stated",
        action=_("Answer"),
    )


def _invitation_row(meeting: Meeting, side: Side) -> WaitingRow:
    course = meeting.course
    ours = meeting.held_by != side.party
    return WaitingRow(
        course_pk=course.pk,
        status=status("letter", moment_text(meeting.starts_at)),
        name=course.citizen.name,
        case=course.case_number,
        url=reverse("meetings:detail", args=[meeting.pk]),
        what=_("Invitation that we have not answered")
        if ours
        else _("Invitation that the other party has not answered"),
        party=_other(course, side),
        action_url=reverse("meetings:reply" if ours else "meetings:detail", args=[meeting.pk]),
        action=_("Answer") if ours else _("Open"),
        ours=ours,
    )


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
        what=capfirst(meeting.get_kind_display()),
        party=_other(course, side),
        action_url=reverse("meetings:outcome", args=[meeting.pk]),
        action=_("Record"),
        to_record=meeting.pk,
    )


def _notification_row(notification: Notification, side: Side) -> WaitingRow:
    course = notification.course
    sent = timezone.localdate(notification.sent_at)
    own = side.party == Party.A_KASSE
    page = notification.get_absolute_url()
    return WaitingRow(
        course_pk=course.pk,
        status=status("letter", _("Sent %(day)s") % {"day": day_text(sent)}),
        name=course.citizen.name,
        case=course.case_number,
        url=page,
        what=_("Did not come %(day)s")
        % {"day": day_text(timezone.localdate(notification.missed_at))},
        party=_other(course, side),
        action_url=reverse("meetings:answer", args=[notification.pk]) if own else page,
        action=_("Answer") if own else _("Open"),
        ours=own,
    )


def handovers_of_ours(user: User, side: Side, *, on: date) -> CourseQuerySet:
    """Those of them that wait for the own side: for its sheet, or for its acceptance.

    Past its day a course is accepted with a sheet or without.
    """
    ours = Q(handovers__state__in=HANDOVERS_OF[side.party])
    if side.party == Party.JOBCENTRE:
        ours |= Q(handovers__state__in=OPEN, handovers__moves_on__lte=on)
    waiting = Course.objects.filter(ours)
    return handovers(user, side, on=on).filter(pk__in=waiting.order_by().values("pk"))


def _handover_rows(user: User, side: Side, *, on: date) -> tuple[WaitingRow, ...]:
    """The hand-overs, what the own side has to do first."""
    ours = set(handovers_of_ours(user, side, on=on).values_list("pk", flat=True))
    due = (
        handovers(user, side, on=on)
        .for_page()
        .annotate(moves_on=F("handovers__moves_on"), basis=F("handovers__basis"))
    )
    found = due.order_by(F("moves_on").asc(nulls_last=True), "handover_on", "pk")[:MOST]
    rows = [_handover_row(one, side, on, ours=one.pk in ours) for one in found]
    return tuple(sorted(rows, key=lambda row: not row.ours))


def _handover_row(course: Course, side: Side, on: date, *, ours: bool) -> WaitingRow:
    moves_on: date | None = course.moves_on  # type: ignore[attr-defined]  # annotated above
    day = moves_on - timedelta(1) if moves_on else course.handover_on or on
    is_late = day < on and (course.basis not in UNFORESEEN or day < on - TO_ANSWER)  # type: ignore[attr-defined]
    write = side.party == Party.A_KASSE
    what = _("Forecast") if course.handover_is_forecast else _("By reported hours")
    if day < on:
        what = _("Not accepted in time") if is_late else _("Not accepted yet")
    return WaitingRow(
        course_pk=course.pk,
        status=status("over" if is_late else "handover", day_text(day, on=on)),
        name=course.citizen.name,
        case=course.case_number,
        url=reverse("courses:course", args=[course.case_number]),
        what=what,
        party=_other(course, side),
        action_url=reverse(
            "handovers:handover" if ours else "courses:course", args=[course.case_number]
        ),
        action=_open_word(ours=ours, write=write),
        ours=ours,
    )


def _open_word(*, ours: bool, write: bool) -> str:
    """What the button of a hand-over says: the own side's next step, or only that it opens."""
    if not ours:
        return _("Open")
    return _("Write the sheet") if write else _("Accept")
