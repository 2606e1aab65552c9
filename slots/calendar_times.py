"""Each time of a calendar as its reader sees it: free, proposed, taken, somebody else's, closed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses.models import Course, MeetingKind, Party
from courses.party_words import said_to
from meetings.obstacle_words import sentence
from meetings.obstacles import Code, Obstacle
from shared.written import clock_text, day_text
from slots.calendar_seen import Booked, Seen
from slots.finding import Found
from slots.models import Pool, Slot
from slots.offers import houses
from staffing.openings import day_of


class State(StrEnum):
    """What a time is to its reader."""

    FREE = "free"
    PROPOSED = "proposed"
    CHOSEN = "chosen"
    MOVING = "moving"  # the interview that is to have another time
    BOOKED = "booked"
    OTHER = "other"  # reserved for another a-kasse
    UNRESERVED = "unreserved"  # to be reserved before it is booked
    UNFIT = "unfit"  # somebody is not free, or a rule says no
    CLOSED = "closed"
    UNUSED = "unused"  # passed without a booking


MOST_NAMED = 2  # in a narrow column
PICKED = (State.FREE, State.PROPOSED, State.CHOSEN)
SHORT = {  # why not, for a narrow column; the sentence follows for those who listen or point
    Code.HOLIDAY: gettext_lazy("Closed"),
    Code.CLOSED: gettext_lazy("Closed"),
    Code.OFF_HOURS: gettext_lazy("Nobody there"),
    Code.LEAVE: gettext_lazy("Away"),
    Code.BUSY_ELSEWHERE: gettext_lazy("Busy"),
    Code.IN_INTERVIEW: gettext_lazy("Busy"),
    Code.ROOM_TAKEN: gettext_lazy("Room taken"),
    Code.CITIZEN_BUSY: gettext_lazy("Citizen busy"),
    Code.CITIZEN_AWAY: gettext_lazy("Citizen away"),
    Code.TOO_SOON: gettext_lazy("Too soon"),
    Code.HELD: gettext_lazy("On hold"),
    Code.LACKS: gettext_lazy("Competence"),
    Code.NOBODY: gettext_lazy("Nobody free"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """For whom a time is looked for: the course, what the search found, and what is chosen."""

    course: Course
    found: Found
    chosen: int | None = None
    moving: int | None = None  # the interview that is moved

    @property
    def a_kasser(self) -> frozenset[int]:
        """Whose times may be used."""
        return frozenset(houses(self.course.a_kasse))


@dataclass(frozen=True, slots=True)
class Time:
    """One time: its state, two short lines, and a sentence more where there is one."""

    slot: Slot
    state: State
    head: str
    line: str
    why: str = ""
    is_past: bool = False
    seats: int = 0  # free ones
    booked: Booked | None = None

    @property
    def key(self) -> str:
        """How an address names it: not by its moment, which may look like a CPR number."""
        return str(self.slot.pk)

    @property
    def where(self) -> str:
        """The room or place, or how people meet without one."""
        return str(self.slot.room or self.slot.place or self.slot.get_form_display())

    @property
    def who(self) -> str:
        """Who stands ready of both parties."""
        return ", ".join(str(one) for one in (self.slot.worker, self.slot.guest) if one)

    @property
    def when(self) -> str:
        """Day and clock: `to. 26.11. 10.00–10.45`."""
        span = f"{clock_text(self.slot.starts_at)}–{clock_text(self.slot.ends_at)}"
        return f"{day_text(day_of(self.slot.starts_at))} {span}"


@dataclass(slots=True)
class Times:
    """Says of each time what it is; a search, where there is one, has the last word."""

    seen: Seen
    wanted: Wanted | None = None
    ranks: Mapping[int, int] = field(init=False)
    free: frozenset[int] = field(init=False)
    reasons: dict[int, tuple[Obstacle, str]] = field(init=False)

    def __post_init__(self) -> None:
        found = self.wanted.found if self.wanted else Found(self.seen.first, self.seen.last)
        self.ranks = {one.slot.pk: n for n, one in enumerate(found.proposals, 1)}
        self.free = frozenset(one.pk for one in found.free)
        self.reasons = {
            one.slot.pk: (one.obstacles[0], self.said(sentence(one.obstacles[0], day.names)))
            for day in found.days
            for one in day.excluded
            if one.slot and one.obstacles
        }

    def said(self, text: str) -> str:
        """A sentence in the words of the reader's side: an a-kasse speaks of its member."""
        return said_to(None if self.seen.place.is_own else Party.A_KASSE, text)

    @property
    def a_kasser(self) -> frozenset[int] | None:
        """Whose times may be picked: those of the case, else the reader's; all at the desk."""
        if self.wanted:
            return self.wanted.a_kasser
        return None if self.seen.place.is_own else self.seen.place.a_kasser

    def all(self) -> list[Time]:
        """Every time in order; what was withdrawn only where nothing else stands instead."""
        rows = self.seen.slots
        held = {_where(one) for one in rows if one.state == Slot.State.OPEN}
        return [
            self.of(one) for one in rows if one.state == Slot.State.OPEN or _where(one) not in held
        ]

    def of(self, slot: Slot) -> Time:
        """One time."""
        booked, seats = self.seen.of_slot.get(slot.pk, []), self.seen.free_seats(slot)
        is_past = slot.starts_at < self.seen.place.at
        if self.wanted and any(one.meeting == self.wanted.moving for one in booked):
            return Time(slot, State.MOVING, booked[0].a_kasse, _("To be moved"), booked=booked[0])
        if slot.state == Slot.State.CLOSED:
            return Time(slot, State.CLOSED, "", _("Closed"), _("withdrawn"), is_past)
        if booked and not seats:
            return _full(slot, booked, is_past=is_past)
        own = slot.a_kasse.short if slot.a_kasse else ""
        if is_past:
            return Time(slot, State.UNUSED, own, _("Not used"), is_past=True)
        if not seats:
            return Time(slot, State.UNFIT, own, _("On hold"), self._held_by(slot))
        return self._not_ours(slot, own) or self._free(slot, own, seats)

    def _not_ours(self, slot: Slot, own: str) -> Time | None:
        """Times that are reserved for others, or that nobody may book before reserving."""
        ours = self.a_kasser
        is_claimed = slot.pool.model == Pool.Model.CLAIMED and not slot.is_released  # type: ignore[attr-defined]  # annotated
        if slot.a_kasse_id is None and is_claimed:
            return Time(slot, State.UNRESERVED, "", _("Not reserved"), _("to reserve first"))
        if ours is None:
            return None
        open_to = set(slot.open_to)  # type: ignore[attr-defined]  # annotated
        if slot.a_kasse_id and slot.a_kasse_id not in ours:
            return Time(slot, State.OTHER, own, "", _("reserved for another a-kasse"))
        if not slot.a_kasse_id and open_to and open_to.isdisjoint(ours):
            named: list[str] = slot.called  # type: ignore[attr-defined]  # annotated
            head = _("Others") if len(named) > MOST_NAMED else ", ".join(named)
            return Time(slot, State.OTHER, head, "", _("kept for other a-kasser"))
        return None

    def _held_by(self, slot: Slot) -> str:
        """Who is deciding on a time, for colleagues, and until when."""
        until, by = slot.held[0], slot.held_by[0]  # type: ignore[attr-defined]  # annotated
        who = by.strip() if self.seen.place.is_own else ""
        if not who:
            return _("somebody is deciding on it until %(until)s") % {"until": clock_text(until)}
        return _("%(who)s is deciding on it until %(until)s") % {
            "who": who,
            "until": clock_text(until),
        }

    def _free(self, slot: Slot, own: str, seats: int) -> Time:
        name = own or self._our_name()
        head, line = name or _("Free"), _("Free") if name else _for_whom(slot)
        line = line if slot.seats == 1 else _seats_left(seats, slot.seats)
        if self.wanted and not _is_for_joint(slot):
            return Time(slot, State.UNFIT, own, _("Others"), _("kept for other interviews"))
        in_the_way = self._in_the_way(slot)
        if in_the_way:
            obstacle, said = in_the_way
            return Time(
                slot, State.UNFIT, own, self.said(str(SHORT.get(obstacle.code, _("No")))), said
            )
        if self.wanted and slot.pk == self.wanted.chosen:
            return Time(slot, State.CHOSEN, head, _("Chosen"), seats=seats)
        if slot.pk in self.ranks:
            line = _("Proposal %(number)d") % {"number": self.ranks[slot.pk]}
            return Time(slot, State.PROPOSED, head, line, _("free"), seats=seats)
        why = ""
        if self.wanted and slot.pk not in self.free:
            why = _("outside the window")
        return Time(slot, State.FREE, head, line, why, seats=seats)

    def _in_the_way(self, slot: Slot) -> tuple[Obstacle, str] | None:
        """The first thing in the way: what the search found, else the people and the room."""
        if self.wanted and slot.pk in self.free:
            return None
        if slot.pk in self.reasons:
            return self.reasons[slot.pk]
        found = self.seen.availability.obstacles(
            slot.starts_at,
            slot.ends_at,
            workers=[key for key in (slot.worker_id, slot.guest_id) if key],
            room=slot.room_id,
            organisation=slot.jobcentre_id,
            slot=slot.pk,
        )
        return (found[0], "") if found else None

    def _our_name(self) -> str:
        if self.wanted:
            return self.wanted.course.a_kasse.short
        houses_of = self.seen.place.a_kasse_names
        return houses_of[0] if len(houses_of) == 1 else ""


