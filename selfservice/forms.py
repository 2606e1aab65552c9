"""What citizens and workers send."""

from datetime import date, datetime, time

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.forms.pieces import ActForm, ClockField, moment_of
from shared.form_fields import DayField, RemarkField


class WishForm(forms.Form):
    """Another time that would suit; both fields or none."""

    day = DayField(
        label=gettext_lazy("Day"),
        required=False,
        help_text="",
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    starts = ClockField(
        label=gettext_lazy("Time"),
        required=False,
        help_text="",
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
    )

    def __init__(self, data: object, *, at: datetime) -> None:
        super().__init__(data, use_required_attribute=False)  # type: ignore[arg-type]
        self.at = at
        self.wanted_at: datetime | None = None

    def clean(self) -> dict[str, object]:
        """A day and a time go together, and lie ahead."""
        said = self.cleaned_data
        day, starts = said.get("day"), said.get("starts")
        if day and starts:
            self._look_ahead(day, starts)
        elif not self.errors and (day or starts):
            self.add_error(
                "starts" if day else "day", _("Write both the day and the time, or neither.")
            )
        return said

    def _look_ahead(self, day: date, starts: time) -> None:
        try:
            self.wanted_at = moment_of(day, starts)
        except ValidationError as error:
            self.add_error("starts", error)
            return
        if self.wanted_at <= self.at:
            self.add_error("day", _("The time has passed. Choose a later one."))


class RejectForm(ActForm):
    """Why a statement is not confirmed."""

    why = RemarkField(
        label=gettext_lazy("Why is it not confirmed?"),
        help_text=gettext_lazy(
            "The citizen reads it in a letter, so write it to the citizen, and nothing about"
            " illness. It is kept with the case."
        ),
    )


class ConfirmForm(ActForm):
    """Nothing to write: the button alone."""
