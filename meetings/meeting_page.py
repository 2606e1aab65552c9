"""What the page of one interview shows, and which buttons its reader has."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from courses.access import reads_until, side_of
from courses.models import MeetingKind, Party
from courses.wording import interview_name, source_of
from meetings.access import may_answer, may_notify, may_reply, may_settle, may_withdraw
from meetings.evidence import Line, lines
from meetings.models import Meeting, Notification, Participant
from meetings.outcome_words import Pair, outcome_pairs
from meetings.plans import JOINT_NUMBERS
from meetings.words import citizen_word
from shared.written import clock_text, day_with_year, moment_text, plain_day

State = Meeting.State
BEFOREHAND = (Participant.Attendance.EXPECTED, Participant.Attendance.EXCUSED)
TONES = {
    Participant.Attendance.EXPECTED: "next",
    Participant.Attendance.CAME: "held",
    Participant.Attendance.ABSENT: "missed",
    Participant.Attendance.EXCUSED: "none",
}


@dataclass(frozen=True, slots=True)
class Button:
    """A link to a page that asks before an act."""

    label: str
    url: str
    is_primary: bool = False


@dataclass(frozen=True, slots=True)
class Seat:
    """One who takes part: as what, who, and whether they came."""

    role: str
    who: str
    tone: str
    word: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A notification with its evidence, its answer, and what the reader may do with it."""

    facts: Sequence[Pair]
    evidence: Sequence[Line]
    buttons: Sequence[Button]
    note: str


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """The page of one interview."""

    title: str
    when: str
    tone: str
    state: str
    facts: Sequence[Pair]
    seats: Sequence[Seat]
    outcome: Sequence[Pair]
    sent: Sequence[Sent]
    buttons: Sequence[Button]


def meeting_page(meeting: Meeting, *, reader: User, on: date, at: datetime) -> MeetingPage:
    """The page of one interview for its reader."""
    until = reads_until(reader, meeting.course, on=on)
    meeting = meeting.as_before(until)
    tone, state = state_of(meeting, at=at)
    side = side_of(reader, meeting.course, on=on)
    sent = meeting.notifications.visible_to(reader, on=on).for_page()
    notifications = list(sent) if getattr(meeting, "was_notified", True) else []
    return MeetingPage(
        title=name_of(meeting),
        when=f"{day_with_year(meeting.held_on)} {clock_text(meeting.starts_at)}–"
        f"{clock_text(meeting.ends_at)}",
        tone=tone,
        state=state,
        facts=_known(_facts(meeting)),
        seats=list(_seats(meeting, side)),
        outcome=outcome_pairs(meeting, side, until=until),
        sent=[sent_shown(one, reader, on) for one in notifications],
        buttons=list(_buttons(meeting, notifications, reader, on, at)),
    )


def name_of(meeting: Meeting) -> str:
    """What people call an interview; a joint one by its number."""
    if meeting.duty and (meeting.duty.rule in JOINT_NUMBERS or meeting.ordinal):
        return interview_name(meeting.duty.rule, meeting.duty.ordinal, meeting.kind)
    name = meeting.get_kind_display()
    return f"{name[:1].upper()}{name[1:]}"


def state_of(meeting: Meeting, *, at: datetime) -> tuple[str, str]:
    """The tone and the word for how an interview stands."""
    if meeting.state == State.BOOKED and meeting.ends_at <= at:
        return "unrecorded", _("Outcome missing")
    return {
        State.BOOKED: ("booked", _("Booked")),
        State.HELD: ("held", _("Held")),
        State.NO_SHOW: ("missed", _("Did not come")),
        State.CANCELLED: ("none", _("Cancelled")),
    }[State(meeting.state)]


def _known(pairs: Sequence[Pair]) -> list[Pair]:
    return [(name, value) for name, value in pairs if value]


def _facts(meeting: Meeting) -> list[Pair]:
    duty, rule = meeting.duty, ""
    if duty:
        due = plain_day(duty.due_on) if duty.due_on else _("no date yet")
        source = source_of(duty.rule) or duty.rule
        rule = _("%(rule)s, at latest %(due)s") % {"rule": source, "due": due}
    return [
        (_("Held by"), str(meeting.organisation)),
        (_("Form"), meeting.get_form_display()),
        (_("Room"), str(meeting.room or "")),
        (_("Place"), meeting.place),
        (_("Duty"), rule),
        (_("Booked by"), str(meeting.booked_by or "")),
    ]


