"""The admin site's pages about hand-overs: to be read, and neither a name nor a sheet's words."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from handovers.models import Handover
from shared.records import RecordAdmin


@admin.register(Handover)
class HandoverAdmin(RecordAdmin):
    """When and why a course passes, and what the two parties did about it."""

    list_display = ["number", "moves_on", "basis", "state", "accepted_at", "escalated_at"]
    list_filter = ["state", "basis"]
    list_select_related = ["course"]
    search_fields = ["=course__pk"]
    view_on_site = False  # administrators read no case without a logged reason
    fields = [
        "number",
        ("moves_on", "basis", "is_forecast"),
        ("state", "told_days", "created_at"),
        ("accepted_at", "accepted_by"),
        ("returned_at", "returned_by"),
        "escalated_at",
    ]
    readonly_fields = ["number"]

    @admin.display(description=_("Case number"), ordering="course")
    def number(self, handover: Handover) -> str:
        """The course by its number."""
        return handover.course.case_number
