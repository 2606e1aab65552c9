"""Who takes a course: the form, and ten minutes in which the choice can be taken back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.requests import Request
from courses import access
from courses.actions import assignment
from courses.forms import CaseworkerForm, ConsultantForm
from courses.models import Course
from courses.views.doors import opened_course
from shared.refusals import Refused

UNDO = timedelta(minutes=10)
SALT = "courses.assignment"


@dataclass(frozen=True, slots=True)
class Giving:
    """What a side asks, does and says when it gives a course to one of its own."""

    form: type[CaseworkerForm | ConsultantForm]
    act: Callable[..., Course]
    before: User | None
    said: str


@never_cache
@require_http_methods(["GET", "POST"])
def assign(request: Request, case: int) -> HttpResponse:
    """Give the course to someone of the reader's own side."""
    found, on = opened_course(request, case), timezone.localdate()
    giving = _giving(request.user, found, on)
    form = giving.form(request.POST or None, course=found, on=on)
    if not form.is_valid():
        return render(request, "courses/assign.html", {"course": found, "form": form})
    giving.act(found, **form.cleaned_data, by=request.user, on=on)
    (after,) = form.cleaned_data.values()
    if after == giving.before:
        messages.info(request, _("Nothing is changed: the course was given so already."))
    else:
        undo = _undo_address(found, giving.before, after, by=request.user)
        messages.success(request, giving.said, extra_tags=undo)
    return redirect(found)


def _giving(user: User, course: Course, on: date) -> Giving:
    if access.may_assign(user, course, on=on):
        said = _("The course has a new caseworker.")
        return Giving(CaseworkerForm, assignment.assign, course.caseworker, said)
    if access.may_assign_consultant(user, course, on=on):
        said = _("The course has a new job consultant.")
        return Giving(ConsultantForm, assignment.assign_consultant, course.consultant, said)
    raise Http404


@never_cache
@require_POST
def undo_assign(request: Request, case: int, token: str) -> HttpResponse:
    """Give the course back to the one who had it, if nobody has given it on since."""
    found, on = opened_course(request, case), timezone.localdate()
    side = access.acting_side(request.user, found, on=on)
    if side is None:
        raise Http404
    before, after = _said(token, found, by=request.user)
    assignment.give_back(found, side, to=before, given_to=after, by=request.user, on=on)
    messages.success(request, _("Taken back: %(who)s has the course.") % {"who": _name(before)})
    return redirect(found)


def _undo_address(course: Course, before: User | None, after: User | None, *, by: User) -> str:
    """An address that says who had the course; it is signed, so nobody else can be put in it."""
    said = [course.pk, by.pk, before and before.pk, after and after.pk]
    token = signing.dumps(said, salt=SALT)
    return reverse("courses:undo_assign", args=[course.pk, token])


def _said(token: str, course: Course, *, by: User) -> tuple[User | None, User | None]:
    """Who had the course before the act that a token tells of, and who was given it."""
    try:
        case, user, before, after = signing.loads(token, salt=SALT, max_age=UNDO)
    except signing.SignatureExpired as late:
        raise Refused(
            _("Ten minutes have passed. Give the course to the one who should have it instead.")
        ) from late
    except signing.BadSignature as wrong:
        raise Http404 from wrong
    if (case, user) != (course.pk, by.pk):
        raise Http404
    return _person(before), _person(after)


def _person(key: int | None) -> User | None:
    return get_object_or_404(User, pk=key) if key else None


def _name(person: User | None) -> str:
    return str(person) if person else _("nobody")
