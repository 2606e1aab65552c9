"""The week of the people of one organisation: hours, leave, interviews, and times they stand in."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from courses.case_numbers import written
from meetings.availability import Availability
from meetings.models import Meeting, Participant
from partnerships.models import Organisation
from shared.dates import start_of
from shared.written import clock_text, day_text
from slots.calendar_address import DAY
from slots.models import Slot, SlotBooking
from staffing.models import BusyTime, Leave
from staffing.openings import Span, day_of, overlaps, whole_day


@dataclass(frozen=True, slots=True)
class Entry:
    """Something in a worker's day: its clocks, what it is, and where it leads if anywhere."""

    starts_at: datetime
    clocks: str
    what: str
    kind: str
    url: str = ""
    course: int | None = None


@dataclass(frozen=True, slots=True)
class WorkerDay:
    """A day of a worker: hours, and what lies in it."""

    label: str
    hours: str
    entries: Sequence[Entry]

    @property
    def interviews(self) -> int:
        """How many interviews and group meetings."""
        return sum(one.kind == "booked" for one in self.entries)

    @property
    def counted(self) -> str:
        """How much lies in the day, in few words."""
        free = sum(one.kind == "free" for one in self.entries)
        said = []
        if self.interviews:
            words = ngettext("%(count)d interview", "%(count)d interviews", self.interviews)
            said.append(words % {"count": self.interviews})
        if free:
            said.append(
                ngettext("%(count)d free time", "%(count)d free times", free) % {"count": free}
            )
        return ", ".join(said)

    @property
    def away(self) -> list[Entry]:
        """Leave, and what the worker's own calendar says."""
        return [one for one in self.entries if one.kind == "away"]


@dataclass(frozen=True, slots=True)
class WorkerWeek:
    """A worker and the days of the week."""

    worker: User
    days: Sequence[WorkerDay]


@dataclass(slots=True)
class StaffWeek:
    """Reads the week of some people of an organisation; citizens as far as the reader may."""

    house: Organisation
    reader: User
    monday: date
    workers: Sequence[User]
    availability: Availability = field(init=False)
    entries: dict[int, list[tuple[Span, Entry]]] = field(init=False)

    def __post_init__(self) -> None:
        keys = [one.pk for one in self.workers]
        self.availability = Availability.load(
            first=self.monday, last=self.monday + DAY * 4, workers=keys, with_slots=False
        )
        self.entries = {key: [] for key in keys}
        for source in (self._seats(), self._slots(), self._leave(), self._elsewhere()):
            for worker, span, entry in source:
                self.entries[worker].append((span, entry))

    @property
    def days(self) -> list[date]:
        """Monday to Friday."""
        return [self.monday + DAY * n for n in range(5)]

    @property
    def labels(self) -> list[str]:
        """The days as headings."""
        return [day_text(day) for day in self.days]

    @property
    def weeks(self) -> list[WorkerWeek]:
        """Everybody's week, by name."""
        return [
            WorkerWeek(one, [self._day(one.pk, day) for day in self.days]) for one in self.workers
        ]

    @property
    def courses(self) -> list[int]:
        """The courses whose citizens are named, for the log of looks."""
        every = (entry.course for rows in self.entries.values() for _span, entry in rows)
        return sorted({one for one in every if one})

    def _day(self, worker: int, day: date) -> WorkerDay:
        whole = whole_day(day)
        entries = [entry for span, entry in self.entries[worker] if overlaps(span, whole)]
        hours = ", ".join(_clocks(*span) for span in self.availability.openings(worker, day))
        entries.sort(key=lambda one: one.starts_at)
        return WorkerDay(day_text(day), hours or _("not at work"), entries)

    @property
    def _span(self) -> Span:
        return start_of(self.monday), start_of(self.monday + DAY * 5)

    def _seats(self) -> Iterator[tuple[int, Span, Entry]]:
        """Interviews and group meetings; of those that may not be read, that they are there."""
        mine = Meeting.objects.visible_to(self.reader).filter(pk=OuterRef("meeting"))
        rows = (
            Participant.objects.filter(
                worker__in=self.entries, is_busy=True, starts_at__lt=self._span[1],
                ends_at__gt=self._span[0],
            )
            .annotate(is_read=Exists(mine))
            .select_related("meeting__course__citizen", "group")
        )  # fmt: skip
        for one in rows:
            span = (one.starts_at, one.ends_at)
            what, url, course = _("Taken"), "", None
            if one.meeting and one.is_read:
                course = one.meeting.course_id
                what = f"{one.meeting.course.citizen.name} · {written(course)}"
                url = one.meeting.get_absolute_url()
            elif one.group:
                what = one.group.title
            yield one.worker_id or 0, span, _entry(span, what, "booked", url, course)

    def _slots(self) -> Iterator[tuple[int, Span, Entry]]:
        """Times of pools that nobody is booked in yet."""
        booked = SlotBooking.objects.filter(slot=OuterRef("pk"), is_live=True)
        keys = list(self.entries)
        rows = (
            Slot.objects.visible_to(self.reader)
            .open()
            .between(*self._span)
            .filter(Q(worker__in=keys) | Q(guest__in=keys))
            .exclude(Exists(booked))
            .select_related("room", "jobcentre")
        )
        for one in rows:
            span = (one.starts_at, one.ends_at)
            what = " · ".join(filter(None, (_("Free time"), str(one.room or one.place))))
            query = {"dag": day_of(one.starts_at).isoformat(), "sted": one.jobcentre.slug}
            url = reverse("slots:calendar", query=query)
            for worker in (one.worker_id, one.guest_id):
                if worker in self.entries:
                    yield worker, span, _entry(span, what, "free", url)

    def _leave(self) -> Iterator[tuple[int, Span, Entry]]:
        """Leave: its kind is shown to the worker alone."""
        rows = Leave.objects.visible_to(self.reader).filter(user__in=self.entries)
        for one in rows.overlapping(first=self.monday, last=self.monday + DAY * 4):
            own = one.user_id == self.reader.pk
            what = one.get_kind_display().capitalize() if own else _("Away")
            span = (one.starts_at, one.ends_at)
            yield one.user_id, span, _entry(span, what, "away")

    def _elsewhere(self) -> Iterator[tuple[int, Span, Entry]]:
        rows = BusyTime.objects.filter(source__user__in=self.entries).overlapping(
            first=self.monday, last=self.monday + DAY * 4
        )
        for worker, *times in rows.values_list("source__user", "starts_at", "ends_at"):
            span = (times[0], times[1])
            yield worker, span, _entry(span, _("Busy by the own calendar"), "away")


def only(workers: Iterable[User], key: str) -> list[User]:
    """One worker, where an address names one of these; else everybody."""
    every = list(workers)
    named = [one for one in every if str(one.pk) == key]
    return named or every


def _entry(span: Span, what: str, kind: str, url: str = "", course: int | None = None) -> Entry:
    return Entry(span[0], _clocks(*span), what, kind, url, course)


def _clocks(starts_at: datetime, ends_at: datetime) -> str:
    """From when to when; the days too, where there are several."""
    if day_of(starts_at) == day_of(ends_at):
        return f"{clock_text(starts_at)}–{clock_text(ends_at)}"
    return f"{day_text(day_of(starts_at))}–{day_text(day_of(ends_at))}"
