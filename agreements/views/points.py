"""The check-list of an agreement point by point, and the workflows that the parties agreed on."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import Request
from agreements.access import may_write_agreements
from agreements.forms.points import OwnPointForm, PointForm, WorkflowForm
from agreements.views.doors import own_agreement, read_agreement
from partnerships import actions
from partnerships.checklist import progress_of, same_point_elsewhere, template_points
from partnerships.checklist import shown as shown_in_language


@never_cache
@require_http_methods(["GET", "POST"])
def points(request: Request, slug: str) -> HttpResponse:
    """The check-list; whoever writes adds points of their own."""
    agreement, now = read_agreement(request, slug), timezone.now()
    may_write = may_write_agreements(request.user)
    form = OwnPointForm(request.POST if may_write and request.method == "POST" else None)
    added = form.carried_out(
        lambda: actions.add_point(agreement, **form.arguments, by=request.user, at=now)
    )
    if added:
        messages.success(request, _("The point is added."))
        return redirect("agreements:points", slug)
    shown = {
        "agreement": agreement,
        "points": shown_in_language(agreement.points.all()),
        "progress": progress_of([agreement]).get(agreement.pk),
        "template_size": len(template_points()),
        "may_write": may_write,
        "form": form,
    }
    return render(request, "agreements/points.html", shown)


@never_cache
@require_POST
def use_template(request: Request, slug: str) -> HttpResponse:
    """Take the points of the template of 2015 into the check-list."""
    agreement = own_agreement(request, slug)
    count = actions.use_template(agreement, by=request.user, at=timezone.now())
    said = ngettext("%(count)d point is added.", "%(count)d points are added.", count)
    messages.success(request, said % {"count": count})
    return redirect("agreements:points", slug)


@never_cache
@require_http_methods(["GET", "POST"])
def point(request: Request, slug: str, pk: int) -> HttpResponse:
    """One point beside the same point in other agreements of the region."""
    agreement, now = own_agreement(request, slug), timezone.now()
    one = get_object_or_404(agreement.points.select_related("agreement"), pk=pk)
    form = PointForm(request.POST or None, initial={"state": one.state, "text": one.text})
    settled = form.carried_out(
        lambda: actions.settle_point(one, **form.arguments, by=request.user, at=now)
    )
    if settled:
        messages.success(request, _("The point is saved."))
        return redirect("agreements:points", slug)
    shown_in_language([one])
    shown = {
        "agreement": agreement,
        "point": one,
        "form": form,
        "elsewhere": list(same_point_elsewhere(one)[:20]),
    }
    return render(request, "agreements/point.html", shown)


@never_cache
@require_http_methods(["GET", "POST"])
def workflows(request: Request, slug: str) -> HttpResponse:
    """Who does what in which order, and where it is registered."""
    agreement, now = read_agreement(request, slug), timezone.now()
    may_write = may_write_agreements(request.user)
    form = WorkflowForm(request.POST if may_write and request.method == "POST" else None)
    added = form.carried_out(
        lambda: actions.add_workflow_step(agreement, **form.arguments, by=request.user, at=now)
    )
    if added:
        messages.success(request, _("The step is added."))
        return redirect("agreements:workflows", slug)
    shown = {
        "agreement": agreement,
        "steps": list(agreement.workflow_steps.all()),
        "may_write": may_write,
        "form": form,
    }
    return render(request, "agreements/workflows.html", shown)


@never_cache
@require_POST
def remove_workflow_step(request: Request, slug: str, pk: int) -> HttpResponse:
    """Take a step out of a workflow."""
    agreement = own_agreement(request, slug)
    step = get_object_or_404(agreement.workflow_steps.select_related("agreement"), pk=pk)
    actions.remove_workflow_step(step, by=request.user, at=timezone.now())
    messages.success(request, _("The step is taken out."))
    return redirect("agreements:workflows", slug)
