"""The list of letters, one letter, its PDF, taking it back and sending it again."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import Request
from journal.looks import looked
from journal.models import Look
from letters import actions
from letters.access import prints_for
from letters.letter_list import asked_list, listed, tabs
from letters.letter_page import letter_page, pdf_content
from letters.models import Letter
from letters.rows import rows_of
from letters.views.answers import back, document
from partnerships.access import reach_of

ROWS = 50


@never_cache
@require_safe
def letters(request: Request) -> HttpResponse:
    """The letters one may see, list by list."""
    today = timezone.localdate()
    if not reach_of(request.user).reads_citizens:
        raise Http404
    which = asked_list(request.GET.get("vis", ""))
    page = Paginator(listed(request.user, which).for_list(), ROWS).get_page(request.GET.get("side"))
    rows = rows_of(page.object_list, reader=request.user, at=timezone.now())
    courses = sorted({row.letter.course_id for row in rows})
    looked(Look.Kind.LIST, by=request.user, courses=courses)
    shown = {"page": page, "rows": rows, "tabs": tabs(request.user, which)}
    prints = prints_for(request.user, on=today)
    return render(request, "letters/list.html", shown | {"prints": prints})


@never_cache
@require_safe
def letter(request: Request, pk: int) -> HttpResponse:
    """One letter: what it says, how it stands, what may be done."""
    found = _opened(request, pk)
    page = letter_page(found, reader=request.user, at=timezone.now())
    return render(request, "letters/letter.html", {"page": page, "letter": found})


@never_cache
@require_safe
def pdf(request: Request, pk: int) -> HttpResponse:
    """The letter itself: the very bytes that went, or what would go."""
    found = _opened(request, pk)
    return document(pdf_content(found), found.course.case_number)


@never_cache
@require_POST
def take_back(request: Request, pk: int) -> HttpResponse:
    """Take a waiting letter back."""
    found = _opened(request, pk)
    if actions.take_back(found, by=request.user, at=timezone.now()):
        messages.success(request, _("The letter is taken back. The citizen never sees it."))
    else:
        messages.error(
            request, _("The letter has left already. Cancel or move the interview to tell more.")
        )
    return back(found.get_absolute_url(), request=request)


@never_cache
@require_POST
def resend(request: Request, pk: int) -> HttpResponse:
    """Send a letter again."""
    found = _opened(request, pk)
    again = actions.resend(found, by=request.user, at=timezone.now())
    messages.success(request, _("The letter is sent again in ten minutes."))
    return back(again.get_absolute_url(), request=request)


def _opened(request: Request, pk: int) -> Letter:
    """A letter the person may see; the look is logged."""
    found = get_object_or_404(Letter.objects.visible_to(request.user).for_list(), pk=pk)
    page = request.resolver_match.url_name if request.resolver_match else None
    looked(
        Look.Kind.COURSE,
        by=request.user,
        case=found.course_id,
        page=f"letter-{page or ''}",
        letter=found.pk,
    )
    return found
