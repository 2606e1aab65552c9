"""Held, missed, cancelled, and taken back."""

from datetime import timedelta

import pytest

from courses.actions.facts import record_absence
from courses.models import HeldMeeting, MeetingKind, Party
from journal.models import Entry
from meetings.actions import (
    book,
    cancel,
    hold,
    miss,
    notify_a_kasse,
    record_contact_again,
    retract_outcome,
)
from meetings.cautions import cancelling_cautions
from meetings.evidence import Delivery
from meetings.models import Meeting, NoShow, Participant
from meetings.plans import Held, Missed, Purpose
from shared.refusals import Refused
from tests.factories import CourseFactory, MeetingFactory, ParticipantFactory
from tests.meetings.conftest import DAY, NOW, TEN

AFTER = TEN + timedelta(hours=2)
CAME = {"citizen": "came", "jobcentre": "came", "a_kasse": "came"}
NOBODY_KNOWS = Missed(lawful_absence=NoShow.Lawful.NONE, contact_attempts="Called 10.15.")


def attendance(meeting):
    rows = meeting.participants.exclude(role=Participant.Role.ROOM)
    return dict(rows.values_list("role", "attendance"))


def test_a_held_interview_becomes_a_fact_that_the_law_counts(world):
    meeting = hold(
        world.booked_joint(),
        Held(CAME, "Search more widely.", "New plan by Friday", 17),
        by=world.caseworker,
        at=AFTER,
    )

    fact = HeldMeeting.objects.get(citizen=world.course.citizen)
    assert (fact.kind, fact.held_on, fact.by) == (MeetingKind.JOINT, DAY, Party.JOBCENTRE)
    assert (fact.registered_type, fact.ordinal, fact.other_party_came) == (17, 1, True)
    assert (fact.source, fact.recorded_by) == ("meeting", world.caseworker)
    assert (meeting.state, meeting.settled_at, meeting.agreed) == (
        Meeting.State.HELD,
        AFTER,
        "Search more widely.",
    )
    assert attendance(meeting) == CAME


@pytest.mark.parametrize("absent", ["absent", "excused"])
def test_a_joint_interview_counts_though_the_a_kasse_did_not_come(world, absent):
    hold(
        world.booked_joint(),
        Held(CAME | {"a_kasse": absent}, registered_type=17),
        by=world.caseworker,
        at=AFTER,
    )

    fact = HeldMeeting.objects.get(citizen=world.course.citizen)
    assert (fact.registered_type, fact.other_party_came) == (17, False)


def test_an_interview_without_an_invited_party_says_nothing_of_it(world):
    meeting = MeetingFactory(course=world.course, starts_at=TEN)
    ParticipantFactory(meeting=meeting, role="a_kasse", worker=world.consultant)

    hold(meeting, Held({"citizen": "came", "a_kasse": "came"}), by=world.consultant, at=AFTER)

    assert HeldMeeting.objects.get().other_party_came is None


@pytest.mark.parametrize(
    ("who", "said", "at", "words"),
    [
        ("consultant", CAME, AFTER, "Only the party that holds"),
        ("caseworker", CAME, TEN - timedelta(minutes=1), "has not begun yet"),
        ("caseworker", CAME | {"citizen": "absent"}, AFTER, "record a no-show instead"),
        ("caseworker", CAME | {"jobcentre": "absent"}, AFTER, "cancel the interview instead"),
    ],
)
def test_what_was_not_held_is_not_recorded_as_held(world, who, said, at, words):
    meeting = world.booked_joint()

    with pytest.raises(Refused, match=words):
        hold(meeting, Held(said), by=getattr(world, who), at=at)

    assert Meeting.objects.get(pk=meeting.pk).state == Meeting.State.BOOKED
    assert not HeldMeeting.objects.exists()


def test_an_outcome_is_recorded_once(world):
    meeting = world.booked_joint()
    hold(meeting, Held(CAME), by=world.caseworker, at=AFTER)

    for act in (
        lambda: hold(meeting, Held(CAME), by=world.caseworker, at=AFTER),
        lambda: miss(meeting, NOBODY_KNOWS, by=world.caseworker, at=AFTER),
        lambda: cancel(
            meeting, cancelled_by=Party.JOBCENTRE, reason="Ill", by=world.caseworker, at=AFTER
        ),
    ):
        with pytest.raises(Refused, match="already recorded"):
            act()


