"""Danish public holidays, for one thing only: by when to plan what is due on a day off (C4)."""

from datetime import date, timedelta
from functools import lru_cache

SATURDAY = 6
LAST_GREAT_PRAYER_DAY = 2023
GREAT_PRAYER_DAY = 26
AFTER_EASTER = (-3, -2, 0, 1, 39, 49, 50)
FIXED = ((1, 1), (12, 25), (12, 26))


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the anonymous computus."""
    century, of_century = divmod(year, 100)
    golden = year % 19
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - correction + 15) % 30
    leap = 2 * (century % 4) + 2 * (of_century // 4)
    weekday = (32 + leap - epact - of_century % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=256)
def public_holidays(year: int) -> frozenset[date]:
    """The public holidays of a year."""
    sunday = easter(year)
    moving = {sunday + timedelta(days) for days in AFTER_EASTER}
    if year <= LAST_GREAT_PRAYER_DAY:
        moving.add(sunday + timedelta(GREAT_PRAYER_DAY))
    return frozenset(moving | {date(year, month, day) for month, day in FIXED})


@lru_cache(maxsize=8192)
def working_day_at_or_before(day: int) -> int:
    """The nearest working day that is not after a day, in day numbers."""
    found = date.fromordinal(day)
    while found.isoweekday() >= SATURDAY or found in public_holidays(found.year):
        found -= timedelta(1)
    return found.toordinal()
