"""Saying where the search for work stands: every item on one page, what is left alone stays."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.job_search import items_of
from courses.models import Course, JobSearchStatus
from shared.form_fields import DayField, RemarkField


@dataclass(frozen=True, slots=True)
class ItemFields:
    """The two fields of an item."""

    name: str
    state: forms.BoundField
    remark: forms.BoundField


class JobSearchForm(forms.Form):
    """A state and a remark for each item; only what was changed is recorded."""

    as_of = DayField(label=_("Seen on"))

    def __init__(
        self,
        data: Any,  # noqa: ANN401 (a QueryDict)
        *,
        course: Course,
        known: Mapping[str, JobSearchStatus],
        on: date,
    ) -> None:
        super().__init__(data, initial={"as_of": on})
        self.items = items_of(course)
        for item in self.items:
            last = known.get(item)
            self.fields[f"state_{item}"] = forms.ChoiceField(
                label=item.label,
                choices=[("", _("not looked at")), *JobSearchStatus.State.choices],
                initial=last.state if last else "",
                required=False,
                widget=forms.Select(attrs={"class": "form-select"}),
            )
            self.fields[f"remark_{item}"] = RemarkField(
                label=_("Remark"), initial=last.remark if last else "", required=False
            )

    @property
    def rows(self) -> Iterator[ItemFields]:
        """The items for the page."""
        for item in self.items:
            label = str(item.label)
            name = f"{label[:1].upper()}{label[1:]}"
            yield ItemFields(name, self[f"state_{item}"], self[f"remark_{item}"])

    @property
    def changed(self) -> list[dict[str, Any]]:
        """What `record` is told: the items whose state or remark differs from what stood."""
        said = self.cleaned_data
        return [
            {
                "item": item.value,
                "state": said[f"state_{item}"],
                "remark": said[f"remark_{item}"],
                "as_of": said["as_of"],
            }
            for item in self.items
            if said[f"state_{item}"]
            and {f"state_{item}", f"remark_{item}"} & set(self.changed_data)
        ]

    def clean(self) -> dict[str, Any]:
        """A remark belongs to a state."""
        given: dict[str, Any] = super().clean() or {}
        for item in self.items:
            if given.get(f"remark_{item}") and not given.get(f"state_{item}"):
                self.add_error(f"state_{item}", _("Choose how it stands, too."))
        return given
