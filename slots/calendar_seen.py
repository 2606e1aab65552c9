"""Reads what stands in the calendar of a place between two days, as far as somebody may see it.

A number of queries that does not grow with what there is. Who sits in an interview is read only
where the reader may read the citizen; of others it is known that the time is taken, and for which
a-kasse.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Count, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Concat, NullIf

from accounts.models import User
from courses.models import MeetingForm, MeetingKind, Party
from meetings.availability import Availability
from meetings.models import GroupMeeting, Meeting
from partnerships.access import reach_of
from partnerships.models import Organisation
from shared.dates import start_of
from slots.models import Hold, Pool, Slot, SlotBooking
from staffing.models import ClosingDay
from staffing.openings import day_of

DAY = timedelta(1)
READ = ("course__citizen__first_name", "course__citizen__last_name")


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
class Place:
    """Whose calendar it is, who reads it, and when."""

    house: Organisation
    user: User
    at: datetime
    on: date

    @property
    def is_own(self) -> bool:
        """Whether the reader works there."""
        return self.house in reach_of(self.user).organisations

    @property
    def a_kasser(self) -> frozenset[int]:
        """The a-kasser that the reader works for, with those merged into them."""
        return frozenset(reach_of(self.user).a_kasser)

    @property
    def a_kasse_names(self) -> list[str]:
        """What they are called, for narrow columns."""
        kind = Organisation.Kind.A_KASSE
        return [one.short for one in reach_of(self.user).organisations if one.kind == kind]


@dataclass
class Seen:
    """The rows of some days."""

    place: Place
    first: date
    last: date
    slots: list[Slot]
    booked: list[Booked]
    groups: list[GroupMeeting]
    closed: list[ClosingDay]
    workers: Iterable[int] = ()
    of_slot: dict[int, list[Booked]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for one in self.booked:
            if one.slot:
                self.of_slot.setdefault(one.slot, []).append(one)

    @classmethod
    def read(
        cls,
        place: Place,
        *,
        first: date,
        last: date,
        course: int | None = None,
        workers: Iterable[int] = (),
    ) -> "Seen":
        """What lies between two days, both included; a course's own hold is in nobody's way."""
        return cls(
            place,
            first,
            last,
            _slots(place, first, last, course),
            _booked(place, first, last),
            _groups(place, first, last),
            _closed(place, first, last),
            workers,
        )

    @cached_property
    def availability(self) -> Availability:
        """Who and what is free; read only where no search has said so of all that is shown."""
        named = {key for one in self.slots for key in (one.worker_id, one.guest_id) if key}
        return Availability.load(
            first=self.first,
            last=self.last,
            workers={*named, *self.workers},
            rooms={one.room_id for one in self.slots if one.room_id},
            organisations=[self.place.house.pk],
            with_slots=False,
        )

    @property
    def days(self) -> list[date]:
        """Monday to Friday, and those days of the weekend that have times."""
        with_times = {day_of(one.starts_at) for one in self.slots}
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


def _booked(place: Place, first: date, last: date) -> list[Booked]:
    starts_at, ends_at = _moments(first, last)
    reach = reach_of(place.user)
    seat = SlotBooking.objects.filter(meeting=OuterRef("pk"), is_live=True).values("slot")[:1]
    mine = Meeting.objects.visible_to(place.user).filter(pk=OuterRef("pk"))
    rows = (
        Meeting.objects.filter(
            Q(organisation=place.house) | Q(room__organisation=place.house),
            starts_at__gte=starts_at,
            starts_at__lt=ends_at,
        )
        .exclude(state=Meeting.State.CANCELLED)
        .annotate(in_slot=Subquery(seat), is_read=Exists(mine))
        .annotate(given=_if_read(READ[0]), family=_if_read(READ[1]))
    )
    columns = (
        *("pk", "starts_at", "ends_at", "state", "in_slot", "room"),
        *("course__a_kasse__short_name", "course__a_kasse__name", "course__a_kasse", "course"),
        *("given", "family", "is_read", "kind", "held_by", "course__jobcentre"),
        *("room__name", "place", "form"),
    )
    found = []
    for row in rows.order_by("starts_at", "pk").values_list(*columns):
        key, start, end, state, slot, room, short, name, a_kasse, course, *rest = row
        given, family, is_read, kind, held_by, jobcentre, *places, form = rest
        where = next((str(one) for one in places if one), MeetingForm(form).label)
        what = f"{MeetingKind(kind).label} · {MeetingForm(form).label}"
        may_move = (
            is_read
            and (kind, held_by, state) == (MeetingKind.JOINT, Party.JOBCENTRE, Meeting.State.BOOKED)
            and jobcentre in reach.jobcentres
            and start > place.at
        )
        found.append(
            Booked(
                key, start, end, state, slot, room, short or name, a_kasse, course,
                f"{given} {family}" if is_read else "", may_move, str(where), what,
            )
        )  # fmt: skip
    return found


def _if_read(name: str) -> Case:
    """A column of the citizen, for those alone who may read the interview."""
    return Case(When(is_read=True, then=name), default=Value(""))


def _groups(place: Place, first: date, last: date) -> list[GroupMeeting]:
    """Group meetings at the place or of it that the reader knows of, with seats taken."""
    starts_at, ends_at = _moments(first, last)
    rows = GroupMeeting.objects.visible_to(place.user).filter(
        Q(organisation=place.house) | Q(room__organisation=place.house) | Q(invited=place.house),
        starts_at__gte=starts_at,
        starts_at__lt=ends_at,
    )
    seated = Count("enrolments", filter=Q(enrolments__state="seated"))
    rows = rows.exclude(state=GroupMeeting.State.CANCELLED).annotate(seated=seated)
    return list(rows.select_related("room").order_by("starts_at", "pk"))


def _closed(place: Place, first: date, last: date) -> list[ClosingDay]:
    rows = ClosingDay.objects.overlapping(first=first, last=last)
    return list(rows.filter(organisation=place.house))


def _moments(first: date, last: date) -> Sequence[datetime]:
    return start_of(first), start_of(last + DAY)
