"""Each page that writes down a fact: who may, the form, what would move, the act, the way back."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext

from accounts.requests import Request
from courses.models import Absence, AbsenceKind, Choice, Course, EntryDecision, ReportedHours
from courses.rehearsal import carried_out, rehearsed
from courses.views.doors import opened_course
from shared.dates import start_of
from shared.written import decimal_text

CONFIRM, EDIT = "confirm", "edit"


@dataclass(frozen=True, slots=True)
class Words:
    """What a page asks, and what it says when it is done."""

    question: Promise
    done: Promise
    subject: str = ""


def allowed(request: Request, case: int, may: Callable[..., bool]) -> Course:
    """The course, for those who may act on it; for everyone else there is no such page."""
    found = opened_course(request, case)
    if not may(request.user, found, on=timezone.localdate()):
        raise Http404
    return found


def asked(
    request: Request, found: Course, form: forms.Form, words: Words, act: Callable[[], object]
) -> HttpResponse:
    """The form until it can be read, then what would move, then the act."""
    step = request.POST.get("step", "")
    shown = {"course": found, "form": form, "words": words}
    if not form.is_valid() or step == EDIT:
        return render(request, "courses/record.html", shown)
    done: list[object] = []
    if step != CONFIRM:
        if rehearsal := rehearsed(form, found, act):
            return render(request, "courses/preview.html", shown | {"rehearsal": rehearsal})
    elif carried_out(form, lambda: done.append(act())):
        messages.success(request, _done(words, found, done[0]))
        return redirect(_after(found, done[0]))
    return render(request, "courses/record.html", shown)


def _after(course: Course, fact: object) -> str:
    """The page of the course; after a sickness the interviews booked in it, where there are any."""
    if isinstance(fact, Absence) and fact.kind == AbsenceKind.SICK:
        booked = course.meetings.filter(
            state="booked", starts_at__gt=timezone.now(), starts_at__gte=start_of(fact.starts_on)
        )
        if fact.ends_on:
            booked = booked.filter(starts_at__lt=start_of(fact.ends_on))
        if booked.exists():
            return reverse("handovers:cancel_for_sickness", args=[course.pk])
    return course.get_absolute_url()


def _done(words: Words, course: Course, fact: object) -> str:
    """What was done, and the link that takes it back."""
    if not (undo := _undo(course, fact)):
        return str(words.done)
    return format_html('{} <a href="{}">{}</a>', words.done, undo, gettext("Undo"))


def _undo(course: Course, fact: object) -> str:
    """Where a fact is taken back; hours are corrected to what was reported before."""
    if isinstance(fact, Absence):
        return reverse("courses:withdraw_absence", args=[course.pk, fact.pk])
    if isinstance(fact, Choice):
        return reverse("courses:withdraw_choice", args=[course.pk, fact.pk])
    if isinstance(fact, EntryDecision):
        return reverse("courses:withdraw_entry", args=[course.pk, fact.pk])
    before = fact.supersedes.first() if isinstance(fact, ReportedHours) else None
    if before is None:
        return ""
    hours = decimal_text(float(before.hours), digits=2)
    query = urlencode({"month": before.month.isoformat(), "hours": hours})
    return f"{reverse('courses:report_hours', args=[course.pk])}?{query}"
