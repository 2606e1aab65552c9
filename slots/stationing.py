"""A stationed worker's day at the a-kasse: that day's times and bookings, and no others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.models import User
from meetings.models import Meeting, Participant
from shared.dates import start_of
from shared.written import long_day
from slots.models import Pool, Slot, SlotBooking, SlotQuerySet
from slots.pool_pages import booked_seats, clocks_text, slot_state, where_text

DAY = timedelta(1)


@dataclass(frozen=True, slots=True)
class Talk:
    """A time of the day, and who comes to it as far as one may read it."""

    clock: str
    where: str
    state: SafeString
    name: str
    case: str
    colleague: str
    url: str


@dataclass(frozen=True, slots=True)
class StationingPage:
    """One day; `before` and `after` are the stationed days beside it."""

    day: date | None
    title: str
    place: str
    talks: Sequence[Talk]
    before: date | None
    after: date | None


def own_slots(user: User) -> SlotQuerySet:
    """The times at which a worker is stationed at an a-kasse."""
    return (
        Slot.objects.visible_to(user)
        .open()
        .filter(worker=user, pool__purpose=Pool.Purpose.STATIONING, pool__is_published=True)
    )


def stationing_page(user: User, *, asked: date | None, at: datetime) -> StationingPage:
    """The day that is asked for, else the next one on which one is stationed."""
    on = timezone.localdate(at)
    own = own_slots(user)
    day = asked or _next(own, on)
    if day is None:
        return StationingPage(None, _("No day ahead"), "", [], _last(own, on), None)
    slots = list(own.between(start_of(day), start_of(day + DAY)).for_list().order_by("starts_at"))
    meetings = _meetings(user, slots)
    taken = booked_seats(slots)
    talks = [_talk(one, taken.get(one.pk, 0), meetings.get(one.pk)) for one in slots]
    place = str(slots[0].pool.at_a_kasse) if slots else ""
    return StationingPage(day, long_day(day), place, talks, _last(own, day), _next(own, day + DAY))


def _next(own: SlotQuerySet, day: date) -> date | None:
    row = own.filter(starts_at__gte=start_of(day)).order_by("starts_at").first()
    return row.day if row else None


def _last(own: SlotQuerySet, day: date) -> date | None:
    row = own.filter(starts_at__lt=start_of(day)).order_by("-starts_at").first()
    return row.day if row else None


def _meetings(user: User, slots: Sequence[Slot]) -> dict[int, Meeting]:
    """The interviews in these times that one may read, by time."""
    live = SlotBooking.objects.filter(slot__in=slots, is_live=True)
    keys = dict(live.values_list("meeting", "slot"))
    rows = Meeting.objects.visible_to(user).filter(pk__in=keys).select_related("course__citizen")
    return {keys[row.pk]: row for row in rows.prefetch_related("participants__worker")}


def _talk(slot: Slot, booked: int, meeting: Meeting | None) -> Talk:
    return Talk(
        clock=clocks_text(slot),
        where=where_text(slot),
        state=slot_state(slot, booked),
        name=meeting.course.citizen.name if meeting else "",
        case=meeting.course.case_number if meeting else "",
        colleague=_colleague(meeting) if meeting else "",
        url=meeting.get_absolute_url() if meeting else "",
    )


def _colleague(meeting: Meeting) -> str:
    rows = meeting.participants.all()
    names = [str(row.worker) for row in rows if row.role == Participant.Role.A_KASSE and row.worker]
    return ", ".join(names)
