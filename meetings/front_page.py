"""What a front page shows, for either side: tiles, the worklist, the day, the load, freshness."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from courses.deadline_load import Column, load_of
from courses.models import Party
from courses.worklist import Side, Tally
from courses.worklist_filter import Order, WorklistFilter
from courses.worklist_found import rows_of
from courses.worklist_pages import Page, rows_above
from courses.worklist_rows import Reader, Section, section_of, sections_of
from meetings.agenda import Agenda, agenda_of
from meetings.day_run import run_through
from meetings.front_counts import Counts, duties_without_place
from meetings.front_filters import (
    AKasse,
    Choice,
    Headings,
    Segment,
    a_kasser_beside,
    a_kasser_of,
    bookings_of,
    headings_of,
    kinds_of,
    order_in_words,
    segments_of,
)
from meetings.front_numbers import Asked, ReadJoint, numbers_of
from meetings.front_tiles import Tile, tiles_of
from meetings.waiting import Waiting, WaitingRow, waiting_rows
from shared.written import day_text, moment_text


@dataclass(frozen=True, slots=True)
class Words:
    """What a side calls the people and the parties in its list."""

    person: str
    other_party: str
    worker: str
    worker_short: str
    books_times: bool = False  # summons to joint interviews, in the times that it publishes


@dataclass(frozen=True, slots=True)
class Pager:
    """Which rows of the list stand here, and the addresses of the pages around them."""

    said: str
    previous: str
    next: str


@dataclass(frozen=True, slots=True)
class FrontPage:
    """Everything on a front page, with the words ready."""

    day: date
    week: int
    address: str
    chosen: WorklistFilter
    tiles: tuple[Tile, ...]
    segments: tuple[Segment, ...]
    kinds: tuple[Choice, ...]
    a_kasser: tuple[Choice, ...]
    bookings: tuple[Choice, ...]
    headings: Headings
    sections: tuple[Section, ...]
    waiting: tuple[WaitingRow, ...]
    page: Page
    pager: Pager
    announced: str
    next_deadline: str
    agenda: Agenda
    load: tuple[Column, ...]
    counts: Counts
    imported: tuple[tuple[str, str], ...]
    words: Words

    @property
    def is_of_places(self) -> bool:
        """Whether the list is of duties without a place."""
        return self.chosen.waiting == Waiting.CAPACITY

    @property
    def run_url(self) -> str:
        """Where the outcomes that are missing are recorded one after the other."""
        return run_through(one.to_record for one in self.waiting if one.to_record)

    @property
    def courses(self) -> list[int]:
        """The courses whose names stand on the page, for the log of looks."""
        named = {one.course_pk for one in self.page.rows}
        named |= {one.course_pk for one in self.waiting}
        named |= {one.course_pk for one in (*self.agenda.past, *self.agenda.ahead)}
        return sorted(named)


def front_page(
    user: User, side: Side, query: QueryDict, *, joint: ReadJoint, at: datetime
) -> FrontPage:
    """The front page of one side for one person, as the address asks for it."""
    on = timezone.localdate(at)
    chosen = WorklistFilter.read(query, waiting=frozenset(Waiting))
    found = numbers_of(Asked(user, side, chosen, on, joint), at=at)
    numbers, page, beside = found.tallies, found.page, found.beside
    waits = Waiting(chosen.waiting) if chosen.waiting else None
    if waits is Waiting.CAPACITY:
        keys = duties_without_place(user, side, beside, on=on)
        page = Page(tuple(rows_of(user, keys, on=on)))
    words, a_kasser = _words(side), a_kasser_beside(side)
    pager = _pager(page, numbers, chosen)
    return FrontPage(
        day=on,
        week=on.isocalendar().week,
        address=chosen.address(group=chosen.group, waiting=chosen.waiting, start=chosen.start),
        chosen=chosen,
        tiles=tiles_of(chosen, numbers, beside, on=on),
        segments=segments_of(chosen),
        kinds=kinds_of(chosen),
        a_kasser=a_kasser_of(chosen, a_kasser) if a_kasser else (),
        bookings=bookings_of(chosen),
        headings=headings_of(chosen, words.person),
        sections=_sections(
            page, numbers, chosen, Reader(user, side, on, _here(side, chosen)), beside
        ),
        waiting=_waiting(waits, user, side, at=at),
        page=page,
        pager=pager,
        announced=f"{order_in_words(chosen)} {pager.said}",
        next_deadline=_next_deadline(numbers, on),
        agenda=agenda_of(user, on=on, at=at),
        load=load_of(numbers, on=on),
        counts=beside,
        imported=_imported(beside, a_kasser, on),
        words=words,
    )


def _here(side: Side, chosen: WorklistFilter) -> str:
    """The address of this list, to come back to after a booking."""
    path = reverse("desk:today" if side.party == Party.JOBCENTRE else "portal:today")
    query = chosen.address(group=chosen.group, waiting=chosen.waiting, start=chosen.start)
    return path + query.removesuffix("?")


def _words(side: Side) -> Words:
    if side.party == Party.JOBCENTRE:
        return Words(_("Citizen"), _("A-kasse"), _("Caseworker"), _("Casew."), books_times=True)
    return Words(_("Member"), _("Municipality"), _("Job consultant"), _("Cons."))


def _sections(
    page: Page, numbers: Sequence[Tally], chosen: WorklistFilter, reader: Reader, beside: Counts
) -> tuple[Section, ...]:
    """The rows in their groups, or in one piece where they are sorted otherwise."""
    if chosen.order is Order.DUE and not chosen.waiting:
        return sections_of(page, numbers, reader=reader, soon_days=beside.soon_days)
    return section_of(page, reader=reader)


def _waiting(
    waits: Waiting | None, user: User, side: Side, *, at: datetime
) -> tuple[WaitingRow, ...]:
    if waits is None or waits is Waiting.CAPACITY:
        return ()
    return waiting_rows(waits, user, side, on=timezone.localdate(at), at=at)


def _pager(page: Page, numbers: Iterable[Tally], chosen: WorklistFilter) -> Pager:
    numbers = [one for one in numbers if chosen.group in (None, one.group)]
    total = sum(one.count for one in numbers)
    above = rows_above(page, numbers, chosen.start)
    values = {"first": above + 1, "last": above + len(page.rows), "total": total}
    said = _("Shows %(first)d–%(last)d of %(total)d interviews") % values
    if chosen.waiting:
        said = _("Shows %(last)d interviews") % values
    return Pager(
        said=said if page.rows else "",
        previous=chosen.address(start=page.previous, group=chosen.group) if page.previous else "",
        next=chosen.address(start=page.next, group=chosen.group) if page.next else "",
    )


def _imported(beside: Counts, a_kasser: Sequence[AKasse], on: date) -> tuple[tuple[str, str], ...]:
    """When each a-kasse's files were last taken in, for the side that hears of several."""
    return tuple(
        (one.short, moment_text(beside.imported[one.pk], on=on))
        for one in a_kasser
        if one.pk in beside.imported
    )


def _next_deadline(numbers: Iterable[Tally], on: date) -> str:
    """The next last day, for a list that is empty."""
    days = [one.late_from - timedelta(1) for one in numbers if one.late_from > on]
    return day_text(min(days), on=on) if days else ""
