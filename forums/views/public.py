"""The survey's page for whoever has a link: no account, no cookie, nobody's name."""

from typing import Any, cast

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from forums.actions.surveys import answer_survey
from forums.forms.surveys import AnswerForm
from forums.links import link_behind
from shared.refusals import Refused

POLICY = {
    "default-src": [NONE],
    "style-src": [SELF],
    "font-src": [SELF],
    "img-src": [SELF, "data:"],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [NONE],
}


@login_not_required
@csrf_exempt  # who does not know the address cannot send a form to it
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The questions; once answered, thanks."""
    asked = request.GET.get("sprog", "")
    with override(asked if asked in dict(settings.LANGUAGES) else str(request.LANGUAGE_CODE)):
        response = _answered(request, token)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


answer = cast("Any", csp_replace(POLICY)(cast("Any", answer)))


def _answered(request: HttpRequest, token: str) -> HttpResponse:
    on = timezone.localdate()
    link = link_behind(token, on=on)
    if link is None:
        return render(request, "forums/survey_gone.html", status=404)
    form = AnswerForm(request.POST if request.method == "POST" else None, survey=link.survey)
    if form.is_valid():
        try:
            answer_survey(link, form.cleaned_data, on=on)
        except Refused:
            return render(request, "forums/survey_gone.html", status=409)
        return render(request, "forums/survey_thanks.html")
    return render(request, "forums/answer.html", {"survey": link.survey, "form": form})
