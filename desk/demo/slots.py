"""Published times: pools of three jobcentres, reserved, staffed, booked, and one about to go."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from accounts.models import User
from courses.models import Duty, MeetingForm, MeetingKind, Party
from desk.demo.diary import ZONE
from meetings.models import Meeting, Room
from meetings.plans import Purpose
from partnerships.models import Organisation
from shared.dates import working_days_after
from shared.refusals import Refused
from slots.actions.booking import book_in_slot
from slots.actions.pools import leave_out_day, make_pool, publish
from slots.actions.reserving import release_unused, reserve, staff
from slots.finding import find
from slots.models import Pool, Slot, SlotQuerySet
from slots.reference import load_travel

WEEK, DAY = timedelta(7), timedelta(1)
WEEKS_BEFORE, WEEKS_AHEAD = 1, 9
COPENHAGEN, FREDERIKSBERG, AARHUS = "jc-101", "jc-147", "jc-751"
PLANNERS = {COPENHAGEN: "planlaegger", FREDERIKSBERG: "frb-plan", AARHUS: "aarhus-plan"}
LEADERS = {"3f": "akasse-leder", "foa": "foa-leder"}
VIDEO_ROOM, VIDEO_LINK = "Videolink 1", "https://video.example/moede/1"
ROOMS = {
    COPENHAGEN: ["Lokale 5", "Lokale 6", VIDEO_ROOM],
    FREDERIKSBERG: ["Lokale A"],
    AARHUS: ["Lokale 12"],
    "3f": ["Kontor 4"],
}
PLACES = {
    COPENHAGEN: "Eksempelgade 1, København",
    FREDERIKSBERG: "Eksempelgade 7, Frederiksberg",
    AARHUS: "Eksempelgade 4, Aarhus",
    "3f": "Eksempelvej 2, København",
}
SEEN = ("off-hours", "leave", "busy-elsewhere", "closed", "holiday", "travel")
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = range(5)
TUESDAYS, THURSDAYS, VIDEO = "Tirsdage", "Torsdage", "Video om mandagen"
SHORT_WEEK = 3  # weeks ahead: the week that has few times
SHORT_FROM, SHORT_UNTIL = timedelta(4), timedelta(35)  # when the a-kasse without times needs them
RESERVED = 5
STATIONED = 2  # members who are booked at the stationing
STATIONED_AFTER = 2  # working days
BOOKED = {COPENHAGEN: 16, AARHUS: 4}
TRIED = 60


def open_times(people: Mapping[str, User], *, on: date) -> None:
    """Publish times, let the a-kasser reserve and staff some, book some, and release the rest."""
    load_travel()
    houses = {row.slug: row for row in Organisation.objects.filter(slug__in=[*PLACES, *LEADERS])}
    rooms = _furnish(houses)
    made_at = _moment(_monday(on) - 2 * WEEK, 9)
    pools = {
        pool.name: _published(pool, [houses[slug] for slug in slugs], people, made_at)
        for pool, slugs in _pools(houses, rooms, people, on)
    }
    _leave_one_out(pools, on)
    _run_short(pools, people, on)
    reserving = Reserving(houses, people, made_at + DAY, on)
    reserving.pool_day(pools["Puljedag, 3F"])
    reserving.pool_day(pools["Puljedag om eftermiddagen"])
    reserving.wednesdays(pools["Onsdage til reservation"])
    for slot in _ahead(pools[TUESDAYS], on)[:RESERVED]:
        reserving.take(slot, "3f")
    _book_stationed(pools["Udstationering hos 3F"], people, on=on)
    _book(people, on=on)
    release_unused(on=on, at=_moment(on, 5))


def _furnish(houses: Mapping[str, Organisation]) -> dict[str, Room]:
    rows = [
        Room(
            organisation=houses[slug],
            name=name,
            place="" if name == VIDEO_ROOM else PLACES[slug],
            link=VIDEO_LINK if name == VIDEO_ROOM else "",
        )
        for slug, names in ROOMS.items()
        for name in names
    ]
    Room.objects.bulk_create(rows)
    return {row.name: row for row in rows}


def _pools(
    houses: Mapping[str, Organisation],
    rooms: Mapping[str, Room],
    people: Mapping[str, User],
    on: date,
) -> Iterator[tuple[Pool, Sequence[str]]]:
    """The pools, each with the a-kasser that it is open to: none is all."""

    def pool(slug: str, name: str, weekday: int, room: str, **columns: object) -> Pool:
        said: dict[str, object] = {
            "starts": time(9),
            "ends": time(14, 30),
            "lunch_starts": time(12),
            "lunch_ends": time(12, 30),
            "starts_on": _monday(on) - WEEKS_BEFORE * WEEK + weekday * DAY,
            "ends_on": _monday(on) + WEEKS_AHEAD * WEEK,
            "form": MeetingForm.IN_PERSON,
        }
        return Pool(jobcentre=houses[slug], name=name, room=rooms[room], **said | columns)

    yield pool(COPENHAGEN, TUESDAYS, TUESDAY, "Lokale 5"), []
    yield pool(COPENHAGEN, THURSDAYS, THURSDAY, "Lokale 5"), []
    yield (
        pool(
            COPENHAGEN,
            VIDEO,
            MONDAY,
            VIDEO_ROOM,
            form=MeetingForm.VIDEO,
            minutes=30,
            ends=time(12),
        ),
        [],
    )
    yield (
        pool(
            COPENHAGEN,
            "Onsdage til reservation",
            WEDNESDAY,
            "Lokale 6",
            model=Pool.Model.CLAIMED,
            worker=people["kbh-hd"],
        ),
        ["3f", "foa"],
    )
    yield pool(COPENHAGEN, "Fredage, FOA", FRIDAY, "Lokale 6", ends=time(12)), ["foa"]
    yield (
        pool(
            COPENHAGEN,
            "Puljedag, 3F",
            MONDAY,
            "Lokale 6",
            purpose=Pool.Purpose.POOL_DAY,
            model=Pool.Model.CLAIMED,
            repeats=Pool.Repeats.FORTNIGHTLY,
            ends=time(12),
        ),
        ["3f"],
    )
    yield (
        pool(
            FREDERIKSBERG,
            "Puljedag om eftermiddagen",
            MONDAY,
            "Lokale A",
            purpose=Pool.Purpose.POOL_DAY,
            model=Pool.Model.CLAIMED,
            repeats=Pool.Repeats.FORTNIGHTLY,
            starts=time(12, 30),
            lunch_starts=None,
            lunch_ends=None,
            ends=time(15),
        ),
        ["3f", "foa"],
    )
    yield (
        pool(
            COPENHAGEN,
            "Udstationering hos 3F",
            MONDAY,
            "Kontor 4",
            purpose=Pool.Purpose.STATIONING,
            at_a_kasse=houses["3f"],
            worker=people["sagsbehandler"],
            repeats=Pool.Repeats.MONTHLY,
            minutes=60,
            starts_on=working_days_after(on, STATIONED_AFTER),
            ends_on=on + timedelta(200),
        ),
        ["3f"],
    )
    yield pool(AARHUS, "Tirsdage i Aarhus", TUESDAY, "Lokale 12", ends=time(12)), []


def _published(
    pool: Pool, a_kasser: Sequence[Organisation], people: Mapping[str, User], at: datetime
) -> Pool:
    planner = people[PLANNERS[pool.jobcentre.slug]]
    make_pool(pool, a_kasser, leave_out_taken=True, by=planner, at=at)
    return publish(pool, by=planner, at=at)


def _run_short(pools: Mapping[str, Pool], people: Mapping[str, User], on: date) -> None:
    """A week in which Copenhagen's workers are on a course, so that few times are left."""
    monday, at = _monday(on) + SHORT_WEEK * WEEK, _moment(on, 7)
    for name, weekday in (
        (TUESDAYS, TUESDAY),
        (THURSDAYS, THURSDAY),
    ):
        leave_out_day(
            pools[name],
            monday + weekday * DAY,
            reason="Fælles uddannelsesdag",
            by=people["planlaegger"],
            at=at,
        )


