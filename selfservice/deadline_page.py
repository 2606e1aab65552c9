"""The page of a course's deadlines for booking: how each stands, and what follows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from courses.booking_links import booking_url
from courses.models import Course, Party
from courses.party_words import said_to
from courses.wording import interview_name
from law.self_booking import Missed, Standing, State
from meetings.models import Meeting
from selfservice.booking_deadlines import rule_of, standing_of
from selfservice.models import BookingDeadline
from shared.written import plain_day

DAY = timedelta(1)
TONES = {State.OPEN: "next", State.MET: "held", State.CLOSED: "none", State.MISSED: "over"}


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """One deadline in words; `book_url` where the interview is booked instead."""

    name: str
    days: str
    tone: str
    state: str
    more: str
    book_url: str
    runs: bool
    row: BookingDeadline


def rows_of(course: Course, side: Party, *, on: date) -> list[DeadlineRow]:
    """The deadlines that a party has set in a course, the newest first."""
    found = list(BookingDeadline.objects.filter(course=course, held_by=side).for_page())
    meetings = list(Meeting.objects.filter(course=course, held_by=side)) if found else []
    return [_row(one, meetings, side, on=on) for one in found]


def _row(
    deadline: BookingDeadline, meetings: Sequence[Meeting], side: Party, *, on: date
) -> DeadlineRow:
    stands, duty = standing_of(deadline, meetings, on=on), deadline.duty
    is_booked = any(one.duty_id == duty.pk and one.state == "booked" for one in meetings)
    owed = stands.state is State.MISSED and duty.outcome == duty.Outcome.PENDING and not is_booked
    return DeadlineRow(
        name=interview_name(duty.rule, duty.ordinal, duty.kind),
        days=_("book by %(day)s, set %(set)s by %(who)s")
        % {
            "day": plain_day(deadline.book_by),
            "set": plain_day(deadline.set_on),
            "who": deadline.set_by,
        },
        tone=TONES[stands.state],
        state=_state(stands),
        more=said_to(side, _more(deadline, stands)),
        book_url=booking_url(duty, deadline.course.case_number) if owed else "",
        runs=not deadline.outcome and stands.state is not State.MISSED,
        row=deadline,
    )


def _state(stands: Standing) -> str:
    day = {"day": plain_day(stands.since)}
    return {
        State.OPEN: _("Runs"),
        State.MET: _("Booked %(day)s") % day,
        State.CLOSED: _("Closed %(day)s") % day,
        State.MISSED: _("Not booked in time"),
    }[stands.state]


def _more(deadline: BookingDeadline, stands: Standing) -> str:
    """What follows a missed one by the rules, and whose task that is; why one was closed."""
    row = rule_of(deadline.duty, on=deadline.book_by)
    if stands.state is State.CLOSED:
        return str(deadline.get_reason_display())
    if stands.state is not State.MISSED or row is None:
        return ""
    if row.missed is Missed.DEREGISTERED and stands.deregistered_from:
        return _(
            "By the rules the citizen is de-registered from %(day)s (%(rule)s). This system"
            " de-registers nobody: look in Jobnet. A new registration gets a new deadline, or book"
            " at once."
        ) % {"day": plain_day(stands.deregistered_from), "rule": row.missed_basis}
    return _("Summon the citizen to the interview (%(rule)s). Nobody is de-registered for it.") % {
        "rule": row.missed_basis
    }
