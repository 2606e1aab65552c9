"""What a citizen can say by link: it waits, it is kept once, and it changes nothing by itself."""

from datetime import date, timedelta

import pytest
import time_machine

from courses.models import MeetingKind, Party
from law.self_booking import may_self_book, self_booking
from meetings import citizen_links
from meetings.models import Meeting
from notices.models import Notice
from selfservice.models import Statement
from slots.models import SlotBooking
from tests.factories import DutyFactory, MeetingFactory, moment
from tests.meetings.conftest import DUE, NOW, TEN

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", ["sick", "participation"])
def test_what_is_stated_waits_and_tells_who_holds_the_interview(linked, page):
    statement = linked.stated(page)

    meeting = linked.again()
    assert (meeting.state, meeting.starts_at, meeting.with_other_party) == ("booked", TEN, True)
    assert (statement.answer, statement.stated_at) == ("", NOW)
    assert not linked.world.course.choices.exists()
    [notice] = Notice.objects.filter(kind="stated-by-link")
    assert notice.user == linked.by
    assert "We have not confirmed it yet." in linked.get().content.decode()


def test_sent_twice_it_is_stated_once(linked):
    first = linked.stated("sick")

    assert linked.stated("sick") == first
    assert Statement.objects.count() == 1


def test_a_time_is_chosen_among_the_free_ones_and_is_nobodys_yet(linked):
    body = linked.get("other_time").content.decode()
    assert linked.chosen()["tid"] in body
    assert "you have asked for this time" not in body

    statement = linked.stated("other_time", **linked.chosen())

    assert (statement.slot, statement.wanted_at) == (linked.later, linked.later.starts_at)
    assert not SlotBooking.objects.filter(slot=linked.later).exists()
    assert "you have asked for this time" in linked.get("other_time").content.decode()


def test_a_time_that_has_gone_meanwhile_is_said_to_be_gone(linked):
    chosen = linked.chosen()
    linked.place.book(linked.later, linked.place.course())

    answer = linked.post("other_time", **chosen)

    assert answer.status_code == 200
    assert "has just been taken" in answer.content.decode()
    assert not Statement.objects.exists()


def test_a_time_that_was_moved_meanwhile_is_not_taken_for_the_one_on_the_page(linked):
    chosen = linked.chosen()
    linked.later.starts_at += timedelta(hours=1)
    linked.later.ends_at += timedelta(hours=1)
    linked.later.save()

    assert "has just been taken" in linked.post("other_time", **chosen).content.decode()


@pytest.mark.parametrize("tid", ["", "1", "999999-1", "x-y", "1-1-1", "²-1"])
def test_a_time_that_nobody_offered_is_not_kept(linked, tid):
    assert linked.post("other_time", tid=tid).status_code == 200
    assert not Statement.objects.exists()


def test_no_choice_is_asked_for_again(linked):
    assert "Choose a time first." in linked.post("other_time", choose="1").content.decode()


def test_a_second_wish_takes_the_place_of_the_first(linked):
    linked.stated("other_time", **linked.chosen())

    linked.stated("other_time", wish="1", day="2026-10-01", starts="13:30")

    assert list(Statement.objects.order_by("pk").values_list("answer", "wanted_at")) == [
        ("overtaken", linked.later.starts_at),
        ("", moment(date(2026, 10, 1), 13, 30)),
    ]


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"day": "2026-10-01"}, "Write both the day and the time"),
        ({"starts": "13:30"}, "Write both the day and the time"),
        ({"day": "2026-09-20", "starts": "13:30"}, "The time has passed"),
        ({"day": "nonsense", "starts": "13:30"}, "Write the date"),
    ],
)
def test_a_wish_that_cannot_be_is_said_so(linked, said, error):
    assert error in linked.post("other_time", wish="1", **said).content.decode()
    assert not Statement.objects.exists()


def test_a_wish_without_a_time_is_a_wish(linked):
    assert linked.stated("other_time", wish="1", day="", starts="").wanted_at is None


def test_the_other_choice_takes_the_place_of_the_first(linked):
    linked.stated("participation")
    Meeting.objects.filter(pk=linked.meeting.pk).update(with_other_party=False)

    linked.stated("participation")

    assert list(Statement.objects.order_by("pk").values_list("kind", "answer")) == [
        ("without", "overtaken"),
        ("together", ""),
    ]


def test_there_is_nothing_to_choose_where_the_rules_give_no_choice(linked):
    duty = DutyFactory(
        course=linked.world.course, rule="R24-03", ordinal=2, responsible=Party.JOBCENTRE
    )
    plain = MeetingFactory(
        course=linked.world.course, held_by=Party.JOBCENTRE, duty=duty, starts_at=TEN
        + timedelta(days=2),
    )  # fmt: skip
    citizen_links.address_of(plain, at=NOW)
    linked.meeting = plain

    assert "There is nothing to choose" in linked.get("participation").content.decode()
    assert linked.post("participation").status_code == 409
    assert not Statement.objects.exists()


@pytest.mark.parametrize("page", ["sick", "participation"])
def test_once_the_interview_has_begun_nothing_is_stated(linked, page):
    with time_machine.travel(TEN, tick=False):
        assert linked.post(page).status_code == 409
        assert "<form" not in linked.get(page).content.decode()
    assert not Statement.objects.exists()


def test_what_the_a_kasse_holds_can_only_be_wished_for(linked):
    talk = MeetingFactory(course=linked.world.course, starts_at=TEN + timedelta(days=2))
    citizen_links.address_of(talk, at=NOW)
    linked.meeting = talk

    body = linked.get("other_time").content.decode()

    assert "You cannot choose the time of this interview yourself" in body
    assert 'name="tid"' not in body
    assert linked.stated("other_time", wish="1").kind == "other_time"


@pytest.mark.parametrize(
    ("kind", "held_by", "on", "rule", "allowed"),
    [
        (MeetingKind.JOINT, Party.JOBCENTRE, date(2018, 4, 10), "R15-12", False),
        (MeetingKind.JOINT, Party.JOBCENTRE, date(2023, 12, 31), "R15-12", False),
        (MeetingKind.JOINT, Party.JOBCENTRE, date(2024, 1, 1), "R24-11", True),
        (MeetingKind.JOB, Party.JOBCENTRE, date(2017, 11, 10), "R15-13", True),
        (MeetingKind.JOB, Party.JOBCENTRE, DUE, "R24-11", True),
        (MeetingKind.JOB, Party.JOBCENTRE, date(2010, 1, 4), None, False),
        (MeetingKind.AVAILABILITY, Party.A_KASSE, date(2017, 11, 10), "R15-13", True),
        (MeetingKind.AVAILABILITY, Party.A_KASSE, DUE, None, False),
        (MeetingKind.CV, Party.A_KASSE, date(2017, 11, 10), None, False),
        (MeetingKind.SICKNESS, Party.A_KASSE, DUE, None, False),
    ],
)
def test_the_rules_say_whose_time_a_citizen_may_choose(kind, held_by, on, rule, allowed):
    row = self_booking(kind, held_by, on=on)

    assert (row.rule if row else None) == rule
    assert may_self_book(kind, held_by, on=on) is allowed
