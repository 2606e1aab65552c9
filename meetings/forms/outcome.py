"""How an interview went: held, with what was agreed, or a no-show, with what is known."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.models import MeetingForm, MeetingKind, Party
from meetings.cautions import TYPES, Caution, holding_cautions, missing_cautions
from meetings.forms.afterwards import ContactForm
from meetings.forms.agreements import AgreementRows, agreement_rows
from meetings.forms.pieces import ClockField, moment_of
from meetings.meeting_page import party_name
from meetings.models import Meeting, NoShow, Participant
from meetings.plans import Held, Missed
from meetings.words import citizen_came_not, citizens_explanation
from shared.form_fields import RemarkField

Attendance = Participant.Attendance
LONGEST = 480  # minutes: a working day
TYPE_NAMES = [
    (10, gettext_lazy("10 – CV interview")),
    (7, gettext_lazy("7 – job interview")),
    (17, gettext_lazy("17 – joint job interview")),
    (4, gettext_lazy("4 – follow-up interview")),
]
YES, NO = "yes", "no"
MISSED_PART = ("lawful_absence", "contact_attempts", "contact_day", "contact_time", "explanation")
HELD_PART = (
    "held_form", "began", "minutes", "registered_type", "agreed", "next_step", "min_plan_changed",
)  # fmt: skip


class OutcomeForm(ContactForm):
    """Held, with who came; or a no-show, with what is known: for `actions.hold` and `miss`.

    Only the part that was chosen is read; what stands in the other one is no error. Asked only
    for more lines (`asks_for_rows`), it shows what was typed and says of nothing that it is wrong.
    """

    HELD, NO_SHOW = "held", "no_show"

    outcome = forms.ChoiceField(
        label=gettext_lazy("How did it go?"), choices=list, widget=forms.RadioSelect
    )
    jobcentre = forms.ChoiceField()
    a_kasse = forms.ChoiceField()
    held_form = forms.ChoiceField(
        label=gettext_lazy("How you met"), choices=MeetingForm, required=False
    )
    began = ClockField(label=gettext_lazy("Began at"), required=False)
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"),
        min_value=1,
        max_value=LONGEST,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "kf-short"}),
    )
    registered_type = forms.TypedChoiceField(
        label=gettext_lazy("Registered as type"),
        choices=TYPE_NAMES,
        coerce=int,
        required=False,
        empty_value=None,
        help_text=gettext_lazy("A joint interview is type 17 whether or not the a-kasse came."),
    )
    agreed = RemarkField(
        label=gettext_lazy("Summary"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Both parties read it. Write no diagnosis."),
    )
    next_step = RemarkField(label=gettext_lazy("Next step"), max_length=300, required=False)
    min_plan_changed = forms.ChoiceField(
        label=gettext_lazy("Was Min Plan changed?"),
        choices=[(YES, gettext_lazy("Yes")), (NO, gettext_lazy("No"))],
        required=False,
        widget=forms.RadioSelect,
    )
    send_minutes = forms.BooleanField(
        label=gettext_lazy("Send the minutes to the citizen"),
        required=False,
        help_text=gettext_lazy("The letter waits ten minutes, and can be taken back."),
    )
    book_next = forms.BooleanField(
        label=gettext_lazy("Go on to book the next interview"), required=False
    )
    lawful_absence = forms.ChoiceField(
        label=gettext_lazy("Lawful absence"),
        choices=NoShow.Lawful,
        initial=NoShow.Lawful.NONE,
        required=False,
    )
    contact_attempts = RemarkField(
        label=gettext_lazy("Attempts at contact"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any, *, meeting: Meeting, in_run: bool = False) -> None:  # noqa: ANN401 (a QueryDict)
        self.asks_for_rows = bool(data and "more_rows" in data)
        typed = data.dict() if self.asks_for_rows else {}
        read = None if self.asks_for_rows else data
        super().__init__(read, initial=_first_guess(meeting) | typed)
        self.meeting = meeting
        self.parties = self._parties(meeting)
        self.agreements: AgreementRows = agreement_rows(data, meeting)
        self._word_it(Party(meeting.held_by))
        for name in ("contact_day", "contact_time"):
            self.fields[name].required = False
        if in_run:
            del self.fields["book_next"]

    def _word_it(self, side: Party) -> None:
        """Say member where the a-kasse reads, citizen where the jobcentre does."""
        choices = [(self.HELD, _("It was held")), (self.NO_SHOW, citizen_came_not(side))]
        self.fields["outcome"].choices = choices  # type: ignore[attr-defined]
        if side == Party.A_KASSE:
            self.fields["send_minutes"].label = _("Send the minutes to the member")
        self.fields["explanation"].label = citizens_explanation(side)
        self.fields["contact_attempts"].help_text = (
            _("When and how you tried to reach the member.")
            if side == Party.A_KASSE
            else _("When and how you tried to reach the citizen.")
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

    @property
    def party_fields(self) -> list[forms.BoundField]:
        """Who was there, as fields for the page."""
        return [self[side] for side in self.parties]

    def is_valid(self) -> bool:
        """Whether the chosen part can be read, its agreements included."""
        return super().is_valid() and (not self.was_held or self.agreements.is_valid())

    def clean(self) -> dict[str, object]:
        """Forget what is wrong in the part that was not chosen."""
        unread = {self.HELD: MISSED_PART, self.NO_SHOW: HELD_PART}
        chosen = self.cleaned_data.get("outcome", "")
        for name in unread.get(chosen, ()):
            self.errors.pop(name, None)
        if chosen == self.HELD:
            self.cleaned_data |= {"contact_day": None, "contact_time": None}
        return super().clean()

    def cautions(self, meeting: Meeting) -> list[Caution]:
        """What to think of before it is sent for good; nothing while it is not right."""
        if not self.is_valid():
            return []
        if self.was_held:
            return holding_cautions(meeting, self.attendance, self.held.registered_type)
        return missing_cautions(meeting, self.missed)

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
        form = said.get("held_form")
        return Held(
            self.attendance,
            said["agreed"],
            said["next_step"],
            said["registered_type"],
            agreements=self.agreements.written,
            form=MeetingForm(form) if form else None,
            began_at=self._began_at(said.get("began")),
            lasted_minutes=said.get("minutes"),
            min_plan_changed={YES: True, NO: False}.get(said.get("min_plan_changed", "")),
        )

    def _began_at(self, clock: time | None) -> datetime | None:
        return moment_of(self.meeting.held_on, clock) if clock else None

    @property
    def missed(self) -> Missed:
        """What is known, as `miss` takes it."""
        said = self.cleaned_data
        return Missed(
            lawful_absence=said["lawful_absence"] or NoShow.Lawful.NONE,
            contact_attempts=said["contact_attempts"],
            contact_again_at=self.contact_again_at,
            explanation=said["explanation"],
            attendance=self.attendance,
        )


def _first_guess(meeting: Meeting) -> dict[str, object]:
    """As it was booked, or as it was recorded before the outcome was taken back."""
    planned = round((meeting.ends_at - meeting.starts_at).total_seconds() / 60)
    changed = {True: YES, False: NO, None: ""}[meeting.min_plan_changed]
    return {
        "registered_type": TYPES.get(MeetingKind(meeting.kind)),
        "held_form": meeting.held_form or meeting.form,
        "began": timezone.localtime(meeting.began_at or meeting.starts_at).time(),
        "minutes": meeting.lasted_minutes or planned,
        "agreed": meeting.agreed,
        "next_step": meeting.next_step,
        "min_plan_changed": changed,
    }
