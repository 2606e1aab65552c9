"""Meetings of a forum: called with an agenda and its figures, held, written down, approved."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import User
from forums import outside
from forums.figures import Period, figures_of
from forums.models import AgendaPoint, Decision, Forum, ForumMeeting, News
from journal.actions import note
from notices.actions import settle, tell
from partnerships.models import Agreement
from shared.refusals import Refused
from shared.written import plain_day

State = ForumMeeting.State
LOOKS_BACK = timedelta(182)  # half a year: forums meet twice a year


@transaction.atomic
def plan_meeting(
    forum: Forum, *, starts_at: datetime, place: str = "", by: User | None, at: datetime
) -> ForumMeeting:
    """Call a meeting: its agenda is drawn up from the key figures, and the members are told."""
    try:
        with transaction.atomic():
            meeting = ForumMeeting.objects.create(forum=forum, starts_at=starts_at, place=place)
    except IntegrityError as error:
        raise Refused(gettext_noop("The forum has a meeting at this time already.")) from error
    _agenda(meeting, on=timezone.localdate(at))
    note(meeting, "forum-meeting-planned", by=by, case=None, starts_at=starts_at.isoformat())
    if starts_at > at:  # one that is only written down afterwards calls nobody
        _tell_members(meeting, "forum-meeting", by=by, at=at)
        outside.invite(meeting, at=at)
    return meeting


@transaction.atomic
def draw_figures(meeting: ForumMeeting, *, by: User, at: datetime) -> None:
    """Draw the figures of the agenda anew, as they are now; those of a held meeting stay."""
    meeting = _locked(meeting)
    _check_planned(meeting)
    for point in meeting.agenda.exclude(figures=[]):
        point.figures = figures_of(
            meeting.forum.agreement, _period(meeting, timezone.localdate(at))
        )
        point.save(update_fields=["figures"])
    note(meeting, "forum-figures-drawn", by=by, case=None)


@transaction.atomic
def add_point(meeting: ForumMeeting, *, title: str, text: str = "", by: User) -> AgendaPoint:
    """Put a point of one's own last on the agenda."""
    meeting = _locked(meeting)
    _check_planned(meeting)
    last = meeting.agenda.aggregate(last=Max("order"))["last"] or 0
    point = AgendaPoint.objects.create(meeting=meeting, order=last + 1, title=title, text=text)
    note(meeting, "forum-point-added", by=by, case=None, point=point.pk)
    return point


@transaction.atomic
def remove_point(point: AgendaPoint, *, by: User) -> None:
    """Take a point off the agenda; those after it move up."""
    meeting = _locked(point.meeting)
    _check_planned(meeting)
    point.delete()
    for number, one in enumerate(meeting.agenda.order_by("order"), 1):
        if one.order != number:
            one.order = number
            one.save(update_fields=["order"])
    note(meeting, "forum-point-removed", by=by, case=None)


@transaction.atomic
def hold_meeting(meeting: ForumMeeting, *, minutes: str, by: User | None, at: datetime) -> None:
    """Write the minutes of a meeting that was held, and write on until they are approved."""
    meeting = _locked(meeting)
    if meeting.state == State.CANCELLED:
        raise Refused(gettext_noop("The meeting is cancelled."))
    if meeting.minutes_approved_on:
        raise Refused(gettext_noop("The minutes are approved and stand as they are."))
    if meeting.starts_at > at:
        raise Refused(gettext_noop("Minutes are written when the meeting has begun."))
    meeting.state, meeting.minutes = State.HELD, minutes
    meeting.save(update_fields=["state", "minutes"])
    settle("forum-meeting", url=_url(meeting), by=by, at=at)
    note(meeting, "forum-minutes-written", by=by, case=None)


@transaction.atomic
def approve_minutes(meeting: ForumMeeting, *, on: date, by: User | None) -> None:
    """Approve the minutes; from then on they stand."""
    meeting = _locked(meeting)
    if meeting.state != State.HELD or not meeting.minutes:
        raise Refused(gettext_noop("There are no minutes to approve yet."))
    if meeting.minutes_approved_on:
        raise Refused(gettext_noop("The minutes are approved already."))
    meeting.minutes_approved_on = on
    meeting.save(update_fields=["minutes_approved_on"])
    note(meeting, "forum-minutes-approved", by=by, case=None)


