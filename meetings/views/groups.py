"""The pages of group meetings: the list, one meeting, planning it, and who comes."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import Request
from courses.access import acting_side
from meetings.actions import group_after, groups
from meetings.forms.groups import (
    AttendanceForms,
    GroupCancelForm,
    GroupForm,
    StaffForm,
    TalksForm,
)
from meetings.group_access import may_plan, may_staff, plans_for
from meetings.group_files import group_file_of
from meetings.group_page import (
    ActShown,
    cancelling_lead,
    group_page,
    is_today,
    listed_groups,
    talks_lead,
)
from meetings.models import GroupMeeting
from meetings.views.doors import only_if
from meetings.views.group_doors import enrolments_seen, opened_group

KIND = "text/calendar; charset=utf-8"


@never_cache
@require_safe
def group_list(request: Request) -> HttpResponse:
    """The group meetings that one's own party holds or is invited to."""
    today = timezone.localdate()
    only_if(allowed=bool(plans_for(request.user, on=today)))
    past = request.GET.get("vis") == "tidligere"
    rows = GroupMeeting.objects.visible_to(request.user)
    shown = {"rows": listed_groups(rows, past=past, on=today), "past": past}
    return render(request, "meetings/group_list.html", shown)


@never_cache
@require_safe
def group(request: Request, pk: int) -> HttpResponse:
    """One group meeting, its seats and its waiting list."""
    found = opened_group(request, pk)
    page = group_page(found, enrolments_seen(request, found), request.user, at=timezone.now())
    return render(request, "meetings/group.html", {"page": page, "group": found})


@never_cache
@require_http_methods(["GET", "POST"])
def new_group(request: Request) -> HttpResponse:
    """Plan a group meeting."""
    now, today = timezone.now(), timezone.localdate()
    houses = plans_for(request.user, on=today)
    only_if(allowed=bool(houses))
    form = GroupForm(request.POST or None, house=houses[0], user=request.user, on=today)
    cautions = form.cautions()
    made = form.carried_out(lambda: groups.plan_group(form.plan, by=request.user, at=now), cautions)
    if made:
        messages.success(
            request, _("The meeting is planned. Enrol citizens from their cases or today's list.")
        )
        return redirect(made)
    button = _("Plan it all the same") if cautions else _("Plan the meeting")
    page = ActShown(_("Plan a group meeting"), button, _list_url(), cautions)
    return _asked(request, page, form)


@never_cache
@require_http_methods(["GET", "POST"])
def edit_group(request: Request, pk: int) -> HttpResponse:
    """Change a group meeting."""
    now, today = timezone.now(), timezone.localdate()
    found = opened_group(request, pk)
    only_if(allowed=may_plan(request.user, found.organisation_id, on=today))
    form = GroupForm(
        request.POST or None, house=found.organisation, user=request.user, on=today, group=found
    )
    cautions = form.cautions()
    changed = form.carried_out(
        lambda: groups.change_group(found, form.plan, by=request.user, at=now), cautions
    )
    if changed:
        messages.success(request, _("The meeting is changed."))
        return redirect(changed)
    button = _("Change it all the same") if cautions else _("Change the meeting")
    page = ActShown(_("Change the meeting"), button, found.get_absolute_url(), cautions, found)
    return _asked(request, page, form)


@never_cache
@require_http_methods(["GET", "POST"])
def cancel_group(request: Request, pk: int) -> HttpResponse:
    """Cancel a group meeting."""
    now, today = timezone.now(), timezone.localdate()
    found = opened_group(request, pk)
    only_if(allowed=may_plan(request.user, found.organisation_id, on=today))
    form = GroupCancelForm(request.POST or None)
    done = form.carried_out(
        lambda: groups.cancel_group(found, **form.arguments, by=request.user, at=now)
    )
    if done:
        messages.success(request, _("The meeting is cancelled, and letters tell the citizens."))
        return redirect(done)
    back = found.get_absolute_url()
    title, lead = _("Cancel the meeting"), cancelling_lead(found)
    return _asked(request, ActShown(title, title, back, (), found, lead=lead), form)


@never_cache
@require_http_methods(["GET", "POST"])
def staff_group(request: Request, pk: int) -> HttpResponse:
    """Say for the invited party who comes."""
    now, today = timezone.now(), timezone.localdate()
    found = opened_group(request, pk)
    only_if(allowed=may_staff(request.user, found, on=today))
    form = StaffForm(request.POST or None, group=found, user=request.user, on=today)
    cautions = form.cautions()
    done = form.carried_out(
        lambda: groups.staff_group(found, form.cleaned_data["worker"], by=request.user, at=now),
        cautions,
    )
    if done:
        messages.success(request, _("The reply is sent."))
        return redirect(done)
    button = _("Choose all the same") if cautions else _("Choose")
    page = ActShown(_("Choose our consultant"), button, found.get_absolute_url(), cautions, found)
    return _asked(request, page, form)


@never_cache
@require_http_methods(["GET", "POST"])
def group_talks(request: Request, pk: int) -> HttpResponse:
    """Give each who has a seat a talk after the joint part."""
    found = opened_group(request, pk)
    rows = [one for one in enrolments_seen(request, found) if one.seat]
    only_if(allowed=bool(rows))
    side = acting_side(request.user, rows[0].course, on=timezone.localdate())
    form = TalksForm(request.POST or None, is_short=is_today(found), side=side)
    tried = form.carried_out(
        lambda: group_after.give_talks(found, **form.arguments, by=request.user, at=timezone.now())
    )
    if tried is None:
        title, back = _("Individual talks"), found.get_absolute_url()
        page = ActShown(title, _("Give the times"), back, (), found, lead=talks_lead(found))
        return _asked(request, page, form)
    said = _("%(count)d talks are booked.") % {"count": len(tried.given)}
    messages.success(request, said)
    for case, reason in tried.refused:
        messages.warning(request, f"{case}: {reason}")
    return redirect(found)


@never_cache
@require_http_methods(["GET", "POST"])
def group_attendance(request: Request, pk: int) -> HttpResponse:
    """Who came, each one's next step: a page that is saved in one go, and can be printed."""
    found = opened_group(request, pk)
    rows = [one for one in enrolments_seen(request, found) if one.seat]
    only_if(allowed=bool(rows))
    forms = AttendanceForms(request.POST or None, rows)
    done = forms.carried_out(
        lambda: group_after.record_attendance(found, forms.came, by=request.user, at=timezone.now())
    )
    if done:
        messages.success(request, _("Attendance is saved."))
        if group_after.to_tell_why(found, by=request.user, at=timezone.now()):
            said = _("Tell why for each who did not come, and notify the a-kasse from there.")
            messages.warning(request, said)
        return redirect(found)
    shown = {"group": found, "form": forms, "has_begun": found.starts_at <= timezone.now()}
    return render(request, "meetings/group_attendance.html", shown)


@never_cache
@require_safe
def group_file(request: Request, pk: int) -> HttpResponse:
    """The group meeting as a calendar file; it names no citizen."""
    found = opened_group(request, pk)
    disposition = f'attachment; filename="moede-{found.pk}.ics"'
    body = group_file_of(found)
    return HttpResponse(body, content_type=KIND, headers={"Content-Disposition": disposition})


def _asked(request: Request, page: ActShown, form: Any) -> HttpResponse:  # noqa: ANN401 (any form)
    return render(request, "meetings/group_act.html", {"page": page, "form": form})


def _list_url() -> str:
    return redirect("meetings:groups").url
