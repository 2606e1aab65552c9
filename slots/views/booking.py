"""The pages that book an interview in a slot and move one into a slot, and the hold meanwhile."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import Request
from courses.access import acting_side
from courses.models import Course, Duty, MeetingKind, Party
from letters.models import LetterKind
from meetings.access import may_settle
from meetings.actions.several import keep_booking
from meetings.letter_drafts import moved_from, occasion_planned
from meetings.models import Meeting
from meetings.views.doors import only_if, opened_course, opened_meeting, way_back
from meetings.views.letters import previewed
from shared.refusals import Refused
from shared.written import clock_text, moment_text
from slots.actions.booking import book_in_slot, hold, move_to_slot
from slots.actions.moving_back import place_before
from slots.actions.several import keep_no_times_of_a_day
from slots.asked_duties import asked_for
from slots.booking_page import BookingPage
from slots.choices import Choice
from slots.forms.booking import MovingForm, SlotForm, WishesForm, named_slot, worker_named
from slots.models import Hold, Pool, Slot
from slots.sittings import Extra, sitting_in
from slots.views.moving_back import undo_address

_HOST = Party.JOBCENTRE  # summons to joint interviews (domain 4.4)
MOST_RENEWALS = 5  # a page that is left open lets go after ten minutes


@never_cache
@require_http_methods(["GET", "POST"])
def book(request: Request, case: int) -> HttpResponse:
    """Book a joint interview in one of the jobcentre's times."""
    course, now = opened_course(request, case), timezone.now()
    only_if(allowed=acting_side(request.user, course, on=timezone.localdate(now)) == _HOST)
    duty, booked = asked_for(course, request.GET.get("krav", ""), user=request.user, at=now)
    if booked and not (request.POST and duty):
        return redirect(booked)
    form = SlotForm(request.POST or None, user=request.user, duty=duty)
    page = _page(request, course, duty, form, at=now)
    if not page.found.has_times and not _opens_times(request, course):
        return redirect(_by_hand(request, course, duty))
    if "letter" in request.POST and page.chosen and form.is_valid():
        return _summons(page, form)
    meeting = form.carried_out(lambda: _booked(page, form), page.cautions)
    if meeting:
        batch = keep_booking(meeting, by=request.user, at=now)
        said = _said(meeting, _("The interview is booked: %(when)s."))
        messages.success(request, said, extra_tags=reverse("meetings:undo_batch", args=[batch.pk]))
        return redirect(way_back(request, meeting.get_absolute_url()))
    return _shown(request, page, form)


@never_cache
@require_http_methods(["GET", "POST"])
def move(request: Request, pk: int) -> HttpResponse:
    """Move a booked interview into one of the jobcentre's times."""
    meeting, now = opened_meeting(request, pk), timezone.now()
    own = may_settle(request.user, meeting, on=timezone.localdate(now))
    only_if(allowed=own and meeting.held_by == _HOST and meeting.kind == MeetingKind.JOINT)
    form = MovingForm(request.POST or None, user=request.user, duty=meeting.duty)
    page = _page(request, meeting.course, meeting.duty, form, at=now)
    page.meeting, page.back = meeting, meeting.get_absolute_url()
    if "letter" in request.POST and page.chosen and form.is_valid():
        return _change(page, meeting)
    before = place_before(meeting) if form.is_bound else None
    moved = form.carried_out(lambda: _moved(page, form, meeting), page.cautions)
    if moved:
        undo = undo_address(moved, before, _chosen(page).slot, by=request.user, at=now)
        said = _said(moved, _("The interview is moved to %(when)s."))
        messages.success(request, said, extra_tags=undo)
        return redirect(way_back(request, moved.get_absolute_url()))
    return _shown(request, page, form)


@never_cache
@require_POST
def keep(request: Request, case: int) -> HttpResponse:
    """Hold a time for two minutes more while somebody decides; a few times, then no longer."""
    course, now = opened_course(request, case), timezone.now()
    only_if(allowed=acting_side(request.user, course, on=timezone.localdate(now)) == _HOST)
    asked = request.POST.get("nr", "")
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 3 else 0  # noqa: PLR2004
    found = named_slot(request.POST.get("tid", ""), course, request.user)
    held = None
    if found and number < MOST_RENEWALS:
        held = _held(found[1], course, by_request=request, at=now)
    words = {
        "held_until": clock_text(held.until) if held else "",
        "value": request.POST.get("tid", ""),
        "number": number + 1,
        "course": course,
    }
    return render(request, "slots/_held.html", words)