def _leave_one_out(pools: Mapping[str, Pool], on: date) -> None:
    """One a-kasse is forgotten where times are opened, so that its capacity runs short soon.

    The one with most interviews due in some weeks; in a small world, whose is due first.
    """
    owed = _owed(COPENHAGEN, on)
    others = [one for one in owed if one.course.a_kasse.slug not in LEADERS]
    soon = Counter(
        one.course.a_kasse.slug
        for one in others
        if one.latest_on and on + SHORT_FROM <= one.latest_on < on + SHORT_UNTIL
    )
    first = others[0].course.a_kasse.slug if others else ""
    forgotten = max(sorted(soon), key=soon.__getitem__, default=first)
    if forgotten:
        a_kasser = (one.course.a_kasse for one in owed)
        invited = {one.pk: one for one in a_kasser if one.slug != forgotten}
        for name in (TUESDAYS, THURSDAYS, VIDEO):
            pools[name].a_kasser.set(invited.values())


@dataclass(frozen=True, slots=True)
class Reserving:
    """Two weeks ago, when the coordinators of the a-kasser looked at what there is."""

    houses: Mapping[str, Organisation]
    people: Mapping[str, User]
    at: datetime
    on: date

    def pool_day(self, pool: Pool) -> None:
        """All times of a pool day, for one colleague."""
        for slot in _ahead(pool, self.on):
            self.take(slot, "3f", "3f-pb")

    def wednesdays(self, pool: Pool) -> None:
        """Every third time for one a-kasse, in the first weeks another third for the other."""
        slots = list(_ahead(pool, self.on))
        for number, slot in enumerate(slots):
            if number % 3 == 0:
                self.take(slot, "3f", "3f-st")
            elif number % 3 == 1 and number < len(slots) // 2:
                self.take(slot, "foa")

    def take(self, slot: Slot, slug: str, guest: str = "") -> None:
        """Reserve a time, and send somebody there who has time."""
        leader = self.people[LEADERS[slug]]
        reserve(slot, self.houses[slug], by=leader, at=self.at)
        if guest:
            with suppress(Refused):
                staff(slot, self.people[guest], seen=SEEN, by=leader, at=self.at)


