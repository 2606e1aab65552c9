"""What people write about hand-overs and beside them."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from courses.models import Course, MeetingForm, Party
from courses.party_words import said_to, word_form
from handovers.access import advisers_of
from handovers.actions.sheets import missing_in
from handovers.models import PARTS, Departure, Sheet
from handovers.sick_bookings import Booking, bookings_of
from meetings.forms.booking import SittingForm
from meetings.models import MeetingQuerySet
from meetings.plans import Purpose
from shared.form_fields import DayField, RemarkField, holds_no_cpr

DIAGNOSIS = re.compile(r"diagnos|\bICD\b|\bD?F\d{2}(\.\d)?\b", re.IGNORECASE)
PART_LENGTH = 2000


def names_no_diagnosis(text: str) -> None:
    """Refuse the word and the codes; what somebody can do at work says more."""
    if DIAGNOSIS.search(text):
        raise ValidationError(
            _("Write no diagnosis. Say what the citizen can and cannot do at work.")
        )


class PlainTextField(forms.CharField):
    """A few lines that are kept: no CPR number, no diagnosis."""

    default_validators = [holds_no_cpr, names_no_diagnosis]

    def __init__(self, *, rows: int = 3, **options: Any) -> None:  # noqa: ANN401 (Django's own options)
        options.setdefault("required", False)
        options.setdefault("max_length", PART_LENGTH)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **options)


class SheetForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic when it runs
    """The hand-over sheet; everything may wait while it is a draft."""

    cv = PlainTextField(label=_("CV"), rows=2)
    min_plan = PlainTextField(label=_("Min Plan"), rows=2)
    requirements = PlainTextField(label=_("Requirements for the job search"), rows=2)
    interviews = PlainTextField(label=_("Interviews held"), rows=4)
    agreed = PlainTextField(label=_("Agreements"))
    barriers = PlainTextField(
        label=_("What makes it hard to find work"),
        help_text=_(
            "Only what bears on work: hours, tasks, transport, language. Write no diagnosis and"
            " nothing of health."
        ),
    )
    job_club = PlainTextField(label=_("Ongoing job club"), rows=2)
    next_actions = PlainTextField(
        label=_("Next steps"), help_text=_("Who does what, by when. Needed to send the sheet.")
    )
    citizen_told_on = DayField(
        label=_("The citizen was told on"),
        required=False,
        help_text=_("What will happen and when. Needed to send the sheet."),
    )
    participation = forms.ChoiceField(
        label=_("Shall the a-kasse take part in the first interview after the hand-over?"),
        choices=Sheet.Participation,
        required=False,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Sheet
        fields = [*PARTS, "citizen_told_on", "participation"]

    def __init__(self, data: Any, *, instance: Sheet, sends: bool, on: date) -> None:  # noqa: ANN401
        self.sends, self.on = sends, on
        super().__init__(data, instance=instance)
        word_form(self, Party.A_KASSE)

    def clean(self) -> dict[str, Any]:
        """Mark all that is missing at once, where the sheet is to be sent."""
        said: dict[str, Any] = super().clean() or {}
        if not self.sends:
            return said
        for name, sentence in missing_in(said, on=self.on):
            if name not in self.errors:
                self.add_error(name, said_to(Party.A_KASSE, sentence))
        return said


class AcceptForm(forms.Form):
    """Who takes the course."""

    adviser = forms.ModelChoiceField(
        User.objects.none(), label=_("Who takes the course?"), empty_label=None
    )

    def __init__(self, data: Any, *, course: Course, user: User, on: date) -> None:  # noqa: ANN401
        super().__init__(data, initial={"adviser": course.caseworker_id or user.pk})
        self.fields["adviser"].queryset = advisers_of(course, on=on)  # type: ignore[attr-defined]  # of this field


class ReturnForm(forms.Form):
    """What is missing."""

    reason = RemarkField(
        label=_("What is missing?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[names_no_diagnosis],
    )


class FirstInterviewForm(SittingForm):
    """When the jobcentre's first interview is; what it is, the course says."""

    def __init__(self, data: Any, *, purpose: Purpose, user: User, day: date, on: date) -> None:  # noqa: ANN401
        super().__init__(data, initial={"day": day, "worker": user.pk})
        self._purpose = purpose
        self.offer(user, Party.JOBCENTRE, on=on)
        self.offer_lengths()

    @property
    def purpose(self) -> Purpose:
        """The first interview that the jobcentre owes."""
        return self._purpose


class LeaveForm(forms.Form):
    """When, how and why a member goes to the jobcentre before the time."""

    chosen_on = DayField(label=_("When was it chosen?"))
    channel = forms.ChoiceField(
        label=_("How was it said?"), choices=Departure.Channel, widget=forms.RadioSelect
    )
    reason = forms.ChoiceField(
        label=_("Reason"), choices=Departure.Reason, widget=forms.RadioSelect
    )
    text = RemarkField(
        label=_("In a few words"),
        required=False,
        validators=[names_no_diagnosis],
        help_text=_("What the citizen said, or what is needed. Write no diagnosis."),
    )


class TalkForm(forms.Form):
    """What the talk with a sick member may leave: nothing of what ails them."""

    held_on = DayField(label=_("When was the talk?"))
    form = forms.ChoiceField(
        label=_("Form"),
        choices=MeetingForm,
        initial=MeetingForm.IN_PERSON,
        widget=forms.RadioSelect,
    )
    illness_prevents = forms.BooleanField(
        label=_("The illness prevents coming in person"),
        required=False,
        help_text=_("By phone or video only then."),
    )
    back_on = DayField(label=_("Expects to be back on"), required=False)
    agreed = RemarkField(
        label=_("Agreed"),
        required=False,
        validators=[names_no_diagnosis],
        help_text=_("About contact and the way back to work. Write no diagnosis."),
    )


class CancelForm(forms.Form):
    """Which of the own interviews on sick days are cancelled; all of them, unless one says else."""

    meeting = forms.TypedMultipleChoiceField(
        label=_("Which interviews are cancelled?"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose an interview, or leave the page: nothing is lost.")},
    )

    def __init__(
        self,
        data: Any,  # noqa: ANN401 (whatever was sent)
        *,
        found: MeetingQuerySet,
        side: Party | None,
        on: date,
    ) -> None:
        self.bookings = bookings_of(found.for_list().order_by("starts_at", "pk"), side, on=on)
        own = [one for one in self.bookings if one.is_own]
        super().__init__(data, initial={"meeting": [one.pk for one in own]})
        self.fields["meeting"].choices = [  # type: ignore[attr-defined]  # of this field's class
            (one.pk, f"{one.when} · {one.name} · {one.place} · {one.due}") for one in own
        ]

    @property
    def others(self) -> list[Booking]:
        """What the other party holds, and cancels itself."""
        return [one for one in self.bookings if not one.is_own]

    @property
    def chosen(self) -> list[int]:
        """The interviews that were ticked."""
        found: list[int] = self.cleaned_data["meeting"]
        return found


class CallForm(forms.Form):
    """A call about a certain job."""

    called_on = DayField(label=_("When?"))
    form = forms.ChoiceField(
        label=_("Form"), choices=MeetingForm, initial=MeetingForm.PHONE, widget=forms.RadioSelect
    )
    about = RemarkField(
        label=_("Which employer or job?"),
        max_length=200,
        help_text=_("Such as the number of the job advertisement."),
    )


class NothingForm(forms.Form):
    """Nothing to fill in: the button says it all."""
