"""The evaluation of an agreement: what it looks at, and writing down what was found."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import Request
from forums import actions
from forums.access import STANDING, may_keep_forums
from forums.evaluation import due_in_words, evaluation_page
from forums.forms.forums import EvaluationForm
from forums.views.doors import evaluated_agreement


@never_cache
@require_safe
def evaluation(request: Request, slug: str) -> HttpResponse:
    """Figures over time, decisions, surveys, and earlier evaluations."""
    agreement = evaluated_agreement(request, slug)
    shown = {
        "agreement": agreement,
        "page": evaluation_page(agreement, on=timezone.localdate()),
        "keeps": may_keep_forums(request.user),
        "stands": agreement.state in STANDING,
    }
    return render(request, "forums/evaluation.html", shown)


@never_cache
@require_http_methods(["GET", "POST"])
def evaluate(request: Request, slug: str) -> HttpResponse:
    """Write down what was found, and when the agreement is evaluated next."""
    agreement, now = evaluated_agreement(request, slug), timezone.now()
    if not may_keep_forums(request.user):
        raise Http404
    on = timezone.localdate(now)
    form = EvaluationForm(request.POST or None)
    recorded = form.carried_out(
        lambda: actions.record_evaluation(
            agreement, **form.arguments, on=on, by=request.user, at=now
        )
    )
    if recorded:
        messages.success(request, _("The evaluation is kept with the figures of today."))
        return redirect("forums:evaluation", slug)
    _tone, word = due_in_words(agreement, on=on)
    shown = {"agreement": agreement, "form": form, "due": word}
    return render(request, "forums/evaluate.html", shown)
