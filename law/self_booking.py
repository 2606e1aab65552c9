"""Which interviews a citizen could book a time for, and what follows when it is not done in time.

Availability interviews were booked in the a-kasse's own system, ordinary job interviews on Jobnet.
Joint ones were always summoned (R15-12) until DFDG's release 2023-4; its day is not in the texts
that were seen, so it is a dated parameter (Q19). Since then they can be booked where the
jobcentre sets up offers (R24-11), and who does not book is summoned (R24-09).

Who missed a deadline from 2015 to 2023 was de-registered from the day after (R15-13): by the
register of jobseekers, not by a case system. Here it is only said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from law.periods import ONE_DAY, Period
from law.uncertain import Parameters
from law.vocabulary import MeetingKind, Party

JOB, JOINT, AVAILABILITY = MeetingKind.JOB, MeetingKind.JOINT, MeetingKind.AVAILABILITY
PARAMETERS = Parameters()


class Missed(StrEnum):
    """What the rules say of a citizen who has booked no time by the deadline."""

    DEREGISTERED = "deregistered"  # R15-13
    SUMMONED = "summoned"  # R24-09


@dataclass(frozen=True, slots=True)
class SelfBooking:
    """One row of the table: an interview of one kind by one party, in a period.

    `missed` says what follows a deadline that was not met, by the rule `missed_rule`.
    """

    rule: str
    kind: MeetingKind
    held_by: Party
    period: Period
    allowed: bool
    source: str
    questions: tuple[str, ...] = ()
    missed: Missed | None = None
    missed_rule: str = ""
    basis: str = ""  # where people can read it
    missed_basis: str = ""

    @property
    def certain(self) -> bool:
        """Whether the row rests on nothing that is still to be settled."""
        return not self.questions


def table(parameters: Parameters = PARAMETERS) -> tuple[SelfBooking, ...]:
    """Every row, with the days that the sources leave open as they stand in the parameters."""
    before = Period(parameters.obliged_to_book_from, parameters.joint_self_booking_from)
    since = Period(parameters.joint_self_booking_from, None)
    return (
        _obliged(JOB, Party.JOBCENTRE, before),
        _obliged(AVAILABILITY, Party.A_KASSE, before),
        SelfBooking(
            rule="R15-12",
            kind=JOINT,
            held_by=Party.JOBCENTRE,
            period=before,
            allowed=False,
            source="V:37, V:38",
            questions=("Q19",),
            basis="STAR, DFDG 2019-4",
        ),
        _offered(JOB, since),
        _offered(JOINT, since),
    )


def _obliged(kind: MeetingKind, held_by: Party, period: Period) -> SelfBooking:
    """What citizens had to book, within a deadline."""
    return SelfBooking(
        rule="R15-13",
        kind=kind,
        held_by=held_by,
        period=period,
        allowed=True,
        source="V:36, V:39",
        questions=("Q17", "Q19"),
        missed=Missed.DEREGISTERED,
        missed_rule="R15-13",
        basis="BEK 808/2017 §§ 10–11",
        missed_basis="BEK 808/2017 §§ 10–11",
    )


def _offered(kind: MeetingKind, period: Period) -> SelfBooking:
    """What can be booked where the jobcentre sets up offers; others are summoned."""
    return SelfBooking(
        rule="R24-11",
        kind=kind,
        held_by=Party.JOBCENTRE,
        period=period,
        allowed=True,
        source="V:38; who does not book, V:57",
        questions=("Q19",),
        missed=Missed.SUMMONED,
        missed_rule="R24-09",
        basis="STAR, DFDG 2023-4",
        missed_basis="BEK 1216/2023 § 46",
    )


TABLE = table()


def self_booking(
    kind: MeetingKind, held_by: Party, *, on: date, rows: Sequence[SelfBooking] = TABLE
) -> SelfBooking | None:
    """What the table says of an interview on a day; none where no rule names it."""
    return next(
        (row for row in rows if row.kind == kind and row.held_by == held_by and on in row.period),
        None,
    )


def may_self_book(kind: MeetingKind, held_by: Party, *, on: date) -> bool:
    """Whether the citizen may choose among the free times."""
    row = self_booking(kind, held_by, on=on)
    return row is not None and row.allowed


def gives_deadlines(held_by: Party, *, on: date) -> bool:
    """Whether any interview of a party is booked by the citizen on a day, so that it can be due."""
    return any(row.held_by == held_by and row.missed and on in row.period for row in TABLE)


class State(StrEnum):
    """How a deadline for booking stands."""

    OPEN = "open"
    MET = "met"
    CLOSED = "closed"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when to book: `book_by` is the last day on which a booking is in time."""

    set_on: date
    book_by: date


@dataclass(frozen=True, slots=True)
class Booking:
    """An interview that was booked: on which day, and when the citizen gave the time back."""

    booked_on: date
    given_back_on: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a deadline stands on a day, and since when; `deregistered_from` is what the rules say."""

    state: State
    since: date
    deregistered_from: date | None = None


def standing(
    row: SelfBooking,
    deadline: Deadline,
    *,
    bookings: Sequence[Booking] = (),
    closed_on: date | None = None,
    on: date,
) -> Standing:
    """How a deadline stands: any booking in time meets it, an exemption in time closes it.

    A time that the citizen gives back within the deadline leaves it open: there is time to book
    another.
    """
    book_by = deadline.book_by
    in_time = [one.booked_on for one in bookings if _meets(one, book_by, on=on)]
    if closed_on is not None and closed_on <= min(book_by, on) and not in_time:
        return Standing(State.CLOSED, closed_on)
    if in_time:
        return Standing(State.MET, min(in_time))
    if on <= book_by:
        return Standing(State.OPEN, deadline.set_on)
    gone = book_by + ONE_DAY
    is_out = row.missed is Missed.DEREGISTERED
    return Standing(State.MISSED, gone, deregistered_from=gone if is_out else None)


def _meets(booking: Booking, book_by: date, *, on: date) -> bool:
    if booking.booked_on > min(book_by, on):
        return False
    back = booking.given_back_on
    return back is None or back > min(book_by, on)
