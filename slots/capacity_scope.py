"""Weeks of needed and offered, and which of their numbers may be told to whom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from partnerships.agreement_pages import FEW, masked


@dataclass(frozen=True, slots=True)
class Week:
    """A week of a scope: interviews owed and booked, seats offered, and how many find no seat."""

    monday: date
    due: int
    booked: int
    free: int
    short: int
    unstaffed: int = 0  # free seats that nobody has hours for
    elsewhere: int = 0  # interviews booked outside the published times

    @property
    def staffed(self) -> int:
        return self.offered - self.unstaffed

    @property
    def needed(self) -> int:
        return self.due + self.booked

    @property
    def offered(self) -> int:
        return self.free + self.booked

    def __add__(self, other: "Week") -> "Week":
        return Week(
            self.monday,
            self.due + other.due,
            self.booked + other.booked,
            self.free + other.free,
            self.short + other.short,
            self.unstaffed + other.unstaffed,
            self.elsewhere + other.elsewhere,
        )


@dataclass(frozen=True)
class Scope:
    """A pair, a jobcentre or a whole: its weeks, and what is late already.

    Whoever works with none of the pairs is told no small number, nor a sum that gives one away:
    of a sum with a hidden part only what the others come to. `parts` are what a whole consists of.
    """

    key: str
    name: str
    weeks: Sequence[Week]
    late: int = 0
    is_plain: bool = False
    parts: Sequence["Scope"] = ()

    @cached_property
    def first_short(self) -> Week | None:
        """The first week that runs short."""
        return next((one for one in self.weeks if one.short), None)

    @property
    def offered(self) -> int:
        return sum(one.offered for one in self.weeks)

    def due_said(self, place: int) -> str:
        """What falls due in a week and is not booked."""
        return self._said([one.weeks[place].due for one in self._shown])

    def short_said(self, place: int) -> str:
        """How many of a week find no seat."""
        return self._said([one.weeks[place].short for one in self._shown])

    def elsewhere_said(self, place: int) -> str:
        """How many of a week are booked outside the published times."""
        return self._said([one.weeks[place].elsewhere for one in self._shown])

    def needed_said(self, place: int) -> str:
        """What a week needs."""
        dues = [one.weeks[place].due for one in self._shown]
        return self._said(dues, self.weeks[place].booked)

    def all_needed_said(self) -> str:
        """What all weeks need."""
        dues = [week.due for one in self._shown for week in one.weeks]
        return self._said(dues, sum(one.booked for one in self.weeks))

    def all_short_said(self) -> str:
        """How many of all weeks find no seat."""
        return self._said([week.short for one in self._shown for week in one.weeks])

    def late_said(self) -> str:
        """How many are late already."""
        return self._said([one.late for one in self._shown])

    def height(self, place: int) -> int:
        """What a picture may show of what a week needs: a hidden number as high as it can be."""
        dues = [one.weeks[place].due for one in self._shown]
        told = sum(dues) if self.is_plain else sum(_told(dues))
        return told + self.weeks[place].booked + (FEW - 1 if told < sum(dues) else 0)

    @property
    def _shown(self) -> Sequence["Scope"]:
        return self.parts or [self]

    def _said(self, numbers: Sequence[int], known: int = 0) -> str:
        """A sum of numbers of citizens, some of them hidden, and of what everybody may know."""
        told, all_of_them = sum(_told(numbers)), sum(numbers)
        if self.is_plain or told == all_of_them:
            return str(all_of_them + known)
        if told + known:
            return _("over %(count)d") % {"count": told + known}
        return masked(all_of_them) if len(numbers) == 1 else masked(1)


def _told(numbers: Iterable[int]) -> list[int]:
    """The numbers that are told to everybody."""
    return [one for one in numbers if one >= FEW]
