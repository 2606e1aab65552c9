"""A forum with a meeting that was held, one to come, and a decision."""

from datetime import date, datetime, timedelta

from forums.models import AgendaPoint, Decision, Forum, ForumMeeting, Member, Survey
from partnerships.models import Agreement, Organisation


def forum_of(agreement: Agreement, house: Organisation, *, at: datetime) -> Forum:
    """A steering group that met two months ago and meets again in a month."""
    forum = Forum.objects.create(agreement=agreement, name="Steering group", kind="steering_group")
    owner = Member.objects.create(forum=forum, organisation=house, name="Vera")
    Member.objects.create(forum=forum, organisation=house, name="Kim")
    held = ForumMeeting.objects.create(
        forum=forum, starts_at=at - timedelta(60), state="held", minutes="All were there."
    )
    planned = ForumMeeting.objects.create(forum=forum, starts_at=at + timedelta(30))
    AgendaPoint.objects.create(meeting=planned, order=1, title="Welcome")
    AgendaPoint.objects.create(meeting=planned, order=2, title="Figures", figures=[["running", 7]])
    Decision.objects.create(
        meeting=held, text="More times on Tuesdays", owner=owner, due_on=date(2026, 12, 1)
    )
    question = {"key": "q1", "text": "Did it help?", "kind": "yes_no"}
    days = {"opens_on": at.date() - timedelta(1), "closes_on": at.date() + timedelta(30)}
    Survey.objects.create(agreement=agreement, title="Workshop", questions=[question], **days)
    return forum
