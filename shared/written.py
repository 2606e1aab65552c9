"""Days, times and numbers as people write them, in the language of the reader."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from shared.dates import working_days_between

SHORT_WEEKDAYS = {
    "da": ("ma.", "ti.", "on.", "to.", "fr.", "lø.", "sø."),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
WEEKDAYS = {
    "da": ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
MONTHS = {
    "da": (
        "januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september",
        "oktober", "november", "december",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ),
}  # fmt: skip
WEEKS_AFTER_DAYS = 42  # beyond this a count of working days says less than a count of weeks


@dataclass(frozen=True, slots=True)
class Relative:
    """How far a deadline is away, in words, and the status it has."""

    text: str
    tone: str


def language() -> str:
    """The reader's language, as far as dates know it."""
    return "da" if (get_language() or "da").startswith("da") else "en"


def weekday_name(day: date) -> str:
    """The short name of a weekday: `ti.`."""
    return SHORT_WEEKDAYS[language()][day.weekday()]


def short_day(day: date) -> str:
    """Day and month: `24.11.`."""
    return _short_day(day, language())


def _short_day(day: date, said_in: str) -> str:
    if said_in == "da":
        return f"{day.day}.{day.month}."
    return f"{day.day} {MONTHS['en'][day.month - 1][:3]}"


def _with_weekday(day: date, said_in: str) -> str:
    return f"{SHORT_WEEKDAYS[said_in][day.weekday()]} {_short_day(day, said_in)}"


def day_text(day: date, *, on: date | None = None) -> str:
    """Weekday, day and month, and the year where it is not the year of `on`: `ti. 24.11.`."""
    said_in = language()  # asked once: a page writes two hundred days
    text = _with_weekday(day, said_in)
    if on is None or on.year == day.year:
        return text
    return _with_year(text, day, said_in)


def day_with_year(day: date) -> str:
    """Weekday, day, month and year: `ti. 24.11.2026`."""
    said_in = language()
    return _with_year(_with_weekday(day, said_in), day, said_in)


def plain_day(day: date) -> str:
    """Day, month and year: `24.11.2026`."""
    said_in = language()
    return _with_year(_short_day(day, said_in), day, said_in)


def long_day(day: date) -> str:
    """The day in full: `mandag den 23. november 2026`."""
    weekday, month = WEEKDAYS[language()][day.weekday()], MONTHS[language()][day.month - 1]
    if language() == "da":
        return f"{weekday} den {day.day}. {month} {day.year}"
    return f"{weekday} {day.day} {month} {day.year}"


def long_date(day: date) -> str:
    """The day with its month in full: `18. januar 2027`."""
    name = MONTHS[language()][day.month - 1]
    return f"{day.day}. {name} {day.year}" if language() == "da" else f"{day.day} {name} {day.year}"


def month_text(day: date) -> str:
    """The month and year of a day: `november 2026`."""
    return f"{MONTHS[language()][day.month - 1]} {day.year}"


def clock_text(moment: datetime) -> str:
    """The time of day in Denmark: `9.45`."""
    local = timezone.localtime(moment)
    return f"{local.hour}{'.' if language() == 'da' else ':'}{local.minute:02d}"


def clock_with_word(moment: datetime) -> str:
    """The time of day after its word: `kl. 9.45`."""
    return f"kl. {clock_text(moment)}" if language() == "da" else f"at {clock_text(moment)}"


def moment_text(moment: datetime, *, on: date | None = None) -> str:
    """Day and time: `ti. 24.11. kl. 9.45`."""
    return f"{day_text(timezone.localdate(moment), on=on)} {clock_with_word(moment)}"


def near_moment(moment: datetime, *, on: date) -> str:
    """Day and time with the words for today and tomorrow: `i dag 13.15`."""
    day = timezone.localdate(moment)
    words = {0: _("today"), 1: _("tomorrow")}
    return f"{words.get((day - on).days) or day_text(day, on=on)} {clock_text(moment)}"


def status_text(text: str) -> str:
    """A status begins with a capital letter; one that is a day begins as days do: `ti. 24.11.`."""
    text = str(text)
    if text.partition(" ")[0] in SHORT_WEEKDAYS["da"]:
        return text
    return text[:1].upper() + text[1:]


def decimal_text(number: float | Decimal, *, digits: int = 1) -> str:
    """A number with its decimals: `6,9`."""
    text = f"{number:,.{digits}f}"
    return text.translate(str.maketrans(",.", ".,")) if language() == "da" else text


def relative_deadline(last_day: date, *, on: date, soon: bool = False) -> Relative:
    """How far the last timely day lies from `on`: `4 hverdage over`, `I morgen`, `Om 9 uger`."""
    if last_day < on:
        return Relative(_overdue(last_day, on), "over")
    return Relative(_ahead(last_day, on), "soon" if soon else "next")


def _overdue(last_day: date, on: date) -> str:
    if (on - last_day).days > WEEKS_AFTER_DAYS:
        weeks = (on - last_day).days // 7
        return ngettext("%(count)d week over", "%(count)d weeks over", weeks) % {"count": weeks}
    days = working_days_between(last_day, on)
    if not days:
        return _("Just overdue")
    return ngettext("%(count)d working day over", "%(count)d working days over", days) % {
        "count": days
    }


def _ahead(last_day: date, on: date) -> str:
    days = (last_day - on).days
    if days <= 1:
        return _("Tomorrow") if days else _("Today")
    if days > WEEKS_AFTER_DAYS:
        return ngettext("In %(count)d week", "In %(count)d weeks", days // 7) % {"count": days // 7}
    working = working_days_between(on, last_day)
    if not working:
        return _("In the weekend")
    return ngettext("In %(count)d working day", "In %(count)d working days", working) % {
        "count": working
    }


def _with_year(text: str, day: date, said_in: str) -> str:
    return f"{text}{day.year}" if said_in == "da" else f"{text} {day.year}"
