"""Forms of the working week, leave, closing days, competences and calendars that are read."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.files import File
from django.forms import BoundField
from django.forms.utils import from_current_timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shared.dates import start_of
from shared.form_fields import DayField, LastDayField, RemarkField
from shared.refusals import Refused
from staffing.actions.hours import Stint
from staffing.fetching import MOST_BYTES
from staffing.languages import LANGUAGES
from staffing.models import Competence, Leave
from staffing.openings import Clocks
from staffing.week_days import FIVE_DAYS

R = TypeVar("R")
TIMES = ["%H.%M", "%H:%M", "%H", "%H%M"]  # the hour first: %H%M reads 16 as 1.06
COLUMNS = (
    gettext_lazy("from"),
    gettext_lazy("to"),
    gettext_lazy("from again"),
    gettext_lazy("to the end"),
)
SPANS = len(COLUMNS) // 2


class ClockField(forms.TimeField):
    """A time of day, written with a dot or a colon, or the hour alone."""

    default_error_messages = {
        "invalid": gettext_lazy("Write the time as hours and minutes, such as 9.45."),
    }

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 (Django's own options)
        options.setdefault("required", False)
        marks = {"autocomplete": "off", "class": "form-input kf-short"}
        super().__init__(input_formats=TIMES, widget=forms.TimeInput(marks, "%H.%M"), **options)


class ActForm(forms.Form):
    """A form whose act may refuse: the refusal stands in it, and nothing written is lost."""

    def carried_out(self, act: Callable[[], R]) -> R | None:
        """The act's result, once the form is right."""
        if not self.is_valid():
            return None
        try:
            return act()
        except Refused as error:
            self.add_error(None, str(error))
            return None


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day of the week with its fields."""

    label: str
    fields: tuple[BoundField, ...]

    @property
    def errors(self) -> list[tuple[BoundField, str]]:
        """What is wrong in the row."""
        return [(field, str(error)) for field in self.fields for error in field.errors]


class WeekForm(ActForm):
    """The days of a week, two spans each, and the first day on which they hold."""

    starts_on = DayField(label=gettext_lazy("Holds from"))

    def __init__(
        self, data: Mapping[str, Any] | None, *, week: Mapping[int, list[Clocks]], on: date
    ) -> None:
        super().__init__(data, initial={"starts_on": on})
        for day in FIVE_DAYS:
            written = [clock for span in week.get(day, [])[:SPANS] for clock in span]
            for number, column in enumerate(COLUMNS):
                name = _name(day, number)
                self.fields[name] = ClockField(label=f"{day.label}, {column}")
                self.initial[name] = written[number] if number < len(written) else None

    def rows(self) -> Iterator[DayRow]:
        """The days with their fields."""
        for day in FIVE_DAYS:
            names = [_name(day, number) for number in range(len(COLUMNS))]
            yield DayRow(str(day.label), tuple(self[name] for name in names))

    @property
    def columns(self) -> list[str]:
        """What the columns are called."""
        return [str(one)[:1].upper() + str(one)[1:] for one in COLUMNS]

    @property
    def week(self) -> list[Stint]:
        """The spans that were written."""
        return [one for day in FIVE_DAYS for one in self._stints(day)]

    def clean(self) -> dict[str, Any]:
        """Each span has both ends, in order."""
        for day in FIVE_DAYS:
            ended: time | None = None
            for number in (0, 2):
                ended = self._checked(day, number, ended)
        return self.cleaned_data

    def _checked(self, day: int, number: int, ended: time | None) -> time | None:
        names = _name(day, number), _name(day, number + 1)
        if any(name in self.errors for name in names):
            return None
        starts, ends = (self.cleaned_data.get(name) for name in names)
        if (starts is None) != (ends is None):
            self.add_error(names[starts is not None], _("Write both the start and the end."))
        elif starts is not None and ends <= starts:
            self.add_error(names[1], _("Working hours must end after they start."))
        elif starts is not None and ended is not None and starts < ended:
            self.add_error(names[0], _("The second hours of a day begin after the first end."))
        return ends

    def _stints(self, day: int) -> Iterator[Stint]:
        for number in (0, 2):
            starts = self.cleaned_data.get(_name(day, number))
            ends = self.cleaned_data.get(_name(day, number + 1))
            if starts is not None and ends is not None:
                yield Stint(int(day), starts, ends)


def _name(day: int, number: int) -> str:
    return f"day{int(day)}_{number}"


class LeaveForm(ActForm):
    """From when to when; whole days where no clock is written."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=Leave.Kind.choices,
        help_text=gettext_lazy("Write nothing about illness: away is enough."),
    )
    first_day = DayField(label=gettext_lazy("First day"))
    first_clock = ClockField(
        label=gettext_lazy("From what time"), help_text=gettext_lazy("Empty: the whole day.")
    )
    last_day = DayField(label=gettext_lazy("Last day"))
    last_clock = ClockField(
        label=gettext_lazy("Until what time"), help_text=gettext_lazy("Empty: the whole day.")
    )

    def clean(self) -> dict[str, Any]:
        """The moments of both ends; a time that the change of clocks skips is an error."""
        said = self.cleaned_data
        first, last = said.get("first_day"), said.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day lies before the first."))
        elif first and last and not self.errors:
            said["starts_at"] = self._moment("first_clock", first, first)
            said["ends_at"] = self._moment("last_clock", last, last + timedelta(1))
        return said

    @property
    def arguments(self) -> dict[str, Any]:
        """What the act takes."""
        return {name: self.cleaned_data[name] for name in ("starts_at", "ends_at", "kind")}

    def _moment(self, name: str, day: date, otherwise: date) -> datetime | None:
        clock = self.cleaned_data.get(name)
        if clock is None:
            return start_of(otherwise)
        try:
            return from_current_timezone(datetime.combine(day, clock))
        except ValidationError as error:
            self.add_error(name, error)
            return None


