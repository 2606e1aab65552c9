"""Pages of economic frames: all that one may see, the ledger of one, and what is done to it."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import Request
from frames.access import granting_jobcentres, may_close, may_raise, may_read_frames
from frames.actions import close_year
from frames.balances import balance_of
from frames.forms import GrantForm, RaiseForm, signed_addenda
from frames.frame_list import frame_list
from frames.frame_page import closing_page, frame_page, month_asked
from frames.ledger import cells_of, ledger_of
from frames.models import Frame
from frames.statement import Statement, cells_of_statement, statement_of
from frames.statement_pdf import statement_pdf
from partnerships.agreement_pages import may_read_agreements
from partnerships.models import Organisation
from shared.form_fields import YEARS
from shared.refusals import Refused
from shared.spreadsheets import WORKBOOK, as_workbook

Rows = Iterable[Sequence[str | Decimal | date]]


@never_cache
@require_safe
def all_frames(request: Request) -> HttpResponse:
    """The frames of one's own organisations in a year, and what stands on each account."""
    if not may_read_frames(request.user):
        raise Http404
    today = timezone.localdate()
    asked = request.GET.get("aar", "")
    year = (
        int(asked) if asked.isascii() and asked.isdecimal() and int(asked) in YEARS else today.year
    )
    page = frame_list(request.user, year=year)
    may_open = bool(granting_jobcentres(request.user, on=today))
    return render(request, "frames/list.html", {"page": page, "may_open": may_open})


@never_cache
@require_http_methods(["GET", "POST"])
def open_new(request: Request) -> HttpResponse:
    """Grant a frame; after another one, with that one's length and amount."""
    now = timezone.now()
    on = timezone.localdate(now)
    if not granting_jobcentres(request.user, on=on):
        raise Http404
    form = GrantForm(request.POST or None, user=request.user, on=on, after=_after(request))
    if form.is_valid():
        try:
            made = form.save(by=request.user, at=now)
        except Refused as refused:
            form.add_error(None, ValidationError(str(refused)))
        else:
            messages.success(request, _("The frame is granted."))
            return redirect("frames:frame", pk=made.pk)
    return render(request, "frames/new.html", {"form": form})


@never_cache
@require_safe
def frame(request: Request, pk: int) -> HttpResponse:
    """One frame with its ledger, all of it or of a month."""
    one, today = _opened(request, pk), timezone.localdate()
    month = month_asked(request.GET.get("maaned", ""))
    page = frame_page(one, month=month, on=today)
    doors = {
        "may_raise": may_raise(request.user, one, on=today),
        "reads_agreement": may_read_agreements(request.user),
        "may_close": may_close(request.user, one, on=today) and today >= one.ends_on,
    }
    return render(request, "frames/frame.html", {"page": page, "frame": one, **doors})


@never_cache
@require_safe
def ledger_file(request: Request, pk: int) -> HttpResponse:
    """The whole ledger of a frame as a file."""
    one = _opened(request, pk)
    return _file(
        cells_of(ledger_of([one])[::-1]), f"ledger-{one.a_kasse.slug}-{one.starts_on}.xlsx"
    )


@never_cache
@require_http_methods(["GET", "POST"])
def raise_more(request: Request, pk: int) -> HttpResponse:
    """Raise a frame by an addendum that all have signed."""
    one, now = _opened(request, pk), timezone.now()
    if not may_raise(request.user, one, on=timezone.localdate(now)):
        raise Http404
    form = RaiseForm(request.POST or None, frame=one, remaining=balance_of(one).remaining)
    if form.is_valid():
        form.save(by=request.user, at=now)
        messages.success(request, _("The frame is raised."))
        return redirect("frames:frame", pk=pk)
    shown = {"form": form, "frame": one, "can": signed_addenda(one).exists()}
    return render(request, "frames/raise.html", shown)


@never_cache
@require_http_methods(["GET", "POST"])
def close(request: Request, pk: int) -> HttpResponse:
    """Close a frame: each open item goes to the next frame or is set free, as ticked."""
    one, now = _opened(request, pk), timezone.now()
    on = timezone.localdate(now)
    if not may_close(request.user, one, on=on):
        raise Http404
    if request.method == "POST":
        ticked = [int(key) for key in request.POST.getlist("carry") if key.isdecimal()]
        close_year(one, carry=ticked, on=on, by=request.user, at=now)
        messages.success(request, _("The frame is closed; nothing more is written in it."))
        return redirect("frames:frame", pk=pk)
    return render(request, "frames/close.html", {"frame": one, "page": closing_page(one, on=on)})


@never_cache
@require_safe
def statement(request: Request, slug: str, year: int, month: int) -> HttpResponse:
    """The monthly statement of an a-kasse, to print and file."""
    now = timezone.now()
    made = _statement(request, slug, year, month)
    return HttpResponse(
        statement_pdf(made, on=timezone.localdate(now), at=now),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{_name(made)}.pdf"'},
    )


@never_cache
@require_safe
def statement_file(request: Request, slug: str, year: int, month: int) -> HttpResponse:
    """The monthly statement of an a-kasse, to count with."""
    made = _statement(request, slug, year, month)
    return _file(cells_of_statement(made), f"{_name(made)}.xlsx")


def _name(made: Statement) -> str:
    return f"{made.a_kasse.slug}-{made.month:%Y-%m}"


def _statement(request: Request, slug: str, year: int, month: int) -> Statement:
    if year not in YEARS or not 1 <= month <= 12:  # noqa: PLR2004 (months)
        raise Http404
    a_kasse = get_object_or_404(Organisation, slug=slug, kind=Organisation.Kind.A_KASSE)
    made = statement_of(request.user, a_kasse, date(year, month, 1))
    if not made.parts:
        raise Http404
    return made


def _opened(request: Request, pk: int) -> Frame:
    rows = Frame.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("a_kasse", "jobcentre", "agreement"), pk=pk)


def _after(request: Request) -> Frame | None:
    asked = request.GET.get("efter", "")
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 10):  # noqa: PLR2004 (digits)
        return None
    return Frame.objects.visible_to(request.user).filter(pk=int(asked)).first()


def _file(rows: Rows, name: str) -> HttpResponse:
    return HttpResponse(
        as_workbook(rows, title=name),
        content_type=WORKBOOK,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
