"""The admin site's pages about the life of agreements: read here, written by their steps."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from partnerships.admin import administers_all, own_organisations
from partnerships.models import Agreement, AgreementVersion, PhaseTwo, Point, Step, WorkflowStep
from shared.records import RecordAdmin


class OfAgreement(RecordAdmin):
    """Rows of the agreements that an administrator sees."""

    list_select_related = ["agreement"]
    search_fields = ["agreement__title", "agreement__slug"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """All, or those of one's own municipality."""
        rows = super().get_queryset(request)
        if administers_all(request):
            return rows
        own = own_organisations(request)
        ours = Q(parties__organisation__in=own) | Q(municipalities__coverages__jobcentre__in=own)
        return rows.filter(agreement__in=Agreement.objects.filter(ours).values("pk"))


@admin.register(Step)
class StepAdmin(OfAgreement):
    list_display = ["agreement", "kind", "on", "party", "computed_end", "made_by", "made_at"]
    list_filter = ["kind"]
    list_select_related = ["agreement", "party", "made_by"]
    date_hierarchy = "on"


@admin.register(AgreementVersion)
class AgreementVersionAdmin(OfAgreement):
    """Versions without their contents; the agreement's own page sets two side by side."""

    list_display = ["agreement", "number", "why", "made_by", "made_at"]
    list_select_related = ["agreement", "made_by"]
    fields = ["agreement", "number", "why", "made_by", "made_at"]


@admin.register(Point)
class PointAdmin(OfAgreement):
    list_display = ["agreement", "order", "title", "state"]
    list_filter = ["state"]


@admin.register(WorkflowStep)
class WorkflowStepAdmin(OfAgreement):
    list_display = ["agreement", "workflow", "order", "who", "what", "registered_in"]


@admin.register(PhaseTwo)
class PhaseTwoAdmin(OfAgreement):
    list_display = ["agreement", "law_in_force_on", "budget_in_place_on", "addendum"]
    list_select_related = ["agreement", "addendum"]
