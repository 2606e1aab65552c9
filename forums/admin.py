"""The admin site's pages about forums and surveys: read here; no answer is shown."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from forums.models import Forum, ForumMeeting, Survey
from partnerships.admin import administers_all, editor
from shared.records import RecordAdmin


@admin.register(Forum)
class ForumAdmin(RecordAdmin):
    list_display = ["name", "kind", "agreement", "meetings_a_year"]
    list_filter = ["kind"]
    list_select_related = ["agreement"]
    search_fields = ["name", "agreement__title"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Forum]:
        """All, or those of one's own parties."""
        rows = super().get_queryset(request)
        return rows if administers_all(request) else rows.filter(pk__in=_own(request))


@admin.register(ForumMeeting)
class ForumMeetingAdmin(RecordAdmin):
    list_display = ["forum", "starts_at", "place", "state", "minutes_approved_on"]
    list_filter = ["state"]
    list_select_related = ["forum"]
    date_hierarchy = "starts_at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[ForumMeeting]:
        """All, or those of one's own parties' forums."""
        rows = super().get_queryset(request)
        return rows if administers_all(request) else rows.filter(forum__in=_own(request))


@admin.register(Survey)
class SurveyAdmin(RecordAdmin):
    list_display = ["title", "agreement", "activity", "opens_on", "closes_on"]
    list_select_related = ["agreement", "activity"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Survey]:
        """All, or those of one's own parties' agreements."""
        rows = super().get_queryset(request)
        if administers_all(request):
            return rows
        return rows.filter(agreement__forums__in=_own(request)).distinct()


def _own(request: HttpRequest) -> QuerySet[Any]:
    return Forum.objects.visible_to(editor(request)).values("pk")
