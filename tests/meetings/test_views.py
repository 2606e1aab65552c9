"""The interview pages: what each side sees and may do, and what a page says back."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from courses.models import HeldMeeting
from journal.models import Look
from meetings.actions import miss
from meetings.models import Meeting, NoShow, Notification
from meetings.plans import Missed
from partnerships.models import Role
from tests.factories import (
    AccessGrantFactory,
    CourseFactory,
    MeetingFactory,
    NotificationFactory,
    UserFactory,
)
from tests.meetings.conftest import DAY, NOW, TEN, new_world

AFTER = TEN + timedelta(hours=2)
CPR = re.compile(r"\d{6}-?\d{4}")


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"


def page(client, user, name, key, **query):
    client.force_login(user)
    return client.get(reverse(f"meetings:{name}", args=[key]), query)


def said(world, **changed):
    """What the booking form sends for a joint interview at ten."""
    return {
        "what": f"duty:{world.joint.pk}",
        "with_other_party": "on",
        "day": "30.09.2026",
        "starts": "10.00",
        "minutes": "45",
        "form": "in_person",
        "room": world.room.pk,
        "worker": world.caseworker.pk,
    } | changed


def send(client, user, name, key, data):
    client.force_login(user)
    return client.post(reverse(f"meetings:{name}", args=[key]), data)


def text(response):
    return response.content.decode()


def test_a_caseworker_books_and_lands_on_the_interview(client, world):
    response = send(client, world.caseworker, "book", world.course.case_number, said(world))

    meeting = Meeting.objects.get()
    assert response.status_code == 302
    assert response["Location"] == f"/samtaler/{meeting.pk}/"
    assert (meeting.starts_at, meeting.duty, meeting.room) == (TEN, world.joint, world.room)
    assert meeting.with_other_party


def flat(response):
    """The page with its white space drawn together."""
    return " ".join(text(response).split())


def test_the_tick_for_short_notice_is_hidden_until_the_day_asks_for_it(client, world):
    """A script shows it with the day that is typed; without one, the page that refuses does."""
    hidden, seen = 'data-short-until="2026-09-23" hidden >', 'data-short-until="2026-09-23" >'
    book = ("book", world.course.case_number)
    assert hidden in flat(page(client, world.caseworker, *book, duty=world.joint.pk))

    today = said(world, day="21.09.2026", starts="15.00", place="Hall")
    shown = flat(send(client, world.caseworker, *book, today))
    assert seen in shown
    assert 'value="Hall"' in shown
    assert not Meeting.objects.exists()

    meeting = world.booked_joint()
    assert hidden in flat(page(client, world.caseworker, "move", meeting.pk))
    near = {"dag": "2026-09-22", "kl": "10.00"}
    assert seen in flat(page(client, world.caseworker, "move", meeting.pk, **near))


def test_the_booking_page_offers_the_duty_it_came_from_and_a_fitting_day(client, world):
    response = page(client, world.caseworker, "book", world.course.case_number, duty=world.joint.pk)

    form = response.context["form"]
    assert form["what"].value() == f"duty:{world.joint.pk}"
    assert 'value="28.09.2026"' in text(response)
    assert form["worker"].value() == world.caseworker.pk
    assert list(form.fields["room"].queryset) == [world.room]
    assert list(form.fields["worker"].queryset) == [world.caseworker]


def test_the_first_press_books_the_first_free_time_and_also_of_a_late_duty(client, world):
    for duty, said in ((world.joint, ""), (world.job, "has passed. Choose the first")):
        if said:
            past = date(2026, 9, 17)
            changed = {"due_on": past, "latest_on": past, "responsible": "jobcentre"}
            type(duty).objects.filter(pk=duty.pk).update(**changed)
        user, case = world.caseworker, world.course.case_number
        opened = page(client, user, "book", case, duty=duty.pk)
        form = opened.context["form"]
        assert said in text(opened)
        as_shown = {one.name: one.value() for one in form if one.value() is not None}
        moment = as_shown | {
            "day": f"{form['day'].value()}",
            "starts": f"{form['starts'].value():%H.%M}",
        }
        done = send(client, user, "book", case, moment)
        assert done.status_code == 302, text(done)
        assert Meeting.objects.get(duty=duty).room == world.room


def test_after_a_no_show_the_course_page_offers_a_new_time_as_the_list_does(client, world):
    world.booked_joint(NOW - timedelta(days=1), duty=world.joint)
    Meeting.objects.update(state="no_show")
    client.force_login(world.caseworker)
    row = text(client.get(world.course.get_absolute_url())).partition(f'id="duty-{world.joint.pk}"')
    assert "New time" in row[2].partition("</tr>")[0]
    assert "Did not come 20" in row[2].partition("</tr>")[0]


def test_each_side_is_offered_its_own_interviews(client, world):
    offered = {}
    for user in (world.caseworker, world.consultant):
        form = page(client, user, "book", world.course.case_number).context["form"]
        groups = dict(form.fields["what"].choices)
        offered[user] = [[key for key, _name in group] for group in groups.values()]

    assert offered[world.caseworker] == [
        [f"duty:{world.joint.pk}"],
        ["kind:job", "kind:joint", "kind:recruitment"],
    ]
    assert offered[world.consultant] == [
        [f"duty:{world.job.pk}"],
        ["kind:cv", "kind:job", "kind:availability", "kind:sickness"],
    ]


@pytest.mark.parametrize(
    ("written", "clock"), [("2026-09-30", "10:00"), ("30-09-2026", "1000"), ("30/9/2026", "10.00")]
)
def test_dates_and_times_are_read_as_people_write_them(client, world, written, clock):
    send(
        client,
        world.caseworker,
        "book",
        world.course.case_number,
        said(world, day=written, starts=clock),
    )

    assert Meeting.objects.get().starts_at == TEN


def test_a_caution_is_shown_first_and_booked_when_it_is_sent_again(client, world):
    late = said(world, day="06.10.2026")
    first = send(client, world.caseworker, "book", world.course.case_number, late)

    assert first.status_code == 200
    assert "after the deadline" in text(first)
    assert not Meeting.objects.exists()
    seen = first.context["form"]["seen"].value()
    assert f'name="seen" value="{seen}"' in text(first)
    again = send(client, world.caseworker, "book", world.course.case_number, late | {"seen": seen})
    assert again.status_code == 302
    assert Meeting.objects.get().held_on.day == 6


def test_a_caution_that_was_not_on_the_page_is_shown_before_it_is_booked(client, world):
    late = said(world, day="06.10.2026", starts="19.00", seen="after_due")

    response = send(client, world.caseworker, "book", world.course.case_number, late)

    assert "outside 7–18" in text(response)
    assert not Meeting.objects.exists()


def test_a_taken_time_is_said_in_the_form_and_nothing_written_is_lost(client, world):
    world.booked_joint()

    response = send(
        client, world.caseworker, "book", world.course.case_number, said(world, place="Door 4")
    )

    assert response.status_code == 200
    assert "The citizen has another interview from 10:00 to 10:45" in text(response)
    assert 'value="Door 4"' in text(response)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"day": "31.02.2026"}, "Write the date as day, month and year"),
        ({"starts": "ten"}, "Write the time as hours and minutes"),
        ({"day": "2026-03-29", "starts": "2.30"}, "couldn’t be interpreted"),
        ({"what": "duty:0"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_read_is_said_at_the_field(client, world, changed, words):
    response = send(
        client, world.caseworker, "book", world.course.case_number, said(world, **changed)
    )

    assert response.status_code == 200
    assert words in text(response)


def test_a_duty_that_is_booked_leads_to_its_interview(client, world):
    meeting = world.booked_joint(duty=world.joint)

    response = page(client, world.caseworker, "book", world.course.case_number, duty=world.joint.pk)

    assert response["Location"] == f"/samtaler/{meeting.pk}/"


@pytest.mark.parametrize("duty", ["0", "x", "999999999"])
def test_a_duty_that_is_not_there_is_no_error(client, world, duty):
    response = page(client, world.caseworker, "book", world.course.case_number, duty=duty)

    assert response.status_code == 200


PAGES = ["detail", "move", "reply", "cancel", "outcome", "retract", "contact", "notify"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    "who", ["another a-kasse", "another jobcentre", "planner", "admin", "nobody"]
)
def test_a_stranger_finds_no_interview(client, world, name, who):
    stranger = {
        "another a-kasse": lambda: new_world().consultant,
        "another jobcentre": lambda: new_world().caseworker,
        "planner": lambda: UserFactory(role=Role.BOOKING_COORDINATOR, organisation=world.jobcentre),
        "admin": lambda: UserFactory(role=Role.SYSTEM_ADMINISTRATOR),
        "nobody": UserFactory,
    }[who]()
    meeting = world.booked_joint()

    assert page(client, stranger, name, meeting.pk).status_code == 404
    assert not Look.objects.exists()


def test_a_stranger_finds_no_course_to_book_for_and_no_notification(client, world):
    sent = NotificationFactory(meeting=world.booked_joint(state="no_show"))
    stranger = new_world().consultant

    assert page(client, stranger, "book", world.course.case_number).status_code == 404
    assert page(client, stranger, "answer", sent.pk).status_code == 404
    assert page(client, stranger, "withdraw", sent.pk).status_code == 404


def test_nobody_comes_in_without_signing_in(client, world):
    meeting = world.booked_joint()

    assert client.get(f"/samtaler/{meeting.pk}/").status_code == 302
    assert client.get("/samtaler/").status_code == 302


@pytest.mark.parametrize(
    ("name", "caseworker", "consultant"),
    [
        ("detail", 200, 200),
        ("move", 200, 404),
        ("cancel", 200, 404),
        ("outcome", 200, 404),
        ("contact", 200, 404),
        ("retract", 200, 404),
        ("reply", 404, 200),
        ("notify", 404, 404),
    ],
)
def test_each_side_has_its_own_pages_of_a_booked_joint_interview(
    client, world, name, caseworker, consultant
):
    meeting = world.booked_joint()

    assert page(client, world.caseworker, name, meeting.pk).status_code == caseworker
    assert page(client, world.consultant, name, meeting.pk).status_code == consultant


def test_a_logged_reason_opens_an_interview_to_be_read_only(client, world):
    admin = UserFactory(role=Role.SYSTEM_ADMINISTRATOR)
    AccessGrantFactory(user=admin, course=world.course, until=NOW + timedelta(hours=1))
    meeting = world.booked_joint()

    response = page(client, admin, "detail", meeting.pk)

    assert response.status_code == 200
    assert response.context["page"].buttons == []
    assert page(client, admin, "book", world.course.case_number).status_code == 404


def test_every_look_at_an_interview_is_logged(client, world):
    meeting = world.booked_joint()

    page(client, world.caseworker, "detail", meeting.pk)
    page(client, world.consultant, "reply", meeting.pk)

    looks = list(Look.objects.order_by("pk").values_list("by", "kind", "case_pk"))
    assert looks == [
        (world.caseworker.pk, Look.Kind.COURSE, world.course.pk),
        (world.consultant.pk, Look.Kind.COURSE, world.course.pk),
    ]


def test_an_a_kasse_that_lost_the_member_reads_up_to_the_last_day_and_acts_on_nothing(client, db):
    world = new_world(ended_on=NOW.date())
    columns = {"course": world.course, "held_by": "a_kasse"}
    before = MeetingFactory(**columns, starts_at=NOW - timedelta(days=3))
    after = MeetingFactory(**columns, starts_at=NOW + timedelta(hours=3))

    assert page(client, world.consultant, "detail", before.pk).status_code == 200
    assert page(client, world.consultant, "detail", after.pk).status_code == 404
    assert page(client, world.consultant, "outcome", before.pk).status_code == 404


def test_moving_from_the_page(client, world):
    meeting = world.booked_joint()

    response = page(client, world.caseworker, "move", meeting.pk)
    assert 'value="30.09.2026"' in text(response)
    moved = send(
        client, world.caseworker, "move", meeting.pk, said(world, day="01.10.2026", starts="9.15")
    )

    assert moved.status_code == 302
    assert Meeting.objects.get().starts_at == TEN + timedelta(days=1, minutes=-45)


def test_the_a_kasse_replies_from_the_page(client, world):
    meeting = world.booked_joint()

    no_reason = send(client, world.consultant, "reply", meeting.pk, {"comes": "no"})
    assert "Write why you do not come" in text(no_reason)
    send(
        client,
        world.consultant,
        "reply",
        meeting.pk,
        {"comes": "yes", "worker": world.consultant.pk},
    )

    assert meeting.participants.get(role="a_kasse").worker == world.consultant


HELD = {
    "outcome": "held",
    "jobcentre": "came",
    "a_kasse": "came",
    "registered_type": "17",
    "agreed": "Search more widely.",
    "lawful_absence": "none",
}


@pytest.fixture
def later():
    """Two hours after the interview began."""
    with time_machine.travel(AFTER, tick=False):
        yield


@pytest.mark.usefixtures("later")
def test_the_outcome_is_recorded_from_the_page(client, world):
    meeting = world.booked_joint()

    response = send(client, world.caseworker, "outcome", meeting.pk, HELD)

    assert response.status_code == 302
    assert Meeting.objects.get().state == Meeting.State.HELD
    assert HeldMeeting.objects.get().other_party_came is True


@pytest.mark.usefixtures("later")
def test_type_7_for_a_joint_interview_is_warned_of_first(client, world):
    meeting = world.booked_joint()

    response = send(
        client, world.caseworker, "outcome", meeting.pk, HELD | {"registered_type": "7"}
    )

    assert "whether or not the a-kasse came" in text(response)
    assert not HeldMeeting.objects.exists()


@pytest.mark.usefixtures("later")
def test_a_no_show_is_recorded_from_the_page(client, world):
    meeting = world.booked_joint()
    missed = HELD | {
        "outcome": "no_show",
        "contact_attempts": "Called 10.15.",
        "contact_day": "30.09.2026",
        "contact_time": "11.30",
        "explanation": "Overslept.",
    }

    send(client, world.caseworker, "outcome", meeting.pk, missed)

    no_show = NoShow.objects.get()
    assert no_show.contact_again_at == TEN + timedelta(minutes=90)
    assert (no_show.lawful_absence, no_show.explanation) == ("none", "Overslept.")


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"contact_day": "30.09.2026"}, "Write the time as well"),
        ({"contact_time": "11.30"}, "Write the date as well"),
        ({"contact_day": "29.09.2026", "contact_time": "9.00"}, "lies before the interview"),
        ({"outcome": ""}, "This field is required"),
    ],
)
def test_an_outcome_that_does_not_fit_is_said_in_the_form(client, world, changed, words):
    meeting = world.booked_joint()

    response = send(
        client, world.caseworker, "outcome", meeting.pk, HELD | {"outcome": "no_show"} | changed
    )

    assert response.status_code == 200
    assert words in text(response)
    assert not NoShow.objects.exists()


def test_cancelling_from_the_page(client, world):
    meeting = world.booked_joint()

    send(
        client,
        world.caseworker,
        "cancel",
        meeting.pk,
        {"cancelled_by": "citizen", "reason": "Reported sick"},
    )

    meeting.refresh_from_db()
    assert (meeting.state, meeting.cancel_reason) == (Meeting.State.CANCELLED, "Reported sick")


@pytest.mark.usefixtures("later")
def test_a_notification_goes_from_page_to_page_until_it_is_answered(client, world):
    meeting = world.booked_joint()
    missed = Missed(NoShow.Lawful.NONE, "Called 10.15.")
    miss(meeting, missed, by=world.caseworker, at=AFTER)

    before = page(client, world.caseworker, "notify", meeting.pk)
    assert "Called 10.15." in text(before)
    assert "not recorded here" in text(before)
    send(client, world.caseworker, "notify", meeting.pk, {"delivery": "not_recorded"})
    sent = Notification.objects.get()
    assert "Answer" in [b.label for b in first_sent(client, world.consultant, meeting).buttons]
    send(client, world.consultant, "answer", sent.pk, {"code": "R7", "answer": "Contact."})
    send(client, world.caseworker, "withdraw", sent.pk, {"reason": "A mistake."})

    sent.refresh_from_db()
    assert (sent.answer_code, sent.withdrawn_reason) == ("R7", "A mistake.")
    shown = text(page(client, world.consultant, "detail", meeting.pk))
    assert "R7" in shown
    assert "A mistake." in shown


def first_sent(client, user, meeting):
    return page(client, user, "detail", meeting.pk).context["page"].sent[0]


@pytest.mark.usefixtures("later")
def test_contact_and_taking_back_from_the_page(client, world):
    meeting = world.booked_joint()
    miss(meeting, Missed(NoShow.Lawful.NONE), by=world.caseworker, at=AFTER)

    contact = {"contact_day": "30.09.2026", "contact_time": "11.00", "explanation": "Overslept."}
    send(client, world.caseworker, "contact", meeting.pk, contact)
    assert NoShow.objects.get().explanation == "Overslept."
    send(client, world.caseworker, "retract", meeting.pk, {"reason": "Came late."})

    assert Meeting.objects.get().state == Meeting.State.BOOKED


def test_the_list_holds_what_its_filter_says(client, world):
    coming = world.booked_joint()
    missing = world.booked_joint(NOW - timedelta(days=3))
    settled = world.booked_joint(NOW - timedelta(days=4), state="held")
    waiting = world.booked_joint(NOW - timedelta(days=5), state="no_show")
    NotificationFactory(meeting=waiting, sent_at=NOW)
    MeetingFactory(course=CourseFactory())
    client.force_login(world.caseworker)

    found = {
        key: [row.url for row in client.get("/samtaler/", {"vis": key}).context["rows"]]
        for key in ("kommende", "mangler", "underrettet", "afsluttet", "nonsense")
    }

    assert found == {
        "kommende": [coming.get_absolute_url()],
        "mangler": [missing.get_absolute_url()],
        "underrettet": [waiting.get_absolute_url()],
        "afsluttet": [settled.get_absolute_url(), waiting.get_absolute_url()],
        "nonsense": [coming.get_absolute_url()],
    }
    tabs = client.get("/samtaler/").context["tabs"]
    assert {tab.key: tab.count for tab in tabs} == {
        "kommende": 1,
        "mangler": 1,
        "underrettet": 1,
        "afsluttet": 2,
    }


def test_only_mine_are_those_i_hold_or_am_sent_to(client, world):
    mine = world.booked_joint()
    MeetingFactory(course=world.course, starts_at=TEN + timedelta(days=1))
    client.force_login(world.caseworker)

    rows = client.get("/samtaler/", {"mine": "ja"}).context["rows"]

    assert [row.url for row in rows] == [mine.get_absolute_url()]


def test_the_list_is_logged_with_the_courses_it_showed(client, world):
    world.booked_joint()
    client.force_login(world.caseworker)

    client.get("/samtaler/")

    assert Look.objects.get().details == {"courses": [world.course.pk]}


def test_the_list_is_empty_for_those_who_read_no_citizens(client, world):
    world.booked_joint()
    for role in (Role.BOOKING_COORDINATOR, Role.STEERING_GROUP, Role.FINANCE):
        client.force_login(UserFactory(role=role, organisation=world.jobcentre))

        assert client.get("/samtaler/").context["rows"] == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_few_queries_however_long(
    client, world, count, django_assert_max_num_queries
):
    for n in range(count):
        course = CourseFactory(
            municipality=world.course.municipality, jobcentre_from=world.course.jobcentre_from
        )
        MeetingFactory(course=course, starts_at=TEN + timedelta(days=n))
    client.force_login(world.caseworker)
    client.get("/samtaler/")

    with django_assert_max_num_queries(12):
        client.get("/samtaler/")


def test_an_interviews_page_stays_within_its_queries(client, world, django_assert_max_num_queries):
    meeting = world.booked_joint(state="no_show")
    for n in range(3):
        NotificationFactory(meeting=meeting, withdrawn_at=NOW if n else None)
    client.force_login(world.caseworker)
    client.get("/samtaler/")

    with django_assert_max_num_queries(12):
        client.get(f"/samtaler/{meeting.pk}/")


@pytest.mark.usefixtures("later")
def test_no_page_and_no_address_holds_a_cpr_number(client, world):
    meeting = world.booked_joint()
    miss(meeting, Missed(NoShow.Lawful.NONE), by=world.caseworker, at=AFTER)
    sent = NotificationFactory(meeting=meeting)
    keys = {"book": world.course.case_number, "answer": sent.pk, "withdraw": sent.pk}
    shown = 0
    for user in (world.caseworker, world.consultant):
        for name in [*PAGES, *keys]:
            response = page(client, user, name, keys.get(name, meeting.pk))
            shown += response.status_code == 200
            found = CPR.findall(
                re.sub(r"csrfmiddlewaretoken[^>]*|X-CSRFToken[^>]*", "", text(response))
            )
            assert found == [], (name, found)

    assert shown >= 10
    assert world.course.citizen.masked_cpr in text(
        page(client, world.caseworker, "detail", meeting.pk)
    )


def test_the_day_in_the_list_is_the_day_in_denmark(client, world):
    world.booked_joint()
    client.force_login(world.caseworker)

    [row] = client.get("/samtaler/").context["rows"]

    assert (row.day, row.times) == ("Wed 30 Sep", "10:00–10:45")
    assert DAY.isoformat() == "2026-09-30"


def test_what_the_law_says_of_the_participation_is_already_ticked(client, world):
    for duty, expected in ((world.joint, True), (None, False)):
        key = duty.pk if duty else ""
        if duty is None:
            world.joint.delete()
        form = page(client, world.caseworker, "book", world.course.case_number, duty=key).context[
            "form"
        ]

        assert bool(form["with_other_party"].value()) is expected
