"""The time of one row of a batch that is booked in published times.

Fields, each with the prefix `r<duty>-`: `tid` (as `slots.choices.written`; empty: none was found),
`had` (whether the page had a time for the row), `leave`, `seen`, `codes` (the cautions shown).
"""

from collections.abc import Mapping, Sequence

from django import forms
from django.utils.translation import gettext_lazy

from courses.models import Duty
from slots.choices import Choice, Named


class TimeForm(forms.Form):
    """Which time a row gets; `seen` agrees to the cautions that were on the page."""

    tid = forms.CharField(label=gettext_lazy("Time"), required=False, widget=forms.Select)
    leave = forms.BooleanField(label=gettext_lazy("Leave out"), required=False)
    seen = forms.BooleanField(label=gettext_lazy("I have seen this"), required=False)
    codes = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Mapping[str, str] | None, *, duty: Duty, times: Sequence[Choice] = ()
    ) -> None:
        super().__init__(data, prefix=f"r{duty.pk}")
        self.fields["tid"].widget.attrs["class"] = "form-select"
        for name in ("leave", "seen"):
            self.fields[name].widget.attrs["class"] = "form-checkbox"
        self.offer(times, times[0] if times else None)
        if self.is_bound:
            self.full_clean()

    def offer(self, times: Sequence[Choice], chosen: Choice | None) -> None:
        """Name the times to choose among."""
        self.fields["tid"].widget.choices = [
            (one.value, f"{one.when} · {one.where}" + (f" · {one.who}" if one.who else ""))
            for one in times
        ]
        if chosen:
            self.initial["tid"] = chosen.value
            if self.is_bound:
                self.data = {**self.data, self.add_prefix("tid"): chosen.value}

    @property
    def named(self) -> Named | None:
        """The time that was sent."""
        text = self.cleaned_data.get("tid", "") if self.is_bound else ""
        return Named.read(text) if text else None

    @property
    def is_left(self) -> bool:
        """Whether the row is left out."""
        return self.is_bound and bool(self.cleaned_data.get("leave"))

    def ask_about(self, codes: str) -> None:
        """Let the page say which cautions its tick agrees to."""
        name = self.add_prefix("codes")
        self.initial["codes"] = codes
        if self.is_bound:
            self.data = {**self.data, name: codes}

    def has_agreed(self, codes: str) -> bool:
        """Whether each caution of now was on the page and ticked."""
        said = self.cleaned_data if self.is_bound else {}
        if not codes:
            return True
        return bool(said.get("seen")) and set(codes.split()) <= set(said["codes"].split())
