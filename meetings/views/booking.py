"""The pages that book and move interviews, and where an invited party replies."""

from dataclasses import replace
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.requests import Request
from courses.access import acting_side
from courses.models import Course
from letters.models import LetterKind
from meetings import actions
from meetings.access import may_reply, may_settle
from meetings.act_pages import booking_page, moving_page, replying_page
from meetings.actions.several import keep_booking
from meetings.cautions import deadline_passed
from meetings.forms import BookingForm, MoveForm, ReplyForm
from meetings.free_days import free_week, looked_for
from meetings.letter_drafts import occasion_planned
from meetings.models import Meeting
from meetings.proposals import begun_with
from meetings.views.doors import (
    asked_duty,
    found_or_404,
    only_if,
    opened_course,
    opened_meeting,
    way_back,
)
from meetings.views.letters import previewed
from shared.written import moment_text


@never_cache
@require_http_methods(["GET", "POST"])
def book(request: Request, case: int) -> HttpResponse:
    """Book an interview in a course."""
    now, today = timezone.now(), timezone.localdate()
    course = opened_course(request, case)
    side = found_or_404(acting_side(request.user, course, on=today))
    duty = asked_duty(request, course)
    booked = Meeting.objects.visible_to(request.user).for_duty(duty).first()
    if booked and not request.POST:
        return redirect(booked)
    form = BookingForm(
        request.POST or None, course=course, side=side, user=request.user, duty=duty, on=today
    )
    cautions = form.cautions(course, on=today)
    if "letter" in request.POST and form.is_valid():
        return _letter(form, course, by=request.user)
    meeting = form.carried_out(
        lambda: actions.book(course, form.purpose, form.sitting, by=request.user, at=now), cautions
    )
    if meeting:
        return _booked(request, meeting, at=now)
    duty = form.begins_with
    free = begun_with(form, course, duty, user=request.user, asked=request.GET, at=now)
    page = booking_page(course, cautions, free.proposals, free.week)
    page = replace(page, intro=deadline_passed(duty, on=today))
    return render(request, "meetings/act.html", {"page": page, "form": form})


@never_cache
@require_http_methods(["GET", "POST"])
def move(request: Request, pk: int) -> HttpResponse:
    """Give a booked interview another time or place."""
    now, today = timezone.now(), timezone.localdate()
    meeting = opened_meeting(request, pk)
    only_if(allowed=may_settle(request.user, meeting, on=today))
    form = MoveForm(request.POST or None, meeting=meeting, user=request.user, on=today)
    cautions = form.cautions(meeting.course, on=today)
    moved = form.carried_out(
        lambda: actions.move(meeting, form.sitting, by=request.user, at=now), cautions
    )
    if moved:
        messages.success(request, _said(moved, _("The interview is moved to %(when)s.")))
        return redirect(moved)
    form.begin_at(request.GET.get("dag", ""), request.GET.get("kl", ""))
    week = free_week(looked_for(meeting, at=now), asked=request.GET, suggested=form.day_shown)
    page = moving_page(meeting, cautions, week, on=today)
    return render(request, "meetings/act.html", {"page": page, "form": form})


@never_cache
@require_http_methods(["GET", "POST"])
def reply(request: Request, pk: int) -> HttpResponse:
    """Say for the invited party whether it comes."""
    now, today = timezone.now(), timezone.localdate()
    meeting = opened_meeting(request, pk)
    only_if(allowed=may_reply(request.user, meeting, on=today))
    form = ReplyForm(request.POST or None, meeting=meeting, user=request.user, on=today)
    replied = form.carried_out(lambda: actions.reply(meeting, form.reply, by=request.user, at=now))
    if replied:
        messages.success(request, _("The reply is sent."))
        return redirect(meeting)
    page = replying_page(meeting, on=today)
    return render(request, "meetings/act.html", {"page": page, "form": form})


def _booked(request: Request, meeting: Meeting, *, at: datetime) -> HttpResponse:
    """Back to where they came from, with the way to undo it."""
    batch = keep_booking(meeting, by=request.user, at=at)
    said = _said(meeting, _("The interview is booked: %(when)s."))
    messages.success(request, said, extra_tags=reverse("meetings:undo_batch", args=[batch.pk]))
    return redirect(way_back(request, meeting.get_absolute_url()))


def _letter(form: BookingForm, course: Course, *, by: User) -> HttpResponse:
    """The summons as it would go if this were booked."""
    occasion = occasion_planned(course, form.purpose, form.sitting)
    language = form.sitting.letter_language
    return previewed(occasion, LetterKind.SUMMONS, by=by, at=timezone.now(), language=language)


def _said(meeting: Meeting, sentence: str) -> str:
    return sentence % {"when": moment_text(meeting.starts_at, on=timezone.localdate())}
