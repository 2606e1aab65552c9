"""What a forum decides, and that it was done."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_noop

from accounts.models import User
from forums.models import Decision, ForumMeeting, Member
from journal.actions import note
from notices.actions import settle
from shared.refusals import Refused


@transaction.atomic
def decide(
    meeting: ForumMeeting, *, text: str, owner: Member, due_on: date, by: User | None
) -> Decision:
    """Write down a decision of a meeting that was held: who does it, and until when."""
    meeting = ForumMeeting.objects.select_for_update().get(pk=meeting.pk)
    if meeting.state != ForumMeeting.State.HELD:
        raise Refused(gettext_noop("Decisions are written when the meeting has been held."))
    if meeting.minutes_approved_on:
        raise Refused(gettext_noop("The minutes are approved and stand as they are."))
    if owner.forum_id != meeting.forum_id:
        raise Refused(gettext_noop("The owner of a decision sits in the forum."))
    decision = Decision.objects.create(meeting=meeting, text=text, owner=owner, due_on=due_on)
    note(decision, "forum-decided", by=by, case=None, due_on=due_on.isoformat())
    return decision


@transaction.atomic
def finish_decision(
    decision: Decision, *, outcome: str, on: date, by: User | None, at: datetime
) -> None:
    """Say what came of a decision; the reminder goes away."""
    decision = Decision.objects.select_for_update().get(pk=decision.pk)
    if decision.done_on:
        raise Refused(gettext_noop("The decision is carried out already."))
    decision.done_on = on
    decision.outcome = outcome
    decision.save(update_fields=["done_on", "outcome"])
    settle("decision-due", url=reverse("forums:finish", args=[decision.pk]), by=by, at=at)
    note(decision, "forum-decision-done", by=by, case=None)
