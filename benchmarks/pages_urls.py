"""A plain signed-in page on the base template: fifty rows from one indexed query."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from courses.models import Course

ROWS = 50
COLUMNS = ("pk", "regime", "municipality_id", "source_id")


def plain(request: HttpRequest) -> HttpResponse:
    """What any list costs at least."""
    rows = Course.objects.filter(a_kasse=1).order_by("-registered_on").values(*COLUMNS)[:ROWS]
    return render(request, "plain.html", {"rows": [dict(one, pk=str(one["pk"])) for one in rows]})


urlpatterns = [path("plain/", plain), path("", include("kontaktforloeb.urls"))]
