"""What people have been told lately, and a first mail to look at."""

from datetime import date, datetime, time, timedelta

from django.urls import reverse

from accounts.models import User
from courses.models import Course
from desk.demo.diary import ZONE
from desk.demo.living import Living
from meetings.actions.telling import invite_again
from meetings.models import Meeting
from notices.actions import read, tell
from notices.models import Notice
from shared.dates import working_days_before

SIGNED_IN = ("sagsbehandler", "jobkonsulent", "foa", "aarhus")
A_FEW, READ_ALREADY = 4, 2
INVITATIONS = 2


def tell_some(living: Living, people: dict[str, User]) -> None:
    """Invitations that came and were answered, cases that were given; the oldest ones are read."""
    morning = datetime.combine(living.today, time(8, 5), ZONE)
    for name in SIGNED_IN:
        user = people[name]
        _tell_of_joint_interviews(user, morning)
        _tell_of_cases(user, living.today)
        for notice in Notice.objects.visible_to(user).order_by("at", "pk")[:READ_ALREADY]:
            read(notice, by=user, at=morning)
    for name in SIGNED_IN[:2]:
        _put_in_the_calendar(people[name], morning)


def _tell_of_joint_interviews(user: User, at: datetime) -> None:
    """The a-kasse was asked to come; the jobcentre is told what it answered."""
    coming = Meeting.objects.visible_to(user, on=at.date()).upcoming(at=at)
    joint = coming.filter(with_other_party=True).order_by("starts_at", "pk")[:A_FEW]
    for number, meeting in enumerate(joint.select_related("course")):
        works_there = user.memberships.filter(organisation=meeting.organisation_id).exists()
        kind = "invitation-answered" if works_there else "invitation"
        url = reverse("meetings:detail", args=[meeting.pk])
        moment = at - timedelta(minutes=17 * number)
        tell([user], kind, case_number=meeting.course.case_number, url=url, at=moment)


def _tell_of_cases(user: User, on: date) -> None:
    """Each of the last working days a case was given."""
    mine = Course.objects.filter(caseworker=user) | Course.objects.filter(consultant=user)
    for number, course in enumerate(mine.active(on=on).order_by("-pk")[:A_FEW], start=1):
        day = working_days_before(on, number)
        moment = datetime.combine(day, time(9 + number, 7 * number), ZONE)
        url = course.get_absolute_url()
        tell([user], "assigned", case_number=course.case_number, url=url, at=moment)


def _put_in_the_calendar(user: User, at: datetime) -> None:
    """The next interviews of someone, as the invitations that a booking sends."""
    own = Meeting.objects.upcoming(at=at).of_worker(user).order_by("starts_at", "pk")
    for meeting in own.select_related("course", "organisation", "duty", "room")[:INVITATIONS]:
        invite_again(meeting, [user], by=user, at=at)