def test_one_who_sent_word_and_came_all_the_same_is_not_in_two_places(world):
    meeting = world.booked_joint()
    row = meeting.participants.get(role="a_kasse")
    row.worker, row.attendance = world.consultant, "excused"
    row.save()
    other = CourseFactory(a_kasse=world.course.a_kasse)
    sitting = world.sitting(room=None, place="Hovedgaden 1", worker=world.consultant)
    book(other, Purpose(MeetingKind.JOB, Party.A_KASSE), sitting, by=world.consultant, at=NOW)

    with pytest.raises(Refused, match="The worker has another interview at this time"):
        hold(meeting, Held(CAME), by=world.caseworker, at=AFTER)

    assert Meeting.objects.get(pk=meeting.pk).state == Meeting.State.BOOKED


def test_a_no_show_is_recorded_with_what_is_known_and_is_no_held_interview(world):
    missed = Missed(
        lawful_absence=NoShow.Lawful.JOB_INTERVIEW,
        contact_attempts="Called 10.15.",
        contact_again_at=AFTER,
        explanation="Was at a job interview.",
        attendance={"jobcentre": "came", "a_kasse": "came"},
    )

    no_show = miss(world.booked_joint(), missed, by=world.caseworker, at=AFTER)

    assert no_show.meeting.state == Meeting.State.NO_SHOW
    assert (no_show.lawful_absence, no_show.contact_again_at) == ("job_interview", AFTER)
    assert attendance(no_show.meeting) == CAME | {"citizen": "absent"}
    assert not HeldMeeting.objects.exists()


@pytest.mark.parametrize("ending", ["cancelled", "missed"])
def test_after_a_cancellation_or_a_no_show_the_duty_is_booked_anew_with_its_date(world, ending):
    meeting = world.booked_joint(duty=world.joint)
    if ending == "missed":
        miss(meeting, NOBODY_KNOWS, by=world.caseworker, at=AFTER)
    else:
        cancel(meeting, cancelled_by=Party.JOBCENTRE, reason="Ill", by=world.caseworker, at=NOW)

    again = book(
        world.course,
        world.joint_purpose(),
        world.sitting(TEN + timedelta(days=1)),
        by=world.caseworker,
        at=AFTER - timedelta(days=1),
    )

    before = world.joint.due_on, world.joint.outcome
    world.joint.refresh_from_db()
    assert again.duty == world.joint
    assert (world.joint.due_on, world.joint.outcome) == before


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"contact_again_at": TEN - timedelta(minutes=1)}, "before the interview"),
        ({"contact_again_at": AFTER + timedelta(minutes=1)}, "in the future"),
    ],
)
def test_contact_lies_between_the_interview_and_now(world, change, words):
    missed = Missed(lawful_absence=NoShow.Lawful.NONE, **change)

    with pytest.raises(Refused, match=words):
        miss(world.booked_joint(), missed, by=world.caseworker, at=AFTER)


def test_contact_is_recorded_when_it_comes(world):
    meeting = world.booked_joint()
    miss(meeting, NOBODY_KNOWS, by=world.caseworker, at=AFTER)
    contact = AFTER + timedelta(days=2)

    no_show = record_contact_again(
        meeting, contact_again_at=contact, explanation="Overslept.", by=world.caseworker, at=contact
    )

    assert (no_show.contact_again_at, no_show.explanation) == (contact, "Overslept.")
    assert no_show.contact_attempts == "Called 10.15."


def test_contact_is_recorded_by_the_one_who_called_and_after_a_no_show(world):
    meeting = world.booked_joint()
    said = {"contact_again_at": AFTER, "explanation": "", "at": AFTER}
    with pytest.raises(Refused, match="did not come"):
        record_contact_again(meeting, **said, by=world.caseworker)
    with pytest.raises(Refused, match="Only the party that holds"):
        record_contact_again(meeting, **said, by=world.consultant)


def test_cancelling_frees_everybody_and_says_by_whom(world):
    meeting = cancel(
        world.booked_joint(),
        cancelled_by=Party.CITIZEN,
        reason="Reported sick",
        by=world.caseworker,
        at=NOW,
    )

    assert (meeting.state, meeting.cancelled_by) == (Meeting.State.CANCELLED, Party.CITIZEN)
    assert not meeting.participants.filter(is_busy=True).exists()
    entry = Entry.objects.of_case(world.course.pk).get(what="meeting-cancelled")
    assert entry.details == {"cancelled_by": "citizen", "reason": "Reported sick"}


