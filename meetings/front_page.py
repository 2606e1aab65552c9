"""What a front page shows, for either side: tiles, the worklist, the day, the load, freshness."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from courses.deadline_load import Column, load_of
from courses.models import Duty, MeetingKind, Party
from courses.worklist import HORIZON_DAYS, Side, Tally, listed, tallies
from courses.worklist_filter import Group, Owner, WorklistFilter
from courses.worklist_pages import Page, page_of, place_of
from courses.worklist_rows import Reader, Section, heading_of, sections_of
from meetings.agenda import Agenda, agenda_of
from meetings.waiting import Counts, Waiting, WaitingRow, counts, waiting_rows
from partnerships.models import Organisation
from shared.written import day_text, short_day

NO_PAGE = Page((), None)


@dataclass(frozen=True, slots=True)
class Tile:
    """A count, and the list that it counts."""

    url: str
    tone: str
    count: int
    label: str
    note: str
    current: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to narrow the list."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Segment:
    """One of the ways to say whose duties are listed."""

    url: str
    label: str
    current: bool


@dataclass(frozen=True, slots=True)
class FrontPage:
    """Everything on a front page, with the words ready."""

    day: date
    week: int
    chosen: WorklistFilter
    tiles: tuple[Tile, ...]
    segments: tuple[Segment, ...]
    kinds: tuple[Choice, ...]
    a_kasser: tuple[Choice, ...]
    bookings: tuple[Choice, ...]
    sections: tuple[Section, ...]
    waiting: tuple[WaitingRow, ...]
    page: Page
    total: int
    more_url: str
    first_url: str
    next_deadline: str
    agenda: Agenda
    load: tuple[Column, ...]
    counts: Counts
    person: str
    other_party: str

    @property
    def shown(self) -> int:
        """How many rows stand on the page."""
        return len(self.page.rows)

    @property
    def courses(self) -> list[int]:
        """The courses whose names stand on the page, for the log of looks."""
        named = {one.duty.course_id for one in self.page.rows}
        named |= {one.course_pk for one in self.waiting}
        named |= {one.course_pk for one in (*self.agenda.past, *self.agenda.ahead)}
        return sorted(named)


def front_page(user: User, side: Side, query: QueryDict, *, at: datetime) -> FrontPage:
    """The front page of one side for one person, as the address asks for it."""
    on = timezone.localdate(at)
    chosen = WorklistFilter.read(query, waiting=frozenset(Waiting))
    duties = listed(user, side, chosen, on=on)
    numbers, beside = tallies(duties, on=on), counts(user, side, on=on, at=at)
    place = place_of(duties, chosen, seen=Duty.objects.visible_to(user, on=on), on=on)
    page = NO_PAGE if chosen.waiting else page_of(duties, chosen, place, on=on)
    waits = Waiting(chosen.waiting) if chosen.waiting else None
    return FrontPage(
        day=on,
        week=on.isocalendar().week,
        chosen=chosen,
        tiles=_tiles(chosen, numbers, beside, on),
        segments=_segments(chosen, side),
        kinds=_kinds(chosen),
        a_kasser=_a_kasser(chosen) if side.party == Party.JOBCENTRE else (),
        bookings=_bookings(chosen),
        sections=sections_of(
            page, numbers, reader=Reader(user, side, on), soon_days=beside.soon_days
        ),
        waiting=waiting_rows(waits, user, side, on=on, at=at) if waits else (),
        page=page,
        total=sum(one.count for one in numbers if chosen.group in (None, one.group)),
        more_url=chosen.address(start=page.next) if page.next else "",
        first_url=chosen.address() if chosen.start else "",
        next_deadline=_next_deadline(numbers, on),
        agenda=agenda_of(user, on=on, at=at),
        load=load_of(numbers, on=on),
        counts=beside,
        person=_("Citizen") if side.party == Party.JOBCENTRE else _("Member"),
        other_party=_("A-kasse") if side.party == Party.JOBCENTRE else _("Municipality"),
    )


def _tiles(
    chosen: WorklistFilter, numbers: Iterable[Tally], beside: Counts, on: date
) -> tuple[Tile, ...]:
    numbers = list(numbers)
    tones = {Group.LATE: "over", Group.SOON: "soon", Group.COMING: "next"}
    of_duties = [
        Tile(
            url=chosen.address(group=group),
            tone=tones[group],
            count=sum(one.count for one in numbers if one.group is group),
            label=_label(group, beside.soon_days),
            note=_note(group, numbers, on),
            current=chosen.group is group and not chosen.waiting,
        )
        for group in Group
    ]
    return (*of_duties, *_tiles_beside(chosen, beside))


def _label(group: Group, soon_days: int) -> str:
    return _("Overdue deadline") if group is Group.LATE else heading_of(group, soon_days=soon_days)


def _note(group: Group, numbers: Iterable[Tally], on: date) -> str:
    """What is new or still to do in a group."""
    if group is Group.LATE:
        new = sum(one.count for one in numbers if one.late_from == on)
        return _("%(count)d new tonight") % {"count": new} if new else ""
    if group is Group.SOON:
        free = sum(one.count for one in numbers if one.group is group and not one.booked)
        return _("%(count)d not booked") % {"count": free} if free else ""
    return _("until %(day)s") % {"day": short_day(on + timedelta(HORIZON_DAYS))}


def _tiles_beside(chosen: WorklistFilter, beside: Counts) -> tuple[Tile, ...]:
    oldest = beside.oldest_outcome
    since = _("oldest %(day)s") % {"day": short_day(timezone.localdate(oldest))} if oldest else ""
    return tuple(
        Tile(
            chosen.address(waiting=which.value), tone, number, label, note, chosen.waiting == which
        )
        for which, tone, number, label, note in (
            (Waiting.OUTCOMES, "unrecorded", beside.outcomes, _("Outcome missing"), since),
            (Waiting.NOTIFICATIONS, "letter", beside.notifications, _("Notifications waiting"), ""),
            (Waiting.HANDOVERS, "handover", beside.handovers, _("Hand-over soon"), _("30 days")),
        )
    )


def _segments(chosen: WorklistFilter, side: Side) -> tuple[Segment, ...]:
    if side.party == Party.JOBCENTRE:
        words = {Owner.MINE: _("Mine"), Owner.TEAM: _("The jobcentre's"), Owner.ALL: _("All")}
    else:
        words = {Owner.TEAM: _("The a-kasse's"), Owner.ALL: _("All")}
    return tuple(
        Segment(chosen.address(owner=owner, group=chosen.group), label, chosen.owner is owner)
        for owner, label in words.items()
    )


def _kinds(chosen: WorklistFilter) -> tuple[Choice, ...]:
    found = [Choice("", _("All interviews"), not chosen.kind)]
    owed = [kind for kind in MeetingKind if kind != MeetingKind.RECRUITMENT]
    found += [Choice(one.value, one.label.capitalize(), one == chosen.kind) for one in owed]
    return tuple(found)


def _a_kasser(chosen: WorklistFilter) -> tuple[Choice, ...]:
    rows = Organisation.objects.a_kasser().order_by("sort_key")
    found = [Choice("", _("All a-kasser"), not chosen.a_kasse)]
    found += [Choice(one.slug, one.short, one.slug == chosen.a_kasse) for one in rows]
    return tuple(found)


def _bookings(chosen: WorklistFilter) -> tuple[Choice, ...]:
    words = {"": _("All"), "nej": _("Not booked"), "ja": _("Booked")}
    return tuple(Choice(key, word, key == chosen.booking) for key, word in words.items())


def _next_deadline(numbers: Iterable[Tally], on: date) -> str:
    """The next last day, for a list that is empty."""
    days = [one.late_from - timedelta(1) for one in numbers if one.late_from > on]
    return day_text(min(days), on=on) if days else ""
