"""The texts: the list, a new one for an agreement, and one text with preview and versions."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.requests import Request
from letters import actions
from letters.access import agreements_of, may_open_texts, may_write_text, texts_for
from letters.drafts import Content
from letters.forms import NewTextForm, SayingForm
from letters.models import LetterText
from letters.pdf import pdf_of
from letters.placeholders import KNOWN
from letters.samples import sample_content
from letters.text_pages import (
    compared,
    name_of,
    own_version_of,
    sender_for,
    text_rows,
    versions_of,
)
from letters.views.answers import document
from shared.refusals import Refused

SAYS = ("subject", "heading", "body", "in_use")
FIRST = (*SAYS, "kind", "sender", "meeting_kind", "language")


@never_cache
@require_safe
def texts(request: Request) -> HttpResponse:
    """The texts one may read, each in its newest version."""
    today = timezone.localdate()
    if not may_open_texts(request.user, on=today):
        raise Http404
    rows = text_rows(texts_for(request.user, on=today))
    may_add = bool(agreements_of(request.user, on=today))
    return render(request, "letters/texts.html", {"rows": rows, "may_add": may_add})


@never_cache
@require_http_methods(["GET", "POST"])
def new_text(request: Request) -> HttpResponse:
    """Write a text for an agreement, beginning with a more general one."""
    today = timezone.localdate()
    if not agreements_of(request.user, on=today):
        raise Http404
    like = texts_for(request.user, on=today).filter(pk=_number(request.GET.get("som", ""))).first()
    own = own_version_of(like, request.user, on=today) if like else None
    first = {name: getattr(own, name) for name in FIRST} if own else {}
    form = NewTextForm(request.POST or None, user=request.user, on=today, initial=first)
    written = form.text(form.purpose()) if form.is_valid() else None
    shown = written or own
    return _answered(request, form, written, shown, {"title": _("New text for an agreement")})


@never_cache
@require_http_methods(["GET", "POST"])
def text(request: Request, pk: int) -> HttpResponse:
    """One text: written anew with a preview, its versions, and what changed."""
    today = timezone.localdate()
    rows = texts_for(request.user, on=today).select_related("agreement")
    found = get_object_or_404(rows, pk=pk)
    versions = versions_of(found)
    newest = versions[0].text
    if request.method == "POST" and not may_write_text(request.user, newest, on=today):
        raise Http404
    form = SayingForm(request.POST or None, initial={name: getattr(newest, name) for name in SAYS})
    written = form.text(newest) if form.is_valid() else None
    shown = {
        "title": name_of(found),
        "text": found,
        "versions": versions,
        "may_write": may_write_text(request.user, newest, on=today),
        "own": own_version_of(newest, request.user, on=today),
        "lines": compared(found, newest) if found.pk != newest.pk else (),
    }
    return _answered(request, form, written, written or newest, shown)


def _answered(
    request: Request,
    form: SayingForm,
    written: LetterText | None,
    shown: LetterText | None,
    context: dict[str, object],
) -> HttpResponse:
    """Save, or show: the document, the preview alone for htmx, or the whole page."""
    today = timezone.localdate()
    sample = _sample(shown, request.user, on=today) if shown else None
    if sample and "pdf" in request.POST:
        return document(pdf_of([sample], at=timezone.now()), "eksempel")
    if written and "save" in request.POST:
        try:
            saved = actions.write_text(written, by=request.user, at=timezone.now())
        except Refused as error:
            form.add_error(None, str(error))
        else:
            said = _("Version %(version)d is saved.")
            messages.success(request, said % {"version": saved.version})
            return redirect(saved)
    context |= {"form": form, "sample": sample, "known": list(KNOWN.items())}
    page = "letters/text.html#preview" if request.htmx else "letters/text.html"
    return render(request, page, context)


def _sample(text: LetterText, user: User, *, on: date) -> Content:
    return sample_content(text, sender_for(text, user, on=on), on=on)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0
