"""The pages that withdraw times: which to choose, what becomes of their interviews, what became."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from courses.models import Course
from meetings.batch_page import TONES
from meetings.batch_words import in_words
from meetings.models import BatchRow, Meeting
from meetings.models.batches import UNDO
from shared.dates import start_of
from shared.templatetags.components import status
from shared.written import clock_text, moment_text
from slots.access import publishes_at
from slots.actions.changing import Seat
from slots.actions.withdrawing import Asked
from slots.choices import Choice, Named, choices
from slots.finding import find
from slots.models import Slot, SlotBooking, SlotQuerySet, Withdrawal, WithdrawnTime
from slots.pool_pages import booked_seats, slot_state, where_text, whose_text
from slots.several_search import Given

Outcome = BatchRow.Outcome
MOST = 300  # times on a page
MOST_INTERVIEWS = 30  # each of them is a search
MOST_CHOICES = 4
MORE_THAN_GIVEN = 20


@dataclass(frozen=True, slots=True)
class TimeRow:
    """A time that may be withdrawn."""

    slot: Slot
    when: str
    where: str
    whose: str
    state: SafeString


@dataclass(frozen=True, slots=True)
class ChoosePage:
    """The times that a filter leaves, and how many more there are."""

    rows: Sequence[TimeRow]
    more: int
    booked: int

    @property
    def sums(self) -> str:
        """How many times and interviews it is about."""
        times = ngettext("%(count)d slot", "%(count)d slots", len(self.rows))
        return f"{times % {'count': len(self.rows)}}, {interviews_said(self.booked)}"


def interviews_said(count: int) -> str:
    """`3 interviews`."""
    return ngettext("%(count)d interview", "%(count)d interviews", count) % {"count": count}


def own_times(user: User, *, at: datetime) -> SlotQuerySet:
    """Open times ahead that a person plans."""
    rows = Slot.objects.visible_to(user).filter(jobcentre__in=publishes_at(user))
    return rows.open().filter(starts_at__gt=at)


def chosen_times(user: User, keys: Iterable[str], *, at: datetime) -> list[Slot]:
    """The times with these keys, in order: those of one jobcentre."""
    numbers = {int(key) for key in keys if key.isascii() and key.isdecimal() and len(key) < 16}  # noqa: PLR2004
    found = list(own_times(user, at=at).filter(pk__in=numbers).for_list().order_by("starts_at"))
    return [one for one in found if one.jobcentre_id == found[0].jobcentre_id]


def filtered(rows: SlotQuerySet, said: Mapping[str, Any], *, on: date) -> SlotQuerySet:
    """The times that a filter leaves: of a pool, a room, a worker, in some days."""
    worker = said.get("medarbejder")
    rows = rows.filter(starts_at__gte=start_of(said.get("fra") or on))
    if end := said.get("til"):
        rows = rows.filter(starts_at__lt=start_of(end))
    if pool := said.get("pulje"):
        rows = rows.filter(pool=pool)
    if room := said.get("lokale"):
        rows = rows.filter(room=room)
    if worker:
        held = SlotBooking.objects.filter(is_live=True, meeting__participants__worker=worker)
        rows = rows.filter(Q(worker=worker) | Q(guest=worker) | Q(pk__in=held.values("slot")))
    return rows


def choose_page(rows: SlotQuerySet, *, at: datetime) -> ChoosePage:
    """The times of a filter; three queries."""
    found = list(rows.for_list().order_by("starts_at", "pk")[: MOST + 1])
    shown = found[:MOST]
    taken = booked_seats(shown)
    return ChoosePage(
        [_time_row(one, taken, at=at) for one in shown],
        len(found) - len(shown),
        sum(taken.values()),
    )


def _time_row(slot: Slot, taken: Mapping[int, int], *, at: datetime) -> TimeRow:
    return TimeRow(
        slot,
        moment_text(slot.starts_at, on=timezone.localdate(at)),
        f"{slot.pool.name}, {where_text(slot)}",
        whose_text(slot),
        slot_state(slot, taken.get(slot.pk, 0)),
    )


# --- What becomes of the interviews -------------------------------------------------------------
@dataclass
class InterviewRow:
    """An interview in a time that is to go: where it can go instead."""

    meeting: Meeting
    name: str
    url: str
    others: Sequence[Choice] = ()
    chosen: str = ""

    @property
    def field(self) -> str:
        """What its choice is called in the form."""
        return f"m{self.meeting.pk}"


@dataclass
class SlotRow:
    """A time that is to go with its interviews."""

    row: TimeRow
    interviews: list[InterviewRow] = field(default_factory=list)
    is_left: bool = False


def slot_rows(
    slots: Sequence[Slot], data: Mapping[str, str], left: Iterable[str], *, by: User, at: datetime
) -> list[SlotRow]:
    """Each time with its interviews and where they can go, the most urgent interview first."""
    taken, out = booked_seats(slots), set(left)
    rows = {
        one.pk: SlotRow(_time_row(one, taken, at=at), is_left=str(one.pk) in out) for one in slots
    }
    bookings = live_bookings(slots)
    seen = _seen(by, [one.meeting for one in bookings])
    given = Given(at)
    for booking in sorted(bookings, key=_urgency):
        meeting = booking.meeting
        one = InterviewRow(meeting, *_named(meeting, seen))
        citizen = meeting.course.citizen_id
        one.others = [
            choice
            for choice in _proposed(meeting, len(bookings), at=at)
            if choice.slot.pk not in rows and given.fits(choice, citizen)
        ][:MOST_CHOICES]
        one.chosen = data.get(one.field, one.others[0].value if one.others else "")
        for choice in one.others:
            if choice.value == one.chosen:
                given.give(choice, citizen)
        rows[booking.slot_id].interviews.append(one)
    return list(rows.values())


def live_bookings(slots: Sequence[Slot]) -> list[SlotBooking]:
    """Who sits in times, with their cases."""
    rows = SlotBooking.objects.filter(slot__in=slots, is_live=True).select_related(
        "meeting__course__citizen",
        "meeting__course__a_kasse",
        "meeting__course__jobcentre",
        "meeting__course__caseworker",
        "meeting__course__consultant",
        "meeting__duty",
    )
    return list(rows.order_by("slot", "seat"))


def _urgency(booking: SlotBooking) -> tuple[date, int]:
    duty = booking.meeting.duty
    return (duty and (duty.latest_on or duty.due_on)) or date.max, booking.pk


def _proposed(meeting: Meeting, count: int, *, at: datetime) -> list[Choice]:
    on = timezone.localdate(at)
    found = find(
        meeting.course, meeting.duty, user=None, on=on, count=count + MORE_THAN_GIVEN, at=at
    )
    return choices(found.proposals, on=on)


def _seen(user: User, meetings: Iterable[Meeting]) -> set[int]:
    """The cases that the person may read, by key; a coordinator alone reads none."""
    keys = [one.course_id for one in meetings]
    return set(Course.objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True))


def _named(meeting: Meeting, seen: set[int]) -> tuple[str, str]:
    """Case number and address for those who may read the case; an interview for the others."""
    if meeting.course_id in seen:
        return meeting.course.case_number, meeting.get_absolute_url()
    return _("One interview"), ""


def asked_of(
    slots: Sequence[Slot], data: Mapping[str, str], shown: Iterable[str], *, by: User
) -> list[Asked]:
    """What the page asks for: each time with the interviews that stood on it, as it named them."""
    there: dict[int, list[int]] = {}
    for text in shown:
        time, _dash, meeting = text.partition("-")
        if time.isdecimal() and meeting.isdecimal() and len(text) < 16:  # noqa: PLR2004
            there.setdefault(int(time), []).append(int(meeting))
    meetings = {one.meeting_id: one for one in live_bookings(slots)}
    found = []
    for slot in slots:
        own = [meetings[key].meeting for key in there.get(slot.pk, []) if key in meetings]
        found += [Asked(slot, one, _seat(data.get(f"m{one.pk}", ""), by)) for one in own]
        found += [] if own else [Asked(slot)]
    return found


def _seat(text: str, by: User) -> Seat | None:
    """The time that was named for an interview; none is to plan it again."""
    named = Named.read(text) if text else None
    slot = Slot.objects.visible_to(by).for_list().filter(pk=named.slot).first() if named else None
    if named is None or slot is None:
        return None
    worker = User.objects.filter(pk=named.worker or 0, is_active=True).first()
    return Seat(named.as_shown(slot), worker)


# --- What became of them ------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class ResultRow:
    """What became of one time and one interview."""

    status: SafeString
    when: str
    where: str
    name: str
    url: str
    said: str


@dataclass(frozen=True, slots=True)
class ResultPage:
    """A withdrawal in words."""

    withdrawal: Withdrawal
    title: str
    summary: str
    rows: Sequence[ResultRow]
    undo: str
    is_unfinished: bool


def result_page(withdrawal: Withdrawal, *, reader: User, at: datetime) -> ResultPage:
    """One line for each time and interview, and how long it can be undone."""
    rows = withdrawal.rows.select_related("slot__pool", "slot__room", "meeting__course__citizen")
    found = list(rows.order_by("slot__starts_at", "pk"))
    seen = _seen(reader, [row.meeting for row in found if row.meeting])
    outcomes = [row.outcome for row in found]
    may_undo = Outcome.DONE in outcomes and withdrawal.may_be_undone(at=at)
    until = clock_text(withdrawal.at + UNDO)
    return ResultPage(
        withdrawal,
        _("Times withdrawn"),
        _summary(found),
        [_result(row, seen, on=timezone.localdate(at)) for row in found],
        _("Can be undone until %(clock)s.") % {"clock": until} if may_undo else "",
        Outcome.WAITING in outcomes and withdrawal.undone_at is None,
    )


def _summary(rows: Sequence[WithdrawnTime]) -> str:
    done = [row for row in rows if row.outcome == Outcome.DONE]
    times = len({row.slot_id for row in done})
    said = [ngettext("%(count)d time is withdrawn.", "%(count)d times are withdrawn.", times)
            % {"count": times}]  # fmt: skip
    for word, count in (
        (_("Interviews moved: %(count)d."), sum(1 for row in done if row.to_slot_id)),
        (
            _("To be planned again: %(count)d."),
            sum(1 for row in done if row.meeting_id and not row.to_slot_id),
        ),
        (_("Not done: %(count)d."), _count(rows, Outcome.REFUSED)),
        (_("Taken back: %(count)d."), _count(rows, Outcome.UNDONE)),
        (_("Not worked on yet: %(count)d."), _count(rows, Outcome.WAITING)),
    ):
        said += [word % {"count": count}] if count else []
    return " ".join(said)


def _count(rows: Sequence[WithdrawnTime], outcome: Outcome) -> int:
    return sum(1 for row in rows if row.outcome == outcome)


def _result(row: WithdrawnTime, seen: set[int], *, on: date) -> ResultRow:
    outcome = Outcome(row.outcome)
    name, url = _named(row.meeting, seen) if row.meeting else ("", "")
    return ResultRow(
        status(TONES[outcome], outcome.label.capitalize()),
        moment_text(row.slot.starts_at, on=on),
        f"{row.slot.pool.name}, {where_text(row.slot)}",
        name,
        url,
        in_words(row.said, on=on),
    )
