"""What the jobcentre answers to a hand-over."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.requests import Request
from courses.wording import duty_name
from handovers import access, actions
from handovers.actions.answering import first_purpose
from handovers.forms import AcceptForm, FirstInterviewForm, ReturnForm
from handovers.views.doors import own_handover
from meetings.cautions import deadline_passed, suggested_day
from meetings.plans import Purpose
from meetings.proposals import begun_with
from shared.written import day_with_year, moment_text


@never_cache
@require_http_methods(["GET", "POST"])
def accept(request: Request, case: int) -> HttpResponse:
    """Take the course over, and say who takes it."""
    now, on = timezone.now(), timezone.localdate()
    found = own_handover(request, case, access.may_accept, on=on)
    form = AcceptForm(request.POST or None, course=found.course, user=request.user, on=on)
    if form.is_valid():
        accepted = actions.accept(found, **form.cleaned_data, by=request.user, at=now)
        messages.success(
            request, _("The hand-over is accepted. Book the first interview as the next step.")
        )
        return redirect("handovers:first_interview", accepted.course.case_number)
    words = {
        "title": _("Accept the hand-over"),
        "button": _("Accept"),
        "lead": _("The a-kasse is told. Then you book the first interview."),
    }
    shown = {"form": form, "handover": found, "course": found.course, "words": words}
    return render(request, "handovers/answer.html", shown)


@never_cache
@require_http_methods(["GET", "POST"])
def send_back(request: Request, case: int) -> HttpResponse:
    """Return the sheet with what is missing."""
    now, on = timezone.now(), timezone.localdate()
    found = own_handover(request, case, access.may_return, on=on)
    form = ReturnForm(request.POST or None)
    if form.is_valid():
        actions.send_back(found, **form.cleaned_data, by=request.user, at=now)
        messages.success(request, _("The sheet is returned to the a-kasse."))
        return redirect(found)
    words = {
        "title": _("Return the sheet"),
        "button": _("Return"),
        "lead": _("The a-kasse corrects the sheet and sends it again. The day stays the law's."),
    }
    shown = {"form": form, "handover": found, "course": found.course, "words": words}
    return render(request, "handovers/answer.html", shown)


@never_cache
@require_http_methods(["GET", "POST"])
def first_interview(request: Request, case: int) -> HttpResponse:
    """Book the jobcentre's first interview, also before the day of the hand-over."""
    now, on = timezone.now(), timezone.localdate()
    found = own_handover(request, case, access.may_book_first, on=on)
    purpose = first_purpose(found.course)
    day = max(found.moves_on, suggested_day(purpose.duty.due_on if purpose.duty else None, on=on))
    data = request.POST or None
    form = FirstInterviewForm(data, purpose=purpose, user=request.user, day=day, on=on)
    free = begun_with(
        form, found.course, purpose.duty,
        user=request.user, asked=request.GET, at=now, opens_on=found.moves_on,
    )  # fmt: skip
    cautions = form.cautions(found.course, on=on)

    def booked() -> object:
        return actions.book_first(found, sitting=form.sitting, by=request.user, at=now)

    if meeting := form.carried_out(booked, cautions):
        when = moment_text(meeting.starts_at, on=on)  # type: ignore[attr-defined]  # an interview
        messages.success(request, _("The interview is booked: %(when)s.") % {"when": when})
        return redirect(found)
    shown = {"form": form, "handover": found, "course": found.course, "cautions": cautions}
    shown |= {"proposals": free.proposals, "week": free.week, "purpose": _asks_for(purpose, on=on)}
    return render(request, "handovers/first_interview.html", shown)


def _asks_for(purpose: Purpose, *, on: date) -> str:
    """Which interview it is, and by when it is owed."""
    duty = purpose.duty
    if duty is None:
        return str(purpose.kind.label).capitalize()
    if duty.due_on is None:
        return duty_name(duty)
    said = {"interview": duty_name(duty), "day": day_with_year(duty.due_on)}
    latest = _("%(interview)s, at the latest %(day)s.") % said
    return f"{latest} {deadline_passed(duty, on=on)}"