@transaction.atomic
def cancel_meeting(meeting: ForumMeeting, *, by: User, at: datetime) -> None:
    """Call a meeting off: its members are told, and not reminded any more."""
    meeting = _locked(meeting)
    _check_planned(meeting)
    meeting.state = State.CANCELLED
    meeting.save(update_fields=["state"])
    settle("forum-meeting", url=_url(meeting), by=by, at=at)
    if meeting.starts_at > at:
        _tell_members(meeting, "forum-cancelled", by=by, at=at)
        outside.call_off(meeting, at=at)
    note(meeting, "forum-meeting-cancelled", by=by, case=None)


def _agenda(meeting: ForumMeeting, *, on: date) -> None:
    """The points that every meeting has; the figures are those of the day it is called."""
    forum = meeting.forum
    before = _held_before(meeting)
    period = _period(meeting, on)
    points = [AgendaPoint(title=_("Approval of the agenda"))]
    if before and before.minutes and not before.minutes_approved_on:
        points.append(AgendaPoint(title=_("Approval of the minutes of the meeting before")))
    figures = figures_of(forum.agreement, period)
    points.append(AgendaPoint(title=_("Key figures of the agreement"), figures=figures))
    waiting = "\n".join(_open_decisions(forum))
    if waiting:
        points.append(AgendaPoint(title=_("Follow-up on decisions"), text=waiting))
    told = "\n".join(_news(forum.agreement, period))
    points.append(AgendaPoint(title=_("News of methods and evidence"), text=told))
    for number, point in enumerate(points, 1):
        point.meeting, point.order = meeting, number
    AgendaPoint.objects.bulk_create(points)


def _open_decisions(forum: Forum) -> Iterator[str]:
    """What was decided and is not done, with who does it and until when."""
    waiting = Decision.objects.filter(meeting__forum=forum, done_on=None).select_related("owner")
    for one in waiting:
        words = {"text": one.text, "owner": one.owner.name, "day": plain_day(one.due_on)}
        yield _("%(text)s (%(owner)s, by %(day)s)") % words


def _news(agreement: Agreement, period: Period) -> list[str]:
    """The titles of what was told to all or to the parties since the meeting before."""
    told = News.objects.filter(Q(agreement=None) | Q(agreement=agreement))
    return list(
        told.filter(published_on__range=(period.since, period.until)).values_list(
            "title", flat=True
        )
    )


def _tell_members(meeting: ForumMeeting, kind: str, *, by: User | None, at: datetime) -> None:
    """Tell those who have an account here, on screen."""
    forum = meeting.forum
    members = User.objects.filter(forum_seats__forum=forum, is_active=True).distinct()
    tell(members, kind, case_number="", url=_url(meeting), at=at, about=forum.name[:80], by=by)


def _period(meeting: ForumMeeting, on: date) -> Period:
    """From the meeting before, or for half a year where there was none."""
    before = _held_before(meeting)
    since = timezone.localdate(before.starts_at) if before else on - LOOKS_BACK
    return Period(min(since, on - timedelta(1)), on)


def _held_before(meeting: ForumMeeting) -> ForumMeeting | None:
    held = ForumMeeting.objects.filter(forum=meeting.forum_id, state=State.HELD)
    return held.filter(starts_at__lt=meeting.starts_at).order_by("-starts_at").first()


def _locked(meeting: ForumMeeting) -> ForumMeeting:
    rows = ForumMeeting.objects.select_for_update(of=["self"])
    return rows.select_related("forum__agreement").get(pk=meeting.pk)


def _check_planned(meeting: ForumMeeting) -> None:
    if meeting.state != State.PLANNED:
        raise Refused(gettext_noop("The meeting is held or cancelled; its agenda stands."))


def _url(meeting: ForumMeeting) -> str:
    return reverse("forums:meeting", args=[meeting.pk])
