"""The admin site's pages about pools, reservations and travel times.

Pools are made, and times reserved, on pages of their own, where their acts tell who is concerned;
here they are read. Nobody's interviews are in the admin site.
"""

from typing import Any

from django.contrib import admin

from slots.models import Pool, Reservation, Travel


class ReadAlone(admin.ModelAdmin):
    """A page on which rows are looked at, whatever the permissions say."""

    def has_add_permission(self, *_asked: Any) -> bool:
        return False

    def has_change_permission(self, *_asked: Any) -> bool:
        return False

    def has_delete_permission(self, *_asked: Any) -> bool:
        return False


@admin.register(Pool)
class PoolAdmin(ReadAlone):
    list_display = ["name", "jobcentre", "purpose", "model", "starts_on", "ends_on", "is_published"]
    list_filter = ["purpose", "model", "is_published"]
    list_select_related = ["jobcentre"]
    search_fields = ["name", "jobcentre__name"]


@admin.register(Reservation)
class ReservationAdmin(ReadAlone):
    list_display = ["slot", "a_kasse", "reserved_at", "reserved_by", "released_at", "released_why"]
    list_filter = ["released_why"]
    list_select_related = ["slot__room", "a_kasse", "reserved_by"]
    search_fields = ["a_kasse__name"]
    date_hierarchy = "reserved_at"


@admin.register(Travel)
class TravelAdmin(admin.ModelAdmin):
    list_display = ["start", "end", "minutes", "road_km"]
    list_select_related = ["start", "end"]
    search_fields = ["start__name", "end__name"]
    fields = ["start", "end", "minutes", "road_km"]
    readonly_fields = ["start", "end"]
