"""The pages that book in a slot, move into one, and hold it meanwhile; without JavaScript too."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from letters.models import Letter
from meetings.actions import cancel
from meetings.models import Batch, Meeting
from partnerships.models import Role
from shared.written import day_text
from slots.actions.booking import hold
from slots.choices import written
from slots.models import Hold, NoTimes, SlotBooking
from staffing.models import ClosingDay, Leave
from tests.factories import AbsenceFactory, RoomFactory, UserFactory
from tests.meetings.conftest import DAY, NOW, TEN
from tests.slots.conftest import HOUR
from tests.slots.test_calendar import fill, queries_of

WHO_IS_SIGNED_IN = 1  # the query for the user


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def times(place):
    """Three times on three days; the duty is there."""
    place.joint()
    return [place.slot(TEN - timedelta(days=n)) for n in (2, 1, 0)]


def address(place, name="book", **query):
    return reverse(f"slots:{name}", args=[place.world.course.case_number], query=query)


def opened(client, place, **query):
    client.force_login(place.caseworker)
    return client.get(address(place, **query))


def sent(client, place, slot, *, do="book", **said):
    """The form as the page sends it, the button naming the time that is chosen."""
    client.force_login(place.caseworker)
    value = written(slot, place.caseworker)
    data = {"tid": value, "shown": value, "do": do, "with_other_party": "on", "summon": "on"}
    return client.post(address(place), data | {"seen": "short_notice"} | said)


def text(response):
    return response.content.decode()


def test_the_page_proposes_three_times_and_names_one_on_its_button(client, place, times):
    said = text(opened(client, place))

    assert said.count('name="tid"') == 3
    assert "Book Mon 28 Sep at 10:00" in said


def test_who_only_opens_the_page_keeps_no_time_from_others(client, place, times):
    said = text(opened(client, place, tid=times[2].pk))

    assert "Book Wed 30 Sep at 10:00" in said
    assert not Hold.objects.exists()


def test_a_time_that_is_chosen_on_the_page_is_held(client, place, times):
    said = text(sent(client, place, times[2], do="choose"))

    assert "Kept for you until 9:02" in said
    assert Hold.objects.get().slot == times[2]


def test_the_page_says_why_not_earlier(client, place, times):
    ClosingDay.objects.create(
        organisation=place.world.jobcentre,
        starts_on=times[0].day,
        ends_on=times[1].day,
        reason="Course",
    )
    soon = place.slot(NOW + HOUR * 24)

    said = " ".join(text(opened(client, place)).split())

    assert "Book Tue 29 Sep at 10:00" in said
    why = said.split("Why not earlier?")[1].split("</details>")[0]
    assert f"<dt>{day_text(soon.day)}</dt> <dd>1 time is free, but with less than 3 working" in why
    assert f"<dt>Mon 28 Sep</dt> <dd>{place.world.jobcentre} is closed on this day.</dd>" in why


def pages_of_a_case(place):
    """The booking page, and the calendar with the case: by week and day, also after the window."""
    case, duty = place.world.course.case_number, place.joint().duty
    named = {"sag": case, "krav": str(duty.pk)}
    calendars = {
        "calendar": {"sag": case},
        "calendar of a duty": named,
        "week after the window": named | {"uge": "2026-51"},
        "day": named | {"visning": "dag", "dag": DAY.isoformat()},
        "list of the day's week": named | {"visning": "liste", "dag": DAY.isoformat()},
    }
    found = {name: reverse("slots:calendar", query=query) for name, query in calendars.items()}
    return found | {"book": address(place), "book a duty": address(place, krav=str(duty.pk))}


def test_the_pages_of_a_case_ask_as_much_for_fifty_times_as_for_one(client, place):
    """Of the times one names nobody, so that colleagues are asked for it as well."""
    client.force_login(place.caseworker)
    colleague = UserFactory(role=Role.CASEWORKER, organisation=place.world.jobcentre)
    Leave.objects.create(
        user=place.caseworker,
        organisation=place.world.jobcentre,
        starts_at=TEN + HOUR,
        ends_at=TEN + 5 * HOUR,
    )
    place.slot()
    place.slot(TEN + 2 * HOUR, worker=None, room=RoomFactory(organisation=place.world.jobcentre))
    place.slot(TEN + timedelta(weeks=11))
    pages = pages_of_a_case(place)

    asked = [{name: queries_of(client, page) for name, page in pages.items()}]
    for count in (2, 48):
        fill(place, count)
        asked.append({name: queries_of(client, page) for name, page in pages.items()})

    assert place.pool.slots.count() == 53
    assert colleague.slots_as_host.count() == 0
    assert asked[0] == asked[1] == asked[2]
    assert max(asked[0].values()) - WHO_IS_SIGNED_IN <= 12, asked[0]


def test_one_who_decided_lands_on_the_interview_with_a_way_back(client, place, times):
    response = sent(client, place, times[1], message="Bring your letter.")

    meeting = Meeting.objects.get()
    assert response["Location"] == meeting.get_absolute_url()
    assert SlotBooking.objects.get().slot == times[1]
    assert (Batch.objects.count(), Hold.objects.count()) == (1, 0)
    assert ["Besked til dig", "Bring your letter."] in Letter.objects.get().content["facts"]


def test_a_time_that_has_just_gone_is_said_and_nothing_written_is_lost(client, place, times):
    place.book(times[1], place.course())

    said = text(sent(client, place, times[1], message="Bring your letter."))

    assert "The time has just been taken. Here are two others." in said
    assert "Bring your letter." in said
    assert f"tid-{times[1].pk}" not in said
    assert Meeting.objects.count() == 1


def test_a_time_that_was_moved_under_the_page_is_not_booked(client, place, times):
    shown = written(times[1], place.caseworker)
    place.pool.slots.filter(pk=times[1].pk).update(starts_at=TEN + HOUR, ends_at=TEN + 2 * HOUR)

    said = text(sent(client, place, times[1], tid=shown, shown=shown))

    assert "This time has just been moved" in said
    assert not Meeting.objects.exists()


def test_another_choice_than_the_button_named_is_shown_before_it_is_booked(client, place, times):
    other = written(times[0], place.caseworker)

    said = text(sent(client, place, times[1], shown=other))

    assert "Book Tue 29 Sep at 10:00" in said
    assert not Meeting.objects.exists()
    assert Hold.objects.get().slot == times[1]


def test_choosing_without_script_keeps_what_was_written(client, place, times):
    said = text(sent(client, place, times[2], do="choose", message="Bring your letter."))

    assert "Book Wed 30 Sep at 10:00" in said
    assert "Bring your letter." in said
    assert not Meeting.objects.exists()


def test_what_speaks_against_the_time_is_read_before_it_is_booked(client, place, times):
    AbsenceFactory(
        citizen=place.world.course.citizen,
        kind="holiday",
        starts_on=times[1].day,
        ends_on=times[1].day + timedelta(1),
    )

    said = text(sent(client, place, times[1]))

    assert "The citizen is away on this day" in said
    assert not Meeting.objects.exists()
    assert sent(client, place, times[1], seen="in_absence citizen_away").status_code == 302


def test_a_time_that_somebody_else_holds_says_until_when(client, place, times):
    hold(times[1], place.course(), by=place.caseworker, at=NOW)

    said = text(opened(client, place, tid=times[1].pk))

    assert "A colleague is deciding on it; held until 9:02." in said


def test_the_hold_is_renewed_while_the_page_is_open_and_then_no_longer(client, place, times):
    opened(client, place, tid=times[1].pk)
    value = written(times[1], place.caseworker)
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        said = text(client.post(address(place, "hold"), {"tid": value, "nr": "1"}))
        assert "Kept for you until 9:03" in said
        late = text(client.post(address(place, "hold"), {"tid": value, "nr": "5"}))

    assert "no longer kept" in late
    assert "hx-post" not in late


def test_without_any_time_the_page_says_day_by_day_why(client, place):
    place.joint()
    said = text(opened(client, place))

    assert "has opened no times on this day" in said
    assert reverse("meetings:book", args=[place.world.course.case_number]) in said


def test_a_search_without_any_time_is_kept_on_the_case_once_a_day(client, place):
    duty = place.joint().duty

    first, _again = (text(opened(client, place)) for _ in range(2))

    evidence = NoTimes.objects.get()
    assert (evidence.duty, evidence.searched_by) == (duty, place.caseworker)
    assert {code for one in evidence.reasons for code in one["codes"]} == {"no-slots"}
    assert reverse("slots:no_times", args=[evidence.pk]) in first
    assert "Searches without free times" in text(client.get(place.world.course.get_absolute_url()))


def test_nothing_is_kept_while_a_time_is_free_or_only_wishes_rule_them_out(client, place, times):
    opened(client, place)
    opened(client, place, tidligst="01-12-2026")

    assert not NoTimes.objects.exists()


def test_the_summons_can_be_seen_before_it_is_sent(client, place, times):
    response = sent(client, place, times[1], letter="1")

    assert response["Content-Type"] == "application/pdf"
    assert not Meeting.objects.exists()


def test_a_duty_that_is_booked_leads_to_its_interview(client, place, times):
    meeting = place.book(times[1])

    response = opened(client, place, krav=meeting.duty_id)

    assert response["Location"] == meeting.get_absolute_url()


def test_an_interview_is_moved_into_a_time(client, place, times):
    meeting = place.book(times[1])
    client.force_login(place.caseworker)
    page = reverse("slots:move", args=[meeting.pk])
    value = written(times[2], place.caseworker)

    said = text(client.get(page, {"tid": times[2].pk}))
    assert "Move to Wed 30 Sep at 10:00" in said
    response = client.post(page, {"tid": value, "shown": value, "do": "book"})

    assert response.status_code == 302
    assert SlotBooking.objects.get(is_live=True).slot == times[2]


TICK = 'name="agreed_short_notice"'


def test_the_tick_for_short_notice_comes_with_a_time_that_asks_for_it(client, place, times):
    soon = place.slot(NOW + HOUR)
    meeting = place.book(times[1], place.course())
    client.force_login(place.caseworker)
    moving = reverse("slots:move", args=[meeting.pk])

    for page in (address(place), moving):
        assert TICK in text(client.get(page, {"tid": soon.pk}))
        assert TICK not in text(client.get(page, {"tid": times[2].pk}))


def test_without_script_a_time_at_short_notice_is_refused_once_with_the_tick(client, place, times):
    soon = place.slot(NOW + HOUR)
    written_before = {"message": "Bring your letter."}

    other = written(times[0], place.caseworker)
    page = text(sent(client, place, soon, shown=other, seen="", **written_before))
    assert TICK in page
    assert "Bring your letter." in page

    page = text(sent(client, place, soon, **written_before))
    assert TICK in page
    assert "Bring your letter." in page
    assert not Meeting.objects.exists()

    sent(client, place, soon, agreed_short_notice="on", **written_before)
    assert Meeting.objects.get().starts_at == soon.starts_at


def test_a_cancelled_interview_is_not_moved_and_the_page_says_why(client, place, times):
    meeting = place.book(times[1])
    cancel(meeting, cancelled_by="jobcentre", reason="Ill.", by=place.caseworker, at=NOW)
    client.force_login(place.caseworker)
    value = written(times[2], place.caseworker)

    page = reverse("slots:move", args=[meeting.pk])
    said = text(client.post(page, {"tid": value, "shown": value, "do": "book"}))

    assert "This interview is cancelled" in said


def test_the_a_kasse_and_other_jobcentres_have_no_such_page(client, place, times):
    client.force_login(place.world.consultant)

    assert client.get(address(place)).status_code == 404
    assert client.post(address(place, "hold"), {"tid": "1"}).status_code == 404
