"""Reminders of a morning: meetings that are near or were not held, decisions that are due."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from forums import outside
from forums.access import KEEPS, OVER
from forums.models import Decision, Forum, ForumMeeting
from forums.rhythm import rhythm_of
from journal.actions import note
from journal.models import Entry
from notices.actions import tell
from partnerships.audience import people_of

AHEAD = timedelta(7)


@dataclass(slots=True)
class Reminded:
    """What a run came to."""

    meetings: int = 0
    decisions: int = 0
    late: int = 0


def remind(*, on: date, at: datetime) -> Reminded:
    """Remind of each thing once ahead, and of a decision once more when its day has passed."""
    done = Reminded()
    near = ForumMeeting.objects.filter(state=ForumMeeting.State.PLANNED, starts_at__gt=at)
    for meeting in near.select_related("forum").order_by("pk"):
        if timezone.localdate(meeting.starts_at) <= on + AHEAD:
            done.meetings += _remind_of_meeting(meeting, at)
    due = Decision.objects.filter(done_on=None, due_on__lte=on + AHEAD)
    for decision in due.select_related(
        "owner__user", "owner__organisation", "meeting__forum"
    ).order_by("pk"):
        done.decisions += _remind_of_decision(decision, on, at)
    standing = Forum.objects.exclude(agreement__state__in=OVER).select_related("agreement")
    for forum in standing.prefetch_related("meetings").order_by("pk"):
        done.late += _remind_of_rhythm(forum, on, at)
    return done


@transaction.atomic
def _remind_of_meeting(meeting: ForumMeeting, at: datetime) -> bool:
    if not _is_new(meeting, "ahead"):
        return False
    url = reverse("forums:meeting", args=[meeting.pk])
    people = User.objects.filter(forum_seats__forum=meeting.forum_id, is_active=True).distinct()
    tell(people, "forum-meeting", case_number="", url=url, at=at, about=meeting.forum.name[:80])
    outside.invite(meeting, again=True, at=at)
    return True


@transaction.atomic
def _remind_of_decision(decision: Decision, on: date, at: datetime) -> bool:
    owner, when = decision.owner.user, "overdue" if decision.due_on < on else "ahead"
    if (owner is None and not decision.owner.email) or not _is_new(decision, when):
        return False
    outside.remind_owner(decision, when, at=at)
    if owner is None:
        return True
    url = reverse("forums:finish", args=[decision.pk])
    about = decision.meeting.forum.name[:80]
    tell([owner], "decision-due", case_number="", url=url, at=at, about=about)
    return True


@transaction.atomic
def _remind_of_rhythm(forum: Forum, on: date, at: datetime) -> bool:
    """Tell who calls meetings that the agreed number is not kept, once for each missing one."""
    rhythm = rhythm_of(forum, forum.meetings.all(), on=on)
    if not rhythm.is_late(on=on) or not _is_new(forum, f"late {rhythm.by}"):
        return False
    chairs = User.objects.filter(
        forum_seats__forum=forum, forum_seats__is_chair=True, is_active=True
    )
    people = {*people_of(forum.agreement, *KEEPS, on=on), *chairs}
    url = reverse("forums:forum", args=[forum.pk])
    tell(people, "forum-late", case_number="", url=url, at=at, about=forum.name[:80])
    return True


def _is_new(row: Forum | ForumMeeting | Decision, about: str) -> bool:
    """Whether nobody was reminded of it yet; the journal knows."""
    told = Entry.objects.filter(
        what="forum-reminded",
        subject_kind=row._meta.label_lower,
        subject_pk=row.pk,
        details__about=about,
    )
    if told.exists():
        return False
    note(row, "forum-reminded", by=None, case=None, about=about)
    return True
