"""The panels beside an interview: before it, after it, and what the parties ask each other."""

from dataclasses import dataclass
from datetime import date

from accounts.models import User
from courses.access import acting_side, reads_until
from meetings.access import may_ask, may_settle
from meetings.follow_up import FollowUp, follow_up_of
from meetings.models import Meeting
from meetings.preparation import Asked, Preparation, preparation_of, questions_of
from meetings.recording import booking_address


@dataclass(frozen=True, slots=True)
class Panels:
    """What stands beside an interview for a reader."""

    preparation: Preparation | None
    follow_up: FollowUp | None
    questions: list[Asked]
    may_ask: bool


def panels_of(meeting: Meeting, *, reader: User, on: date) -> Panels:
    """The panels of an interview as it stands; a former a-kasse prepares for nothing."""
    until = reads_until(reader, meeting.course, on=on)
    meeting = meeting.as_before(until)
    booked = meeting.state == Meeting.State.BOOKED
    settles = may_settle(reader, meeting, on=on)
    return Panels(
        preparation=preparation_of(meeting, reader=reader, on=on)
        if booked and until is None
        else None,
        follow_up=follow_up_of(
            meeting,
            side=acting_side(reader, meeting.course, on=on),
            on=on,
            book_next=booking_address(meeting) if settles and not booked else "",
        ),
        questions=questions_of(meeting, reader=reader, on=on, until=until)
        if getattr(meeting, "was_asked", True)
        else [],
        may_ask=may_ask(reader, meeting, on=on),
    )
