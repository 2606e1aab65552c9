"""The addresses: each app brings its own."""

from django.contrib import admin
from django.urls import include, path

from kontaktforloeb.health import livez, readyz

urlpatterns = [
    path("livez", livez, name="livez"),
    path("readyz", readyz, name="readyz"),
    path("admin/", admin.site.urls),
    path("", include("accounts.urls")),
    path("", include("notices.urls")),
    path("", include("agreements.urls")),
    path("", include("partnerships.urls")),
    path("", include("frames.urls")),
    path("", include("staffing.urls")),
    path("", include("desk.urls")),
    path("", include("portal.urls")),
    path("", include("courses.urls")),
    path("", include("letters.urls")),
    path("", include("meetings.urls")),
    path("", include("slots.urls")),
    path("", include("handovers.urls")),
    path("", include("activities.urls")),
    path("", include("forums.urls")),
    path("", include("selfservice.urls")),
]
