"""What everybody at a party may read: news of methods and evidence, and whom to call."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import Request
from forums.access import is_at_a_party, may_keep_forums, may_read_forums, news_for
from forums.actions.surveys import tell_news
from forums.contacts import contact_rows
from forums.forms.surveys import NewsForm

MOST = 50
LONGEST = 60


@never_cache
@require_safe
def news(request: Request) -> HttpResponse:
    """The newest news, of one's own agreements and for all."""
    if not is_at_a_party(request.user):
        raise Http404
    rows = news_for(request.user).select_related("agreement", "published_by")[:MOST]
    shown = {
        "news": rows,
        "may_tell": may_keep_forums(request.user),
        "sits": may_read_forums(request.user),
    }
    return render(request, "forums/news.html", shown)


@never_cache
@require_http_methods(["GET", "POST"])
def tell(request: Request) -> HttpResponse:
    """Write news."""
    if not may_keep_forums(request.user):
        raise Http404
    form, on = NewsForm(request.POST or None, user=request.user), timezone.localdate()
    if form.carried_out(lambda: tell_news(**form.arguments, on=on, by=request.user)):
        messages.success(request, _("The news is told."))
        return redirect("forums:news")
    return render(request, "forums/tell.html", {"form": form})


@never_cache
@require_safe
def contacts(request: Request) -> HttpResponse:
    """All parties with e-mail and phone, and the contact persons of one's own agreements."""
    if not is_at_a_party(request.user):
        raise Http404
    words = request.GET.get("q", "")[:LONGEST]
    rows = contact_rows(request.user, words=words, on=timezone.localdate())
    return render(request, "forums/contacts.html", {"rows": rows, "words": words})
