"""The search over random calendars: what it proposes can be booked, what it leaves out cannot."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import transaction

from meetings.availability import Availability
from meetings.plans import Purpose
from shared.refusals import Refused
from slots.actions.booking import book_in_slot
from slots.finding import find
from slots.models import Hold, SlotBooking
from tests.factories import AKasseFactory, CourseFactory, DutyFactory, MeetingFactory, moment
from tests.meetings.conftest import BEFORE, new_world
from tests.meetings.random_calendars import Calendar, chance_of

STARTS = [date(2026, 10, 22), date(2027, 3, 25), date(2026, 12, 22)]


class World(Calendar):
    """A calendar whose slots are reserved, held and booked by others here and there."""

    def draw(self):
        super().draw()
        course = self.world.course
        course.caseworker, course.consultant = self.world.caseworker, self.world.consultant
        course.save()
        other = {"municipality": course.municipality, "a_kasse": course.a_kasse}
        self.gone, stranger = set(), AKasseFactory()
        for slot in self.slots:
            drawn = self.chance.choice(["", "", "", "ours", "theirs", "held", "booked"])
            if drawn in {"ours", "theirs"}:
                slot.a_kasse = course.a_kasse if drawn == "ours" else stranger
                slot.save()
            elif drawn == "held":
                until = moment(self.first, 9)
                Hold.objects.create(slot=slot, course=CourseFactory(**BEFORE | other), until=until)
            elif drawn == "booked":
                meeting = MeetingFactory(
                    course=CourseFactory(**BEFORE | other), kind="joint", held_by="jobcentre",
                    starts_at=slot.starts_at, ends_at=slot.ends_at,
                )  # fmt: skip
                SlotBooking.objects.create(slot=slot, meeting=meeting)
            if drawn in {"theirs", "held", "booked"}:
                self.gone.add(slot.pk)
        return self

    def is_free(self, slot):
        """Whether somebody could sit in a slot, found minute by minute."""
        workers = [slot.worker] if slot.worker else self.workers
        return slot.pk not in self.gone and any(
            not self.naive(
                slot.starts_at, slot.ends_at, worker=one.pk, room=slot.room_id, slot=slot.pk
            )
            for one in workers
        )


@pytest.fixture(autouse=True)
def _now():
    """Each calendar has a day of its own."""


@pytest.mark.parametrize("first", STARTS, ids=str)
@pytest.mark.parametrize("seed", range(4))
def test_what_is_found_can_be_booked_and_all_else_has_a_reason(db, first, seed):
    made = World(new_world(), first, first + timedelta(7), chance_of(seed)).draw()
    course, on = made.world.course, first - timedelta(2)
    duty = DutyFactory(
        course=course, rule="R24-07", kind="joint", responsible="jobcentre", with_party="a_kasse",
        due_on=made.last,
    )  # fmt: skip
    with time_machine.travel(moment(on, 9), tick=False):
        answer = find(course, duty, user=made.world.caseworker, on=on)
        assert set(answer.free) == {slot for slot in made.slots if made.is_free(slot)}
        excluded = [one for day in answer.days for one in day.excluded]
        assert all(one.obstacles for one in excluded)
        out = {one.slot.pk for one in excluded if one.slot}
        assert out == {slot.pk for slot in made.slots if slot not in answer.free}
        for proposal in find(course, duty, user=made.world.caseworker, on=on, count=8).proposals:
            check(made, duty, proposal)


def check(made, duty, proposal):
    """A proposal is free by the one answer, and the act books it."""
    slot, course = proposal.slot, made.world.course
    people = [one.pk for one in (proposal.worker, proposal.guest) if one]
    free = Availability.load(
        first=slot.day, last=slot.day, workers=people, rooms=[slot.room_id],
        citizens=[course.citizen_id], organisations=[course.jobcentre_id],
    )  # fmt: skip
    assert not free.obstacles(
        slot.starts_at, slot.ends_at, workers=people, room=slot.room_id,
        citizen=course.citizen_id, organisation=course.jobcentre_id, slot=slot.pk,
    )  # fmt: skip
    purpose = Purpose(duty.kind, "jobcentre", duty, with_other_party=True)
    now, by = moment(made.first - timedelta(2), 9), made.world.caseworker
    with transaction.atomic():
        said = {"worker": proposal.worker, "summon": False, "by": by, "at": now}
        try:
            meeting = book_in_slot(course, purpose, slot, **said)
        except Refused as refused:
            pytest.fail(str(refused))
        assert meeting.starts_at == slot.starts_at
        transaction.set_rollback(True)
