"""Surveys for those who keep forums: made, links given out, results as sums."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import Request
from forums.access import may_keep_forums, surveys_of
from forums.actions import surveys as acts
from forums.forms.surveys import LinksForm, SurveyForm
from forums.pages import survey_rows, survey_state
from forums.results import results_of
from partnerships.agreement_pages import days_text


@never_cache
@require_safe
def surveys(request: Request) -> HttpResponse:
    """The surveys of one's own agreements."""
    if not may_keep_forums(request.user):
        raise Http404
    shown = {"surveys": survey_rows(surveys_of(request.user), on=timezone.localdate())}
    return render(request, "forums/surveys.html", shown)


@never_cache
@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Make a survey."""
    if not may_keep_forums(request.user):
        raise Http404
    form = SurveyForm(request.POST or None, user=request.user)
    made = form.carried_out(lambda: acts.make_survey(**form.arguments, by=request.user))
    if made:
        messages.success(request, _("The survey is made. Give out its links."))
        return redirect("forums:survey", made.pk)
    return render(request, "forums/new_survey.html", {"form": form})


@never_cache
@require_http_methods(["GET", "POST"])
def survey(request: Request, pk: int) -> HttpResponse:
    """One survey: its results, and new links, which are shown this once."""
    one = get_object_or_404(surveys_of(request.user).select_related("agreement"), pk=pk)
    form = LinksForm(request.POST or None)
    tokens = form.carried_out(
        lambda: acts.give_links(one, form.cleaned_data["count"], by=request.user)
    )
    links = [
        f"{settings.PUBLIC_URL}{reverse('forums:answer', args=[token])}" for token in tokens or []
    ]
    on = timezone.localdate()
    tone, word = survey_state(one, on=on)
    shown = {
        "survey": one, "results": results_of(one, on=on), "form": form, "links": links,
        "tone": tone, "word": word, "days": days_text(one.opens_on, one.closes_on),
        "is_over": one.closes_on <= on,
    }  # fmt: skip
    return render(request, "forums/survey.html", shown)
