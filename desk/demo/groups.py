"""Group meetings: one that is full with a waiting list, one to come, and one of an a-kasse."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, time, timedelta

from accounts.models import User
from courses.models import Course, MeetingForm
from desk.demo.diary import ZONE
from meetings.actions.group_enrolling import enrol
from meetings.actions.groups import plan_group, staff_group
from meetings.group_plans import GroupPlan
from meetings.models import GroupMeeting, Room
from partnerships.models import Organisation
from shared.dates import nearest_working_day
from shared.refusals import Refused

Kind = GroupMeeting.Kind
COPENHAGEN, UNION, OTHER_UNION = "jc-101", "3f", "foa"
HALL = "Mødesal"
PLACES = {COPENHAGEN: "Eksempelgade 1, København", OTHER_UNION: "Eksempelvej 3, København"}
SEATS, WANT = 6, 8
TRIED = 14  # days
ABOUT = "Vi viser, hvad jobcenteret og din a-kasse kan hjælpe med, og svarer på spørgsmål."


def hold_group_meetings(people: Mapping[str, User], *, on: date) -> None:
    """Plan three meetings and enrol citizens in them, more than there are seats in the first."""
    houses = {row.slug: row for row in Organisation.objects.filter(slug__in=[*PLACES, UNION])}
    rooms = {
        slug: Room.objects.create(organisation=houses[slug], name=HALL, place=place)
        for slug, place in PLACES.items()
    }
    at = datetime.combine(on, time(7, 30), ZONE)
    caseworker, consultant = people["kbh-ym"], people["3f-nk"]
    workshop = _planned(
        at,
        8,
        Kind.WORKSHOP,
        "Ny retning: uddannelse og brancheskift",
        organisation=houses[COPENHAGEN],
        invited=houses[UNION],
        host=caseworker,
        room=rooms[COPENHAGEN],
        seats=SEATS,
    )
    if workshop:
        staff_group(workshop, consultant, by=consultant, at=at)
        _enrol(workshop, caseworker, at)
    _planned(
        at,
        15,
        Kind.INFORMATION,
        "Velkommen i jobcenteret",
        organisation=houses[COPENHAGEN],
        host=caseworker,
        room=rooms[COPENHAGEN],
        seats=20,
    )
    _planned(
        at,
        10,
        Kind.INFORMATION,
        "Dine rettigheder og pligter",
        organisation=houses[OTHER_UNION],
        invited=houses[COPENHAGEN],
        host=people["foa-jr"],
        room=rooms[OTHER_UNION],
        is_mandatory=False,
    )


def _planned(
    at: datetime, days: int, kind: Kind, title: str, *, host: User, **columns: object
) -> GroupMeeting | None:
    """A meeting of an hour and a half, on the first day after some on which its host is free."""
    for after in range(days, days + TRIED):
        day = nearest_working_day(at.date() + timedelta(after))
        starts_at = datetime.combine(day, time(8, 30), ZONE)
        plan = GroupPlan(
            kind=kind,
            title=title,
            about=ABOUT,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=90),
            form=MeetingForm.IN_PERSON,
            host=host,
            **columns,  # type: ignore[arg-type]  # the rest of a plan
        )
        with suppress(Refused):
            return plan_group(plan, by=host, at=at)
    return None


def _enrol(group: GroupMeeting, by: User, at: datetime) -> None:
    """Those who have been there longest, one after the other, until enough have come."""
    courses = Course.objects.visible_to(by, on=at.date()).filter(
        ends_on=None, a_kasse=group.invited, jobcentre_from__lte=at.date()
    )
    enrolled = 0
    for course in courses.order_by("registered_on", "pk"):
        if enrolled == WANT:
            break
        with suppress(Refused):
            enrol(group, course, by=by, at=at + timedelta(minutes=enrolled))
            enrolled += 1
