"""What several rows share: how they are booked, who gets them; and the time of one row."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from courses.models import Duty, MeetingForm, Party
from meetings.forms.booking import SittingForm, workers_at
from meetings.forms.pieces import ActForm, ClockField, moment_of
from meetings.free_times import first_day
from shared.form_fields import DayField, RemarkField

PAUSES = (0, 5, 10, 15, 30)
MORNING = time(8)


class SeveralBookingForm(SittingForm):
    """How a batch of interviews is held; each row gets a time of its own."""

    agreed_short_notice = None  # type: ignore[assignment]  # a batch is never for today
    day = DayField(
        label=gettext_lazy("First day"),
        help_text=gettext_lazy("Sooner where a deadline is nearer; never today."),
    )
    starts = ClockField(
        label=gettext_lazy("That day from"),
        help_text=gettext_lazy("Other days within working hours: 8–16 where none are said."),
    )
    pause = forms.TypedChoiceField(
        label=gettext_lazy("Pause between"), coerce=int, initial=15, choices=list
    )
    layout = Layout(
        Div(Field("worker"), Field("day"), Field("starts"), css_class="kf-form-grid"),
        Div(Field("minutes"), Field("pause"), css_class="kf-form-grid"),
        Field("form"),
        Div(Field("room"), Field("place"), css_class="kf-form-grid"),
    )

    def __init__(self, data: object, *, side: Party, user: User, on: date) -> None:
        first = {"worker": user.pk, "day": first_day(on), "starts": MORNING}
        super().__init__(data, initial=first)  # type: ignore[arg-type]
        self.offer(user, side, on=on)
        first_room = self.fields["room"].queryset.first()  # type: ignore[attr-defined]
        self.initial["room"] = first_room.pk if first_room else None
        self.offer_lengths()
        self.fields["worker"].required = True
        self.fields["pause"].choices = [  # type: ignore[attr-defined]
            (one, _("%(minutes)d minutes") % {"minutes": one} if one else _("none"))
            for one in PAUSES
        ]

    @property
    def in_words(self) -> str:
        """What the rows share, for those who check them: who, how long, how and where."""
        said = self.cleaned_data
        length = _("%(minutes)d minutes") % {"minutes": said["minutes"]}
        how = str(MeetingForm(said["form"]).label)
        where = str(said["room"] or said["place"] or "")
        return " · ".join(part for part in (str(said["worker"]), length, how, where) if part)

    @property
    def shared(self) -> dict[str, Any]:
        """What the rows of the batch share."""
        names = ("worker", "room", "form", "place", "minutes")
        return {name: self.cleaned_data[name] for name in names}


class ColleagueForm(ActForm):
    """Who gets the cases."""

    worker = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("Give them to"))
    layout = Layout(Field("worker"))

    def __init__(self, data: object, *, side: Party, user: User, on: date) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["worker"].queryset = workers_at(user, side, on=on)  # type: ignore[attr-defined]


class CancelAllForm(ActForm):
    """Why the interviews of a batch are cancelled."""

    reason = RemarkField(
        label=gettext_lazy("Why"),
        max_length=300,
        help_text=gettext_lazy("Both parties read it."),
    )
    layout = Layout(Field("reason"))


class RowForm(forms.Form):
    """The time of one row of a batch; `seen` agrees to the cautions that were on the page."""

    day = DayField(label=gettext_lazy("Date"), required=False, help_text="")
    starts = ClockField(label=gettext_lazy("Time"), required=False, help_text="")
    leave = forms.BooleanField(label=gettext_lazy("Leave out"), required=False)
    seen = forms.BooleanField(label=gettext_lazy("I have seen this"), required=False)
    codes = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, str] | None,
        *,
        duty: Duty,
        starts_at: datetime | None = None,
    ) -> None:
        local = timezone.localtime(starts_at) if starts_at else None
        first = {"day": local.date(), "starts": local.time()} if local else {}
        self.proposed = starts_at
        super().__init__(data, prefix=f"r{duty.pk}", initial=first)
        for name in ("day", "starts"):
            self.fields[name].widget.attrs["class"] = "form-input"
        for name in ("leave", "seen"):
            self.fields[name].widget.attrs["class"] = "form-checkbox"

    @property
    def starts_at(self) -> datetime | None:
        """The time that was sent, or else proposed; none when the row is left out."""
        if not self.is_bound:
            return self.proposed
        said = self.cleaned_data if self.is_valid() else {}
        if said.get("leave") or not said.get("day") or said.get("starts") is None:
            return None
        return moment_of(said["day"], said["starts"])

    def ask_about(self, codes: str) -> None:
        """Let the page say which cautions its tick agrees to."""
        name = self.add_prefix("codes")
        self.initial["codes"] = codes
        if self.is_bound:
            self.data = {**self.data, name: codes}

    def has_agreed(self, codes: str) -> bool:
        """Whether each caution of now was on the page and ticked, or the row is left out."""
        said = self.cleaned_data
        if not codes or said.get("leave"):
            return True
        return bool(said["seen"]) and set(codes.split()) <= set(said["codes"].split())

    def clean(self) -> dict[str, object]:
        """A time has a day; one that summer time skips is none."""
        said = self.cleaned_data
        if said.get("leave") or self.errors:
            return said
        if bool(said.get("day")) != (said.get("starts") is not None):
            missing = "starts" if said.get("day") else "day"
            self.add_error(missing, _("Write both date and time, or leave the row out."))
        elif said.get("day"):
            moment_of(said["day"], said["starts"])
        return said
