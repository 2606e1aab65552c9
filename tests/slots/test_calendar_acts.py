"""A move is taken back in ten minutes, and the a-kasse asks for a time that it saw."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from journal.models import Entry
from letters.models import Letter, LetterKind
from meetings.models import Meeting
from notices.models import Notice
from slots.actions.booking import move_to_slot
from slots.models import Hold, SlotBooking
from tests.factories import UserFactory
from tests.meetings.conftest import NOW, TEN
from tests.slots.conftest import HOUR


def said(response):
    return " ".join(response.content.decode().split())


# --- Taking back a move -------------------------------------------------------------------------
LATER = NOW + HOUR


def move_of(client, place):
    """An interview that the caseworker moves an hour after the booking, and what undoes it."""
    slot, later = place.slot(), place.slot(TEN + HOUR)
    meeting = place.book(slot)
    Letter.objects.update(state="sending")
    client.force_login(place.caseworker)
    address = reverse("slots:move", args=[meeting.pk])
    with time_machine.travel(LATER, tick=False):
        page = said(client.get(address, {"tid": str(later.pk)}))
        sent = dict(re.findall(r'name="(shown|seen)" value="([^"]*)"', page))
        answer = client.post(address, sent | {"tid": sent["shown"], "do": "book"}, follow=True)
    [undo] = re.findall(r'action="([^"]*/fortryd/[^"]*)"', said(answer))
    assert Meeting.objects.get().starts_at == TEN + HOUR
    return meeting, slot, undo


@pytest.fixture
def moved(client, place):
    found = move_of(client, place)
    with time_machine.travel(LATER, tick=False):
        yield found


def test_a_move_is_taken_back_to_the_former_time(client, moved):
    meeting, slot, undo = moved

    page = said(client.post(undo, follow=True))

    assert "Undone: the interview is" in page
    meeting.refresh_from_db()
    assert meeting.starts_at == TEN
    assert SlotBooking.objects.get(is_live=True).slot == slot


def test_a_citizen_who_knows_the_former_time_is_told_nothing_of_a_move_that_was_taken_back(
    client, moved
):
    _meeting, _slot, undo = moved
    assert Letter.objects.filter(kind=LetterKind.CHANGE, state="waiting").exists()

    client.post(undo)

    standing = Letter.objects.exclude(state="taken_back")
    assert [one.kind for one in standing] == [LetterKind.SUMMONS]


def test_a_move_is_not_taken_back_when_the_former_time_is_taken(client, place, moved):
    meeting, slot, undo = moved
    place.book(slot, place.course())

    page = said(client.post(undo, follow=True, headers={"referer": meeting.get_absolute_url()}))

    assert "Not undone: the interview stays" in page
    meeting.refresh_from_db()
    assert meeting.starts_at == TEN + HOUR


def test_a_move_is_not_taken_back_after_ten_minutes_or_when_it_was_moved_on(client, place, moved):
    meeting, _slot, undo = moved
    back = {"referer": meeting.get_absolute_url()}

    with time_machine.travel(LATER + timedelta(minutes=10), tick=False):
        assert "Ten minutes have passed" in said(client.post(undo, follow=True, headers=back))

    move_to_slot(meeting, place.slot(TEN + 2 * HOUR), by=place.caseworker, at=LATER)
    page = said(client.post(undo, follow=True, headers=back))
    assert "Not undone: the interview has been changed since." in page


def test_nobody_else_takes_a_move_back(client, place, moved):
    _meeting, _slot, undo = moved
    colleague = UserFactory(role="caseworker", organisation=place.world.jobcentre)

    client.force_login(colleague)

    assert client.post(undo).status_code == 404
    assert Meeting.objects.get().starts_at == TEN + HOUR


# --- Asking for a time --------------------------------------------------------------------------
@pytest.fixture
def asked(client, place):
    """The consultant picks a time in the calendar; what the page then is, and what asks."""
    place.joint()
    slot = place.slot()
    client.force_login(place.world.consultant)
    query = {"sag": place.world.course.case_number, "tid": str(slot.pk)}
    page = said(client.get(reverse("slots:calendar"), query))
    [action] = re.findall(r'action="([^"]*/bed-om/[^"]*)"', page)
    [time] = re.findall(r'name="tid" value="([^"]*)"', page)
    return slot, page, action.replace("&amp;", "&"), time


def test_the_a_kasse_picks_a_time_and_holds_nothing(asked):
    slot, page, _action, time = asked

    assert page.count("button-primary") == 1
    assert "Ask for this time" in page
    assert time.startswith(f"{slot.pk}-")
    assert not Hold.objects.exists()


def test_the_caseworker_is_told_and_comes_to_the_booking_page_with_that_time(client, place, asked):
    _slot, _page, action, time = asked

    answer = client.post(action, {"tid": time}, follow=True)

    assert "You have asked for" in said(answer)
    notice = Notice.objects.get(user=place.caseworker, kind="time-asked-for")
    assert notice.about == "Wed 30 Sep at 10:00"
    assert Entry.objects.filter(what="time-asked-for", case_pk=place.world.course.pk).exists()
    name = place.world.course.citizen.last_name
    assert name not in f"{notice.about}{notice.url}{notice.case_number}"

    client.force_login(place.caseworker)
    page = said(client.get(notice.url))
    assert f'value="{time}"' in page
    assert "Book Wed 30 Sep at 10:00" in page


def test_a_time_that_has_gone_is_not_asked_for(client, place, asked):
    slot, _page, action, time = asked
    place.book(slot, place.course())

    home = reverse("slots:calendar")
    page = said(client.post(action, {"tid": time}, follow=True, headers={"referer": home}))

    assert "The time has just been taken. Choose another." in page
    assert not Notice.objects.filter(kind="time-asked-for").exists()


def test_the_jobcentre_books_and_does_not_ask(client, place, asked):
    _slot, _page, action, time = asked
    client.force_login(place.caseworker)

    assert client.post(action, {"tid": time}).status_code == 404
