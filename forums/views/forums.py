"""Forums: all of one's own, one of them, its members, and the calling of a meeting."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import Request
from forums import actions
from forums.access import may_keep, may_keep_forums, may_read_forums
from forums.forms.forums import ForumForm, MeetingForm, MemberForm
from forums.pages import forum_page, forum_rows
from forums.views.doors import kept_forum, read_forum


@never_cache
@require_safe
def forums(request: Request) -> HttpResponse:
    """The forums of one's own agreements, and whether they meet as often as agreed."""
    if not may_read_forums(request.user):
        raise Http404
    rows = forum_rows(request.user, on=timezone.localdate())
    may_make = may_keep_forums(request.user)
    return render(request, "forums/list.html", {"rows": rows, "may_make": may_make})


@never_cache
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Set up a forum."""
    if not may_keep_forums(request.user):
        raise Http404
    form = ForumForm(request.POST or None, user=request.user)
    made = form.carried_out(lambda: actions.make_forum(**form.arguments, by=request.user))
    if made:
        messages.success(request, _("The forum is set up. Say who sits in it."))
        return redirect("forums:members", made.pk)
    return render(request, "forums/new.html", {"form": form})


@never_cache
@require_safe
def forum(request: Request, pk: int) -> HttpResponse:
    """One forum: members, meetings, decisions."""
    one, on = read_forum(request, pk), timezone.localdate()
    page = forum_page(one, on=on)
    keeps = may_keep(request.user, one)
    finishes = {
        row.decision.pk
        for row in page.decisions
        if keeps or row.decision.owner.user_id == request.user.pk
    }
    shown = {
        "forum": one, "page": page, "keeps": keeps, "finishes": finishes,
        "makes": may_keep_forums(request.user),
    }  # fmt: skip
    return render(request, "forums/forum.html", shown)


@never_cache
@require_http_methods(["GET", "POST"])
def members(request: Request, pk: int) -> HttpResponse:
    """Who sits in a forum; one more seat at a time."""
    one, now = kept_forum(request, pk), timezone.now()
    form = MemberForm(request.POST or None, forum=one)
    added = form.carried_out(
        lambda: actions.add_member(one, **form.arguments, by=request.user, at=now)
    )
    if added:
        messages.success(request, _("The member is added."))
        return redirect("forums:members", pk)
    rows = one.members.select_related("organisation")
    return render(request, "forums/members.html", {"forum": one, "form": form, "members": rows})


@never_cache
@require_POST
def remove_member(request: Request, pk: int, member: int) -> HttpResponse:
    """Take a seat away."""
    one = kept_forum(request, pk)
    actions.remove_member(get_object_or_404(one.members, pk=member), by=request.user)
    messages.success(request, _("The member is taken out."))
    return redirect("forums:members", pk)


@never_cache
@require_http_methods(["GET", "POST"])
def plan(request: Request, pk: int) -> HttpResponse:
    """Call a meeting."""
    one, now = kept_forum(request, pk), timezone.now()
    form = MeetingForm(request.POST or None)
    made = form.carried_out(
        lambda: actions.plan_meeting(one, **form.arguments, by=request.user, at=now)
    )
    if made:
        messages.success(request, _("The meeting is called; the members are told."))
        return redirect("forums:meeting", made.pk)
    return render(request, "forums/plan.html", {"forum": one, "form": form})
