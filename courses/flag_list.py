"""The interviews that were not held in time, as pages of a list by age."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import Any, Self

from django.db.models import Q
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from courses.access import may_acknowledge, side_of
from courses.models import Flag, FlagQuerySet, Party
from courses.party_words import said_to
from courses.wording import duty_name, source_of
from shared.form_fields import day_asked
from shared.written import relative_deadline

ROWS = 50
PLACE = re.compile(r"(\d{4}-\d{2}-\d{2})_(\d{1,15})", re.ASCII)
OPEN, CLOSED = "aabne", "lukkede"
AGES = (
    (91, gettext_lazy("More than three months")),
    (28, gettext_lazy("One to three months")),
    (14, gettext_lazy("Two to four weeks")),
    (0, gettext_lazy("Up to two weeks")),
)


@dataclass(frozen=True, slots=True)
class LateFilter:
    """What an address asks for: open or closed, whose, why, and since when."""

    state: str = OPEN
    side: str = ""
    cause: str = ""
    since: date | None = None
    until: date | None = None

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> Self:
        """The filter of an address; what nobody can mean is left out."""
        side, cause = asked.get("side", ""), asked.get("aarsag", "")
        since, until = (day_asked(asked.get(key, ""), on=date.min) for key in ("fra", "til"))
        return cls(
            state=CLOSED if asked.get("vis") == CLOSED else OPEN,
            side=side if side in (Party.A_KASSE, Party.JOBCENTRE) else "",
            cause=cause if cause in Flag.Cause.values else "",
            since=None if since == date.min else since,
            until=None if until == date.min else until,
        )

    @property
    def is_closed(self) -> bool:
        """Whether it asks for those whose cause was said."""
        return self.state == CLOSED

    @property
    def is_narrowed(self) -> bool:
        """Whether it leaves anything out beside the open or the closed ones."""
        return self != LateFilter(state=self.state)

    def chosen(self, flags: FlagQuerySet) -> FlagQuerySet:
        """The flags that it lets through; whose a closed one was is what was said of it."""
        if self.is_closed:
            flags = flags.filter(resolution=Flag.Resolution.ACKNOWLEDGED)
        else:
            flags = flags.open()
        said: dict[str, Any] = {
            "responsible_side" if self.is_closed else "duty__responsible": self.side,
            "cause": self.cause if self.is_closed else "",
            "became_on__gte": self.since,
            "became_on__lt": self.until + timedelta(1) if self.until else None,
        }
        return flags.overdue().filter(**{name: value for name, value in said.items() if value})

    def address(self, **changed: str) -> str:
        """The address of the list with something changed."""
        said = {
            "vis": self.state if self.is_closed else "",
            "side": self.side,
            "aarsag": self.cause,
            "fra": self.since.isoformat() if self.since else "",
            "til": self.until.isoformat() if self.until else "",
        } | changed
        return "?" + urlencode({name: value for name, value in said.items() if value})

    def of_state(self, state: str) -> "LateFilter":
        """The same for the open or the closed ones."""
        return replace(self, state=state, cause=self.cause if state == CLOSED else "")

    @property
    def open_url(self) -> str:
        """The address of the open ones."""
        return self.of_state(OPEN).address()

    @property
    def closed_url(self) -> str:
        """The address of the closed ones."""
        return self.of_state(CLOSED).address()


@dataclass(frozen=True, slots=True)
class LateRow:
    """One flag with its words ready."""

    flag: Flag
    name: str
    source: str
    since: str
    cause: str
    may_acknowledge: bool


@dataclass(frozen=True, slots=True)
class LateGroup:
    """The rows of one age."""

    title: str
    rows: tuple[LateRow, ...]


@dataclass(frozen=True, slots=True)
class LateList:
    """One page of the list; `after` is the place of the next one."""

    rows: tuple[LateRow, ...]
    after: str
    on: date

    @classmethod
    def read(cls, user: User, asked: LateFilter, *, on: date, after: str) -> Self:
        """A page of the flags that a person may see, the oldest first."""
        flags = late_flags(user, asked, on=on).filter(_behind(after))
        found = list(flags[: ROWS + 1])
        more = len(found) > ROWS
        last = found[ROWS - 1] if more else None
        return cls(
            rows=tuple(_row(flag, user, on) for flag in found[:ROWS]),
            after=f"{last.became_on.isoformat()}_{last.pk}" if last else "",
            on=on,
        )

    @property
    def groups(self) -> Iterator[LateGroup]:
        """The rows by how long they have been late."""
        for title, rows in groupby(self.rows, key=lambda row: _age(row.flag, self.on)):
            yield LateGroup(title, tuple(rows))

    @property
    def may_acknowledge(self) -> bool:
        """Whether there is anything to tick."""
        return any(row.may_acknowledge for row in self.rows)


def late_flags(user: User, asked: LateFilter, *, on: date) -> FlagQuerySet:
    """The flags of the list, the oldest first, with all that a row says."""
    return (
        asked.chosen(Flag.objects.visible_to(user, on=on))
        .select_related(
            "duty", "course__citizen", "course__a_kasse", "course__jobcentre", "acknowledged_by"
        )
        .order_by("became_on", "pk")
    )


def _age(flag: Flag, on: date) -> str:
    days = (on - flag.became_on).days
    return next((str(title) for least, title in AGES if days >= least), _("Up to two weeks"))


def _behind(place: str) -> Q:
    """What lies behind a place in the list; a place that cannot be read is the beginning."""
    found = PLACE.fullmatch(place)
    try:
        day, pk = (date.fromisoformat(found[1]), int(found[2])) if found else (date.min, 0)
    except ValueError:
        return Q()
    return Q(became_on__gt=day) | Q(became_on=day, pk__gt=pk)


def _row(flag: Flag, user: User, on: date) -> LateRow:
    last_day = flag.became_on - date.resolution
    return LateRow(
        flag,
        duty_name(flag.duty),
        source_of(flag.duty.rule) or flag.duty.rule,
        relative_deadline(last_day, on=on).text,
        said_to(side_of(user, flag.course, on=on), str(flag.get_cause_display())),
        flag.resolved_at is None and may_acknowledge(user, flag.course, on=on),
    )