def _book(people: Mapping[str, User], *, on: date) -> None:
    """Joint interviews that are owed, the most urgent first, each in the first proposal."""
    at = _moment(on, 7)
    for slug, most in BOOKED.items():
        booked = 0
        for duty in _owed(slug, on):
            if booked == most:
                break
            user = duty.course.caseworker or people["sagsbehandler"]
            booked += _booked(duty, user, on=on, at=at)


def _book_stationed(pool: Pool, people: Mapping[str, User], *, on: date) -> None:
    """Two members of the a-kasse talk to the jobcentre's worker where they are members."""
    at, user, booked = _moment(on, 7), people["sagsbehandler"], 0
    ours = [one for one in _owed(COPENHAGEN, on) if one.course.a_kasse.slug == "3f"]
    for duty in ours:
        free = find(duty.course, duty, user=user, on=on, at=at).free
        slot = next((one for one in free if one.pool_id == pool.pk), None)
        if slot and booked < STATIONED:
            booked += _seated(duty, slot, slot.worker, user, at)


def _owed(slug: str, on: date) -> list[Duty]:
    rows = Duty.objects.pending().filter(
        kind=MeetingKind.JOINT,
        responsible=Party.JOBCENTRE,
        jobcentre__slug=slug,
        latest_on__gte=on,
        course__ends_on=None,
        course__caseworker__isnull=False,
    )
    rows = rows.exclude(meetings__state=Meeting.State.BOOKED)
    found = rows.select_related("course__citizen", "course__a_kasse", "course__caseworker")
    return list(found.order_by("latest_on", "pk")[:TRIED])


def _booked(duty: Duty, user: User, *, on: date, at: datetime) -> bool:
    """Whether a duty found a time; who has none is left for the worklist."""
    found = find(duty.course, duty, user=user, on=on, at=at).proposals
    if not found:
        return False
    return _seated(duty, found[0].slot, found[0].worker, user, at)


def _seated(duty: Duty, slot: Slot, worker: User | None, user: User, at: datetime) -> bool:
    """Book a duty in a time, unless somebody has just become busy."""
    purpose = Purpose(
        MeetingKind.JOINT, Party.JOBCENTRE, duty, with_other_party=bool(duty.with_party)
    )
    try:
        book_in_slot(duty.course, purpose, slot, worker=worker, by=user, at=at, summon=False)
    except Refused:
        return False
    return True


def _ahead(pool: Pool, on: date) -> SlotQuerySet:
    return (
        Slot.objects.open()
        .filter(pool=pool, starts_at__gt=_moment(on, 17))
        .for_list()
        .order_by("starts_at")
    )


def _monday(on: date) -> date:
    return on - on.weekday() * DAY


def _moment(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), ZONE)
