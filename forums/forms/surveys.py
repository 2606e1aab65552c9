"""What is asked when a survey is made, answered, and news is written."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from forums.access import OVER, STANDING, own_agreements
from forums.models import Survey
from meetings.forms.pieces import ActForm
from partnerships.models import Agreement
from shared.form_fields import DayField, LastDayField, RemarkField

KINDS = [
    ("scale", gettext_lazy("1 to 5")),
    ("yes_no", gettext_lazy("yes or no")),
    ("text", gettext_lazy("in words")),
]
QUESTIONS = 6
MOST_LINKS = 200


class SurveyForm(ActForm):
    """A short questionnaire."""

    agreement = forms.ModelChoiceField(
        Agreement.objects.none(), label=gettext_lazy("Agreement"), empty_label=None
    )
    title = RemarkField(label=gettext_lazy("Title"), max_length=160)
    opens_on = DayField(label=gettext_lazy("First day"))
    closes_on = LastDayField(label=gettext_lazy("Last day"))

    def __init__(self, data: Any, *, user: User) -> None:  # noqa: ANN401 (a QueryDict or nothing)
        super().__init__(data)
        field: Any = self.fields["agreement"]
        field.queryset = own_agreements(user).filter(state__in=STANDING)
        for number in range(1, QUESTIONS + 1):
            values = {"number": number}
            self.fields[f"text_{number}"] = RemarkField(
                label=_("Question %(number)d") % values, max_length=200, required=number == 1
            )
            self.fields[f"kind_{number}"] = forms.ChoiceField(
                label=_("Question %(number)d is answered") % values, choices=KINDS
            )

    @property
    def arguments(self) -> dict[str, Any]:
        """What the act takes."""
        said = self.cleaned_data
        questions = [
            {"key": f"q{n}", "text": said[f"text_{n}"], "kind": said[f"kind_{n}"]}
            for n in range(1, QUESTIONS + 1)
            if said[f"text_{n}"]
        ]
        named = {name: said[name] for name in ("agreement", "title", "opens_on", "closes_on")}
        return named | {"questions": questions}


class LinksForm(ActForm):
    """How many links to give out."""

    count = forms.IntegerField(
        label=gettext_lazy("Number of links"), min_value=1, max_value=MOST_LINKS, initial=20
    )


class AnswerForm(forms.Form):
    """The questions of a survey; every one may be left out, but not all."""

    def __init__(self, data: Any, *, survey: Survey) -> None:  # noqa: ANN401 (a QueryDict or nothing)
        super().__init__(data)
        for question in survey.questions:
            self.fields[question["key"]] = _field(question)

    def clean(self) -> dict[str, Any]:
        """Something is answered."""
        said = super().clean() or {}
        if not any(said.values()) and not self.errors:
            raise ValidationError(_("Answer at least one question."))
        return {key: value for key, value in said.items() if value}


class NewsForm(ActForm):
    """News of a method that works."""

    agreement = forms.ModelChoiceField(
        Agreement.objects.none(),
        label=gettext_lazy("Told to the parties of"),
        required=False,
        empty_label=gettext_lazy("all"),
    )
    title = RemarkField(label=gettext_lazy("Title"), max_length=160)
    text = RemarkField(
        label=gettext_lazy("Text"), max_length=8000, widget=forms.Textarea({"rows": 8})
    )
    source = RemarkField(label=gettext_lazy("Source"), max_length=200, required=False)

    def __init__(self, data: Any, *, user: User) -> None:  # noqa: ANN401 (a QueryDict or nothing)
        super().__init__(data)
        field: Any = self.fields["agreement"]
        field.queryset = own_agreements(user).exclude(state__in=OVER)


def _field(question: dict[str, str]) -> forms.Field:
    if question["kind"] == "text":
        box = forms.Textarea({"rows": 4, "class": "form-input"})
        return RemarkField(label=question["text"], max_length=1000, required=False, widget=box)
    choices = (
        [(str(one), str(one)) for one in range(1, 6)]
        if question["kind"] == "scale"
        else [("yes", _("Yes")), ("no", _("No"))]
    )
    return forms.ChoiceField(
        label=question["text"], choices=choices, required=False, widget=forms.RadioSelect
    )
