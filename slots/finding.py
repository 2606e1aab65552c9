"""The search for a time that suits everybody: all people, the room and the rules at once."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone

from accounts.models import User
from courses.models import Course, Duty
from meetings.obstacles import Code, Obstacle, Who
from slots.found import DayExplained, Excluded, Found, Proposal, Reason, explained
from slots.offers import Asked, Offer, window_of
from slots.ranking import best, ranked
from slots.reading import AT_ONCE, Reading, Staff
from slots.wishes import Wishes
from staffing.models import Competence
from staffing.openings import day_of

__all__ = [
    "DayExplained",
    "Excluded",
    "Found",
    "Proposal",
    "Reading",
    "Reason",
    "Wishes",
    "asked_of",
    "find",
    "found_in",
]

COUNT = 3
NOON = timedelta(hours=12)
HOUR = timedelta(hours=1)


def find(  # noqa: PLR0913 (for whom, by whom, when and how)
    course: Course,
    duty: Duty | None,
    *,
    user: User | None,
    on: date,
    wishes: Wishes | None = None,
    count: int = COUNT,
    at: datetime | None = None,
) -> Found:
    """The best times for an interview, all free ones of its window, and why not the others.

    `user` is who asks: only times of pools this person sees are searched (all, without one).
    `at` decides which holds have lapsed; it is now when it is not said.
    """
    asked = asked_of(course, duty, user=user, on=on, wishes=wishes, at=at)
    return found_in(Reading([asked]), asked, count=count)


def asked_of(  # noqa: PLR0913 (as `find`)
    course: Course,
    duty: Duty | None,
    *,
    user: User | None,
    on: date,
    wishes: Wishes | None = None,
    at: datetime | None = None,
) -> Asked:
    """The question of a search, with its window."""
    wishes = wishes or Wishes()
    window = window_of(course, duty, wishes, on=on)
    return Asked(course, duty, user, wishes, window, on, at or timezone.now())


def found_in(reading: Reading, asked: Asked, *, count: int = COUNT) -> Found:
    """The answer to one of the searches that are read together."""
    window = asked.window
    if window.last < window.first:
        return Found(window.first, window.last, is_late=window.is_late)
    offered = reading.offers(asked)
    searched = _Search(asked, offered, reading)
    searched.run()
    free = sorted(searched.free.values(), key=lambda one: (one.slot.starts_at, one.slot.pk))
    used = {one.day for one in offered if one.is_used}
    days = searched.days()
    if not free and not window.is_late and (later := reading.next_after(asked)):
        days.append(DayExplained(later.day, 0, (Excluded(later.spot, later.obstacles),)))
    return Found(
        window.first,
        window.last,
        best(ranked(free, asked, used), asked, count),
        [one.slot for one in free],
        days,
        window.is_late,
    )


@dataclass(slots=True)
class _Search:
    """One search under way: who could sit in each time, and what was in the way."""

    asked: Asked
    offered: Sequence[Offer]
    reading: Reading
    free: dict[int, Proposal] = field(default_factory=dict)
    excluded: dict[int, tuple[Obstacle, ...]] = field(default_factory=dict)
    able: dict[int, set[str]] = field(default_factory=dict)
    jobcentres: list[int] = field(init=False)
    a_kasser: list[int] = field(init=False)
    hosts: list[User] = field(init=False)
    guests: dict[int, User | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Ask once whose people and times are looked at: every time is compared with them."""
        self.jobcentres, self.a_kasser = self.asked.jobcentres, self.asked.a_kasser
        self.hosts = self.asked.hosts

    def run(self) -> None:
        """Try each time with the people it names; then with colleagues, where only one lacked."""
        self._read_competences(self._near)
        waiting = []
        for offer in self.offered:
            said = offer.obstacles or self._of_all(offer)
            if said:
                self.excluded[offer.spot.pk] = said
            elif not self._seat_own(offer):
                waiting.append(offer)
        self._ask_colleagues(waiting)

    def days(self) -> list[DayExplained]:
        """Each weekday of the window, and other days that have times."""
        excluded: dict[date, list[Excluded]] = {}
        for offer in self.offered:
            if offer.spot.pk in self.excluded:
                one = Excluded(offer.spot, self.excluded[offer.spot.pk])
                excluded.setdefault(offer.day, []).append(one)
        free = Counter(day_of(one.slot.starts_at) for one in self.free.values())
        days = sorted({*self.asked.window.days, *excluded, *free})
        for day in days:
            if day not in excluded and day not in free:
                excluded[day] = [Excluded(None, self._of_empty(day))]
        return explained(days, free, excluded, self.reading.names)

    @property
    def _near(self) -> set[int]:
        """Those who stand in slots, and the people of the course."""
        slots = [one.slot for one in self.offered if not one.obstacles]
        named = {key for slot in slots for key in (slot.worker_id, slot.guest_id) if key}
        return named | {one.pk for one in self.asked.near}

    def _read_competences(self, workers: Iterable[int]) -> None:
        """What people can, as the wishes ask for it: nothing is read when they ask for nothing."""
        if not self.asked.wishes.ask_of_people:
            return
        rows = Competence.objects.standing(on=self.asked.window.first).filter(user__in=workers)
        for user, kind, language in rows.values_list("user", "kind", "language"):
            self.able.setdefault(user, set()).add(language or kind)

    def _of_all(self, offer: Offer) -> tuple[Obstacle, ...]:
        """What is in the way of a time whoever sits in it: the day, the room, the citizen."""
        slot = offer.slot
        said = self.reading.people.availability.obstacles(
            slot.starts_at,
            slot.ends_at,
            room=slot.room_id,
            citizen=self.asked.course.citizen_id,
            organisation=slot.jobcentre_id,
            slot=slot.pk,
        )
        if slot.guest and self.asked.is_joint:
            said += self.reading.people.obstacles(slot.guest.pk, offer, self.a_kasser)
        return tuple(said)

    def _seat_own(self, offer: Offer) -> bool:
        """Try first who stands ready in the time, else the caseworker, else who asks."""
        if offer.slot.worker:
            return self._seat(offer, [offer.slot.worker], self.reading.people)
        return self._seat(offer, self.hosts, self.reading.people)

    def _seat(self, offer: Offer, workers: Iterable[User], staff: Staff) -> bool:
        """Give a time the first of these workers who is free and able; note why not the first."""
        if offer.spot.pk not in self.guests:
            self.guests[offer.spot.pk] = self._guest(offer)
        guest = self.guests[offer.spot.pk]
        said: list[Obstacle] = []
        for worker in workers:
            found = staff.obstacles(worker.pk, offer, self.jobcentres)
            if not found and not self._is_able(worker, guest):
                found = [Obstacle(Code.LACKS, Who.WORKER, worker.pk)]
            if not found:
                self.excluded.pop(offer.slot.pk, None)
                self.free[offer.slot.pk] = Proposal(offer.slot, worker, guest)
                return True
            said = said or found
        if offer.spot.pk not in self.excluded:
            nobody = Obstacle(Code.NOBODY, Who.ORGANISATION, offer.slot.jobcentre_id)
            self.excluded[offer.spot.pk] = tuple(said) or (nobody,)
        return False

    def _guest(self, offer: Offer) -> User | None:
        """Who comes for the a-kasse: who was put there, else the course's consultant if free."""
        if not self.asked.is_joint:
            return None
        consultant = self.asked.course.consultant
        if offer.slot.guest or not consultant:
            return offer.slot.guest
        said = self.reading.people.obstacles(consultant.pk, offer, self.a_kasser)
        return None if said else consultant

    def _is_able(self, worker: User, guest: User | None) -> bool:
        wishes, can = self.asked.wishes, self.able.get(worker.pk, set())
        spoken = can | (self.able.get(guest.pk, set()) if guest else set())
        return (
            (not wishes.language or wishes.language in spoken)
            and (not wishes.decide or Competence.Kind.DECIDE in can)
            and (not wishes.grant or Competence.Kind.GRANT in can)
        )

    def _ask_colleagues(self, waiting: Sequence[Offer]) -> None:
        """Try the other caseworkers of the jobcentre, some at a time, where nobody is named."""
        left = [one for one in waiting if one.slot.worker is None]
        if not left:
            return
        every = self.reading.colleagues(self.asked)
        self.reading.names.update({(Who.WORKER, one.pk): str(one) for one in every})
        self._read_competences([one.pk for one in every])
        for part, is_rest in ((every[:AT_ONCE], False), (every[AT_ONCE:], True)):
            staff = self.reading.staff(self.asked, is_rest=is_rest)
            left = [one for one in left if not self._seat(one, part, staff)]
            if not left or len(every) <= AT_ONCE:
                break
        for offer in left:
            nobody = Obstacle(Code.NOBODY, Who.ORGANISATION, offer.slot.jobcentre_id)
            said = self.excluded[offer.spot.pk]
            self.excluded[offer.spot.pk] = tuple(dict.fromkeys((*said, nobody)))

    def _of_empty(self, day: date) -> tuple[Obstacle, ...]:
        """Why a day has no times at all."""
        jobcentre = self.asked.course.jobcentre
        noon = self.asked.window.moments[0] + (day - self.asked.window.first) + NOON
        said = self.reading.people.availability.obstacles(
            noon, noon + HOUR, citizen=self.asked.course.citizen_id, organisation=jobcentre.pk
        )
        of_days = [one for one in said if not one.is_hard]
        return (*of_days, Obstacle(Code.NO_SLOTS, Who.ORGANISATION, jobcentre.pk))
