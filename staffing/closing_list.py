"""The closing days of an organisation and the public holidays of Denmark, in one list."""

from dataclasses import dataclass
from datetime import date, timedelta

import holidays

from accounts.models import User
from partnerships.models import Organisation
from shared.dates import start_of
from shared.written import day_with_year, language
from staffing.access import reads_citizens, staff_of
from staffing.clashes import Clash, clashes_of_house
from staffing.models import ClosingDay

AHEAD = timedelta(365)
DAY = timedelta(1)
TONGUES = {"da": "da", "en": "en_US"}


@dataclass(frozen=True, slots=True)
class ClosedRow:
    """Days on which nobody is there; `pk` where somebody wrote them."""

    starts_on: date
    last_on: date
    days: str
    why: str
    pk: int | None
    may_be_taken_back: bool
    clashes: list[Clash]


def closed_rows(house: Organisation, *, reader: User, on: date) -> list[ClosedRow]:
    """Closing days that are not over, and the holidays of the next twelve months, by day."""
    rows = ClosingDay.objects.filter(organisation=house, ends_on__gt=on)
    staff, links = staff_of(house, on=on), reads_citizens(reader)
    found = [
        ClosedRow(
            row.starts_on,
            row.ends_on - DAY,
            _days(row.starts_on, row.ends_on - DAY),
            row.reason,
            row.pk,
            row.starts_on > on,
            clashes_of_house(
                house, staff, start_of(max(row.starts_on, on)), start_of(row.ends_on), links=links
            ),
        )
        for row in rows
    ]
    return sorted(found + _holidays(on), key=lambda one: (one.starts_on, one.pk or 0))


def _holidays(on: date) -> list[ClosedRow]:
    years = {on.year, (on + AHEAD).year}
    named = holidays.country_holidays("DK", years=years, language=TONGUES[language()])
    return [
        ClosedRow(day, day, day_with_year(day), name, None, may_be_taken_back=False, clashes=[])
        for day, name in sorted(named.items())
        if on <= day <= on + AHEAD
    ]


def _days(first: date, last: date) -> str:
    text = day_with_year(first)
    return text if first == last else f"{text} – {day_with_year(last)}"