@pytest.mark.parametrize(
    ("who", "said", "words"),
    [
        ("consultant", (Party.A_KASSE, "Ill", NOW), "Only the party that holds"),
        ("caseworker", (Party.JOBCENTRE, "", NOW), "Write why"),
        ("caseworker", (Party.CITIZEN, "Ill", TEN), "can no longer cancel"),
    ],
)
def test_a_cancellation_is_the_holders_has_a_reason_and_comes_in_time(world, who, said, words):
    by_whom, reason, at = said

    with pytest.raises(Refused, match=words):
        cancel(
            world.booked_joint(), cancelled_by=by_whom, reason=reason, by=getattr(world, who), at=at
        )


def test_the_second_cancellation_for_sickness_calls_for_an_availability_interview(world):
    record_absence(
        course=world.course, kind="sick", starts_on=DAY, ends_on=DAY + timedelta(14), by=None
    )
    said = []
    for starts_at in (TEN, TEN + timedelta(days=7)):
        meeting = cancel(
            world.booked_joint(starts_at),
            cancelled_by=Party.CITIZEN,
            reason="Sick",
            by=world.caseworker,
            at=NOW,
        )
        said.append([caution.code for caution in cancelling_cautions(meeting)])

    assert said == [[], ["sick_twice"]]


def test_an_outcome_recorded_by_mistake_is_taken_back_with_its_fact(world):
    meeting = world.booked_joint()
    hold(meeting, Held(CAME, registered_type=7), by=world.caseworker, at=AFTER)

    meeting = retract_outcome(meeting, reason="Wrong type", by=world.caseworker, at=AFTER)

    assert (meeting.state, meeting.settled_at, meeting.registered_type) == (
        Meeting.State.BOOKED,
        None,
        None,
    )
    fact = HeldMeeting.objects.get()
    assert (fact.superseded_by, fact.superseded_at is None) == (None, False)
    hold(meeting, Held(CAME, registered_type=17), by=world.caseworker, at=AFTER)
    assert HeldMeeting.objects.standing().get().registered_type == 17


def test_a_no_show_recorded_by_mistake_is_taken_back_and_stays_in_the_journal(world):
    meeting = world.booked_joint()
    miss(meeting, NOBODY_KNOWS, by=world.caseworker, at=AFTER)

    retract_outcome(meeting, reason="Came late", by=world.caseworker, at=AFTER)

    assert not NoShow.objects.exists()
    entry = Entry.objects.of_case(world.course.pk).get(what="outcome-retracted")
    assert entry.details["was"] == "no_show"
    assert entry.details["contact_attempts"] == "Called 10.15."


def test_a_no_show_that_the_a_kasse_was_told_of_is_not_taken_back(world):
    meeting = world.booked_joint()
    miss(meeting, NOBODY_KNOWS, by=world.caseworker, at=AFTER)
    notify_a_kasse(meeting, delivery=Delivery.DELIVERED, by=world.caseworker, at=AFTER)

    with pytest.raises(Refused, match="Withdraw the notification first"):
        retract_outcome(meeting, reason="Came late", by=world.caseworker, at=AFTER)


def test_an_outcome_is_not_taken_back_over_a_new_booking_of_the_same_duty(world):
    meeting = world.booked_joint(duty=world.joint)
    miss(meeting, NOBODY_KNOWS, by=world.caseworker, at=AFTER)
    book(
        world.course,
        world.joint_purpose(),
        world.sitting(TEN + timedelta(days=1)),
        by=world.caseworker,
        at=NOW,
    )

    with pytest.raises(Refused, match="already has a booked interview"):
        retract_outcome(meeting, reason="Came late", by=world.caseworker, at=AFTER)


@pytest.mark.parametrize(
    ("state", "reason", "words"),
    [("booked", "Mistake", "no outcome yet"), ("cancelled", "Mistake", "Book a new one")],
)
def test_only_an_outcome_is_taken_back(world, state, reason, words):
    columns = {"state": state} | ({"cancelled_by": "citizen"} if state == "cancelled" else {})

    with pytest.raises(Refused, match=words):
        retract_outcome(world.booked_joint(**columns), reason=reason, by=world.caseworker, at=AFTER)


def test_taking_back_needs_a_reason(world):
    meeting = world.booked_joint()
    hold(meeting, Held(CAME), by=world.caseworker, at=AFTER)

    with pytest.raises(Refused, match="Write why"):
        retract_outcome(meeting, reason="", by=world.caseworker, at=AFTER)
