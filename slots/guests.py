"""Whether a colleague of the a-kasse can come: hours, leave, other times, and the way between."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from meetings.availability import Availability, Code
from meetings.models import Meeting
from meetings.obstacle_words import sentences
from partnerships.models import Membership, Organisation
from shared.dates import start_of
from shared.refusals import Refused
from shared.written import clock_text
from slots.models import Slot, Travel

MINUTE = timedelta(minutes=1)
REFUSED = frozenset({Code.IN_INTERVIEW, Code.IN_SLOT})


@dataclass(frozen=True, slots=True)
class Caution:
    """What to think of before somebody is sent; `code` is remembered as read."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Stay:
    """That somebody is at a place from a moment to a moment."""

    starts_at: datetime
    ends_at: datetime
    at: Organisation


@dataclass(frozen=True, slots=True)
class Way:
    """From one place to the next on a day: the minutes there are, and those the drive takes."""

    start: Organisation
    end: Organisation
    leaves_at: datetime
    is_there_at: datetime
    minutes: int

    @property
    def has(self) -> int:
        """The minutes between."""
        return int((self.is_there_at - self.leaves_at) / MINUTE)

    @property
    def is_short(self) -> bool:
        """Whether the drive takes longer than there is time."""
        return self.has < self.minutes

    @property
    def said(self) -> str:
        """The way in words."""
        words = {
            "start": self.start.short,
            "end": self.end.short,
            "has": self.has,
            "minutes": self.minutes,
            "from": clock_text(self.leaves_at),
            "to": clock_text(self.is_there_at),
        }
        if self.is_short:
            return (
                _(
                    "From %(start)s at %(from)s to %(end)s at %(to)s there are %(has)d minutes;"
                    " the drive takes about %(minutes)d."
                )
                % words
            )
        return _("%(start)s to %(end)s: about %(minutes)d minutes of %(has)d.") % words


def check_guest(slot: Slot, guest: User) -> list[Caution]:
    """Refuse who does not work there or sits elsewhere; say what a coordinator may overrule."""
    day = timezone.localdate(slot.starts_at)
    if not works_for(guest, slot.a_kasse_id, at=slot.starts_at):
        raise Refused(_("%(worker)s does not work for the a-kasse then.") % {"worker": guest})
    availability = Availability.load(
        first=day, last=day, workers=[guest.pk], organisations=[slot.jobcentre_id]
    )
    found = availability.obstacles(
        slot.starts_at,
        slot.ends_at,
        workers=[guest.pk],
        organisation=slot.jobcentre_id,
        slot=slot.pk,
    )
    hard = [one for one in found if one.code in REFUSED]
    if hard:
        raise Refused(" ".join(sentences(hard, on=slot.starts_at)))
    said = [Caution(one.code.value, sentences([one], on=slot.starts_at)[0]) for one in found]
    own = Stay(slot.starts_at, slot.ends_at, slot.jobcentre)
    ways = ways_of([*stays_of(guest, slot), own])
    short = [way for way in ways if way.is_short and _touches(way, own)]
    return said + [Caution("travel", way.said) for way in short]


def works_for(user: User, organisation: int | None, *, at: datetime) -> bool:
    """Whether a person works for an organisation on a day."""
    rows = Membership.objects.standing(on=timezone.localdate(at))
    return rows.filter(user=user, organisation=organisation).exists()


def stays_of(guest: User, slot: Slot) -> list[Stay]:
    """Where a colleague is on the day of a time: other times, and interviews elsewhere."""
    first = start_of(timezone.localdate(slot.starts_at))
    last = first + timedelta(1)
    slots = Slot.objects.open().between(first, last).filter(guest=guest).exclude(pk=slot.pk)
    stays = [Stay(one.starts_at, one.ends_at, one.jobcentre) for one in slots.for_list()]
    meetings = Meeting.objects.filter(
        Q(participants__worker=guest, participants__is_busy=True),
        starts_at__gte=first,
        starts_at__lt=last,
    ).select_related("organisation")
    spans = {(one.starts_at, one.ends_at) for one in stays}
    return stays + [
        Stay(one.starts_at, one.ends_at, one.organisation)
        for one in meetings
        if (one.starts_at, one.ends_at) not in spans
    ]


def ways_of(stays: Iterable[Stay]) -> list[Way]:
    """The ways between places of a day, where the place changes."""
    rows = sorted(stays, key=lambda one: one.starts_at)
    pairs = [(one, two) for one, two in pairwise(rows) if one.at != two.at]
    minutes = travel_minutes([(one.at.pk, two.at.pk) for one, two in pairs])
    return list(_ways(pairs, minutes))


def _ways(pairs: Sequence[tuple[Stay, Stay]], minutes: dict[tuple[int, int], int]) -> Iterator[Way]:
    for one, two in pairs:
        key = (min(one.at.pk, two.at.pk), max(one.at.pk, two.at.pk))
        if key in minutes:
            yield Way(one.at, two.at, one.ends_at, two.starts_at, minutes[key])


def travel_minutes(pairs: Iterable[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """Minutes by car between places, by their keys in order; an unknown pair is left out."""
    wanted = {(min(pair), max(pair)) for pair in pairs}
    if not wanted:
        return {}
    rows = Travel.objects.filter(
        start__in={one for one, _two in wanted}, end__in={two for _one, two in wanted}
    )
    found = {(row.start_id, row.end_id): row.minutes for row in rows}
    return {pair: found[pair] for pair in wanted if pair in found}


def _touches(way: Way, own: Stay) -> bool:
    return own.starts_at == way.is_there_at or own.ends_at == way.leaves_at
