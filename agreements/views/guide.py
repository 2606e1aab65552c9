"""The six-step guide: each step saves its part of the draft, and shows what it comes to."""

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.requests import Request
from agreements import drafting
from agreements.access import may_write_agreements, own_parties, written_by
from agreements.forms.parties import PartiesForm
from agreements.forms.pieces import GuideForm, TermsForm
from agreements.forms.terms import WordsForm
from agreements.guide import (
    LAST,
    TERMS_FORMS,
    TITLES,
    Preview,
    a_kasser_of,
    places_of,
    preview_of,
    saved_text,
    step_url,
    stops_of,
)
from partnerships.actions import coordinate
from partnerships.models import Agreement, AgreementTerms, Organisation
from partnerships.readiness import what_is_missing
from partnerships.terms_words import terms_in_words
from shared.refusals import Refused

WITH_ROWS = 3  # the step whose form begins with the interviews


@never_cache
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Begin an agreement, or with `?tillaeg=` an addendum; nothing is made before it is saved."""
    if not may_write_agreements(request.user):
        raise Http404
    today = timezone.localdate()
    agreement = Agreement(kind=Agreement.Kind.AGREEMENT, starts_on=today)
    if above := written_by(request.user).filter(slug=request.GET.get("tillaeg", "")).first():
        agreement.kind, agreement.parent = Agreement.Kind.ADDENDUM, above
        agreement.title = _("Addendum to %(title)s") % {"title": above.title}
    return _parties(request, agreement)


@never_cache
@require_http_methods(["GET", "POST"])
def step(request: Request, slug: str, number: int) -> HttpResponse:
    """One step of a draft."""
    agreement = get_object_or_404(written_by(request.user).select_related("parent"), slug=slug)
    if number not in range(1, LAST + 1):
        raise Http404
    if agreement.state != Agreement.State.DRAFT:
        messages.info(request, _("The agreement is no longer a draft. Change it by an addendum."))
        return redirect("partnerships:agreement", slug=slug)
    if number == 1:
        return _parties(request, agreement)
    return _words(request, agreement) if number == LAST else _terms(request, agreement, number)


def _parties(request: Request, agreement: Agreement) -> HttpResponse:
    form = PartiesForm(
        request.POST or None,
        instance=agreement,
        own=own_parties(request.user),
        above=written_by(request.user),
        on=timezone.localdate(),
    )
    if _saves(request) and form.is_valid():
        saved = drafting.save_parties(
            form.instance,
            organisations=form.organisations,
            municipalities=form.places,
            by=request.user,
        )
        return _onwards(request, saved, 1)
    if form.is_bound and not form.is_valid() and agreement.pk:
        agreement = written_by(request.user).get(pk=agreement.pk)  # as it is stored
    terms = drafting.terms_written(agreement)
    said = form.cleaned_data if form.is_bound else {}
    terms.starts_on = said.get("starts_on") or terms.starts_on
    a_kasser = list(said.get("a_kasser", ())) or form.a_kasser_there or a_kasser_of(agreement)
    places = said.get("municipalities") or form.initial.get("municipalities")
    codes = [one.code for one in places or ()] or places_of(agreement)
    return _page(request, agreement, 1, form, _preview(terms, a_kasser, codes))


def _terms(request: Request, agreement: Agreement, number: int) -> HttpResponse:
    terms, a_kasser = drafting.terms_written(agreement), a_kasser_of(agreement)
    form: TermsForm = TERMS_FORMS[number](request.POST or None, instance=terms, a_kasser=a_kasser)
    if _saves(request) and form.is_valid():
        drafting.save_terms(agreement, terms, form.said, step=number, by=request.user)
        return _onwards(request, agreement, number)
    seen = _as_written(form, agreement) if form.is_bound else terms
    wrong = form.errors.keys() if form.is_bound else ()
    preview = _preview(seen, a_kasser, places_of(agreement), wrong)
    return _page(request, agreement, number, form, preview)


def _as_written(form: TermsForm, agreement: Agreement) -> AgreementTerms:
    """The stored terms with what is rightly written so far; nothing is saved."""
    form.is_valid()
    seen = drafting.terms_written(agreement)
    names = {*(form._meta.fields or ()), "young_groups"} & form.cleaned_data.keys()
    for name in names - form.errors.keys():
        setattr(seen, name, form.cleaned_data[name])
    return seen


def _words(request: Request, agreement: Agreement) -> HttpResponse:
    form = WordsForm(request.POST or None, instance=agreement)
    if _saves(request) and form.is_valid():
        said = form.cleaned_data
        drafting.save_words(agreement, text=said["text"], source=said["source"], by=request.user)
        if request.POST.get("do") != "send":
            return _onwards(request, agreement, LAST)
        try:
            coordinate(agreement, by=request.user, at=timezone.now())
        except Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, _("The agreement is sent to coordination."))
            return redirect("partnerships:agreement", slug=agreement.slug)
    terms, a_kasser = drafting.terms_written(agreement), a_kasser_of(agreement)
    more = {
        "terms": terms_in_words(terms, on=terms.starts_on),
        "missing": tuple(what_is_missing(agreement)),
    }
    preview = _preview(terms, a_kasser, places_of(agreement))
    return _page(request, agreement, LAST, form, preview, more)


def _saves(request: Request) -> bool:
    """Whether what was sent is to be saved, and not only looked at."""
    if request.method != "POST":
        return False
    return not request.headers.get("HX-Request") and request.POST.get("do") not in ("see", "add")


def _onwards(request: Request, agreement: Agreement, number: int) -> HttpResponse:
    """To the next step, or to the same where the draft was only to be saved."""
    if request.POST.get("do") == "stay" or number == LAST:
        messages.success(request, _("The draft is saved."))
        return redirect(step_url(agreement, number))
    return redirect(step_url(agreement, number + 1))


def _preview(
    terms: AgreementTerms,
    a_kasser: list[Organisation],
    places: list[str],
    wrong: Collection[str] = (),
) -> Preview:
    on = timezone.localdate()
    return preview_of(terms, a_kasser=a_kasser, places=places, on=on, wrong=wrong)


def _page(  # noqa: PLR0913, PLR0917 (the page is made of as much)
    request: Request,
    agreement: Agreement,
    number: int,
    form: GuideForm,
    preview: Preview,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """The whole page, or for htmx the preview alone."""
    if request.headers.get("HX-Request"):
        shown = {"preview": preview, "form": form, "swaps_rows": number == WITH_ROWS}
        return render(request, "agreements/_preview.html", shown)
    saved = drafting.saved_of(agreement)
    shown = {
        "agreement": agreement,
        "number": number,
        "title": TITLES[number - 1],
        "stops": stops_of(agreement, saved, current=number, form=form),
        "saved": saved_text(saved.at),
        "form": form,
        "preview": preview,
        "before": step_url(agreement, number - 1) if number > 1 else "",
        "is_last": number == LAST,
        **(more or {}),
    }
    return render(request, "agreements/guide.html", shown)
