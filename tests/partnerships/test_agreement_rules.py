"""The admin site and the guide refuse the same, in the same words."""

from datetime import date

import pytest

from agreements.forms.target import TargetForm
from agreements.forms.terms import InterviewsForm, MoneyForm, PlacesForm
from partnerships.agreement_rules import parent_fault
from partnerships.models import AgreementTerms
from partnerships.terms_admin import TermsForm
from tests.factories import AgreementFactory, AKasseFactory

pytestmark = pytest.mark.django_db
USUAL = {
    "starts_on": "01.12.2026", "due_soon_days": "5", "release_days": "5", "host": "jobcentre",
    "notice_days": "7", "rebook_days": "10", "postpone_days": "14", "participation": "video",
    "handover_ahead_days": "30", "handover_answer_days": "5", "frame_months": "12",
    "first_meetings_at_a_kasse": "0", "young_groups": "[]",
}  # fmt: skip


@pytest.mark.parametrize(
    ("step", "field", "said"),
    [
        (InterviewsForm, "postpone_days", {"postpone_days": "15"}),
        (InterviewsForm, "first_joint_from", {"first_joint_from": "02.07.2016"}),
        (InterviewsForm, "window_weeks", {"first_meetings_at_a_kasse": "2"}),
        (
            InterviewsForm,
            "window_weeks",
            {"first_meetings_at_a_kasse": "2", "window_weeks": "25"},
        ),
        (PlacesForm, "notice_days", {"notice_days": "0"}),
        (MoneyForm, "frame_months", {"frame_months": "0"}),
    ],
)
def test_a_term_that_the_guide_refuses_is_refused_in_the_admin_site(step, field, said) -> None:
    agreement = AgreementFactory(state="draft", starts_on=date(2026, 12, 1))
    terms = AgreementTerms(agreement=agreement, starts_on=agreement.starts_on)

    guide = step({**USUAL, **said}, instance=terms, a_kasser=[])
    site = TermsForm({**USUAL, "agreement": agreement.pk, **said})

    assert guide.errors[field] == site.errors[field]
    assert TermsForm({**USUAL, "agreement": agreement.pk}).is_valid()


def test_ages_the_wrong_way_round_and_a_kasser_that_are_none_are_refused_on_both() -> None:
    a_kasse = AKasseFactory()
    agreement = AgreementFactory(state="draft", starts_on=date(2026, 12, 1))
    terms = AgreementTerms(agreement=agreement, starts_on=agreement.starts_on)

    def site(slug: str, first: int, last: int) -> list[str]:
        groups = f'[{{"a_kasse": "{slug}", "from_age": {first}, "to_age": {last}}}]'
        form = TermsForm({**USUAL, "agreement": agreement.pk, "young_groups": groups})
        return form.errors.get("young_groups", [])

    turned = {"rows": "1", "a_kasse_0": a_kasse.slug, "from_age_0": "29", "to_age_0": "25"}
    guide = TargetForm(turned, instance=terms, a_kasser=[a_kasse])

    assert guide.errors["from_age_0"] == site(a_kasse.slug, 29, 25)
    assert site("nowhere", 25, 29)
    assert not site(a_kasse.slug, 25, 29)


def test_an_agreement_stands_neither_under_itself_nor_under_what_stands_below_it() -> None:
    above = AgreementFactory(kind="declaration")
    below = AgreementFactory(parent=above)
    other = AgreementFactory()

    assert parent_fault(above, above)
    assert parent_fault(above, below)
    assert not parent_fault(above, other)
