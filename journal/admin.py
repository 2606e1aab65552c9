"""The admin site's pages about who did what and who looked at what; no citizen is named."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from journal.models import Entry, Look
from shared.records import RecordAdmin


def case_number(row: Entry | Look) -> str:
    """The course by its number."""
    return f"K-{row.case_pk:06d}" if row.case_pk else ""


@admin.register(Entry)
class EntryAdmin(RecordAdmin):
    """Entries without their details, which may tell of a citizen."""

    list_display = ["at", "by", "what", "subject_kind", "subject_pk", "case"]
    list_filter = ["what"]
    list_select_related = ["by"]
    search_fields = ["=case_pk", "=by__username", "=what"]
    date_hierarchy = "at"
    fields = ["at", "by", "what", "subject_kind", "subject_pk", "case"]

    @admin.display(description=_("Case number"))
    def case(self, row: Entry) -> str:
        """The course by its number."""
        return case_number(row)


@admin.register(Look)
class LookAdmin(RecordAdmin):
    """Looks, with the reason where one was asked for."""

    list_display = ["at", "by", "kind", "case", "reason"]
    list_filter = ["kind"]
    list_select_related = ["by"]
    search_fields = ["=case_pk", "=by__username"]
    date_hierarchy = "at"
    fields = ["at", "by", "kind", "case", "reason", "details"]

    @admin.display(description=_("Case number"))
    def case(self, row: Look) -> str:
        """The course by its number."""
        return case_number(row)
