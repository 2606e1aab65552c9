"""What a citizen's link shows: when, where and how, the case number, and what may be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from courses.models import MeetingForm
from courses.participation import citizen_chooses
from meetings.models import CitizenLink, Meeting
from selfservice.models import Statement
from selfservice.offered import where_of
from selfservice.words import other_party, told
from shared.written import clock_text, long_day
from slots.models import SlotBooking

State, Kind, Answer = Meeting.State, Statement.Kind, Statement.Answer


@dataclass(frozen=True, slots=True)
class Told:
    """Something the citizen stated, and what became of it."""

    tone: str
    text: str
    key: int | None = None  # of what can still be taken back


@dataclass(frozen=True, slots=True)
class CitizenPage:
    """One interview as anybody with the link may see it: no names, and not which kind it is."""

    token: str
    day: str
    clock: str
    form: str
    place: str
    case: str
    said: Sequence[Told]
    notice: str
    is_open: bool
    is_sick: bool
    has_choice: bool
    comes: bool
    other_party: str


def citizen_page(link: CitizenLink, token: str, *, at: datetime) -> CitizenPage:
    """The page behind a link."""
    meeting = link.meeting
    day = long_day(meeting.held_on)
    statements, other = _statements(meeting, at=at), other_party(meeting)
    is_open = meeting.state == State.BOOKED and meeting.starts_at > at
    waiting = {one.kind for one in statements if not one.answer}
    return CitizenPage(
        token=token,
        day=f"{day[:1].upper()}{day[1:]}",
        clock=f"{clock_text(meeting.starts_at)}–{clock_text(meeting.ends_at)}",
        form=_form(meeting),
        place=place_of(meeting),
        case=meeting.course.case_number,
        said=[
            Told(*told(one, other=other), key=None if one.answer else one.pk) for one in statements
        ],
        notice="" if is_open else _over(meeting),
        is_open=is_open,
        is_sick=Kind.SICK in waiting,
        has_choice=is_open and citizen_chooses(meeting.duty),
        comes=meeting.with_other_party,
        other_party=other,
    )


def place_of(meeting: Meeting) -> str:
    """Where to come: a room, or the place of a published time.

    A place in a worker's own words may be a home or a phone number: the letter alone has it.
    """
    if meeting.form != MeetingForm.IN_PERSON:
        return ""
    room = meeting.room
    if room:
        return f"{room.name}, {room.place}" if room.place else room.name
    booking = SlotBooking.objects.filter(meeting=meeting, is_live=True).select_related("slot__room")
    found = booking.first()
    return (where_of(found.slot) if found else "") or _("The place stands in your letter.")


def _statements(meeting: Meeting, *, at: datetime) -> list[Statement]:
    """What was stated, the newest first; a wish that another time has answered is left out."""
    rows = Statement.objects.filter(meeting=meeting).exclude(answer=Answer.OVERTAKEN)
    waiting = set(rows.waiting(at=at).values_list("pk", flat=True))
    return [one for one in rows if one.answer or one.pk in waiting]


def _form(meeting: Meeting) -> str:
    return {
        MeetingForm.IN_PERSON: _("You come to us"),
        MeetingForm.PHONE: _("We call you"),
        MeetingForm.VIDEO: _by_video(meeting),
    }[MeetingForm(meeting.form)]


def _by_video(meeting: Meeting) -> str:
    """Where the link is told: it is for who comes, and not for everybody with this page."""
    if meeting.room and meeting.room.link:
        return _("On video. The link stands in your letter.")
    return _("On video. You get the link from us before the interview.")


def _over(meeting: Meeting) -> str:
    if meeting.state == State.CANCELLED:
        return _("The interview is cancelled. You need not come.")
    if meeting.state == State.BOOKED:
        return _("The interview has begun. Is something wrong? Contact us as your letter says.")
    return _("The interview is over.")
