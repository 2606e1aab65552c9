"""What the forms of the guide share."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from law.vocabulary import Regime
from partnerships.agreement_rules import term_faults
from partnerships.models import Organisation
from partnerships.terms_words import idle_note, idle_terms, regime_on

EVER_MOVE = frozenset(name for regime in Regime for name in idle_terms(regime))


class GuideForm(forms.ModelForm):  # type: ignore[type-arg]  # likewise
    """A step of the guide; the page brings the form tag."""

    @property
    def helper(self) -> FormHelper:
        """How crispy-forms lays it out."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        return helper


class TermsForm(GuideForm):
    """A step that writes terms; a term that the rules of the first day leave idle says so."""

    def __init__(self, *args: Any, a_kasser: list[Organisation], **options: Any) -> None:  # noqa: ANN401 (Django's own arguments)
        super().__init__(*args, **options)
        self.a_kasser = a_kasser
        regime = regime_on(self.instance.starts_on)
        self.idle = tuple(name for name in idle_terms(regime) if name in self.fields)
        for name in self.idle:
            field = self.fields[name]
            field.help_text = f"{field.help_text} {idle_note(regime)}".strip()
        for one in self.fields.values():
            if isinstance(one, forms.IntegerField):
                one.widget.attrs["class"] = "kf-short"

    def clean(self) -> dict[str, Any]:
        """What the admin site would refuse is refused here, in the same words."""
        said: dict[str, Any] = super().clean() or {}
        for name, wrong in list(term_faults(said)):
            if name not in self.errors:
                self.add_error(name, wrong)
        return said

    def _get_validation_exclusions(self) -> set[str]:
        """The days of the terms are those of the agreement and are not asked here."""
        return {*super()._get_validation_exclusions(), "agreement"}  # type: ignore[misc]  # not in stubs

    @property
    def movers(self) -> list[forms.BoundField]:
        """The fields that the rules of the first day let move something, of those that ever do."""
        return [self[name] for name in self.fields if name in EVER_MOVE and name not in self.idle]

    @property
    def idlers(self) -> list[forms.BoundField]:
        """The fields that the rules of the first day leave idle."""
        return [self[name] for name in self.idle]

    @property
    def idle_is_wrong(self) -> bool:
        """Whether one of the idle fields is to be corrected, so that it must be seen."""
        return any(name in self.errors for name in self.idle)

    @property
    def said(self) -> dict[str, Any]:
        """What was written, by the name of the term."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}