class ClosingForm(ActForm):
    """The days on which an office is closed: the arguments of `close_on`."""

    starts_on = DayField(label=gettext_lazy("First day"))
    ends_on = LastDayField(label=gettext_lazy("Last day"))
    reason = RemarkField(
        label=gettext_lazy("Why"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("Such as constitution day or a staff day. Colleagues read it."),
    )


class CompetenceForm(ActForm):
    """What somebody may decide or grant, or speaks: the arguments of `give_competence`."""

    kind = forms.ChoiceField(label=gettext_lazy("Competence"), choices=Competence.Kind.choices)
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        required=False,
        choices=[("", gettext_lazy("none")), *LANGUAGES],
        help_text=gettext_lazy("Only for the kind “speaks”."),
    )
    starts_on = DayField(label=gettext_lazy("Holds from"))


class CalendarForm(ActForm):
    """A file or an address, under a name of one's own."""

    name = RemarkField(
        label=gettext_lazy("Name"),
        max_length=80,
        help_text=gettext_lazy("Such as Outlook. Only you see it."),
    )
    file = forms.FileField(
        label=gettext_lazy("Calendar file"),
        required=False,
        widget=forms.FileInput({"accept": ".ics,text/calendar"}),
        help_text=gettext_lazy("An iCalendar file (.ics) of 1 MB at most."),
    )
    address = forms.CharField(
        label=gettext_lazy("Or the address of a calendar"),
        required=False,
        max_length=500,
        widget=forms.TextInput({"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, hosts: list[str], **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        if hosts:
            self.fields["address"].help_text = _(
                "It begins with https:// and is read every hour. Read from: %(hosts)s."
            ) % {"hosts": ", ".join(hosts)}
        else:
            del self.fields["address"]

    def clean_file(self) -> bytes | None:
        """The content of a file that is not too large."""
        file: File[bytes] | None = self.cleaned_data.get("file")
        if file is None:
            return None
        if (file.size or 0) > MOST_BYTES:
            raise ValidationError(_("The calendar is larger than 1 MB."))
        return bytes(file.read())

    def clean(self) -> dict[str, Any]:
        """One of the two, and only one."""
        said = self.cleaned_data
        given = [name for name in ("file", "address") if said.get(name)]
        if len(given) != 1 and not self.errors:
            self.add_error("file", _("Choose a file, or write an address; not both."))
        return said
