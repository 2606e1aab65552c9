"""Which forum, meeting or decision a person may open, and write in."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import User
from accounts.requests import Request
from forums.access import evaluations_of, may_keep
from forums.models import Decision, Forum, ForumMeeting
from partnerships.models import Agreement


def read_forum(request: Request, pk: int) -> Forum:
    """A forum that the person may see, else 404."""
    rows = Forum.objects.visible_to(request.user).select_related("agreement")
    return get_object_or_404(rows, pk=pk)


def kept_forum(request: Request, pk: int) -> Forum:
    """A forum that the person writes in, else 404."""
    forum = read_forum(request, pk)
    if not may_keep(request.user, forum):
        raise Http404
    return forum


def read_meeting(request: Request, pk: int) -> ForumMeeting:
    """A meeting of a forum that the person may see, else 404."""
    rows = ForumMeeting.objects.visible_to(request.user).select_related("forum__agreement")
    return get_object_or_404(rows, pk=pk)


def kept_meeting(request: Request, pk: int) -> ForumMeeting:
    """A meeting that the person writes in, else 404."""
    meeting = read_meeting(request, pk)
    if not may_keep(request.user, meeting.forum):
        raise Http404
    return meeting


def evaluated_agreement(request: Request, slug: str) -> Agreement:
    """An agreement whose evaluation the person may read, else 404."""
    rows = evaluations_of(request.user).select_related("parent")
    return get_object_or_404(rows, slug=slug)


def may_finish(user: User, decision: Decision) -> bool:
    """The owner, and whoever writes in the forum."""
    return decision.owner.user_id == user.pk or may_keep(user, decision.meeting.forum)


def finished_decision(request: Request, pk: int) -> Decision:
    """A decision that the person may say what came of, else 404."""
    rows = Decision.objects.visible_to(request.user).select_related(
        "owner", "meeting__forum__agreement"
    )
    decision = get_object_or_404(rows, pk=pk)
    if not may_finish(request.user, decision):
        raise Http404
    return decision
