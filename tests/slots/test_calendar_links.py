"""The ways to the calendar and from it, there where the jobcentre publishes times."""

import pytest
from django.urls import reverse

from partnerships.models import Role
from slots.models import Pool
from tests.factories import AKasseFactory, MembershipFactory
from tests.meetings.conftest import TEN
from tests.slots.conftest import HOUR


def said(client, user, address, **query):
    client.force_login(user)
    return " ".join(client.get(address, query).content.decode().split())


def calendar_of(place):
    duty = place.joint().duty
    case = place.world.course.case_number
    return f"{reverse('slots:calendar')}?sag={case}&amp;krav={duty.pk}"


@pytest.fixture
def course_page(place):
    return place.world.course.get_absolute_url()


def test_a_joint_interview_that_is_owed_leads_to_the_calendar_from_course_and_list(
    client, place, course_page
):
    place.slot()
    way = calendar_of(place)

    for user in (place.caseworker, place.world.consultant):
        assert way in said(client, user, course_page)
    assert way in said(client, place.caseworker, reverse("desk:today"), hvis="team")


def test_nothing_leads_to_a_calendar_without_published_times(client, place, course_page):
    Pool.objects.update(is_published=False)
    way = calendar_of(place)

    assert way not in said(client, place.caseworker, course_page)
    assert way not in said(client, place.caseworker, reverse("desk:today"), hvis="team")


def test_the_booking_page_leads_to_the_calendar_with_the_same_time(client, place):
    place.joint()
    slot = place.slot()
    address = reverse("slots:book", args=[place.world.course.case_number])

    page = said(client, place.caseworker, address, tid=str(slot.pk))

    assert f"tid={slot.pk}&amp;dag={slot.day}" in page


def test_an_interview_in_a_published_time_is_moved_to_another_of_them(client, place):
    slot = place.slot()
    meeting = place.book(slot)

    page = said(client, place.caseworker, meeting.get_absolute_url())
    assert reverse("slots:move", args=[meeting.pk]) in page

    meeting.slot_bookings.all().delete()
    page = said(client, place.caseworker, meeting.get_absolute_url())
    assert reverse("slots:move", args=[meeting.pk]) not in page
    assert reverse("meetings:move", args=[meeting.pk]) in page


def test_the_calendar_leads_to_the_own_working_hours(client, place):
    place.slot()
    assert reverse("staffing:hours") in said(client, place.caseworker, reverse("slots:calendar"))


def test_who_works_for_two_chooses_whose_week_is_shown(client, place):
    user, other = place.caseworker, AKasseFactory()
    MembershipFactory(user=user, organisation=other, role=Role.JOB_CONSULTANT)
    place.slot(TEN + HOUR)
    address = reverse("slots:staff_calendar")

    page = said(client, user, address, uge="2026-40")
    assert f'<option value="{other.slug}"' in page

    page = said(client, user, address, uge="2026-40", sted=other.slug)
    assert f'<option value="{other.slug}" selected>' in page
    assert str(other) in page.split("</h1>")[1][:120]
