"""Who may do what with an interview: plain questions that pages and acts ask."""

from datetime import date

from accounts.models import User
from courses.access import acting_side
from courses.models import Course, MeetingKind, Party
from meetings.models import Agreed, Meeting, Notification, Question
from meetings.plans import OTHER, Purpose
from partnerships.access import plans_times_of, reach_of
from partnerships.models import Organisation

# Joint interviews are summoned by the jobcentre, whoever else takes part (domain 4.4).
HOLDS = {
    Party.A_KASSE: (
        MeetingKind.CV,
        MeetingKind.JOB,
        MeetingKind.AVAILABILITY,
        MeetingKind.SICKNESS,
    ),
    Party.JOBCENTRE: (MeetingKind.JOB, MeetingKind.JOINT, MeetingKind.RECRUITMENT),
}
KINDS = {Party.A_KASSE: Organisation.Kind.A_KASSE, Party.JOBCENTRE: Organisation.Kind.JOBCENTRE}


def kinds_for(side: Party | None) -> tuple[MeetingKind, ...]:
    """The kinds of interview that a party holds."""
    return HOLDS.get(side, ()) if side else ()


def may_book(user: User, course: Course, purpose: Purpose, *, on: date) -> bool:
    """Each party books its own interviews; the jobcentre summons to the joint ones."""
    side = acting_side(user, course, on=on)
    return side == purpose.held_by and purpose.kind in kinds_for(side)


def may_settle(user: User, meeting: Meeting, *, on: date) -> bool:
    """Who holds an interview moves it, cancels it and says how it went."""
    return acting_side(user, meeting.course, on=on) == meeting.held_by


def may_rearrange(user: User, meeting: Meeting, *, on: date) -> bool:
    """Who holds an interview moves and cancels it; who plans the house's times may have to."""
    return may_settle(user, meeting, on=on) or plans_times_of(user, meeting.organisation, on=on)


def may_reply(user: User, meeting: Meeting, *, on: date) -> bool:
    """The invited party says whether it comes, and who."""
    return (
        meeting.with_other_party
        and acting_side(user, meeting.course, on=on) == OTHER[Party(meeting.held_by)]
    )


def may_ask(user: User, meeting: Meeting, *, on: date) -> bool:
    """Either party asks the other of an interview that lies ahead."""
    return (
        meeting.state == Meeting.State.BOOKED
        and acting_side(user, meeting.course, on=on) is not None
    )


def may_answer_question(user: User, question: Question, *, on: date) -> bool:
    """The party that was asked answers, and corrects its answer."""
    side = acting_side(user, question.meeting.course, on=on)
    return side == OTHER[Party(question.asked_by)]


def may_tick(user: User, agreed: Agreed, *, on: date) -> bool:
    """Either party says that something agreed is done."""
    return acting_side(user, agreed.meeting.course, on=on) is not None


def may_notify(user: User, meeting: Meeting, *, on: date) -> bool:
    """The jobcentre notifies the a-kasse of its own interviews; the a-kasse's own need nothing."""
    return meeting.held_by == Party.JOBCENTRE and may_settle(user, meeting, on=on)


def may_withdraw(user: User, notification: Notification, *, on: date) -> bool:
    """The jobcentre that notified takes a mistaken notification back."""
    return acting_side(user, notification.course, on=on) == Party.JOBCENTRE


def may_answer(user: User, notification: Notification, *, on: date) -> bool:
    """Only the a-kasse assesses what a no-show means (domain A8)."""
    return acting_side(user, notification.course, on=on) == Party.A_KASSE


def workplaces(user: User, side: Party) -> list[int]:
    """The organisations of a side that a person works for, by key: whose rooms and people."""
    return [one.pk for one in reach_of(user).organisations if one.kind == KINDS[side]]
