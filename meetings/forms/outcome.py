"""How an interview went, a cancellation, and what is learnt afterwards."""

from datetime import datetime
from typing import Any

from crispy_forms.layout import Div, Field, Fieldset, Layout
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.models import MeetingKind, Party
from meetings.cautions import TYPES, Caution, holding_cautions
from meetings.forms.pieces import ActForm, ClockField, moment_of
from meetings.meeting_page import party_name
from meetings.models import Meeting, NoShow, Participant
from meetings.plans import Held, Missed
from shared.form_fields import DayField, RemarkField

Attendance = Participant.Attendance
TYPE_NAMES = [
    (10, gettext_lazy("10 – CV interview")),
    (7, gettext_lazy("7 – job interview")),
    (17, gettext_lazy("17 – joint job interview")),
    (4, gettext_lazy("4 – follow-up interview")),
]


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


class OutcomeForm(ContactForm):
    """Held, with who came; or a no-show, with what is known: for `actions.hold` and `miss`."""

    HELD, NO_SHOW = "held", "no_show"

    outcome = forms.ChoiceField(
        label=gettext_lazy("How did it go?"),
        choices=[
            (HELD, gettext_lazy("It was held")),
            (NO_SHOW, gettext_lazy("The citizen did not come")),
        ],
        widget=forms.RadioSelect,
    )
    jobcentre = forms.ChoiceField()
    a_kasse = forms.ChoiceField()
    registered_type = forms.TypedChoiceField(
        label=gettext_lazy("Registered as type"),
        choices=TYPE_NAMES,
        coerce=int,
        required=False,
        empty_value=None,
        help_text=gettext_lazy("A joint interview is type 17 whether or not the a-kasse came."),
    )
    agreed = RemarkField(
        label=gettext_lazy("What was agreed"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    next_step = RemarkField(label=gettext_lazy("Next step"), max_length=300, required=False)
    lawful_absence = forms.ChoiceField(
        label=gettext_lazy("Lawful absence"), choices=NoShow.Lawful, initial=NoShow.Lawful.NONE
    )
    contact_attempts = RemarkField(
        label=gettext_lazy("Attempts at contact"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("When and how you tried to reach the citizen."),
    )

    def __init__(self, data: object, *, meeting: Meeting) -> None:
        expected = TYPES.get(MeetingKind(meeting.kind))
        super().__init__(data, initial={"registered_type": expected})  # type: ignore[arg-type]
        self.parties = self._parties(meeting)
        for name in ("contact_day", "contact_time"):
            self.fields[name].required = False
        self.layout = Layout(
            Field("outcome"),
            Fieldset(_("Who was there"), *self.parties),
            Fieldset(_("If it was held"), "registered_type", "agreed", "next_step"),
            Fieldset(
                _("If the citizen did not come"),
                "lawful_absence",
                "contact_attempts",
                Div("contact_day", "contact_time", css_class="kf-form-grid"),
                "explanation",
            ),
            Field("seen"),
        )

    def _parties(self, meeting: Meeting) -> list[str]:
        """Ask about the parties that were to take part, and no other."""
        rows = {row.role: row for row in meeting.participants.all()}
        for side in (Party.JOBCENTRE, Party.A_KASSE):
            if side not in rows:
                del self.fields[side]
                continue
            field = self.fields[side]
            field.label = party_name(meeting, side)
            field.choices = [  # type: ignore[attr-defined]
                one for one in Attendance.choices if one[0] != Attendance.EXPECTED
            ]
            said = rows[side].attendance
            field.initial = Attendance.CAME if said == Attendance.EXPECTED else said
        return [side for side in (Party.JOBCENTRE, Party.A_KASSE) if side in rows]

    def cautions(self, meeting: Meeting) -> list[Caution]:
        """What to think of before it is sent for good; nothing while it is not right."""
        if not self.is_valid() or not self.was_held:
            return []
        return holding_cautions(meeting, self.attendance, self.held.registered_type)

    @property
    def was_held(self) -> bool:
        """Whether the interview took place."""
        return bool(self.cleaned_data["outcome"] == self.HELD)

    @property
    def attendance(self) -> dict[str, str]:
        """Who came, by role; the citizen came when the interview was held."""
        citizen = Attendance.CAME if self.was_held else Attendance.ABSENT
        parties = {side: self.cleaned_data[side] for side in self.parties}
        return {Participant.Role.CITIZEN: citizen, **parties}

    @property
    def held(self) -> Held:
        """How it went, as `hold` takes it."""
        said = self.cleaned_data
        return Held(self.attendance, said["agreed"], said["next_step"], said["registered_type"])

    @property
    def missed(self) -> Missed:
        """What is known, as `miss` takes it."""
        said = self.cleaned_data
        return Missed(
            lawful_absence=said["lawful_absence"],
            contact_attempts=said["contact_attempts"],
            contact_again_at=self.contact_again_at,
            explanation=said["explanation"],
            attendance=self.attendance,
        )


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


class ReasonForm(ActForm):
    """Why something is taken back."""

    reason = RemarkField(
        label=gettext_lazy("Why"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It stays in the journal of the case."),
    )
    layout = Layout(Field("reason"), Field("seen"))
