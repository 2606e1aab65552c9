"""A cancellation, and what is learnt after a no-show."""

from datetime import date, datetime
from typing import Any

from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.models import Party
from courses.party_words import party_choices
from meetings.forms.pieces import ActForm, ClockField, moment_of
from shared.form_fields import DayField, RemarkField


class ContactForm(ActForm):
    """When the citizen was in contact again: the arguments of `actions.record_contact_again`."""

    contact_day = DayField(label=gettext_lazy("In contact again on"))
    contact_time = ClockField(label=gettext_lazy("At"))
    explanation = RemarkField(
        label=gettext_lazy("The citizen's explanation"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    layout = Layout(
        Div(Field("contact_day"), Field("contact_time"), css_class="kf-form-grid"),
        Field("explanation"),
        Field("seen"),
    )

    @property
    def arguments(self) -> dict[str, Any]:
        """The moment of contact, and what the citizen said."""
        said = self.cleaned_data
        return {"contact_again_at": self.contact_again_at, "explanation": said["explanation"]}

    @property
    def contact_again_at(self) -> datetime | None:
        """The moment of contact, when day and time are both given."""
        day, clock = self.cleaned_data.get("contact_day"), self.cleaned_data.get("contact_time")
        return moment_of(day, clock) if day and clock else None

    def clean(self) -> dict[str, object]:
        """A moment has a day and a time."""
        said = self.cleaned_data
        if said.get("contact_day") and said.get("contact_time") is None:
            self.add_error("contact_time", _("Write the time as well, such as 15.00."))
        if said.get("contact_time") is not None and not said.get("contact_day"):
            self.add_error("contact_day", _("Write the date as well."))
        if not self.errors:
            self.contact_again_at  # noqa: B018 (a time that summer time skips is an error)
        return said


class CancelForm(ActForm):
    """Who cancels and why: the arguments of `actions.cancel`."""

    cancelled_by = forms.TypedChoiceField(
        label=gettext_lazy("Who cancels"), choices=Party, coerce=Party, widget=forms.RadioSelect
    )
    reason = RemarkField(
        label=gettext_lazy("Why"),
        max_length=300,
        help_text=gettext_lazy("Both parties read it."),
    )
    layout = Layout(Field("cancelled_by"), Field("reason"), Field("seen"))

    def __init__(self, data: Any, *, side: Party, on: date) -> None:  # noqa: ANN401 (a QueryDict)
        super().__init__(data)
        parties = party_choices(side, on=on)
        self.fields["cancelled_by"].choices = parties  # type: ignore[attr-defined]  # of this field
        self.worded_for(side)


class ReasonForm(ActForm):
    """Why something is taken back."""

    reason = RemarkField(
        label=gettext_lazy("Why"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It stays in the journal of the case."),
    )
    layout = Layout(Field("reason"), Field("seen"))


class QuestionForm(ActForm):
    """What one asks the other party: the argument of `actions.ask`."""

    text = RemarkField(
        label=gettext_lazy("Question"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The other party is told that there is a question, and reads it."),
    )
    layout = Layout(Field("text"), Field("seen"))


class AnswerQuestionForm(ActForm):
    """The answer to the other party: the argument of `actions.answer_question`."""

    answer = RemarkField(
        label=gettext_lazy("Answer"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    layout = Layout(Field("answer"), Field("seen"))
