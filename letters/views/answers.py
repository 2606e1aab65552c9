"""What the letter pages answer with: a document, or the way back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme


def document(content: bytes, name: str) -> HttpResponse:
    """A PDF to be read in the browser; its name holds a case number at most."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


def back(otherwise: str, *, request: HttpRequest) -> HttpResponse:
    """The page that the button stood on, or another one of ours."""
    asked = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure()):
        return redirect(asked)
    return redirect(otherwise)
