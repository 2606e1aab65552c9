"""Reminders of a morning: meetings that are near, decisions that are due or overdue."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from forums.models import Decision, ForumMeeting
from journal.actions import note
from journal.models import Entry
from notices.actions import tell

AHEAD = timedelta(7)


@dataclass(slots=True)
class Reminded:
    """What a run came to."""

    meetings: int = 0
    decisions: int = 0


def remind(*, on: date, at: datetime) -> Reminded:
    """Remind of each thing once ahead, and of a decision once more when its day has passed."""
    done = Reminded()
    near = ForumMeeting.objects.filter(state=ForumMeeting.State.PLANNED, starts_at__gt=at)
    for meeting in near.select_related("forum").order_by("pk"):
        if timezone.localdate(meeting.starts_at) <= on + AHEAD:
            done.meetings += _remind_of_meeting(meeting, at)
    due = Decision.objects.filter(done_on=None, due_on__lte=on + AHEAD)
    for decision in due.select_related("owner__user", "meeting__forum").order_by("pk"):
        done.decisions += _remind_of_decision(decision, on, at)
    return done


@transaction.atomic
def _remind_of_meeting(meeting: ForumMeeting, at: datetime) -> bool:
    if not _is_new(meeting, "ahead"):
        return False
    url = reverse("forums:meeting", args=[meeting.pk])
    people = User.objects.filter(forum_seats__forum=meeting.forum_id, is_active=True).distinct()
    tell(people, "forum-meeting", case_number="", url=url, at=at, about=meeting.forum.name[:80])
    return True


@transaction.atomic
def _remind_of_decision(decision: Decision, on: date, at: datetime) -> bool:
    owner = decision.owner.user
    if owner is None or not _is_new(decision, "overdue" if decision.due_on < on else "ahead"):
        return False
    url = reverse("forums:finish", args=[decision.pk])
    about = decision.meeting.forum.name[:80]
    tell([owner], "decision-due", case_number="", url=url, at=at, about=about)
    return True


def _is_new(row: ForumMeeting | Decision, about: str) -> bool:
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
