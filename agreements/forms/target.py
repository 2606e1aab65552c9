"""Step 2 of the guide: whom the agreement takes in."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.forms.pieces import TermsForm
from partnerships.agreement_rules import OLDEST, YOUNGEST, ages_fault
from partnerships.models import AgreementTerms, Organisation
from partnerships.readiness import EXPLAINED

SPARE_ROWS = 1
MOST_ROWS = 20


class TargetForm(TermsForm):
    """Step 2: whom the agreement takes in."""

    class Meta:
        model = AgreementTerms
        fields = [
            "min_age", "exclude_special_effort", "special_effort_note", "opt_out",
            "free_municipality",
        ]  # fmt: skip
        help_texts = EXPLAINED

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 (Django's own arguments)
        super().__init__(*args, **options)
        groups = list(self.instance.young_groups)
        for number in range(self._rows(len(groups))):
            group = groups[number] if number < len(groups) else {}
            for name, field in _group_fields(number, self.a_kasser).items():
                field.initial = group.get(name)
                self.fields[f"{name}_{number}"] = field
        self.fields["rows"] = forms.IntegerField(
            required=False, widget=forms.HiddenInput, initial=self.rows
        )

    def _rows(self, stored: int) -> int:
        """As many groups as are stored and one more, or as the page asked for."""
        asked = str(self.data.get("rows", "")) if self.is_bound else ""
        added = 1 if self.is_bound and self.data.get("do") == "add" else 0
        asked_rows = min(int(asked), MOST_ROWS) if asked.isdecimal() else 0
        self.rows = max(stored + SPARE_ROWS, asked_rows) + added
        return self.rows

    def groups(self) -> Iterator[dict[str, Any]]:
        """The fields of each group, for the page."""
        for number in range(self.rows):
            yield {
                "number": number + 1,
                "fields": [self[f"{name}_{number}"] for name in ("a_kasse", "from_age", "to_age")],
            }

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        found = [group for group in map(self._group, range(self.rows)) if group]
        said["young_groups"] = found
        return said

    def _group(self, number: int) -> dict[str, Any] | None:
        """One group of young people; half of one is an error in its place."""
        slug, first, last = (
            self.cleaned_data.get(f"{name}_{number}") for name in ("a_kasse", "from_age", "to_age")
        )
        if not slug and first is None and last is None:
            return None
        if not slug:
            self.add_error(f"a_kasse_{number}", _("Choose the a-kasse of the group."))
            return None
        if first is None or last is None:
            missing = "from_age" if first is None else "to_age"
            if f"{missing}_{number}" not in self.errors:
                self.add_error(f"{missing}_{number}", _("Write both ages, such as 25 and 29."))
            return None
        if wrong := ages_fault(first, last):
            self.add_error(f"from_age_{number}", wrong)
            return None
        return {"a_kasse": slug, "from_age": first, "to_age": last}

    @property
    def said(self) -> dict[str, Any]:
        return {**super().said, "young_groups": self.cleaned_data["young_groups"]}


def _group_fields(number: int, a_kasser: list[Organisation]) -> dict[str, forms.Field]:
    names: dict[str, str | Promise] = {
        "a_kasse": gettext_lazy("A-kasse"),
        "from_age": gettext_lazy("From age"),
        "to_age": gettext_lazy("To age"),
    }
    choices = [("", _("none")), *((one.slug, one.short) for one in a_kasser)]
    ages = {
        name: forms.IntegerField(
            label=_("%(name)s, group %(number)d") % {"name": names[name], "number": number + 1},
            required=False,
            min_value=YOUNGEST,
            max_value=OLDEST,
            widget=forms.NumberInput({"class": "kf-short"}),
        )
        for name in ("from_age", "to_age")
    }
    label = _("%(name)s, group %(number)d") % {"name": names["a_kasse"], "number": number + 1}
    return {
        "a_kasse": forms.ChoiceField(label=label, required=False, choices=choices),
        **ages,
    }
