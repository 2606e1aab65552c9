"""A day of a jobcentre from an empty calendar: published, reserved, staffed, booked in one go."""

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import uuid4

from accounts.models import User
from courses.models import Duty, MeetingForm, MeetingKind, Party
from meetings.models import Batch, Meeting, Room
from meetings.several import chosen_rows
from partnerships.models import Organisation
from shared.refusals import Refused
from slots.actions.pools import make_pool, publish
from slots.actions.reserving import reserve, staff
from slots.actions.several import book_several
from slots.actions.withdrawing import Asked, withdraw_several
from slots.models import Pool, Slot, SlotBooking
from slots.several import time_rows

ROWS = 40
SEEN = ("off-hours", "leave", "busy-elsewhere", "closed", "holiday", "travel")


@dataclass(frozen=True, slots=True)
class Booked:
    """What a day came to: its times, the batch, and how many rows ended how."""

    slots: list[Slot]
    batch: Batch
    reserved: int
    staffed: int

    @property
    def outcomes(self) -> Counter[str]:
        """How many rows ended how."""
        return Counter(self.batch.rows.values_list("outcome", flat=True))


def book_a_day(day: date, *, slug: str, a_kasse: str, at: datetime) -> Booked:
    """Empty the calendar of a jobcentre, open one day in it, and book the most urgent there."""
    house = Organisation.objects.get(slug=slug)
    guest = Organisation.objects.get(slug=a_kasse)
    _emptied(house, at)
    slots = [*_opened(house, day, guest, at), *_opened(house, day, None, at)]
    reserved, staffed = _reserved(slots, guest, at)
    user = User.objects.get(username="sagsbehandler")
    duties = _most_urgent(house, day)
    chosen = chosen_rows(user, [str(one.pk) for one in duties], on=at.date())
    plans = [row.plan for row in time_rows(chosen, None, at=at)]
    batch = book_several(uuid4(), plans, by=user, at=at, most=ROWS)
    return Booked(slots, batch, reserved, staffed)


def _emptied(house: Organisation, at: datetime) -> None:
    """Withdraw all times: who was booked in them is owed an interview again."""
    ahead = house.slots.open().filter(starts_at__gt=at)
    bookings = SlotBooking.objects.filter(is_live=True, slot__in=ahead)
    rows = bookings.select_related("slot__pool", "meeting__course__jobcentre", "meeting__duty")
    planner = User.objects.get(username="planlaegger")
    asked = [Asked(one.slot, one.meeting) for one in rows]
    withdraw_several(uuid4(), asked, jobcentre=house, reason="En tom dag", by=planner, at=at)
    ahead.update(state=Slot.State.CLOSED)


def _opened(house: Organisation, day: date, guest: Organisation | None, at: datetime) -> list[Slot]:
    """A series of one day in a room of its own: for one a-kasse to reserve, or for all."""
    planner = User.objects.get(username="planlaegger")
    name = f"Dagen, {guest.short}" if guest else "Dagen, alle"
    pool = Pool(
        jobcentre=house,
        name=name,
        room=Room.objects.create(organisation=house, name=name, place="Eksempelgade 1"),
        model=Pool.Model.CLAIMED if guest else Pool.Model.SHARED,
        form=MeetingForm.IN_PERSON,
        repeats=Pool.Repeats.ONCE,
        starts=time(9),
        ends=time(15),
        lunch_starts=time(12),
        lunch_ends=time(12, 30),
        starts_on=day,
        ends_on=day + timedelta(1),
    )
    make_pool(pool, [guest] if guest else [], by=planner, at=at)
    publish(pool, by=planner, at=at)
    return list(pool.slots.for_list())


def _reserved(slots: list[Slot], a_kasse: Organisation, at: datetime) -> tuple[int, int]:
    """The a-kasse takes its times, and sends one colleague to as many as it can."""
    leader, colleague = (User.objects.get(username=one) for one in ("akasse-leder", "3f-st"))
    own = [one for one in slots if one.pool.model == Pool.Model.CLAIMED]
    staffed = 0
    for slot in own:
        reserve(slot, a_kasse, by=leader, at=at)
        with suppress(Refused):
            staff(slot, colleague, seen=SEEN, by=leader, at=at)
            staffed += 1
    return len(own), staffed


def _most_urgent(house: Organisation, day: date) -> list[Duty]:
    """What may be held on a day or earlier, and is owed by somebody who reads the case."""
    rows = Duty.objects.pending().filter(
        kind=MeetingKind.JOINT,
        responsible=Party.JOBCENTRE,
        jobcentre=house,
        opens_on__lte=day,
        latest_on__gte=day,
    )
    free = rows.exclude(meetings__state=Meeting.State.BOOKED).filter(course__ends_on=None)
    return list(free.order_by("latest_on", "pk")[:ROWS])
