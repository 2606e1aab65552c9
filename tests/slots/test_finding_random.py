"""The search over random calendars: what it proposes can be booked, what it leaves out cannot."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from django.db import transaction

from meetings.availability import Availability
from meetings.plans import Purpose
from shared.refusals import Refused
from slots.actions.booking import book_in_slot
from slots.finding import Reading, Wishes, asked_of, find, found_in
from slots.models import Hold, Slot, SlotBooking
from slots.wishes import Half
from tests.factories import (
    AbsenceFactory,
    AKasseFactory,
    CourseFactory,
    DutyFactory,
    MeetingFactory,
    UserFactory,
    moment,
)
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


DAY = timedelta(1)


class Several(World):
    """The same calendar, and several who ask for a time in it, each for other reasons."""

    def draw(self):
        super().draw()
        course, caseworker = self.world.course, self.world.caseworker
        self.a_kasser = [course.a_kasse, *{one.a_kasse for one in self.slots if one.a_kasse}]
        self.consultants = {
            one.pk: UserFactory(role="job_consultant", organisation=one) for one in self.a_kasser
        }
        for slot in self.slots:
            self.staff(slot)
        at = moment(self.first - 2 * DAY, 9)
        self.asked = [
            asked_of(
                duty.course, duty, user=self.chance.choice([caseworker, caseworker, None]),
                on=self.first - 2 * DAY, wishes=self.wishes(), at=at,
            )
            for duty in [self.duty() for _ in range(8)]
        ]  # fmt: skip
        return self

    def staff(self, slot):
        """A colleague of the a-kasse is put into some of its times."""
        guest = self.consultants.get(slot.a_kasse_id)
        span = {"starts_at__lt": slot.ends_at, "ends_at__gt": slot.starts_at}
        if guest and self.chance.random() < 0.4 and not guest.slots_as_guest.filter(**span):
            Slot.objects.filter(pk=slot.pk).update(guest=guest)

    def duty(self):
        """A citizen who is busy, away or has a time held, here and there; any window."""
        chance, a_kasse = self.chance, self.chance.choice(self.a_kasser)
        course = CourseFactory(
            **BEFORE, municipality=self.world.course.municipality, a_kasse=a_kasse,
            caseworker=chance.choice([None, *self.workers]),
            consultant=chance.choice([None, self.consultants[a_kasse.pk]]),
        )  # fmt: skip
        slot = chance.choice(self.slots)
        drawn = chance.choice(["", "", "busy", "away", "holds"])
        if drawn == "busy":
            MeetingFactory(course=course, starts_at=slot.starts_at, ends_at=slot.ends_at)
        elif drawn == "away":
            AbsenceFactory(citizen=course.citizen, kind="sick", starts_on=slot.day, ends_on=None)
        elif drawn == "holds" and not Hold.objects.filter(slot=slot).exists():
            Hold.objects.create(slot=slot, course=course, until=moment(self.first, 9))
        opens = chance.randint(-4, 4)
        return DutyFactory(
            course=course, rule="R24-07", kind="joint", responsible="jobcentre",
            with_party=chance.choice(["a_kasse", ""]), opens_on=self.first + opens * DAY,
            due_on=self.first + (opens + chance.randint(-2, 9)) * DAY,
        )  # fmt: skip

    def wishes(self):
        return self.chance.choice(
            [
                None, None, Wishes(half=Half.AFTERNOON), Wishes(interpreter=True),
                Wishes(not_before=self.first + 3 * DAY), Wishes(grant=True), Wishes(same_day=True),
            ]
        )  # fmt: skip


def told(found):
    """All that is told of an answer."""
    days = [(one.day, one.free, one.excluded, one.reasons, one.sentences) for one in found.days]
    return replace(found, days=[]), days


@pytest.mark.parametrize("first", STARTS, ids=str)
@pytest.mark.parametrize("seed", range(3))
def test_who_searches_with_others_is_told_the_same_as_alone(db, first, seed):
    made = Several(new_world(), first, first + timedelta(7), chance_of(seed)).draw()
    reading = Reading(made.asked)

    together = [told(found_in(reading, one, count=8)) for one in made.asked]

    alone = [
        told(
            find(
                one.course, one.duty, user=one.user, on=one.on, wishes=one.wishes, count=8,
                at=one.at,
            )
        )
        for one in made.asked
    ]  # fmt: skip
    assert together == alone
    assert any(found.proposals for found, _days in alone)
