"""Enrolling citizens in group meetings: one from the case, several from a worklist; withdrawing."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import Request
from courses.access import acting_side
from journal.looks import looked
from journal.models import Look
from meetings.actions import group_enrolling as acts
from meetings.actions.several import carry_out
from meetings.forms.groups import EnrolForm, GroupCancelForm
from meetings.group_access import may_enrol
from meetings.group_page import ActShown, named
from meetings.group_several import groups_for, others_than_enrolled, several_shown
from meetings.models import Enrolment, GroupMeeting
from meetings.several import chosen_rows
from meetings.several_pages import SEND, key_of
from meetings.views.doors import found_or_404, only_if, opened_course
from meetings.views.group_doors import opened_group
from partnerships.access import reach_of


@never_cache
@require_http_methods(["GET", "POST"])
def enrol(request: Request, case: int) -> HttpResponse:
    """Enrol a citizen in one of the group meetings that come."""
    now, today = timezone.now(), timezone.localdate()
    course = opened_course(request, case)
    found_or_404(acting_side(request.user, course, on=today))
    groups = groups_for(GroupMeeting.objects.visible_to(request.user), [course], at=now)
    groups = others_than_enrolled(groups, course)
    form = EnrolForm(
        request.POST or None, groups=groups, chosen=request.GET.get("moede", ""), named=named
    )
    cautions = form.cautions(course)
    done = form.carried_out(
        lambda: acts.enrol(**form.arguments, course=course, by=request.user, at=now), cautions
    )
    if done:
        said = {
            Enrolment.State.SEATED: _("The citizen has seat %(seat)s and is summoned.")
            if form.cleaned_data["summon"]
            else _("The citizen has seat %(seat)s. No summons is sent."),
            Enrolment.State.WAITING: _("All seats are taken: the citizen is on the waiting list."),
        }[Enrolment.State(done.state)]
        messages.success(request, said % {"seat": done.seat})
        return redirect(done.group)
    button = _("Enrol all the same") if cautions else _("Enrol")
    page = ActShown(
        _("Enrol in a group meeting"), button, course.get_absolute_url(), cautions, course=course
    )
    shown = {"page": page, "form": form, "is_empty": not groups}
    return render(request, "meetings/group_act.html", shown)


@never_cache
@require_POST
def enrol_several(request: Request) -> HttpResponse:
    """Enrol the ticked rows of a worklist: which meeting, what would become of each, for good.

    The result is kept as of any act on several, and can be undone for ten minutes.
    """
    now, today = timezone.now(), timezone.localdate()
    only_if(allowed=reach_of(request.user, on=today).reads_citizens)
    chosen = chosen_rows(request.user, request.POST.getlist("duty"), on=today)
    courses = chosen.courses
    only_if(allowed=bool(courses))
    looked(Look.Kind.LIST, by=request.user, courses=[one.pk for one in courses])
    rows = GroupMeeting.objects.visible_to(request.user)
    groups = groups_for(rows, courses, at=now)
    wanted = request.POST.get("group", "")
    found = next((one for one in groups if str(one.pk) == wanted), None)
    page = several_shown(chosen, groups, found, key=key_of(request.POST.get("key", "")))
    if found and request.POST.get("step") == SEND:
        asked = page.asked(request.POST.getlist("leave"))
        return redirect(carry_out(asked, by=request.user, at=now))
    return render(request, "meetings/group_several.html", {"page": page})


@never_cache
@require_http_methods(["GET", "POST"])
def withdraw(request: Request, pk: int, enrolment: int) -> HttpResponse:
    """Take a citizen off a group meeting; who waits first gets the seat."""
    group = opened_group(request, pk)
    rows = Enrolment.objects.visible_to(request.user).filter(group=group)
    row = get_object_or_404(rows.select_related("course__citizen", "group"), pk=enrolment)
    looked(Look.Kind.COURSE, by=request.user, case=row.course_id, page="withdraw_enrolment")
    only_if(allowed=may_enrol(request.user, group, row.course, on=timezone.localdate()))
    form = GroupCancelForm(request.POST or None)
    done = form.carried_out(
        lambda: acts.withdraw(row, **form.arguments, by=request.user, at=timezone.now())
    )
    if done:
        _gone, moved_up = done
        said = _("The citizen is withdrawn.")
        if moved_up:
            said = _("The citizen is withdrawn, and the first who waited has the seat.")
        messages.success(request, said)
        return redirect(group)
    page = ActShown(
        _("Take off the meeting"),
        _("Take off the meeting"),
        group.get_absolute_url(),
        (),
        group,
        row.course,
    )
    return render(request, "meetings/group_act.html", {"page": page, "form": form})
