"""The worked examples 10, 18 and 21 of the domain, from booking to answer."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from courses import deadlines
from courses.actions.facts import record_absence, record_choice, report_hours
from courses.models import Duty, HeldMeeting, MeetingForm, MeetingKind, Party
from meetings.actions import (
    answer_notification,
    book,
    cancel,
    hold,
    miss,
    notify_a_kasse,
    record_contact_again,
    retract_outcome,
)
from meetings.cautions import holding_cautions
from meetings.evidence import Delivery, days_without_contact
from meetings.models import Meeting, NoShow, Notification
from meetings.plans import Held, Missed, Purpose, Sitting
from shared.refusals import Refused
from tests.factories import HeldMeetingFactory, moment
from tests.meetings.conftest import new_world


def joint_duties(world):
    rows = Duty.objects.filter(course=world.course, rule__in=["R15-05", "R15-06"])
    return {row.rule: (row.outcome, row.with_party) for row in rows}


@pytest.fixture
def ida(db):
    """Case 10: registered 5 March 2018, CV interview held, the a-kasse declined on 20 March."""
    with time_machine.travel(moment(date(2018, 3, 26), 9), tick=False):
        world = new_world(registered_on=date(2018, 3, 5), regime="2015")
        HeldMeetingFactory(citizen=world.course.citizen, kind="cv", held_on=date(2018, 3, 14))
        deadlines.refresh(world.course, cause="test", by=None)
        record_choice(
            course=world.course,
            kind="decline_other_party",
            chosen_on=date(2018, 3, 20),
            by_party=Party.CITIZEN,
            by=world.caseworker,
        )
        yield world


def ida_meets_the_jobcentre_alone(world, registered_type):
    duty = Duty.objects.get(course=world.course, rule="R15-05")
    purpose = Purpose(MeetingKind.JOINT, Party.JOBCENTRE, duty, bool(duty.with_party))
    starts_at = moment(date(2018, 4, 10), 10)
    now = moment(date(2018, 3, 26), 9)
    meeting = book(world.course, purpose, world.sitting(starts_at), by=world.caseworker, at=now)
    came = {"citizen": "came", "jobcentre": "came"}
    with time_machine.travel(starts_at + timedelta(hours=1), tick=False):
        held = Held(came, registered_type=registered_type)
        return hold(meeting, held, by=world.caseworker, at=starts_at + timedelta(hours=1))


def test_case_10_a_joint_interview_held_alone_counts_and_the_choice_is_spent(ida):
    assert joint_duties(ida) == {"R15-05": ("pending", ""), "R15-06": ("pending", "a_kasse")}

    meeting = ida_meets_the_jobcentre_alone(ida, 17)

    duty = Duty.objects.get(course=ida.course, rule="R15-05")
    assert (meeting.with_other_party, meeting.ordinal) == (False, 1)
    assert (duty.outcome, duty.met_on) == ("met", date(2018, 4, 10))
    second = Duty.objects.get(course=ida.course, rule="R15-06")
    assert (second.with_party, second.opens_on, second.due_on) == (
        "a_kasse",
        date(2018, 7, 4),
        date(2018, 8, 31),
    )


def test_case_10_registered_as_type_7_by_mistake_it_stays_open_and_is_warned_of(ida):
    meeting = ida_meets_the_jobcentre_alone(ida, 7)

    [caution] = holding_cautions(meeting, {}, 7)
    assert caution.code == "wrong_type"
    assert joint_duties(ida)["R15-05"] == ("pending", "")


def test_case_10_the_mistake_is_put_right_by_taking_the_outcome_back(ida):
    meeting = ida_meets_the_jobcentre_alone(ida, 7)
    now = moment(date(2018, 4, 11), 9)
    with time_machine.travel(now, tick=False):
        meeting = retract_outcome(meeting, reason="Wrong type", by=ida.caseworker, at=now)
        came = {"citizen": "came", "jobcentre": "came"}
        hold(meeting, Held(came, registered_type=17), by=ida.caseworker, at=now)

    assert joint_duties(ida) == {"R15-05": ("met", ""), "R15-06": ("pending", "a_kasse")}
    assert HeldMeeting.objects.filter(citizen=ida.course.citizen, kind="joint").count() == 2


@pytest.fixture
def rasmus(db):
    """Case 18: registered 5 February 2024, an interview on 11 March, sick 4 March to 14 April."""
    before = moment(date(2024, 2, 26), 9)
    with time_machine.travel(before, tick=False):
        world = new_world(registered_on=date(2024, 2, 5), regime="2024", jobcentre_from=None)
        deadlines.refresh(world.course, cause="test", by=None)
        duty = Duty.objects.filter(course=world.course, rule="R24-02").earliest("ordinal")
        sitting = world.sitting(
            moment(date(2024, 3, 11), 10), room=None, place="Hovedgaden 1", worker=world.consultant
        )
        purpose = Purpose(MeetingKind.JOB, Party.A_KASSE, duty)
        meeting = book(world.course, purpose, sitting, by=world.consultant, at=before)
    with time_machine.travel(SICK, tick=False):
        record_absence(
            course=world.course,
            kind="sick",
            starts_on=SICK.date(),
            ends_on=date(2024, 4, 15),
            by=world.consultant,
        )
        yield world, meeting


SICK = moment(date(2024, 3, 4), 8)


def test_case_18_an_interview_in_sickness_is_cancelled_without_consequence(rasmus):
    world, meeting = rasmus

    meeting = cancel(
        meeting, cancelled_by=Party.CITIZEN, reason="Sick", by=world.consultant, at=SICK
    )

    assert meeting.state == Meeting.State.CANCELLED
    assert not NoShow.objects.exists()
    assert not Notification.objects.exists()
    assert meeting.duty.outcome == Duty.Outcome.PENDING
    assert not Meeting.objects.for_duty(meeting.duty).exists()


def test_case_18_the_hours_of_the_sick_weeks_move_the_hand_over_to_the_end_of_may(rasmus):
    world, _meeting = rasmus
    hours = {2: "140.60", 3: "81.40", 4: "88.80", 5: "160.33"}

    with time_machine.travel(moment(date(2024, 6, 3), 8), tick=False):
        for month, paid in hours.items():
            first_day = date(2024, month, 1)
            report_hours(
                course=world.course, month=first_day, hours=Decimal(paid), by=world.consultant
            )

    world.course.refresh_from_db()
    assert world.course.handover_on == date(2024, 5, 31)


@pytest.fixture
def ulla(db):
    """Case 21: an interview on Tuesday 12 March 2024 at 10, summoned on the 5th."""
    summoned = moment(date(2024, 3, 5), 9)
    with time_machine.travel(summoned, tick=False):
        world = new_world(
            registered_on=date(2023, 9, 4), regime="2020", jobcentre_from=date(2023, 9, 4)
        )
        sitting = Sitting(
            ULLA_AT,
            ULLA_AT + timedelta(minutes=45),
            MeetingForm.IN_PERSON,
            room=world.room,
            worker=world.caseworker,
        )
        purpose = Purpose(MeetingKind.JOB, Party.JOBCENTRE)
        meeting = book(world.course, purpose, sitting, by=world.caseworker, at=summoned)
    return world, meeting


ULLA_AT = moment(date(2024, 3, 12), 10)


def ulla_stays_away(world, meeting, why=NoShow.Lawful.NONE):
    now = ULLA_AT + timedelta(minutes=30)
    with time_machine.travel(now, tick=False):
        return miss(meeting, Missed(why, "Called 10.15."), by=world.caseworker, at=now)


@pytest.mark.parametrize(
    ("contact", "days"),
    [
        (moment(date(2024, 3, 12), 15), (date(2024, 3, 12), date(2024, 3, 12))),
        (moment(date(2024, 3, 14), 9), (date(2024, 3, 12), date(2024, 3, 13))),
    ],
    ids=["a same day", "b two days later"],
)
def test_case_21_a_b_the_a_kasse_hears_the_days_and_decides_what_they_mean(ulla, contact, days):
    world, meeting = ulla
    ulla_stays_away(world, meeting)
    with time_machine.travel(contact, tick=False):
        no_show = record_contact_again(
            meeting,
            contact_again_at=contact,
            explanation="Forgot it.",
            by=world.caseworker,
            at=contact,
        )
        sent = notify_a_kasse(meeting, delivery=Delivery.DELIVERED, by=world.caseworker, at=contact)
        answered = answer_notification(sent, code="12", answer="", by=world.consultant, at=contact)

    missed_on = timezone.localdate(meeting.starts_at)
    assert days_without_contact(missed_on, no_show.contact_again_at) == days
    evidence = {row["item"]: row for row in sent.evidence}
    assert evidence["without_contact"]["days"] == [day.isoformat() for day in days]
    assert answered.answer_code == "12"


def test_case_21_c_a_lawful_absence_is_no_notification(ulla):
    world, meeting = ulla
    ulla_stays_away(world, meeting, NoShow.Lawful.AT_WORK)

    with pytest.raises(Refused, match="lawful"):
        notify_a_kasse(meeting, delivery=Delivery.DELIVERED, by=world.caseworker, at=ULLA_AT)


def test_case_21_d_a_summons_that_never_arrived_is_cleared_first(ulla):
    world, meeting = ulla
    ulla_stays_away(world, meeting)

    with pytest.raises(Refused, match="never delivered"):
        notify_a_kasse(meeting, delivery=Delivery.FAILED, by=world.caseworker, at=ULLA_AT)
    assert not Notification.objects.exists()
