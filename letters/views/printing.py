"""The printer's page: what waits, the batches, their documents."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import Request
from journal.looks import looked
from journal.models import Look
from letters import actions
from letters.access import prints_for
from letters.models import Letter, PrintBatch
from letters.pdf import pdf_of
from letters.printing import batch_of, batches_of, queue_of
from letters.rows import rows_of
from letters.views.answers import document
from partnerships.models import Organisation


@never_cache
@require_http_methods(["GET", "POST"])
def printing(request: Request) -> HttpResponse:
    """What waits for the printer; posted, it becomes a batch."""
    own = _own(request)
    if request.method == "POST":
        asked = request.POST.get("organisation", "")
        house = next((one for one in own if str(one.pk) == asked), own[0])
        made = actions.open_batch(house, by=request.user, at=timezone.now())
        return redirect("letters:batch", made.pk)
    queues = [(one, queue_of(one, request.user, at=timezone.now())) for one in own]
    courses = sorted({row.letter.course_id for _house, rows in queues for row in rows})
    looked(Look.Kind.LIST, by=request.user, courses=courses)
    shown = {"queues": queues, "batches": batches_of(own)}
    return render(request, "letters/printing.html", shown)


@never_cache
@require_safe
def batch(request: Request, pk: int) -> HttpResponse:
    """One batch: its letters, its document, and whether it is in the post."""
    found, letters = _opened(request, pk)
    rows = rows_of(letters, reader=request.user, at=timezone.now())
    return render(request, "letters/batch.html", {"batch": found, "rows": rows})


@never_cache
@require_safe
def batch_pdf(request: Request, pk: int) -> HttpResponse:
    """All letters of a batch in one document, ready for the printer."""
    found, letters = _opened(request, pk)
    content = pdf_of([one.content for one in letters], at=found.opened_at)
    return document(content, f"udskrift-{found.pk}")


@never_cache
@require_POST
def printed(request: Request, pk: int) -> HttpResponse:
    """Say that a batch is in the post."""
    found, _letters = _opened(request, pk)
    actions.mark_printed(found, by=request.user, at=timezone.now())
    messages.success(request, _("The letters are marked as being in the post."))
    return redirect("letters:printing")


def _own(request: Request) -> list[Organisation]:
    """The organisations whose letters the person prints; no page where there are none."""
    own = prints_for(request.user, on=timezone.localdate())
    if not own:
        raise Http404
    return own


def _opened(request: Request, pk: int) -> tuple[PrintBatch, list[Letter]]:
    """A batch of the own organisation, with its letters; the look is logged."""
    found = get_object_or_404(batches_of(_own(request)), pk=pk)
    letters = batch_of(found, request.user)
    if not letters:
        raise Http404
    courses = sorted({one.course_id for one in letters})
    looked(Look.Kind.LIST, by=request.user, courses=courses, batch=found.pk)
    return found, letters
