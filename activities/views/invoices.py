"""Bills of providers: those of an activity, one of them, matched and paid."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import Request
from activities import access, actions
from activities.forms.invoices import InvoiceForm, MatchForm
from activities.invoice_rows import rows_of
from activities.matching import compared
from activities.models import Activity, Invoice
from activities.models.referrals import InvoiceQuerySet
from shared.refusals import Refused


@never_cache
@require_safe
def invoices(request: Request) -> HttpResponse:
    """Every bill of the activities that the reader's organisation is a party to."""
    shown = {"rows": rows_of(_own(request)), "activity": None}
    return render(request, "activities/invoices.html", shown)


@never_cache
@require_http_methods(["GET", "POST"])
def invoices_of(request: Request, pk: int) -> HttpResponse:
    """The bills of one activity, and a new one."""
    now, on = timezone.now(), timezone.localdate()
    activity = get_object_or_404(Activity.objects.visible_to(request.user), pk=pk)
    if not access.may_record_invoice(request.user, activity, on=on):
        raise Http404
    form = InvoiceForm(request.POST or None, initial={"received_on": on})
    if form.is_valid():
        try:
            made = actions.record_invoice(activity, **form.cleaned_data, by=request.user, at=now)
        except Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, _("The invoice is recorded. Match it with the seats."))
            return redirect("activities:invoice", made.pk)
    rows = rows_of(_own(request).filter(activity=activity))
    shown = {"rows": rows, "activity": activity, "form": form}
    return render(request, "activities/invoices.html", shown)


@never_cache
@require_http_methods(["GET", "POST"])
def invoice(request: Request, pk: int) -> HttpResponse:
    """One bill beside the seats: what differs is named; here it is matched."""
    found = get_object_or_404(_own(request).for_page(), pk=pk)
    held = compared(found)
    form = MatchForm(request.POST or None, found=held, remark=found.remark)
    if form.is_valid():
        said = {"remark": form.cleaned_data["remark"], "by": request.user, "at": timezone.now()}
        done = actions.match(found, form.amounts, in_part=form.in_part, **said)
        matched = done.state == Invoice.State.MATCHED
        messages.success(request, _("The invoice is matched.")) if matched else messages.warning(
            request, _("Something differs: the invoice is disputed.")
        )
        return redirect("activities:invoice", pk)
    pays = access.may_pay(request.user, found, on=timezone.localdate())
    shown = {"invoice": found, "held": held, "form": form, "may_pay": pays}
    return render(request, "activities/invoice.html", shown)


@never_cache
@require_POST
def pay(request: Request, pk: int) -> HttpResponse:
    """Pay a matched bill; who recorded, referred or accepted may not."""
    found = get_object_or_404(_own(request), pk=pk)
    actions.pay(found, by=request.user, at=timezone.now())
    messages.success(request, _("The invoice is paid, and the frame charged."))
    return redirect("activities:invoice", pk)


def _own(request: Request) -> InvoiceQuerySet:
    """The bills that the reader may see; there are no such pages for others."""
    if not access.reads_invoices(request.user, on=timezone.localdate()):
        raise Http404
    return Invoice.objects.visible_to(request.user)
