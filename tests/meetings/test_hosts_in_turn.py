"""Who hosts a joint interview, as the parties agreed on it."""

import pytest

from meetings.agreed_manners import place_agreed
from partnerships.models import AgreementTerms
from tests.factories import MeetingFactory, RoomFactory, moment
from tests.meetings.conftest import DAY

pytestmark = pytest.mark.django_db
EARLIER = moment(DAY, 10)


def proposed(world, host: str) -> str:
    return place_agreed(world.course, world.joint, AgreementTerms(host=host))


def joint(world, **columns):
    said = {"course": world.course, "kind": "joint", "starts_at": EARLIER, **columns}
    return MeetingFactory(**said)


def test_the_a_kasse_hosts_where_it_is_the_host_and_never_where_the_jobcentre_is(world) -> None:
    assert proposed(world, "a_kasse") == world.course.a_kasse.name
    assert not proposed(world, "jobcentre")


def test_in_turn_begins_in_the_jobcentre_and_goes_back_and_forth(world) -> None:
    first = proposed(world, "in_turn")
    joint(world, room=world.room)
    second = proposed(world, "in_turn")
    joint(world, room=None, place=world.course.a_kasse.name, starts_at=moment(DAY, 14))
    third = proposed(world, "in_turn")

    assert (first, second, third) == ("", world.course.a_kasse.name, "")


def test_a_room_of_the_a_kasse_counts_as_its_turn(world) -> None:
    joint(world, room=RoomFactory(organisation=world.course.a_kasse))

    assert not proposed(world, "in_turn")


def test_an_interview_that_was_not_held_leaves_the_turn_where_it_was(world) -> None:
    joint(world, room=world.room, state="cancelled", cancelled_by="jobcentre")
    joint(world, room=world.room, state="no_show", starts_at=moment(DAY, 14))

    assert not proposed(world, "in_turn")


def test_an_interview_of_one_party_is_nobodys_turn(world) -> None:
    joint(world, room=world.room, kind="job")

    assert not proposed(world, "in_turn")
    assert not place_agreed(world.course, world.job, AgreementTerms(host="a_kasse"))
