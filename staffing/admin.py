"""The admin site's pages about hosts of calendars, hours, closing days and competences.

Leave and calendars of workers are their own: they have no page here.
"""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from staffing.models import AllowedHost, ClosingDay, Competence, WorkingHours


class AllowedHostForm(forms.ModelForm):
    class Meta:
        model = AllowedHost
        fields = ["host", "note"]

    def clean_host(self) -> str:
        """The name alone: an address with its scheme or port would never be the same."""
        host = str(self.cleaned_data["host"]).strip().rstrip(".").lower()
        if not host.isascii() or set(host) & set("/:@?# "):
            raise ValidationError(
                _("Write the name of the host alone, such as calendar.example.org.")
            )
        return host


@admin.register(AllowedHost)
class AllowedHostAdmin(admin.ModelAdmin):
    form = AllowedHostForm
    list_display = ["host", "note"]
    search_fields = ["host", "note"]


@admin.register(WorkingHours)
class WorkingHoursAdmin(admin.ModelAdmin):
    list_display = ["user", "organisation", "weekday", "starts", "ends", "starts_on", "ends_on"]
    list_filter = ["weekday"]
    list_select_related = ["user", "organisation"]
    search_fields = ["user__username", "user__last_name", "organisation__name"]
    autocomplete_fields = ["user", "organisation"]


@admin.register(ClosingDay)
class ClosingDayAdmin(admin.ModelAdmin):
    list_display = ["organisation", "starts_on", "ends_on", "reason"]
    list_select_related = ["organisation"]
    search_fields = ["organisation__name", "reason"]
    autocomplete_fields = ["organisation"]
    date_hierarchy = "starts_on"


@admin.register(Competence)
class CompetenceAdmin(admin.ModelAdmin):
    list_display = ["user", "organisation", "kind", "language", "starts_on", "ends_on"]
    list_filter = ["kind"]
    list_select_related = ["user", "organisation"]
    search_fields = ["user__username", "user__last_name", "organisation__name"]
    autocomplete_fields = ["user", "organisation"]
