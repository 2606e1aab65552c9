"""How times are found for the rows of a batch: all searches read together, no time goes twice."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from courses.models import Duty
from meetings.several import Chosen
from slots.choices import Choice
from slots.finding import Found, Reading, asked_of, found_in
from slots.models import Hold, Slot, SlotBooking
from slots.offers import Asked, Window
from staffing.openings import Span, overlaps

NEAR = timedelta(35)
MORE_THAN_GIVEN = 20  # proposals looked at beyond those that other rows may have taken


@dataclass(slots=True)
class Given:
    """What the rows of a batch have been given: seats, and the hours of people."""

    at: datetime
    seats: Counter[int] = field(default_factory=Counter)
    busy: dict[tuple[str, int], list[Span]] = field(default_factory=dict)
    others: dict[int, int] = field(default_factory=dict)  # seats not ours, of slots with several

    def fits(self, choice: Choice, citizen: int) -> bool:
        """Whether nobody else of the batch has the seat, the worker or the citizen then."""
        slot = choice.slot
        span = (slot.starts_at, slot.ends_at)
        own = (one for key in _people(choice, citizen) for one in self.busy.get(key, ()))
        return self._has_seat(slot) and not any(overlaps(span, one) for one in own)

    def give(self, choice: Choice, citizen: int) -> None:
        """Let a row have a time."""
        self.seats[choice.slot.pk] += 1
        for key in _people(choice, citizen):
            self.busy.setdefault(key, []).append((choice.slot.starts_at, choice.slot.ends_at))

    def _has_seat(self, slot: Slot) -> bool:
        given = self.seats[slot.pk]
        if slot.seats == 1 or not given:
            return not given
        if slot.pk not in self.others:
            taken = SlotBooking.objects.filter(slot=slot, is_live=True).values("pk")
            held = Hold.objects.filter(slot=slot, until__gt=self.at).values("pk")
            self.others[slot.pk] = taken.union(held, all=True).count()
        return self.others[slot.pk] + given < slot.seats


def _people(choice: Choice, citizen: int) -> Iterator[tuple[str, int]]:
    yield ("citizen", citizen)
    if choice.worker:
        yield ("worker", choice.worker.pk)
    if choice.guest:
        yield ("worker", choice.guest.pk)


class Together:
    """The searches of a batch, which read together; each is made when it is asked for."""

    def __init__(self, duties: Sequence[Duty], chosen: Chosen, at: datetime) -> None:
        user, on = chosen.user, chosen.on
        self._count = len(chosen.duties) + MORE_THAN_GIVEN
        self._whole = {
            duty.pk: asked_of(duty.course, duty, user=user, on=on, at=at) for duty in duties
        }
        self._near = {key: _nearer(one) for key, one in self._whole.items()}
        far = [one for key, one in self._whole.items() if one is not self._near[key]]
        self._readings = Reading(self._near.values()), Reading(far)

    def near(self, duty: Duty) -> Found:
        """The answer in the first weeks of the window."""
        return found_in(self._readings[0], self._near[duty.pk], count=self._count)

    def found(self, duty: Duty) -> Found:
        """The answer in the whole window."""
        whole = self._whole[duty.pk]
        is_near = whole is self._near[duty.pk]
        return found_in(self._readings[0 if is_near else 1], whole, count=self._count)


def _nearer(asked: Asked) -> Asked:
    """The search of the first weeks; a late one, and one without a last day, as it is."""
    duty, first = asked.duty, asked.window.first
    last = (duty.latest_on or duty.due_on) if duty else None
    if last is None or last - first <= NEAR:
        return asked
    return replace(asked, window=Window(first, min(first + NEAR, asked.window.last)))
