"""Sending an a-kasse's files: looked through first, then taken in while one watches."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import Request
from courses.access import uploads_for
from courses.actions import uploads
from courses.forms import FilesForm
from courses.models import MemberFile
from courses.upload_page import UploadPage, uploads_of
from shared.spreadsheets import BYTE_ORDER_MARK

LATEST = 20


@never_cache
@require_http_methods(["GET", "POST"])
def files(request: Request) -> HttpResponse:
    """Choose the files to send, and see those that were sent."""
    a_kasser = uploads_for(request.user, on=timezone.localdate())
    if not a_kasser:
        raise Http404
    form = FilesForm(request.POST or None, request.FILES or None, a_kasser=a_kasser)
    if form.is_valid():
        upload = uploads.receive(**form.cleaned_data, by=request.user)
        return redirect("courses:file", upload.pk)
    earlier = [UploadPage.of(upload) for upload in uploads_of(request.user)[:LATEST]]
    return render(request, "courses/files.html", {"form": form, "earlier": earlier})


@never_cache
@require_safe
def file(request: Request, pk: int) -> HttpResponse:
    """What an upload would change, how far it has come, or what came of it."""
    page = UploadPage.of(_upload(request, pk))
    template = "courses/file.html#progress" if request.htmx else "courses/file.html"
    return render(request, template, {"page": page, "upload": page.upload})


@require_POST
def take_in(request: Request, pk: int) -> HttpResponse:
    """Confirm what was looked through."""
    uploads.take_in(_upload(request, pk), by=request.user)
    return redirect("courses:file", pk)


@require_POST
def stop(request: Request, pk: int) -> HttpResponse:
    """Stop taking an upload in; what was taken stands."""
    uploads.stop(_upload(request, pk), by=request.user)
    return redirect("courses:file", pk)


@never_cache
@require_safe
def remarks(request: Request, pk: int) -> HttpResponse:
    """The refused rows of an upload, as a file for a spreadsheet."""
    upload = _upload(request, pk)
    return HttpResponse(
        BYTE_ORDER_MARK + uploads.remarks_as_csv(upload),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="remarks-{upload.pk}.csv"'},
    )


def _upload(request: Request, pk: int) -> MemberFile:
    return get_object_or_404(uploads_of(request.user), pk=pk)
