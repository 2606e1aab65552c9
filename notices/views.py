"""One's notices: read, opened, marked, and marked back."""

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import Request
from notices import actions
from notices.models import Notice
from notices.notice_list import page_of

ALL = "alle"
MARKED = "notices_marked_at"  # in the session: what an undo of "mark all" takes back


@never_cache
@require_safe
def notices(request: Request) -> HttpResponse:
    """What one has not read yet, or everything; and a way back from the last marking."""
    asked = request.GET
    page = page_of(
        request.user,
        shows_all=asked.get("vis") == ALL,
        after=asked.get("efter", ""),
        on=timezone.localdate(),
    )
    undo = asked.get("fortryd", "")
    marked_all = undo == ALL and MARKED in request.session
    context = {
        "page": page,
        "undo_all": marked_all,
        "undo_one": int(undo) if undo.isdecimal() else None,
        "all_url": f"{reverse('notices:list')}?vis={ALL}",
    }
    return render(request, "notices/list.html", context)


@require_POST
def open_notice(request: Request, pk: int) -> HttpResponse:
    """Read a notice, and go to what it tells of."""
    notice = actions.read(_own(request, pk), by=request.user, at=timezone.now())
    if not url_has_allowed_host_and_scheme(notice.url, allowed_hosts=None):
        return redirect("notices:list")
    return redirect(notice.url)


@require_POST
def read(request: Request, pk: int) -> HttpResponse:
    """Mark one as read, and offer to undo it."""
    actions.read(_own(request, pk), by=request.user, at=timezone.now())
    return _back(request, undo=str(pk))


@require_POST
def unread(request: Request, pk: int) -> HttpResponse:
    """Mark one as not read."""
    actions.unread(_own(request, pk), by=request.user)
    return _back(request)


@require_POST
def read_all(request: Request) -> HttpResponse:
    """Mark everything as read, and offer to undo it."""
    now = timezone.now()
    actions.read_all(by=request.user, at=now)
    request.session[MARKED] = now.isoformat()
    return _back(request, undo=ALL)


@require_POST
def unread_all(request: Request) -> HttpResponse:
    """Undo the last marking of everything."""
    marked = request.session.pop(MARKED, "")
    if marked:
        actions.unread_all(by=request.user, at=datetime.fromisoformat(marked))
    return _back(request)


def _own(request: Request, pk: int) -> Notice:
    return get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)


def _back(request: Request, *, undo: str = "") -> HttpResponse:
    """The list as it was, with the undo of what was just done."""
    words = [f"vis={ALL}"] if request.POST.get("vis") == ALL else []
    words += [f"fortryd={undo}"] if undo else []
    return redirect(f"{reverse('notices:list')}{'?' if words else ''}{'&'.join(words)}")
