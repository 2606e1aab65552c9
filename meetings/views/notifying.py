"""The pages where the jobcentre notifies of a no-show, and where the a-kasse answers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.requests import Request
from meetings import actions
from meetings.access import may_answer, may_notify, may_withdraw
from meetings.act_pages import answering_page, notifying_page, withdrawing_page
from meetings.evidence import called_to_interview, collect, delivery_of, lines
from meetings.forms import AnswerForm, NotifyForm, ReasonForm
from meetings.outcome_words import no_show_of
from meetings.views.doors import (
    found_or_404,
    only_if,
    opened_meeting,
    opened_notification,
    way_back,
)


@never_cache
@require_http_methods(["GET", "POST"])
def notify(request: Request, pk: int) -> HttpResponse:
    """Notify the a-kasse of a no-show, after a look at the evidence."""
    today = timezone.localdate()
    meeting = opened_meeting(request, pk)
    only_if(allowed=may_notify(request.user, meeting, on=today))
    no_show = found_or_404(no_show_of(meeting))
    known = delivery_of(meeting)
    form = NotifyForm(request.POST or None, initial={"delivery": known})
    back = way_back(request, meeting.get_absolute_url())
    done = form.carried_out(
        lambda: actions.notify_a_kasse(
            meeting, **form.arguments, by=request.user, at=timezone.now()
        )
    )
    if done:
        messages.success(request, _("The a-kasse is notified. It assesses what follows."))
        return redirect(back)
    evidence = lines(collect(called_to_interview(meeting), no_show, known))
    page = notifying_page(meeting, evidence, on=today).leading_to(back)
    return render(request, "meetings/act.html", {"page": page, "form": form})


@never_cache
@require_http_methods(["GET", "POST"])
def answer(request: Request, pk: int) -> HttpResponse:
    """Answer a notification for the a-kasse."""
    today = timezone.localdate()
    notification = opened_notification(request, pk)
    only_if(allowed=may_answer(request.user, notification, on=today))
    form = AnswerForm(request.POST or None)
    done = form.carried_out(
        lambda: actions.answer_notification(
            notification, **form.arguments, by=request.user, at=timezone.now()
        )
    )
    if done:
        messages.success(request, _("The answer is sent to the jobcentre."))
        return redirect(notification)
    page = answering_page(notification, lines(notification.evidence), on=today)
    return render(request, "meetings/act.html", {"page": page, "form": form})


@never_cache
@require_http_methods(["GET", "POST"])
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Take back a mistaken notification."""
    today = timezone.localdate()
    notification = opened_notification(request, pk)
    only_if(allowed=may_withdraw(request.user, notification, on=today))
    form = ReasonForm(request.POST or None)
    done = form.carried_out(
        lambda: actions.withdraw_notification(
            notification, **form.arguments, by=request.user, at=timezone.now()
        )
    )
    if done:
        messages.success(request, _("The notification is withdrawn. It stays to be read."))
        return redirect(notification)
    page = withdrawing_page(notification, on=today)
    return render(request, "meetings/act.html", {"page": page, "form": form})