def _seats(meeting: Meeting, side: Party | None) -> Iterator[Seat]:
    """Who takes part, the room apart."""
    for row in sorted(meeting.participants.all(), key=lambda one: one.pk):
        if row.role == Participant.Role.ROOM:
            continue
        is_citizen = row.role == Participant.Role.CITIZEN
        if meeting.state == State.BOOKED and row.attendance not in BEFOREHAND:
            row.attendance = Participant.Attendance.EXPECTED  # how it went is not known
        yield Seat(
            role=citizen_word(side).capitalize() if is_citizen else party_name(meeting, row.role),
            who=meeting.course.citizen.name if is_citizen else str(row.worker or ""),
            tone=TONES[Participant.Attendance(row.attendance)],
            word=row.get_attendance_display(),
        )


def party_name(meeting: Meeting, role: str) -> str:
    """The party that takes part, by its own name: what it is called changes with the law."""
    course = meeting.course
    return str(course.a_kasse if role == Participant.Role.A_KASSE else course.jobcentre)


def sent_shown(notification: Notification, reader: User, on: date) -> Sent:
    """A notification for its reader."""
    answered, withdrawn = notification.answered_at, notification.withdrawn_at
    return Sent(
        facts=_known(
            [
                (_("Sent"), moment_text(notification.sent_at)),
                (_("Sent by"), str(notification.sent_by)),
                (_("To"), str(notification.a_kasse)),
                (_("Answered"), moment_text(answered) if answered else _("not yet")),
                (_("The a-kasse's code"), notification.answer_code),
                (_("The a-kasse's answer"), notification.answer),
                (_("Withdrawn"), moment_text(withdrawn) if withdrawn else ""),
                (_("Why withdrawn"), notification.withdrawn_reason),
            ]
        ),
        evidence=lines(notification.evidence),
        buttons=[] if withdrawn else list(_notification_buttons(notification, reader, on)),
        note=_("withdrawn") if withdrawn else "",
    )


def _notification_buttons(notification: Notification, reader: User, on: date) -> Iterator[Button]:
    if may_answer(reader, notification, on=on):
        again = notification.answered_at is not None
        yield Button(
            _("Correct the answer") if again else _("Answer"),
            reverse("meetings:answer", args=[notification.pk]),
            is_primary=not again,
        )
    if may_withdraw(reader, notification, on=on):
        yield Button(_("Withdraw"), reverse("meetings:withdraw", args=[notification.pk]))


def _buttons(
    meeting: Meeting,
    notifications: Sequence[Notification],
    reader: User,
    on: date,
    at: datetime,
) -> Iterator[Button]:
    """What the reader may do with the interview as it stands."""
    state = State(meeting.state)
    if state == State.BOOKED and may_reply(reader, meeting, on=on):
        yield _button("reply", _("Reply to the invitation"), meeting, is_primary=True)
    if not may_settle(reader, meeting, on=on):
        return
    if state == State.BOOKED:
        yield from _booked_buttons(meeting, at)
    if state == State.NO_SHOW:
        open_ones = [one for one in notifications if one.withdrawn_at is None]
        notifiable = not open_ones and may_notify(reader, meeting, on=on)
        yield from _no_show_buttons(meeting, notifiable=notifiable)
    if state in {State.HELD, State.NO_SHOW}:
        yield from _settled_buttons(meeting)


def _settled_buttons(meeting: Meeting) -> Iterator[Button]:
    """A first joint interview is where those are found whom a workshop is for (domain 4.8)."""
    if meeting.state == State.HELD and meeting.kind == MeetingKind.JOINT:
        url = reverse("meetings:enrol", args=[meeting.course.case_number])
        yield Button(_("Enrol in a group meeting"), url)
    yield _button("retract", _("Take back the outcome"), meeting)


def _no_show_buttons(meeting: Meeting, *, notifiable: bool) -> Iterator[Button]:
    if notifiable:
        yield _button("notify", _("Notify the a-kasse"), meeting, is_primary=True)
    yield _button("contact", _("In contact again"), meeting)


def _booked_buttons(meeting: Meeting, at: datetime) -> Iterator[Button]:
    if meeting.starts_at <= at:
        yield _button("outcome", _("Record outcome"), meeting, is_primary=True)
    yield Button(_("Move"), _move_url(meeting, at))
    yield _button("cancel", _("Cancel interview"), meeting)


def _move_url(meeting: Meeting, at: datetime) -> str:
    """An interview in a published time is moved to another; all others to a time of one's own."""
    is_in_slot = getattr(meeting, "is_in_slot", False) and meeting.starts_at > at
    return reverse("slots:move" if is_in_slot else "meetings:move", args=[meeting.pk])


def _button(page: str, label: str, meeting: Meeting, *, is_primary: bool = False) -> Button:
    return Button(label, reverse(f"meetings:{page}", args=[meeting.pk]), is_primary)
