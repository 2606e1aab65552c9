"""What citizens and workers send."""

from datetime import date, datetime, time

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.models import Duty
from courses.wording import interview_name
from meetings.forms.pieces import ActForm, ClockField, moment_of
from selfservice.models import BookingDeadline
from shared.form_fields import DayField, RemarkField
from shared.written import plain_day


class WishForm(forms.Form):
    """Another time that would suit; both fields or none."""

    day = DayField(label=gettext_lazy("Day"), required=False)
    starts = ClockField(label=gettext_lazy("Time"), required=False)

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


class DeadlineForm(ActForm):
    """Which interview the citizen is to book, and by when."""

    duty = forms.TypedChoiceField(label=gettext_lazy("Interview"), coerce=int)
    book_by = DayField(
        label=gettext_lazy("Last day to book"),
        help_text=gettext_lazy("The day itself is in time. A letter tells the citizen."),
    )

    def __init__(self, data: object, *, duties: list[Duty]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.duties = {one.pk: one for one in duties}
        self.fields["duty"].choices = [(one.pk, _named(one)) for one in duties]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Duty:
        """The interview that was chosen."""
        return self.duties[self.cleaned_data["duty"]]


def _named(duty: Duty) -> str:
    name = interview_name(duty.rule, duty.ordinal, duty.kind)
    last = duty.latest_on or duty.due_on
    return _("%(name)s, by %(day)s") % {"name": name, "day": plain_day(last)} if last else name


class CloseForm(ActForm):
    """Which deadline ends, and why."""

    deadline = forms.TypedChoiceField(label=gettext_lazy("Deadline"), coerce=int)
    reason = forms.ChoiceField(
        label=gettext_lazy("Why"), choices=BookingDeadline.Reason, widget=forms.RadioSelect
    )

    def __init__(self, data: object, *, running: list[BookingDeadline]) -> None:
        super().__init__(data, auto_id="close_%s")  # type: ignore[arg-type]
        self.running = {one.pk: one for one in running}
        self.fields["deadline"].choices = [  # type: ignore[attr-defined]
            (one.pk, _named_deadline(one)) for one in running
        ]

    @property
    def chosen(self) -> BookingDeadline:
        """The deadline that was chosen."""
        return self.running[self.cleaned_data["deadline"]]


def _named_deadline(deadline: BookingDeadline) -> str:
    duty = deadline.duty
    name = interview_name(duty.rule, duty.ordinal, duty.kind)
    return f"{name}: {plain_day(deadline.book_by)}"
