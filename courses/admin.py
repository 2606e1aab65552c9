"""The admin site's pages about courses: facts and answers to be read, and no citizen's name."""

from operator import itemgetter
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from courses.models import Course, Duty, Flag, Registration, Sweep
from courses.sentences import say
from courses.wording import duty_name
from courses.words_of_acts import ACTS, entry_in_words
from journal.admin import EntryAdmin
from journal.models import Entry
from shared.records import RecordAdmin


@admin.register(Course)
class CourseAdmin(RecordAdmin):
    list_display = ["number", "a_kasse", "jobcentre", "regime", "registered_on", "ends_on"]
    list_filter = ["regime"]
    list_select_related = ["a_kasse", "jobcentre"]
    search_fields = ["=pk"]
    view_on_site = False  # administrators read no case without a logged reason
    fields = [
        "number",
        ("a_kasse", "jobcentre", "municipality"),
        ("registered_on", "placed_on", "starts_on", "ends_on"),
        ("regime", "eligible", "agreement"),
        ("handover_on", "handover_rule", "handover_is_forecast"),
        ("jobcentre_from", "forecast_from", "refreshed_at"),
    ]

    @admin.display(description=_("Case number"), ordering="pk")
    def number(self, course: Course) -> str:
        """The course by its number."""
        return course.case_number


@admin.register(Registration)
class RegistrationAdmin(RecordAdmin):
    list_display = ["course", "registered_on", "placed_on", "ended_on", "recorded_at", "source"]
    list_select_related = ["course"]
    search_fields = ["=course__pk"]
    fields = [
        "course",
        ("registered_on", "placed_on", "member_from", "ended_on"),
        ("municipality", "insured"),
        ("source", "recorded_at", "recorded_by"),
        ("superseded_at", "superseded_by"),
    ]


@admin.register(Duty)
class DutyAdmin(RecordAdmin):
    list_display = ["course", "name", "responsible", "due_on", "outcome", "rule"]
    list_filter = ["rule", "outcome"]
    list_select_related = ["course"]
    search_fields = ["=course__pk"]
    fields = [
        "course",
        ("name", "responsible", "with_party"),
        ("rule", "ordinal", "kind"),
        ("opens_on", "due_on", "latest_on"),
        ("soon_from", "late_from", "exempt_from", "exempt_to"),
        ("basis", "outcome", "met_on", "certain"),
        "in_words",
    ]

    @admin.display(description=_("interview"), ordering="kind")
    def name(self, duty: Duty) -> str:
        """The interview as people call it."""
        return duty_name(duty)

    @admin.display(description=_("because"))
    def in_words(self, duty: Duty) -> str:
        """Why the day is what it is."""
        return say(duty.because)


@admin.register(Flag)
class FlagAdmin(RecordAdmin):
    list_display = ["course", "stage", "became_on", "raised_at", "resolved_at", "resolution"]
    list_filter = ["stage", "resolution"]
    list_select_related = ["course"]
    search_fields = ["=course__pk"]
    fields = [
        ("course", "duty", "stage"),
        ("became_on", "raised_at"),
        ("resolved_at", "resolution"),
        ("cause", "responsible_side", "acknowledged_on", "acknowledged_by"),
    ]


@admin.register(Sweep)
class SweepAdmin(RecordAdmin):
    list_display = ["swept_on", "finished_at"]


class ActFilter(admin.SimpleListFilter):
    """Which act, in words."""

    title = _("act")
    parameter_name = "what"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return sorted(((what, str(word)) for what, word in ACTS.items()), key=itemgetter(1))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Entry]) -> QuerySet[Entry]:
        return queryset.filter(what=self.value()) if self.value() else queryset


admin.site.unregister(Entry)  # the journal lies below and has no words for the acts


@admin.register(Entry)
class EntryInWordsAdmin(EntryAdmin):
    """The journal with each act in words."""

    list_display = ["at", "by", "act", "case"]
    list_filter = [ActFilter]
    fields = ["at", "by", "act", "subject_kind", "subject_pk", "case"]

    @admin.display(description=_("act"))
    def act(self, entry: Entry) -> str:
        """What was done, as the course page says it."""
        return entry_in_words(entry.what, {})[0]
