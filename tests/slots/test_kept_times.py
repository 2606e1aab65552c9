"""What joint interviews lack is counted anew by the acts that bear on it, and by no others."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from courses import kept_counts
from courses.actions.assignment import assign
from courses.actions.facts import record_absence
from courses.models import AbsenceKind, MeetingKind, Party
from courses.worklist import Side
from courses.worklist_filter import WorklistFilter
from meetings.actions.booking import book
from meetings.actions.outcome import cancel
from meetings.actions.questions import ask
from meetings.front_numbers import Asked, numbers_of
from meetings.plans import Purpose
from partnerships.models import Role
from slots.actions.pools import unpublish
from slots.capacity_without import joint_of
from tests.factories import UserFactory
from tests.meetings.conftest import NOW, TODAY

pytestmark = pytest.mark.django_db
FIRST = TODAY + timedelta(3)


@pytest.fixture(autouse=True)
def _kept(settings):
    settings.COUNTS_KEPT_SECONDS = 60
    cache.clear()


@pytest.fixture
def leader(place):
    return UserFactory(role=Role.BOOKING_COORDINATOR, organisation=place.world.jobcentre)


@pytest.fixture
def mark(place):
    """The mark under which the jobcentre keeps what its joint interviews lack."""

    def read() -> dict[str, str]:
        kept = kept_counts.kept(["n"], by=[place.world.jobcentre.pk], of_times=["n"])
        return kept.under("n")

    return read


@pytest.fixture
def acts(place, leader):
    """What colleagues do in a day, by name."""
    world, own = place.world, place.caseworker
    slot, owed = place.slot(), place.course()
    place.joint(owed)
    talk = Purpose(MeetingKind.JOB, Party.A_KASSE, world.job)
    hour = world.sitting(room=None, worker=world.consultant, form="phone")
    done = {}

    def booked_job():
        done["job"] = book(world.course, talk, hour, by=world.consultant, at=NOW)

    def booked_joint():
        done["joint"] = place.book(slot, owed)

    return {
        "assigned": lambda: assign(world.course, caseworker=own, by=own, on=TODAY),
        "booked_job": booked_job,
        "asked": lambda: ask(done["job"], text="Which CV?", by=world.consultant, at=NOW),
        "cancelled_job": lambda: cancel(
            done["job"], cancelled_by=Party.A_KASSE, reason="Ill", by=world.consultant, at=NOW
        ),
        "booked_joint": booked_joint,
        "cancelled_joint": lambda: cancel(
            done["joint"], cancelled_by=Party.JOBCENTRE, reason="Ill", by=own, at=NOW
        ),
        "unpublished": lambda: unpublish(place.pool, by=leader, at=NOW),
        "absence": lambda: record_absence(
            course=owed, kind=AbsenceKind.SICK, starts_on=FIRST, by=own
        ),
    }


def numbers(place, user):
    side = Side(Party.JOBCENTRE, (place.world.jobcentre.pk,))
    found = numbers_of(Asked(user, side, WorklistFilter(), TODAY, joint_of), at=NOW)
    return found.tallies, found.beside


def test_after_every_act_what_is_kept_is_what_would_be_counted(
    place, acts, settings, django_capture_on_commit_callbacks
):
    seen = []
    for name, act in acts.items():
        numbers(place, place.caseworker)
        with django_capture_on_commit_callbacks(execute=True):
            act()
        kept = numbers(place, place.caseworker)
        settings.COUNTS_KEPT_SECONDS = 0
        assert kept == numbers(place, place.caseworker), name
        settings.COUNTS_KEPT_SECONDS = 60
        seen.append(sum(kept[1].joint.short.values()))

    assert len(set(seen)) > 1


def test_only_what_bears_on_published_times_has_joint_interviews_counted_anew(
    place, acts, mark, django_capture_on_commit_callbacks
):
    anew = []
    for name, act in acts.items():
        before = mark()
        with django_capture_on_commit_callbacks(execute=True):
            act()
        anew += [name] if mark() != before else []

    assert anew == ["booked_joint", "cancelled_joint", "unpublished", "absence"]
