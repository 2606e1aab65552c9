"""What the parties ask each other before an interview, and ticking what was agreed at one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import Request
from meetings import actions
from meetings.access import may_answer_question, may_ask, may_tick
from meetings.act_pages import asking_page, replying_to_question_page
from meetings.forms import AnswerQuestionForm, QuestionForm
from meetings.views.doors import (
    only_if,
    opened_agreement,
    opened_meeting,
    opened_question,
    way_back,
)


@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: Request, pk: int) -> HttpResponse:
    """Ask the other party something about an interview that lies ahead."""
    now, today = timezone.now(), timezone.localdate()
    meeting = opened_meeting(request, pk)
    only_if(allowed=may_ask(request.user, meeting, on=today))
    form = QuestionForm(request.POST or None)
    if form.carried_out(lambda: actions.ask(meeting, **form.arguments, by=request.user, at=now)):
        messages.success(request, _("The question is sent. You are told when it is answered."))
        return redirect(meeting)
    page = asking_page(meeting, on=today)
    return render(request, "meetings/act.html", {"page": page, "form": form})


@never_cache
@require_http_methods(["GET", "POST"])
def answer_question(request: Request, pk: int) -> HttpResponse:
    """Answer the other party's question."""
    now, today = timezone.now(), timezone.localdate()
    question = opened_question(request, pk)
    only_if(allowed=may_answer_question(request.user, question, on=today))
    form = AnswerQuestionForm(request.POST or None, initial={"answer": question.answer})
    if form.carried_out(
        lambda: actions.answer_question(question, **form.arguments, by=request.user, at=now)
    ):
        messages.success(request, _("The answer is sent."))
        return redirect(question.meeting)
    page = replying_to_question_page(question, on=today)
    return render(request, "meetings/act.html", {"page": page, "form": form})


@never_cache
@require_POST
def tick(request: Request, pk: int) -> HttpResponse:
    """Say that something agreed is done, or open it again."""
    agreed = opened_agreement(request, pk)
    only_if(allowed=may_tick(request.user, agreed, on=timezone.localdate()))
    done = request.POST.get("done") == "ja"
    actions.tick_agreement(agreed, done=done, by=request.user, at=timezone.now())
    said = _("The agreement is ticked as done.") if done else _("The agreement is open again.")
    messages.success(request, said)
    return redirect(way_back(request, agreed.meeting.get_absolute_url()))