def _opens_times(request: Request, course: Course) -> bool:
    """Whether the citizen's jobcentre publishes times at all."""
    own = [key for key in (course.jobcentre_id, course.jobcentre.successor_id) if key]
    return Pool.objects.visible_to(request.user).published().filter(jobcentre__in=own).exists()


def _by_hand(request: Request, course: Course, duty: Duty | None) -> str:
    """The page on which a time is written by hand; the way back is kept."""
    query = request.GET.copy()
    for name in ("krav", "tid"):
        query.pop(name, None)
    if duty:
        query["duty"] = str(duty.pk)
    address = reverse("meetings:book", args=[course.case_number])
    return f"{address}?{query.urlencode()}" if query else address


def _page(
    request: Request, course: Course, duty: Duty | None, form: SlotForm, *, at: datetime
) -> BookingPage:
    """The page with the time that was sent, or that the address names."""
    on = timezone.localdate(at)
    asked = request.POST.get("tid", "") or request.GET.get("tid", "")
    own = None
    if found := named_slot(asked, course, request.user):
        named, slot = found
        own = Choice(slot, worker_named(named, slot), slot.guest, on)
    return BookingPage(
        course,
        duty,
        request.user,
        at,
        on,
        back=way_back(request, course.get_absolute_url()),
        wishes=WishesForm.of(request.GET).wishes,
        own=own,
        with_other=form.with_other,
    )


def _booked(page: BookingPage, form: SlotForm) -> Meeting:
    one = _chosen(page)
    return book_in_slot(
        page.course,
        page.purpose,
        one.slot,
        worker=one.worker,
        by=page.user,
        at=page.at,
        **form.extra,
    )


def _moved(page: BookingPage, form: SlotForm, meeting: Meeting) -> Meeting:
    one = _chosen(page)
    return move_to_slot(
        meeting, one.slot, worker=one.worker, by=page.user, at=page.at, **form.extra
    )


def _chosen(page: BookingPage) -> Choice:
    if page.chosen is None:
        raise Refused(_("Choose a time."))
    return page.chosen


def _shown(request: Request, page: BookingPage, form: SlotForm) -> HttpResponse:
    """The page again: with other times where one has gone, and one held that was chosen on it.

    Who only opens the page keeps nothing from anybody.
    """
    if form.taken:
        page.after(form.taken)
    if form.is_bound and page.chosen and not page.chosen.in_the_way:
        page.held = _held(page.chosen.slot, page.course, by_request=request, at=page.at)
    if page.finds_none and page.duty:
        page.evidence = keep_no_times_of_a_day(
            page.course, page.duty, page.found, by=page.user, at=page.at
        )
    form.asks_consent = page.is_short_notice
    words = {
        "page": page,
        "form": form,
        "wishes": WishesForm.of(request.GET),
        "course": page.course,
    }
    return render(request, "slots/book.html", words)


def _held(slot: Slot, course: Course, *, by_request: Request, at: datetime) -> Hold | None:
    """A hold, where it can be had; who books all the same is told then what has gone."""
    try:
        return hold(slot, course, by=by_request.user, at=at)
    except Refused:
        return None


def _summons(page: BookingPage, form: SlotForm) -> HttpResponse:
    """The summons as it would go if this were booked."""
    one, extra = _chosen(page), form.extra
    occasion = occasion_planned(
        page.course, page.purpose, sitting_in(one.slot, one.worker, None, extra)
    )
    language = extra["letter_language"]
    return previewed(occasion, LetterKind.SUMMONS, by=page.user, at=page.at, language=language)


def _change(page: BookingPage, meeting: Meeting) -> HttpResponse:
    """The letter that tells of the new time, as it would go."""
    one = _chosen(page)
    sitting = sitting_in(one.slot, one.worker, None, Extra())
    planned = occasion_planned(page.course, page.purpose, sitting)
    occasion = moved_from(planned, meeting.starts_at)
    return previewed(occasion, LetterKind.CHANGE, by=page.user, at=page.at)


def _said(meeting: Meeting, sentence: str) -> str:
    return sentence % {"when": moment_text(meeting.starts_at, on=timezone.localdate())}
