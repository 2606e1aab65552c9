"""Who may do what with a hand-over, and with the acts beside it: plain questions."""

from datetime import date

from django.db.models import QuerySet

from accounts.models import User
from courses.access import acting_side, has_ended
from courses.models import ChoiceKind, Course, Party
from handovers.models import Handover
from partnerships.access import reach_of
from partnerships.models import Membership, Role

LEAVING = {
    "2009": ChoiceKind.CHOOSE_JOBCENTRE,
    "2024": ChoiceKind.VISITED_OUT,
    "2026": ChoiceKind.VISITED_OUT,
}
LEADERS = {Party.A_KASSE: Role.COORDINATOR, Party.JOBCENTRE: Role.BOOKING_COORDINATOR}


def side_in(user: User, handover: Handover, *, on: date) -> Party | None:
    """The party for which a person acts in a hand-over; a jobcentre also before its day."""
    course = handover.course
    if has_ended(course, on=on):
        return None
    reach = reach_of(user, on=on)
    if course.jobcentre_id in reach.jobcentres:
        return Party.JOBCENTRE
    return Party.A_KASSE if course.a_kasse_id in reach.a_kasser else None


def may_write_sheet(user: User, handover: Handover, *, on: date) -> bool:
    """The a-kasse writes the sheet until the jobcentre has accepted."""
    return handover.is_open and side_in(user, handover, on=on) == Party.A_KASSE


def may_accept(user: User, handover: Handover, *, on: date) -> bool:
    """The jobcentre accepts a sheet that was sent, or none at all once the course is its own."""
    answerable = handover.state == Handover.State.SHEET_READY or handover.has_passed(on=on)
    return answerable and side_in(user, handover, on=on) == Party.JOBCENTRE


def may_return(user: User, handover: Handover, *, on: date) -> bool:
    """The jobcentre sends back what was sent."""
    ready = handover.state == Handover.State.SHEET_READY
    return ready and side_in(user, handover, on=on) == Party.JOBCENTRE


def may_book_first(user: User, handover: Handover, *, on: date) -> bool:
    """The jobcentre books the first interview once it has accepted."""
    accepted = handover.state in (Handover.State.ACCEPTED, Handover.State.DONE)
    return accepted and side_in(user, handover, on=on) == Party.JOBCENTRE


def may_let_go(user: User, course: Course, *, on: date) -> bool:
    """The a-kasse writes down that a member goes to the jobcentre, where the rules know of it."""
    runs = course.regime in LEAVING and not has_ended(course, on=on)
    return runs and acting_side(user, course, on=on) == Party.A_KASSE


def may_follow_sickness(user: User, course: Course, *, on: date) -> bool:
    """Health data is for those who work the course, and not for a look with a reason."""
    return acting_side(user, course, on=on) is not None


def may_talk_of_sickness(user: User, course: Course, *, on: date) -> bool:
    """The a-kasse holds the talk, and tells the municipality of it."""
    return not has_ended(course, on=on) and acting_side(user, course, on=on) == Party.A_KASSE


def may_cancel_for_sickness(user: User, course: Course, *, on: date) -> bool:
    """Either party cancels its own interviews on sick days."""
    return not has_ended(course, on=on) and acting_side(user, course, on=on) is not None


def may_record_call(user: User, course: Course, *, on: date) -> bool:
    """The jobcentre calls about a job at any time (R09-13)."""
    return not has_ended(course, on=on) and acting_side(user, course, on=on) == Party.JOBCENTRE


def advisers_of(course: Course, *, on: date) -> QuerySet[User]:
    """Who of the jobcentre can take the course."""
    standing = Membership.objects.standing(on=on).filter(
        organisation=course.jobcentre_id, role=Role.CASEWORKER
    )
    found = User.objects.filter(pk__in=standing.values("user"))
    return found.order_by("first_name", "last_name", "pk")


def leaders_of(course: Course, party: Party, *, on: date) -> list[User]:
    """Who of a party plans the work, and is told when a hand-over is stuck.

    The a-kasse's coordinator; in a jobcentre, where no role is a leader's, the booking
    coordinator. That one reads no citizen: the caseworkers are told beside.
    """
    organisation = course.a_kasse if party == Party.A_KASSE else course.jobcentre
    houses = [key for key in (organisation.pk, organisation.successor_id) if key]
    standing = Membership.objects.standing(on=on).filter(
        organisation__in=houses, role=LEADERS[party]
    )
    return list(User.objects.filter(pk__in=standing.values("user")).order_by("pk"))
