"""Reads what stands in the calendar of a place between two days, as far as somebody may see it.

A number of queries that does not grow with what there is. Who sits in an interview is read only
where the reader may read the citizen; of others it is known that the time is taken, and for which
a-kasse.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q, Value
from django.db.models.functions import Coalesce, Concat, NullIf
from django.urls import reverse

from accounts.models import User
from courses.models import Absence, Course, MeetingForm, MeetingKind, Party
from meetings.availability import Availability
from meetings.models import Meeting
from partnerships.access import reach_of
from partnerships.models import Organisation
from shared.dates import start_of
from slots.calendar_rows import DAY, Kind, Place, Told, read
from slots.models import Hold, Pool, Slot
from staffing.models import ClosingDay
from staffing.openings import day_of


@dataclass(frozen=True, slots=True)
class Booked:
    """An interview in the calendar; `name` is empty for those who may not read the citizen."""

    meeting: int
    starts_at: datetime
    ends_at: datetime
    state: str
    slot: int | None
    room: int | None
    a_kasse: str
    a_kasse_key: int
    course: int
    name: str
    may_move: bool
    where: str = ""
    what: str = ""  # which kind of interview, and how people meet

    @property
    def initials(self) -> str:
        """Two letters of a citizen that one may read: `Y.H.`."""
        parts = self.name.split()
        return f"{parts[0][0]}.{parts[-1][0]}." if parts else ""


@dataclass(frozen=True, slots=True)
class Gathering:
    """A group meeting in the calendar."""

    pk: int
    title: str
    starts_at: datetime
    ends_at: datetime
    seats: int
    seated: int
    room: int | None
    where: str

    @property
    def url(self) -> str:
        """The page of the group meeting."""
        return reverse("meetings:group", args=[self.pk])


@dataclass(frozen=True, slots=True)
class Seated:
    """Somebody who takes part in an interview of the day, for a party."""

    meeting: int
    worker: int
    name: str
    role: str
    group: int = 0


@dataclass
class Seen:
    """The rows of some days."""

    place: Place
    first: date
    last: date
    slots: list[Slot]
    booked: list[Booked] = field(default_factory=list)
    groups: list[Gathering] = field(default_factory=list)
    closed: list[ClosingDay] = field(default_factory=list)
    seated: list[Seated] = field(default_factory=list)
    absences: list[Absence] = field(default_factory=list)
    of_slot: dict[int, list[Booked]] = field(default_factory=dict)

    @classmethod
    def read(
        cls,
        place: Place,
        *,
        first: date,
        last: date,
        course: Course | None = None,
        with_people: bool = False,
    ) -> "Seen":
        """What lies between two days, both included; a course's own hold is in nobody's way.

        Who takes part is read for the lanes of a single day.
        """
        slots = _slots(place, first, last, course.pk if course else None)
        found = cls(place, first, last, slots)
        citizen = course.citizen_id if course else None
        for kind, told in read(
            place, first=first, last=last, citizen=citizen, with_people=with_people
        ):
            found.keep(kind, told)
        found.booked.sort(key=lambda one: (one.starts_at, one.meeting))
        found.groups.sort(key=lambda one: (one.starts_at, one.pk))
        found.seated.sort(key=lambda one: (one.worker, one.meeting))
        for one in found.booked:
            if one.slot:
                found.of_slot.setdefault(one.slot, []).append(one)
        return found

    def keep(self, kind: Kind, told: Told) -> None:
        """Put one row where it belongs."""
        if kind == Kind.CLOSED:
            days = {name: told[name] for name in ("starts_on", "ends_on")}
            self.closed.append(ClosingDay(reason=told["reason"], **days))
        elif kind == Kind.AWAY:
            self.absences.append(Absence(**told))
        elif kind == Kind.GROUP:
            self.groups.append(_gathering(told))
            self.seated += _seated(told, group=told["key"])
        else:
            self.booked.append(_booked(told, self.place))
            self.seated += _seated(told, meeting=told["key"])

    @cached_property
    def outside(self) -> list[Booked]:
        """Interviews that sit in none of the published times that are shown.

        Of those at another's place, the ones alone whose citizens one may read: what else the
        place does is not the reader's business.
        """
        shown = {one.pk for one in self.slots if one.state == Slot.State.OPEN}
        return [
            one for one in self.booked if one.slot not in shown and (self.place.is_own or one.name)
        ]

    @cached_property
    def availability(self) -> Availability:
        """Who and what is free; read only where no search has said so of all that is shown."""
        named = {key for one in self.slots for key in (one.worker_id, one.guest_id) if key}
        return Availability.load(
            first=self.first,
            last=self.last,
            workers={*named, *(one.worker for one in self.seated)},
            rooms={one.room_id for one in self.slots if one.room_id},
            organisations=[self.place.house.pk],
            with_slots=False,
        )

    @property
    def days(self) -> list[date]:
        """Monday to Friday, and those days of the weekend on which there is anything."""
        with_times = {day_of(one.starts_at) for one in self.slots}
        with_times |= {day_of(one.starts_at) for one in self.outside}
        with_times |= {day_of(one.starts_at) for one in self.groups}
        every = [self.first + DAY * n for n in range((self.last - self.first).days + 1)]
        return [day for day in every if day.weekday() < 5 or day in with_times]  # noqa: PLR2004 (Saturday)

    @property
    def courses(self) -> list[int]:
        """The courses whose citizens are shown, for the log of looks."""
        return sorted({one.course for one in self.booked if one.name})

    def free_seats(self, slot: Slot) -> int:
        """Seats that nobody has booked or holds."""
        held: list[datetime] = slot.held  # type: ignore[attr-defined]  # annotated
        return max(0, slot.seats - len(self.of_slot.get(slot.pk, ())) - len(held))


def opens_calendar(user: User) -> bool:
    """Whether the calendar is anything to a person: who books, publishes, or sends people."""
    reach = reach_of(user)
    return bool(reach.jobcentres or reach.booking_at or reach.a_kasser)


def places_of(user: User, *, at: datetime) -> list[Organisation]:
    """The jobcentres whose calendar a person may open: the own, and those open to the a-kasse.

    Of the latter the one with most times to come stands first.
    """
    reach = reach_of(user)
    keys = {*reach.jobcentres, *reach.booking_at}
    own = [one for one in reach.organisations if one.pk in keys]
    if not reach.a_kasser:
        return list(dict.fromkeys(own))
    pools = Pool.objects.visible_to(user)
    coming = Q(slots__state="open", slots__starts_at__gte=at, slots__pool__in=pools)
    houses = Organisation.objects.jobcentres().filter(pk__in=pools.values("jobcentre"))
    others = houses.annotate(coming=Count("slots", filter=coming)).order_by("-coming", "sort_key")
    return list(dict.fromkeys([*own, *others]))


def _slots(place: Place, first: date, last: date, course: int | None) -> list[Slot]:
    """The times that the reader may see, withdrawn ones too, with what is held and for whom."""
    holds = Hold.objects.filter(slot=OuterRef("pk"), until__gt=place.at).exclude(course=course)
    by = Concat("user__first_name", Value(" "), "user__last_name")
    holds = holds.order_by("until").annotate(by=by)
    named = Pool.a_kasser.through.objects.filter(pool=OuterRef("pool"))
    open_to = named.values("organisation")
    called = named.values(
        called=Coalesce(NullIf("organisation__short_name", Value("")), "organisation__name")
    )
    rows = Slot.objects.visible_to(place.user).between(*_moments(first, last)).for_list()
    return list(
        rows.filter(jobcentre=place.house)
        .with_release()
        .annotate(
            held=ArraySubquery(holds.values("until")),
            held_by=ArraySubquery(holds.values("by")),
            open_to=ArraySubquery(open_to),
            called=ArraySubquery(called),
        )
        .order_by("starts_at", "pk")
    )


def _booked(told: Told, place: Place) -> Booked:
    """An interview as the reader may see it."""
    kind, form = MeetingKind(told["kind"]), MeetingForm(told["form"])
    name = f"{told['given']} {told['family']}" if told["is_read"] else ""
    own = (MeetingKind.JOINT, Party.JOBCENTRE, Meeting.State.BOOKED)
    may_move = (
        told["is_read"]
        and (kind, told["held_by"], told["state"]) == own
        and told["jobcentre"] in reach_of(place.user).jobcentres
        and told["starts_at"] > place.at
    )
    return Booked(
        told["key"],
        told["starts_at"],
        told["ends_at"],
        told["state"],
        told["slot"],
        told["room"],
        told["a_kasse"],
        told["a_kasse_key"],
        told["course"],
        name,
        may_move,
        told["room_name"] or told["place"] or str(form.label),
        f"{kind.label} · {form.label}",
    )


def _gathering(told: Told) -> Gathering:
    where = told["room_name"] or told["place"] or ""
    names = ("title", "starts_at", "ends_at", "seats", "seated", "room")
    return Gathering(told["key"], where=where, **{name: told[name] for name in names})


def _seated(told: Told, *, meeting: int = 0, group: int = 0) -> list[Seated]:
    """Who takes part in an interview or a group meeting."""
    return [
        Seated(meeting, one["worker"], one["name"], one["role"], group) for one in told["people"]
    ]


def _moments(first: date, last: date) -> tuple[datetime, datetime]:
    return start_of(first), start_of(last + DAY)
