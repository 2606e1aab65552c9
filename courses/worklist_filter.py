"""What a worklist's address says: the chosen group, the filters, and where the page begins."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Self

from django.http import QueryDict
from django.utils.http import urlencode

from courses.case_numbers import course_pk_of
from courses.models import MeetingKind

KEPT = frozenset({"hvis", "akasse", "samtale", "booking", "orden"})  # what comes back another day
USUAL = "?hvis=team"


class Group(StrEnum):
    """How urgent a duty is, by the word that stands in an address."""

    LATE = "overskredet"
    SOON = "snart"
    COMING = "kommende"


class Owner(StrEnum):
    """Whose duties: one's own courses, those the own side takes part in, or all one may see."""

    MINE = "mine"
    TEAM = "team"
    ALL = "alle"


class Order(StrEnum):
    """What a list is sorted by, by the word that stands in an address; a minus turns it round."""

    DUE = "frist"
    DUE_DOWN = "-frist"
    NAME = "navn"
    NAME_DOWN = "-navn"
    WEEKS = "ledighed"
    WEEKS_DOWN = "-ledighed"

    @property
    def column(self) -> str:
        """The column that is sorted by, whichever way."""
        return self.value.removeprefix("-")

    @property
    def is_down(self) -> bool:
        """Whether the last stands first."""
        return self.value.startswith("-")


@dataclass(frozen=True, slots=True)
class Cursor:
    """The row at the edge of the page before (or, going `back`, of the page after).

    `place` says where the row stands in its order: group and day, day, or hours of unemployment;
    for names it is empty, because no name may stand in an address.
    """

    place: str
    pk: int
    back: bool = False

    def __str__(self) -> str:
        return f"{'til' if self.back else 'fra'}.{self.place}.{self.pk}"

    @classmethod
    def read(cls, text: str, order: Order) -> Self | None:
        """The cursor in an address; none when it was tampered with or is of another order."""
        way, _, rest = text.partition(".")
        place, _, pk = rest.rpartition(".")
        try:
            _check(place, order)
            return cls(place, int(pk), back=way == "til")
        except ValueError:
            return None


def _check(place: str, order: Order) -> None:
    """Raise ValueError where a place is none of the order."""
    if order is Order.DUE:
        group, _, day = place.partition(".")
        Group(group)
        date.fromisoformat(day)
    elif order is Order.DUE_DOWN:
        date.fromisoformat(place)
    elif order.column == Order.WEEKS:
        int(place)


@dataclass(frozen=True, slots=True)
class WorklistFilter:
    """Everything that a worklist's address says; `waiting` names a list beside the duties."""

    group: Group | None = None
    owner: Owner = Owner.TEAM
    name: str = ""
    a_kasse: str = ""
    kind: str = ""
    booking: str = ""
    order: Order = Order.DUE
    start: Cursor | None = None
    waiting: str = ""

    @classmethod
    def read(cls, query: QueryDict, *, waiting: frozenset[str] = frozenset()) -> Self:
        """The filter in a query string; what is not known is left out."""
        shown, kind = query.get("vis", ""), query.get("samtale", "")
        booking, owner = query.get("booking", ""), query.get("hvis", "")
        sorting = query.get("orden", "")
        order = Order(sorting) if sorting in set(Order) else Order.DUE
        return cls(
            group=Group(shown) if shown in set(Group) else None,
            owner=Owner(owner) if owner in set(Owner) else Owner.TEAM,
            name=_plain(query.get("navn", ""))[:80],
            a_kasse=_plain(query.get("akasse", ""))[:60],
            kind=kind if kind in MeetingKind.values else "",
            booking=booking if booking in ("ja", "nej") else "",
            order=order,
            start=Cursor.read(query.get("side", ""), order),
            waiting=shown if shown in waiting else "",
        )

    @property
    def case(self) -> int | None:
        """The course whose number stands in the name field."""
        return course_pk_of(self.name) if self.name else None

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the group is chosen."""
        return bool(self.name or self.a_kasse or self.kind or self.booking)

    @property
    def is_whole(self) -> bool:
        """Whether it is the own side's whole list."""
        return self.owner is Owner.TEAM and not self.is_narrowed

    @property
    def is_usual(self) -> bool:
        """Whether nothing is narrowed or sorted, whichever tile is open."""
        return replace(self, group=None, start=None, waiting="") == WorklistFilter()

    @property
    def kept(self) -> str:
        """What is remembered of this list for another day: no name, no page, no tile."""
        return self.address(name="", group=None)

    def address(self, **changes: object) -> str:
        """The query string of this list with something changed; a change begins at the top.

        It is never empty, because a bare address means the list as it was last narrowed.
        """
        other = replace(self, **{"start": None, "waiting": "", **changes})  # type: ignore[arg-type]
        said = {
            "vis": other.waiting or (other.group.value if other.group else ""),
            "hvis": "" if other.owner is Owner.TEAM else other.owner.value,
            "navn": other.name,
            "akasse": other.a_kasse,
            "samtale": other.kind,
            "booking": other.booking,
            "orden": "" if other.order is Order.DUE else other.order.value,
            "side": str(other.start or ""),
        }
        return "?" + (
            urlencode({key: value for key, value in said.items() if value})
            or USUAL.removeprefix("?")
        )


def _plain(text: str) -> str:
    """A text without control characters: the database takes no NUL."""
    return "".join(one if one.isprintable() else " " for one in text).strip()
