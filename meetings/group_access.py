"""Who may do what with a group meeting: plain questions that pages and acts ask."""

from datetime import date

from django.utils.translation import gettext_noop

from accounts.models import User
from courses.access import acting_side
from courses.models import Course, Party
from meetings.models import Enrolment, GroupMeeting, Meeting
from partnerships.access import reach_of
from partnerships.models import Organisation

NOT_THEIRS = gettext_noop(
    "The meeting is held by two parties, and the citizen belongs to only one of them."
)


def plans_for(user: User, *, on: date | None = None) -> list[Organisation]:
    """The parties for which a person plans group meetings: who meets citizens, and who books."""
    reach = reach_of(user, on=on)
    own = {*reach.jobcentres, *reach.a_kasser, *reach.booking_at}
    kinds = (Organisation.Kind.JOBCENTRE, Organisation.Kind.A_KASSE)
    return [one for one in reach.organisations if one.pk in own and one.kind in kinds]


def may_plan(user: User, organisation: int, *, on: date) -> bool:
    """Who holds a group meeting plans, changes and cancels it."""
    return organisation in {one.pk for one in plans_for(user, on=on)}


def may_staff(user: User, group: GroupMeeting, *, on: date) -> bool:
    """The invited party says who of its own comes."""
    return group.invited_id is not None and may_plan(user, group.invited_id, on=on)


def house_of(user: User, group: GroupMeeting, course: Course, *, on: date) -> Organisation | None:
    """For which of the parties of a group meeting a person may act on a course."""
    own = {Party.A_KASSE: course.a_kasse, Party.JOBCENTRE: course.jobcentre}
    side = acting_side(user, course, on=on)
    house = own.get(side) if side else None
    if house is None:
        return None
    parties = {group.organisation_id, group.invited_id}
    return house if parties & {house.pk, house.successor_id} - {None} else None


def is_for(group: GroupMeeting, course: Course) -> bool:
    """Whether each party of a meeting is one of the citizen's: both talk with the citizen there."""
    parties = {group.organisation_id, group.invited_id} - {None}
    a_kasse, jobcentre = course.a_kasse, course.jobcentre
    return parties <= {a_kasse.pk, a_kasse.successor_id, jobcentre.pk, jobcentre.successor_id}


def may_enrol(user: User, group: GroupMeeting, course: Course, *, on: date) -> bool:
    """Either party of the meeting enrols the citizens it may act for."""
    return house_of(user, group, course, on=on) is not None


def may_tell_why(user: User, enrolment: Enrolment, *, on: date) -> bool:
    """The party that holds a mandatory meeting says why one of its own citizens stayed away."""
    group = enrolment.group
    house = house_of(user, group, enrolment.course, on=on)
    return (
        house is not None
        and house.kind == group.organisation.kind
        and group.is_mandatory
        and enrolment.attendance == Enrolment.Attendance.ABSENT
        and not stands_in_a_talk(enrolment)
    )


def may_notify_of(user: User, enrolment: Enrolment, *, on: date) -> bool:
    """The jobcentre notifies the a-kasse of its own meetings; the a-kasse's own need nothing."""
    is_jobcentres = enrolment.group.organisation.kind == Organisation.Kind.JOBCENTRE
    return is_jobcentres and may_tell_why(user, enrolment, on=on)


def stands_in_a_talk(enrolment: Enrolment) -> bool:
    """Whether the individual talk carries the no-show: it is missed, or its outcome is open."""
    talk = enrolment.talk
    return talk is not None and talk.state in (Meeting.State.BOOKED, Meeting.State.NO_SHOW)
