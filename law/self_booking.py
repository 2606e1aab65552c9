"""Which interviews a citizen could book a time for, by the day and who holds them.

Availability interviews were booked in the a-kasse's own system, ordinary job interviews on Jobnet.
Joint ones were always summoned (R15-12) until DFDG's release 2023-4, taken here as 1 January 2024,
because its day is not in the texts that were seen; since then they can be booked where the
jobcentre sets up offers (R24-11).
"""

from dataclasses import dataclass
from datetime import date

from law.periods import Period
from law.vocabulary import MeetingKind, Party


@dataclass(frozen=True, slots=True)
class SelfBooking:
    """One row of the table: an interview of one kind by one party, in a period."""

    rule: str
    kind: MeetingKind
    held_by: Party
    period: Period
    allowed: bool
    source: str
    certain: bool = True


RELEASE = date(2024, 1, 1)  # assumed of DFDG's release 2023-4

TABLE = (
    SelfBooking(
        rule="R15-13",
        kind=MeetingKind.JOB,
        held_by=Party.JOBCENTRE,
        period=Period(date(2015, 7, 1), RELEASE),
        allowed=True,
        source="V:36, V:39",
    ),
    SelfBooking(
        rule="R15-13",
        kind=MeetingKind.AVAILABILITY,
        held_by=Party.A_KASSE,
        period=Period(date(2015, 7, 1), RELEASE),
        allowed=True,
        source="V:36, V:39",
    ),
    SelfBooking(
        rule="R15-12",
        kind=MeetingKind.JOINT,
        held_by=Party.JOBCENTRE,
        period=Period(date(2015, 7, 1), RELEASE),
        allowed=False,
        source="V:37, V:38",
    ),
    *(
        SelfBooking(
            rule="R24-11",
            kind=kind,
            held_by=Party.JOBCENTRE,
            period=Period(RELEASE, None),
            allowed=True,
            source="V:38",
            certain=False,
        )
        for kind in (MeetingKind.JOB, MeetingKind.JOINT)
    ),
)


def self_booking(kind: MeetingKind, held_by: Party, *, on: date) -> SelfBooking | None:
    """What the table says of an interview on a day; none where no rule names it."""
    return next(
        (row for row in TABLE if row.kind == kind and row.held_by == held_by and on in row.period),
        None,
    )


def may_self_book(kind: MeetingKind, held_by: Party, *, on: date) -> bool:
    """Whether the citizen may choose among the free times."""
    row = self_booking(kind, held_by, on=on)
    return row is not None and row.allowed
