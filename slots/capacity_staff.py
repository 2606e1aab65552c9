"""How many of the offered seats the jobcentre's people have hours for: times that can be held.

A time counts as staffed when somebody is booked in it, or when its own worker, else any caseworker
of the house, works then: by the hours said, not on leave, the office open, and in one time at once.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from django.db.models import Count, Q

from courses.models import MeetingForm, MeetingKind
from meetings.availability import Availability
from partnerships.models import Membership, Role
from shared.dates import start_of
from slots.models import Pool, Slot
from staffing.openings import Span, day_of, less, lies_within


@dataclass(frozen=True, slots=True)
class Time:
    """One offered time: where, whose, when, who stands ready, and its free seats."""

    jobcentre: int
    pool: int
    a_kasse: int | None
    starts_at: datetime
    ends_at: datetime
    worker: int | None
    free: int

    @property
    def span(self) -> Span:
        return self.starts_at.astimezone(UTC), self.ends_at.astimezone(UTC)


Key = tuple[int, int | None, date]  # a pool, who has reserved it, a day


def offered_times(jobcentres: Sequence[int], at: datetime, end: date) -> list[Time]:
    """The published times with free seats of some jobcentres: one query."""
    rows = Slot.objects.open().filter(
        jobcentre__in=jobcentres,
        pool__is_published=True,
        pool__kind=MeetingKind.JOINT,
        starts_at__gt=at,
        starts_at__lt=start_of(end),
    )
    rows = rows.exclude(pool__purpose=Pool.Purpose.TALKS)
    rows = rows.exclude(form=MeetingForm.IN_PERSON, room=None, place="")
    taken = Count("bookings", filter=Q(bookings__is_live=True))
    columns = ("jobcentre", "pool", "a_kasse", "starts_at", "ends_at", "worker", "seats", "taken")
    found = rows.annotate(taken=taken).order_by("starts_at", "pk").values_list(*columns)
    return [
        Time(house, pool, a_kasse, starts_at, ends_at, worker, max(0, seats - used))
        for house, pool, a_kasse, starts_at, ends_at, worker, seats, used in found
    ]


def unstaffed(jobcentres: Sequence[int], *, on: date, at: datetime, end: date) -> Mapping[Key, int]:
    """How many free seats nobody has hours for, by pool, a-kasse and day; six queries."""
    times = [one for one in offered_times(jobcentres, at, end) if one.free]
    if not times:
        return {}
    people = _caseworkers(jobcentres, on=on, end=end)
    named = {one.worker for one in times if one.worker}
    workers = {key for keys in people.values() for key in keys} | named
    hours = Availability.load(first=on, last=end, workers=workers, with_slots=False)
    staff = _Staff(hours, people)
    found: Counter[Key] = Counter()
    for one in sorted(times, key=lambda time: (time.worker is None, time.starts_at)):
        missing = one.free - staff.seated(one)
        if missing:
            found[one.pool, one.a_kasse, day_of(one.starts_at)] += missing
    return found


def _caseworkers(jobcentres: Sequence[int], *, on: date, end: date) -> dict[int, list[int]]:
    """Who can hold interviews at jobcentres in some days."""
    rows = Membership.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=on),
        organisation__in=jobcentres,
        role=Role.CASEWORKER,
        starts_on__lte=end,
        user__is_active=True,
    )
    found: dict[int, list[int]] = defaultdict(list)
    for house, user in rows.order_by("user").values_list("organisation", "user").distinct():
        found[house].append(user)
    return found


@dataclass(slots=True)
class _Staff:
    """The hours of people, less what they stand ready in by now."""

    hours: Availability
    people: Mapping[int, Sequence[int]]
    _left: dict[tuple[int, date], list[Span]] = field(default_factory=dict)

    def seated(self, time: Time) -> int:
        """How many of the free seats of a time get somebody, each at most one person."""
        found = 0
        for worker in self._those_of(time):
            if found == time.free:
                break
            left = self._hours_left(worker, day_of(time.starts_at))
            if lies_within(time.span, left):
                self._left[worker, day_of(time.starts_at)] = less(left, [time.span])
                found += 1
        return found

    def _those_of(self, time: Time) -> Iterable[int]:
        return [time.worker] if time.worker else self.people.get(time.jobcentre, ())

    def _hours_left(self, worker: int, day: date) -> list[Span]:
        """When a worker works on a day and is not taken: leave, interviews and own calendar."""
        key = (worker, day)
        if key not in self._left:
            self._left[key] = self.hours.free_spans(day, workers=[worker])
        return self._left[key]
