"""Forms for rows that hold for some days each, of which no two may share a day."""

from datetime import date
from itertools import pairwise

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet
from django.utils.translation import gettext_lazy as _


class RunForm(forms.ModelForm):  # type: ignore[type-arg]  # a parameter only the stubs know
    """A row that holds for some days; `RunsFormSet` sees to it that no two rows share a day."""

    owner = ""

    def _get_validation_exclusions(self) -> set[str]:
        """Leave the database's check of one row against the stored ones to the form set.

        It would refuse to shorten one row and add the next in the same go.
        """
        return {*super()._get_validation_exclusions(), self.owner}  # type: ignore[misc]  # not in stubs


class RunsFormSet(BaseInlineFormSet):  # type: ignore[type-arg]  # likewise
    """The rows of one owner over time, checked against each other as they are to be."""

    def clean(self) -> None:
        super().clean()
        runs = sorted(
            (one["starts_on"], one.get("ends_on") or date.max)
            for one in (form.cleaned_data for form in self.forms if form.is_valid())
            if one.get("starts_on") and not one.get("DELETE")
        )
        if any(start < end for (_s, end), (start, _e) in pairwise(runs)):
            raise ValidationError(
                _("Two rows lie on the same days. Correct the first or the last day of one.")
            )
