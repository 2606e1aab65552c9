"""Form fields that several apps ask with."""

from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shared.cpr import holds_cpr
from shared.written import language

YEARS = range(1990, 2100)
WAYS = ["%d.%m.%Y", "%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d", "%d.%m.%y"]


def holds_no_cpr(text: str) -> None:
    """Refuse what may be a CPR number in a text that is kept in a journal or a log."""
    if holds_cpr(text):
        raise ValidationError(_("Leave CPR numbers out of the text: it is kept."))


class RemarkField(forms.CharField):
    """A line of text that is kept, and so may hold no CPR number."""

    default_validators = [holds_no_cpr]

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 (Django's own options)
        options.setdefault("max_length", 300)
        super().__init__(**options)


def day_asked(text: str, *, on: date) -> date:
    """The day in an address, or `on` when it names none that anyone can mean."""
    for way in WAYS:
        with suppress(ValueError):
            day = datetime.strptime(text.strip(), way).date()  # noqa: DTZ007 (a day has no zone)
            return day if day.year in YEARS else on
    return on


class DayInput(forms.DateInput):
    """A date as text: people write it faster than they pick it."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        own = {"inputmode": "numeric", "autocomplete": "off", "class": "kf-short"}
        super().__init__(own | (attrs or {}), "%d.%m.%Y")


class DayField(forms.DateField):
    """A day, written 24.11.2026 or 2026-11-24."""

    widget = DayInput
    input_formats = WAYS
    default_error_messages = {
        "invalid": _("Write the date as day, month and year: 24.11.2026."),
        "required": _("Write a date: day, month and year."),
    }

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 (Django's own options)
        options.setdefault("help_text", _("Day, month and year, such as 24.11.2026."))
        super().__init__(input_formats=WAYS, **options)

    def clean(self, value: Any) -> date | None:  # noqa: ANN401 (whatever the browser sent)
        """The day; one that nobody living can mean is a slip of the keyboard."""
        day: date | None = super().clean(value)
        if day and day.year not in YEARS:
            raise ValidationError(_("The date lies too far away. Check the year."))
        return day


class LastDayField(DayField):
    """The last day of a period, included: it becomes the day after, as periods are stored."""

    def clean(self, value: Any) -> date | None:  # noqa: ANN401 (whatever the browser sent)
        last_day: date | None = super().clean(value)
        return last_day + timedelta(1) if last_day else None


class AmountField(forms.DecimalField):
    """A number with decimals, written with a comma or a point."""

    widget = forms.TextInput(
        attrs={"inputmode": "decimal", "autocomplete": "off", "class": "kf-short"}
    )

    def to_python(self, value: Any) -> Any:  # noqa: ANN401 (whatever the browser sent)
        written = value.replace(",", ".") if isinstance(value, str) else value
        return super().to_python(written)

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 (whatever is to be shown)
        if value is None or isinstance(value, str):
            return value
        return str(value).replace(".", ",") if language() == "da" else str(value)
