"""The admin site's pages about frames: their acts write them, and nothing in a ledger changes."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from frames.models import Entry, Frame
from partnerships.admin import administers_all, editor
from shared.records import RecordAdmin


@admin.register(Frame)
class FrameAdmin(RecordAdmin):
    list_display = ["a_kasse", "jobcentre", "agreement", "starts_on", "ends_on", "closed_at"]
    list_select_related = ["a_kasse", "jobcentre", "agreement"]
    search_fields = ["a_kasse__name", "agreement__title"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Frame]:
        """All, or those of one's own organisations."""
        rows = super().get_queryset(request)
        if administers_all(request):
            return rows
        return rows.filter(pk__in=Frame.objects.visible_to(editor(request)).values("pk"))


@admin.register(Entry)
class EntryAdmin(RecordAdmin):
    """Lines of the ledgers, without their texts, which name cases."""

    list_display = ["frame", "posted_on", "kind", "amount", "account_function", "made_by"]
    list_filter = ["kind", "account_function"]
    list_select_related = ["frame__a_kasse", "made_by"]
    date_hierarchy = "posted_on"
    fields = ["frame", "posted_on", "kind", "amount", "account_function", "made_by", "made_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """All, or those of one's own organisations' frames."""
        rows = super().get_queryset(request)
        if administers_all(request):
            return rows
        return rows.filter(frame__in=Frame.objects.visible_to(editor(request)).values("pk"))