def _for_whom(slot: Slot) -> str:
    """Which a-kasser may use a time that nobody has reserved."""
    named: list[str] = slot.called  # type: ignore[attr-defined]  # annotated
    if not named:
        return _("for all")
    if len(named) > MOST_NAMED:
        return _("for %(count)d a-kasser") % {"count": len(named)}
    return _("for %(whose)s") % {"whose": ", ".join(named)}


def _is_for_joint(slot: Slot) -> bool:
    """Whether joint interviews are booked there: no other kind, no talks of a group meeting."""
    pool = slot.pool
    return pool.kind == MeetingKind.JOINT and pool.purpose != Pool.Purpose.TALKS


def _where(slot: Slot) -> tuple[int | str, datetime]:
    return slot.room_id or slot.place, slot.starts_at


def _full(slot: Slot, booked: list[Booked], *, is_past: bool) -> Time:
    """A time without free seats: who sits in it, for those who may read that."""
    heads = list(dict.fromkeys(one.a_kasse for one in booked))
    names = [one.initials for one in booked if one.initials]
    line = ", ".join(names) if len(names) == len(booked) else _("Taken")
    head = heads[0] if len(heads) == 1 else _seats_taken(len(booked))
    return Time(slot, State.BOOKED, head, line, _("taken"), is_past, booked=booked[0])


def _seats_left(left: int, of: int) -> str:
    return _("%(left)d of %(all)d free") % {"left": left, "all": of}


def _seats_taken(count: int) -> str:
    return ngettext("%(count)d booked", "%(count)d booked", count) % {"count": count}
