"""Random calendars of a few people and rooms, kept as plain rows beside the stored ones.

The naive answer looks at every minute by itself; it shares no code with what it checks.
"""

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from holidays import country_holidays

from meetings.models import GroupMeeting, Participant
from partnerships.models import Role
from slots.models import Pool, Slot
from staffing.models import BusySource, BusyTime, ClosingDay, Leave, WorkingHours
from tests.factories import AbsenceFactory, RoomFactory, UserFactory
from tests.meetings.conftest import World

ZONE = ZoneInfo("Europe/Copenhagen")
MINUTE, DAY = timedelta(minutes=1), timedelta(1)
OFFICE = [(time(8), time(12)), (time(12, 30), time(16))]
PUBLIC = country_holidays("DK", years=range(2026, 2028))


def chance_of(seed):
    """The same draws each time."""
    return random.Random(seed)  # noqa: S311 (no secret)


def at(day, minutes):
    """A moment by the minutes of a day that the clock shows."""
    clock = time(minutes // 60, minutes % 60)
    return datetime.combine(day, clock, tzinfo=ZONE).astimezone(UTC)


@dataclass
class Calendar:
    """What is stored of some days, and the same as plain rows."""

    world: World
    first: date
    last: date
    chance: random.Random
    workers: list = field(default_factory=list)
    rooms: list = field(default_factory=list)
    hours: dict = field(default_factory=dict)  # worker: {weekday: [(from, to)]}
    closed: set = field(default_factory=set)
    away: set = field(default_factory=set)
    rows: list = field(default_factory=list)  # (code, key, from, to, slot)
    slots: list = field(default_factory=list)
    pool: Pool | None = None

    @property
    def days(self):
        return [self.first + DAY * n for n in range((self.last - self.first).days + 1)]

    @property
    def citizen(self):
        return self.world.course.citizen_id

    def draw(self):
        """Write a calendar of everything that can be in the way."""
        self.people()
        self.days_off()
        for worker in self.workers:
            for _ in range(self.chance.randint(0, 2)):
                self.leave(worker)
            self.elsewhere(worker)
        for day in self.days:
            self.a_day(day)
        return self

    def people(self):
        house = self.world.jobcentre
        colleagues = [UserFactory(role=Role.CASEWORKER, organisation=house) for _ in range(2)]
        self.workers = [self.world.caseworker, *colleagues]
        self.rooms = [self.world.room, RoomFactory(organisation=house)]
        for worker in self.workers[1:]:
            week = self.week()
            for weekday, [(start, end)] in week.items():
                WorkingHours.objects.create(
                    user=worker, organisation=house, weekday=weekday, starts_on=self.first - DAY,
                    starts=time(start // 60, start % 60), ends=time(end // 60, end % 60),
                )  # fmt: skip
            if week:
                self.hours[worker.pk] = week

    def week(self):
        """Hours by weekday; some begin or end in the night of summer time."""
        drawn = {
            weekday: (
                self.chance.choice([0, 120, 150, 420, 480]),
                self.chance.choice([150, 700, 960, 1080, 1400]),
            )
            for weekday in range(7)
            if self.chance.random() < 0.7
        }
        return {weekday: [span] for weekday, span in drawn.items() if span[0] < span[1]}

    def days_off(self):
        day = self.chance.choice(self.days)
        ClosingDay.objects.create(
            organisation=self.world.jobcentre, starts_on=day, ends_on=day + DAY
        )
        self.closed = {day}
        start = self.chance.choice(self.days)
        end = start + DAY * self.chance.randint(1, 2)
        AbsenceFactory(citizen=self.world.course.citizen, starts_on=start, ends_on=end)
        self.away = {one for one in self.days if start <= one < end}

    def leave(self, worker):
        start = at(self.chance.choice(self.days), self.chance.randrange(0, 1440, 30))
        end = start + timedelta(hours=self.chance.randint(1, 30))
        Leave.objects.create(
            user=worker, organisation=self.world.jobcentre, starts_at=start, ends_at=end
        )
        self.rows.append(("leave", worker.pk, start, end, None))

    def elsewhere(self, worker):
        source = BusySource.objects.create(user=worker, name="own")
        for _ in range(self.chance.randint(0, 3)):
            start = at(self.chance.choice(self.days), self.chance.randrange(0, 1440, 5))
            end = start + timedelta(minutes=self.chance.randint(5, 200))
            BusyTime.objects.create(source=source, starts_at=start, ends_at=end)
            self.rows.append(("busy-elsewhere", worker.pk, start, end, None))

    def a_day(self, day):
        """Interviews, group meetings and slots that do not collide: each has an hour of its own."""
        hours = self.chance.sample(range(7, 16), 5)
        for hour in hours[:2]:
            start = at(day, hour * 60 + self.chance.choice([0, 5, 15]))
            self.group(start, start + timedelta(minutes=self.chance.choice([20, 45])))
        for hour in hours[2:]:
            self.slot(at(day, hour * 60), at(day, hour * 60 + 45))

    def group(self, start, end):
        group = GroupMeeting.objects.create(
            kind="workshop", title="W", organisation=self.world.jobcentre, starts_at=start, ends_at=end
        )  # fmt: skip
        seats = {
            "in-interview": ("jobcentre", "worker", self.chance.choice(self.workers)),
            "room-taken": ("room", "room", self.chance.choice(self.rooms)),
            "citizen-busy": ("citizen", "citizen", self.world.course.citizen),
        }
        for code, (role, name, one) in seats.items():
            if self.chance.random() < 0.6:
                Participant.objects.create(group=group, role=role, **{name: one})
                self.rows.append((code, one.pk, start, end, None))

    def slot(self, start, end, **columns):
        self.pool = self.pool or Pool.objects.create(
            jobcentre=self.world.jobcentre, name="P", starts="07:00", ends="16:00",
            starts_on=self.first, ends_on=self.last + DAY, is_published=True,
        )  # fmt: skip
        worker = self.chance.choice([None, *self.workers])
        room = self.chance.choice(self.rooms)
        made = Slot.objects.create(
            pool=self.pool, jobcentre=self.world.jobcentre, starts_at=start, ends_at=end,
            form="in_person", worker=worker, room=room, **columns,
        )  # fmt: skip
        self.slots.append(made)
        self.rows.append(("in-slot", ("room", room.pk), start, end, made.pk))
        if worker:
            self.rows.append(("in-slot", ("worker", worker.pk), start, end, made.pk))
        return made

    def naive(self, start, end, *, worker, room, slot=None):  # noqa: C901 (one line a rule)
        """Codes in the way of a time, found minute by minute."""
        found = set()
        begins = start.astimezone(ZONE).date()
        whose = {
            "leave": {worker}, "busy-elsewhere": {worker}, "in-interview": {worker},
            "room-taken": {room}, "citizen-busy": {self.citizen},
            "in-slot": {("worker", worker), ("room", room)},
        }  # fmt: skip
        minute = start
        while minute < end:
            local = minute.astimezone(ZONE)
            if local.weekday() > 4 or local.date() in PUBLIC:
                found.add("holiday")
            if local.date() in self.closed:
                found.add("closed")
            if local.date() in self.away:
                found.add("citizen-away")
            for code, key, starts, ends, of in self.rows:
                if key in whose[code] and starts <= minute < ends and (slot is None or of != slot):
                    found.add(code)
            if not self.works(worker, begins, local):
                found.add("off-hours")
            minute += MINUTE
        first_is_off = begins.weekday() > 4 or begins in PUBLIC or begins in self.closed
        return found - {"off-hours"} if first_is_off else found

    def works(self, worker, day, local):
        if local.date() != day:
            return False
        if worker not in self.hours:
            return any(first <= local.time() < last for first, last in OFFICE)
        shown = local.hour * 60 + local.minute
        return any(
            first <= shown < last for first, last in self.hours[worker].get(day.weekday(), [])
        )
