"""The a-kasse reads of its member, the jobcentre of the citizen: the same sentences for both."""

import re

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from courses.models import Party
from courses.party_words import party_choices, said_to
from tests.courses.course_world import NOW, TODAY, make_world
from tests.factories import DutyFactory, FlagFactory, MeetingFactory, moment

pytestmark = pytest.mark.django_db
BOOKED = moment(TODAY.replace(day=30), 10)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def world():
    return make_world()


def addresses(world, party):
    """The forms of a side: of an interview of its own, of a choice, of a late interview."""
    meeting = MeetingFactory(course=world.course, held_by=party, starts_at=BOOKED)
    missed = MeetingFactory(
        course=world.course, held_by=party, state="no_show", starts_at=moment(TODAY, 8)
    )
    flag = FlagFactory(duty=DutyFactory(course=world.course, ordinal=7))
    case = world.course.pk
    return [
        reverse("meetings:book", args=[case]),
        reverse("meetings:move", args=[meeting.pk]),
        reverse("meetings:cancel", args=[meeting.pk]),
        reverse("meetings:outcome", args=[meeting.pk]),
        reverse("meetings:contact", args=[missed.pk]),
        reverse("courses:record_choice", args=[case]),
        reverse("courses:record_absence", args=[case]),
        reverse("courses:acknowledge", args=[case, flag.pk]),
    ]


def words_of(client, user, address, language):
    client.force_login(user)
    client.cookies["django_language"] = language
    page = client.get(address)
    assert page.status_code == 200, address
    main = page.text.partition("<main")[2].partition("</main>")[0]
    return set(re.findall(r"\w+", re.sub(r"<[^>]*>", " ", main).lower()))


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_forms_of_the_a_kasse_speak_of_its_member(client, world, language):
    words = {"da": {"borger", "borgeren", "borgerens"}, "en": {"citizen", "citizens"}}[language]
    for address in addresses(world, Party.A_KASSE):
        said = words_of(client, world.consultant, address, language)
        assert said.isdisjoint(words), address


def test_the_forms_of_the_jobcentre_speak_of_the_citizen(client, world):
    said = [words_of(client, world.caseworker, one, "da") for one in addresses(world, "jobcentre")]
    assert all("medlemmet" not in words for words in said)
    assert sum("borgeren" in words for words in said) >= 3


def test_only_whole_words_are_exchanged_and_keep_their_capital():
    with translation.override("da"):
        text = "Borgeren hedder Borgersen; borgerens sag"
        assert said_to(Party.A_KASSE, text) == ("Medlemmet hedder Borgersen; medlemmets sag")
        assert said_to(Party.JOBCENTRE, text) == text


def test_the_parties_have_the_names_of_the_day():
    with translation.override("en"):
        now = dict(party_choices(Party.A_KASSE, on=TODAY))
        before = dict(party_choices(Party.JOBCENTRE, on=TODAY.replace(year=2025)))
    assert (now["jobcentre"], now["citizen"]) == ("municipality", "member")
    assert (before["jobcentre"], before["citizen"]) == ("jobcentre", "citizen")
