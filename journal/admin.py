"""The admin site's pages about who did what and who looked at what; no citizen is named."""

from collections.abc import Callable, Mapping

from django.contrib import admin
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from journal.models import Entry, Look, case_number
from shared.records import RecordAdmin


def _cases(keys: list[int]) -> str:
    return ", ".join(map(case_number, keys))


DETAILS: Mapping[str, tuple[Promise, Callable[..., str]]] = {
    "page": (_("page"), str),
    "sought": (_("sought by"), str),
    "count": (_("found"), str),
    "minutes": (_("opened for minutes"), str),
    "letter": (_("letter"), str),
    "courses": (_("cases"), _cases),
}


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
        return case_number(row.case_pk)


@admin.register(Look)
class LookAdmin(RecordAdmin):
    """Looks, with the reason where one was asked for."""

    list_display = ["at", "by", "kind", "case", "reason"]
    list_filter = ["kind"]
    list_select_related = ["by"]
    search_fields = ["=case_pk", "=by__username"]
    date_hierarchy = "at"
    fields = ["at", "by", "kind", "case", "reason", "more"]

    @admin.display(description=_("Case number"))
    def case(self, row: Look) -> str:
        """The course by its number."""
        return case_number(row.case_pk)

    @admin.display(description=_("details"))
    def more(self, row: Look) -> SafeString:
        """What else is known of the look, a line each."""
        lines = [
            (name, shown(row.details[key]))
            for key, (name, shown) in DETAILS.items()
            if row.details.get(key)
        ]
        return format_html_join("", "<div>{}: {}</div>", lines)
