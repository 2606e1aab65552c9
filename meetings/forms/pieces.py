"""Fields and manners that the interview forms share."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, Self, TypeVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.forms.utils import from_current_timezone
from django.utils.translation import gettext_lazy as _

from courses.models import Party
from courses.party_words import said_to, word_form
from meetings.cautions import NOTICE_WORKING_DAYS, Caution
from shared.dates import working_days_after
from shared.refusals import Refused

R = TypeVar("R")

TIMES = ["%H.%M", "%H:%M", "%H", "%H%M"]  # "16" is four o’clock, not six past one


class ClockInput(forms.TimeInput):
    """A time of day as text."""

    def __init__(self) -> None:
        super().__init__({"autocomplete": "off", "class": "kf-short"}, TIMES[0])


class ClockField(forms.TimeField):
    """A time of day, written with a dot or a colon."""

    widget = ClockInput
    default_error_messages = {
        "invalid": _("Write the time as hours and minutes, such as 9.45."),
        "required": _("Write a time: hours and minutes."),
    }

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 (Django's own options)
        options.setdefault("help_text", _("Hours and minutes, such as 9.45."))
        super().__init__(input_formats=TIMES, **options)


def moment_of(day: date, clock: time) -> datetime:
    """The moment in Denmark; a time that summer time skips or repeats is a form error."""
    return from_current_timezone(datetime.combine(day, clock))


class Consent(Div):  # type: ignore[misc]  # crispy-forms has no types
    """The tick that the citizen agreed to short notice: there when the time asks for it.

    A form whose day is typed keeps it hidden otherwise, and a script shows it with the day.
    """

    def __init__(self) -> None:
        super().__init__(Field("agreed_short_notice"))

    def render(self, form: "ActForm", context: Any, *args: Any, **options: Any) -> str:  # noqa: ANN401 (crispy's)
        """The tick, hidden, or nothing."""
        if form.short_until is None and not form.asks_consent:
            return " "  # an empty layout would be taken for none
        said: dict[str, object] = {"hidden": not form.asks_consent}
        if form.short_until:
            last, by = form.short_until.isoformat(), form["day"].id_for_label
            said |= {"data-short-until": last, "data-short-by": by}
        return str(Div(*self.fields, **said).render(form, context, *args, **options))


def last_short_day(on: date) -> date:
    """The last day to which a citizen would be called with too short notice."""
    return working_days_after(on, NOTICE_WORKING_DAYS) - timedelta(1)


class ActForm(forms.Form):
    """A form whose act may refuse, and whose cautions are read before it is sent for good.

    `seen` holds the codes of the cautions that were on the page; a new one is shown first.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    layout: Layout | None = None
    reader: Party | None = None
    asks_consent = False  # to short notice
    short_until: date | None = None  # where the day is typed

    def worded_for(self, side: Party | None) -> Self:
        """The form in the words of the side that fills it in."""
        self.reader = side
        word_form(self, side)
        return self

    def add_error(self, field: str | None, error: Any) -> None:  # noqa: ANN401 (Django's signature)
        """Say an error in the words of the side, too."""
        super().add_error(field, said_to(self.reader, error) if isinstance(error, str) else error)

    @property
    def helper(self) -> FormHelper:
        """How crispy-forms lays it out: the page brings its own form tag and error summary."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.form_show_errors = True
        if self.layout is not None:
            helper.layout = self.layout
        return helper

    @property
    def arguments(self) -> dict[str, Any]:
        """What was written, without what only the page needs."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}

    def carried_out(self, act: Callable[[], R], cautions: Iterable[Caution] = ()) -> R | None:
        """The act's result, once the form is right and its cautions have been on the page.

        A refusal stands in the form, so that nothing written is lost.
        """
        if not self.is_valid() or not self._has_seen(cautions):
            return None
        try:
            return act()
        except Refused as error:
            self.add_error(None, str(error))
            return None

    def _has_seen(self, cautions: Iterable[Caution]) -> bool:
        """Whether each caution was on the page that was sent; they are on the next one."""
        codes = {caution.code for caution in cautions}
        seen = set(self.cleaned_data["seen"].split())
        self.data = {**self.data.dict(), "seen": " ".join(sorted(codes))}  # type: ignore[attr-defined]  # a QueryDict
        return codes <= seen
