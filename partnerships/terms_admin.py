"""The terms of an agreement on its page of the admin site."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from partnerships.agreement_rules import ages_fault, term_faults
from partnerships.models import Agreement, AgreementTerms, Organisation
from partnerships.readiness import EXPLAINED
from partnerships.runs import RunForm, RunsFormSet
from partnerships.terms_words import groups_in_words

YOUNG_GROUP = {"a_kasse": str, "from_age": int, "to_age": int}


class TermsForm(RunForm):
    """Terms; groups of young people are checked here, because the law reads them as they stand."""

    owner = "agreement_id"

    class Meta:
        model = AgreementTerms
        fields = "__all__"
        help_texts = EXPLAINED

    def clean_young_groups(self) -> list[dict[str, Any]]:
        """A list of groups, each with an a-kasse and two ages."""
        groups = self.cleaned_data["young_groups"] or []
        if not isinstance(groups, list) or not all(map(_is_young_group, groups)):
            raise ValidationError(
                _('Write groups such as [{"a_kasse": "metal", "from_age": 25, "to_age": 29}].')
            )
        slugs = {one["a_kasse"] for one in groups}
        known = Organisation.objects.a_kasser().filter(slug__in=slugs)
        if unknown := sorted(slugs - set(known.values_list("slug", flat=True))):
            said = _("There is no a-kasse called “%(slug)s”.")
            raise ValidationError(said, params={"slug": unknown[0]})
        wrong = [ages_fault(one["from_age"], one["to_age"]) for one in groups]
        if any(wrong):
            raise ValidationError([one for one in wrong if one])
        return groups

    def clean(self) -> dict[str, Any] | None:
        """What the guide would refuse is refused here, in the same words."""
        cleaned = super().clean() or self.cleaned_data
        for name, wrong in list(term_faults(cleaned)):
            if name not in self.errors:
                self.add_error(name, wrong)
        return cleaned


def _is_young_group(group: object) -> bool:
    if not isinstance(group, dict) or group.keys() != YOUNG_GROUP.keys():
        return False
    return all(type(group[name]) is wanted for name, wanted in YOUNG_GROUP.items())


class TermsInline(admin.StackedInline):  # type: ignore[type-arg]  # in stubs only
    model = AgreementTerms
    form = TermsForm
    formset = RunsFormSet
    extra = 0
    fields = [
        ("starts_on", "ends_on"),
        "due_soon_days",
        ("min_age", "exclude_special_effort"),
        "young_groups",
        ("first_meetings_at_a_kasse", "window_weeks"),
        ("first_joint_from", "free_municipality"),
        ("opt_out", "special_effort_note"),
        ("host", "participation"),
        ("notice_days", "rebook_days", "postpone_days"),
        ("handover_ahead_days", "handover_answer_days"),
        ("max_job_clubs", "frame_amount", "frame_months"),
    ]

    readonly_fields = ["groups_in_words"]

    def get_fields(self, request: HttpRequest, obj: Agreement | None = None) -> list[Any]:
        """Whoever only reads the terms reads the groups as a sentence."""
        fields = list(self.fields or ())
        if self.has_change_permission(request, obj):
            return fields
        return ["groups_in_words" if one == "young_groups" else one for one in fields]

    @admin.display(description=_("groups of young people included"))
    def groups_in_words(self, terms: AgreementTerms) -> str:
        """Each group: the a-kasse by its name, and the ages."""
        return groups_in_words(terms.young_groups) or str(_("none"))

    def has_delete_permission(self, request: HttpRequest, obj: Agreement | None = None) -> bool:
        """Terms that may have moved dates are ended, not deleted."""
        return super().has_delete_permission(request, obj) and is_draft(obj)


def is_draft(agreement: Agreement | None) -> bool:
    """Whether nothing has ever acted by an agreement, so that it may still be deleted."""
    return agreement is None or agreement.state == Agreement.State.DRAFT
