"""What a worklist's address says: the chosen group, the filters, and where the page begins."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Self

from django.http import QueryDict
from django.utils.http import urlencode

from courses.case_numbers import course_pk_of
from courses.models import MeetingKind


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


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last row of the page before: the next one begins after it."""

    group: Group
    due_on: date
    pk: int

    def __str__(self) -> str:
        return f"{self.group.value}.{self.due_on.isoformat()}.{self.pk}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The cursor in an address; none when the address was tampered with."""
        group, _, rest = text.partition(".")
        day, _, pk = rest.partition(".")
        try:
            return cls(Group(group), date.fromisoformat(day), int(pk))
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class WorklistFilter:
    """Everything that a worklist's address says; `waiting` names a list beside the duties."""

    group: Group | None = None
    owner: Owner = Owner.TEAM
    name: str = ""
    a_kasse: str = ""
    kind: str = ""
    booking: str = ""
    start: Cursor | None = None
    waiting: str = ""

    @classmethod
    def read(cls, query: QueryDict, *, waiting: frozenset[str] = frozenset()) -> Self:
        """The filter in a query string; what is not known is left out."""
        shown, kind = query.get("vis", ""), query.get("samtale", "")
        booking, owner = query.get("booking", ""), query.get("hvis", "")
        return cls(
            group=Group(shown) if shown in set(Group) else None,
            owner=Owner(owner) if owner in set(Owner) else Owner.TEAM,
            name=_plain(query.get("navn", ""))[:80],
            a_kasse=_plain(query.get("akasse", ""))[:60],
            kind=kind if kind in MeetingKind.values else "",
            booking=booking if booking in ("ja", "nej") else "",
            start=Cursor.read(query.get("fra", "")),
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

    def address(self, **changes: object) -> str:
        """The query string of this list with something changed; a change begins at the top."""
        other = replace(self, **{"start": None, "waiting": "", **changes})  # type: ignore[arg-type]
        said = {
            "vis": other.waiting or (other.group.value if other.group else ""),
            "hvis": "" if other.owner is Owner.TEAM else other.owner.value,
            "navn": other.name,
            "akasse": other.a_kasse,
            "samtale": other.kind,
            "booking": other.booking,
            "fra": str(other.start or ""),
        }
        return "?" + urlencode({key: value for key, value in said.items() if value})


def _plain(text: str) -> str:
    """A text without control characters: the database takes no NUL."""
    return "".join(one if one.isprintable() else " " for one in text).strip()
