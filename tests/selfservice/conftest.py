"""A joint interview booked in a published time, and a citizen who has the link to it."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from meetings import citizen_links
from meetings.models import CitizenLink, Meeting
from selfservice.models import Statement
from slots.models import Slot
from tests.meetings.conftest import NOW, TEN
from tests.slots.conftest import Place, new_place


@pytest.fixture(autouse=True)
def _now():
    """It is 9 o'clock on Monday 21 September 2026, and time stands still."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def _in_english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture(autouse=True)
def _unhurried():
    """No request of another test counts against the limit."""
    cache.clear()


@dataclass
class Linked:
    """An interview, its link, a browser that knows nothing else, and a later free time."""

    place: Place
    meeting: Meeting
    later: Slot

    @property
    def world(self):
        return self.place.world

    @property
    def by(self):
        return self.place.caseworker

    @property
    def link(self) -> CitizenLink:
        return CitizenLink.objects.get(meeting=self.meeting, revoked_at=None)

    @property
    def token(self) -> str:
        return citizen_links.token_of(CitizenLink.objects.filter(meeting=self.meeting).last())

    def url(self, page: str = "page") -> str:
        return reverse(f"selfservice:{page}", args=[self.token])

    def get(self, page: str = "page", **said):
        return Client().get(self.url(page), said, headers={"accept-language": "en"})

    def post(self, page: str, **said):
        return Client().post(self.url(page), said, headers={"accept-language": "en"})

    def stated(self, page: str = "sick", **said) -> Statement:
        """What is kept once the citizen has sent it."""
        assert self.post(page, **said).status_code == 302
        return Statement.objects.filter(meeting=self.meeting).latest("pk")

    def chosen(self) -> dict[str, str]:
        """How the form names the later time."""
        return {"tid": f"{self.later.pk}-{int(self.later.starts_at.timestamp())}", "choose": "1"}

    def again(self) -> Meeting:
        return Meeting.objects.get(pk=self.meeting.pk)


def new_linked() -> Linked:
    """An interview in a published time, with its summons."""
    place = new_place()
    meeting = place.book(place.slot())
    return Linked(place, meeting, place.slot(TEN + timedelta(days=1)))


@pytest.fixture
def linked(db) -> Linked:
    return new_linked()
