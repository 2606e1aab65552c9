"""The admin site's pages about activities: read here, and nobody who is referred is named."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from activities.models import Activity, Invoice, Session
from partnerships.admin import administers_all, editor
from shared.records import RecordAdmin


@admin.register(Activity)
class ActivityAdmin(RecordAdmin):
    list_display = ["title", "kind", "state", "host", "provider", "phase", "starts_on", "ends_on"]
    list_filter = ["kind", "state", "phase"]
    list_select_related = ["host", "provider"]
    search_fields = ["title", "host__name"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Activity]:
        """All, or those of one's own parties."""
        rows = super().get_queryset(request)
        if administers_all(request):
            return rows
        return rows.filter(pk__in=Activity.objects.visible_to(editor(request)).values("pk"))


class OfActivity(RecordAdmin):
    """Rows of the activities that an administrator sees."""

    list_select_related = ["activity"]
    search_fields = ["activity__title"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """All, or those of one's own parties' activities."""
        rows = super().get_queryset(request)
        if administers_all(request):
            return rows
        return rows.filter(activity__in=Activity.objects.visible_to(editor(request)).values("pk"))


@admin.register(Session)
class SessionAdmin(OfActivity):
    list_display = ["activity", "starts_at", "ends_at", "place"]
    date_hierarchy = "starts_at"
    fields = ["activity", "starts_at", "ends_at", "place"]


@admin.register(Invoice)
class InvoiceAdmin(OfActivity):
    list_display = ["number", "activity", "amount", "received_on", "state", "paid_at"]
    list_filter = ["state"]
