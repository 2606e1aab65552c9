"""Steps in the life of an agreement, and notice of it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.requests import Request
from agreements.forms.life import NoticeForm
from agreements.life_steps import STEPS
from agreements.notice_page import notice_page
from agreements.views.doors import own_agreement
from meetings.cautions import Caution
from partnerships.actions import give_notice
from partnerships.models import Agreement


@never_cache
@require_http_methods(["GET", "POST"])
def take_step(request: Request, slug: str, step: str) -> HttpResponse:
    """One step in the life of an agreement."""
    agreement, now = own_agreement(request, slug), timezone.now()
    page = STEPS.get(step)
    if page is None:
        raise Http404
    form = page.form(request.POST or None, agreement=agreement, on=timezone.localdate(now))
    if not page.fits(agreement):
        messages.info(request, _("That step is not its next. The page says what is."))
        return redirect("partnerships:agreement", slug)
    said = form.carried_out(lambda: page.act(agreement, form.arguments, request.user, now))
    if said is not None:
        messages.success(request, str(page.done))
        made = said if step == "fornyelse" and isinstance(said, Agreement) else agreement
        return redirect("partnerships:agreement", made.slug)
    return render(
        request, "agreements/life_step.html", {"agreement": agreement, "page": page, "form": form}
    )


@never_cache
@require_http_methods(["GET", "POST"])
def notice(request: Request, slug: str) -> HttpResponse:
    """Give notice; the end it leads to is on the page before it is given."""
    agreement, now = own_agreement(request, slug), timezone.now()
    if agreement.state != Agreement.State.ACTIVE:
        messages.info(request, _("Notice is given of an agreement in force."))
        return redirect("partnerships:agreement", slug)
    today = timezone.localdate(now)
    page = notice_page(agreement, request.user, asked=request.POST.get("on", ""), on=today)
    form = NoticeForm(request.POST or None, agreement=agreement, on=today, page=page)
    given = form.carried_out(
        lambda: give_notice(agreement, **form.arguments, by=request.user, at=now),
        [Caution(page.code, page.refusal or page.sentence)],
    )
    if given:
        messages.success(request, _("The notice is recorded, and both parties are told."))
        return redirect("partnerships:agreement", slug)
    shown = {"agreement": agreement, "page": page, "form": form}
    return render(request, "agreements/notice.html", shown)
