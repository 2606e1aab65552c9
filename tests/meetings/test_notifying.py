"""Notifications of a no-show: the evidence, the answer, and the way back."""

from datetime import timedelta

import pytest
from django.utils import translation

from journal.models import Entry
from meetings.actions import answer_notification, miss, notify_a_kasse, withdraw_notification
from meetings.evidence import Delivery, lines
from meetings.models import NoShow, Notification
from meetings.plans import Missed
from shared.refusals import Refused
from tests.factories import MeetingFactory, NoShowFactory, NotificationFactory
from tests.meetings.conftest import TEN, new_world

AFTER = TEN + timedelta(hours=2)


@pytest.fixture
def missed(world):
    """A joint interview to which the citizen did not come."""
    what = Missed(NoShow.Lawful.NONE, "Called 10.15.", TEN + timedelta(hours=1), "Overslept.")
    return miss(world.booked_joint(), what, by=world.caseworker, at=AFTER).meeting


@pytest.fixture
def sent(world, missed):
    """The notification of it."""
    return notify_a_kasse(missed, delivery=Delivery.NOT_RECORDED, by=world.caseworker, at=AFTER)


def test_a_notification_carries_the_evidence_that_is_known_and_says_what_is_not(world, sent):
    with translation.override("en"):
        said = {line.name: line.value for line in lines(sent.evidence)}

    assert sent.a_kasse == world.course.a_kasse
    assert said["The interview"].endswith("at 10:00")
    assert said["Summoned or self-booked"] == "summoned, not self-booked"
    assert said["Attempts at contact"] == "Called 10.15."
    assert said["The citizen's explanation"] == "Overslept."
    assert said["Days without contact"] == "Wed 30 Sep 2026"
    assert said["Lawful absence"] == "no lawful reason known"
    assert {name for name, value in said.items() if value == "not recorded here"} == {
        "Copy of the summons",
        "Guidance on the consequences, with its date",
        "Proof of digital delivery",
    }


def test_the_evidence_stays_as_it_was_sent(world, missed, sent):
    NoShow.objects.filter(meeting=missed).update(explanation="Something else.")

    assert "Overslept." in str(Notification.objects.get(pk=sent.pk).evidence)


def test_no_notification_of_a_summons_that_was_never_delivered(world, missed):
    with pytest.raises(Refused, match="may be sent until that is"):
        notify_a_kasse(missed, delivery=Delivery.FAILED, by=world.caseworker, at=AFTER)

    assert not Notification.objects.exists()


def test_a_lawful_absence_is_not_notified(world):
    missed = miss(
        world.booked_joint(),
        Missed(NoShow.Lawful.AT_WORK),
        by=world.caseworker,
        at=AFTER,
    )

    with pytest.raises(Refused, match="lawful"):
        notify_a_kasse(missed.meeting, delivery=Delivery.DELIVERED, by=world.caseworker, at=AFTER)


def test_the_a_kasses_own_no_show_is_its_own_to_assess(world):
    missed = NoShowFactory(meeting__course=world.course).meeting

    for worker in (world.caseworker, world.consultant):
        with pytest.raises(Refused, match="Only the jobcentre notifies"):
            notify_a_kasse(missed, delivery=Delivery.DELIVERED, by=worker, at=AFTER)


def test_what_was_not_missed_is_not_notified(world):
    with pytest.raises(Refused, match="Record first"):
        notify_a_kasse(
            world.booked_joint(), delivery=Delivery.DELIVERED, by=world.caseworker, at=AFTER
        )


def test_the_a_kasse_is_notified_once(world, missed, sent):
    with pytest.raises(Refused, match="already been notified"):
        notify_a_kasse(missed, delivery=Delivery.DELIVERED, by=world.caseworker, at=AFTER)


def test_the_a_kasses_answer_is_kept_in_its_own_words(world, sent):
    answered = answer_notification(
        sent, code="R7-own", answer="Contact the same day.", by=world.consultant, at=AFTER
    )

    assert (answered.answer_code, answered.answer) == ("R7-own", "Contact the same day.")
    assert (answered.answered_by, answered.answered_at) == (world.consultant, AFTER)


def test_a_corrected_answer_replaces_the_first_and_the_journal_has_both(world, sent):
    for code in ("A", "B"):
        answer_notification(sent, code=code, answer="", by=world.consultant, at=AFTER)

    entries = Entry.objects.of_case(world.course.pk).filter(what="notification-answered")
    assert [entry.details["before"]["code"] for entry in entries] == ["A", ""]
    assert Notification.objects.get().answer_code == "B"


@pytest.mark.parametrize(
    ("who", "code", "words"),
    [
        ("caseworker", "A", "Only the a-kasse answers"),
        ("consultant", "", "Write the code"),
    ],
)
def test_an_answer_is_the_a_kasses_and_has_a_code(world, sent, who, code, words):
    with pytest.raises(Refused, match=words):
        answer_notification(sent, code=code, answer="", by=getattr(world, who), at=AFTER)


def test_another_a_kasse_does_not_answer(world, sent):
    with pytest.raises(Refused, match="Only the a-kasse answers"):
        answer_notification(sent, code="A", answer="", by=new_world().consultant, at=AFTER)


def test_a_mistaken_notification_is_withdrawn_stays_to_be_read_and_may_be_sent_anew(
    world, missed, sent
):
    withdrawn = withdraw_notification(
        sent, reason="The citizen had called.", by=world.caseworker, at=AFTER
    )
    again = notify_a_kasse(missed, delivery=Delivery.DELIVERED, by=world.caseworker, at=AFTER)

    assert withdrawn.withdrawn_reason == "The citizen had called."
    assert set(missed.notifications.all()) == {withdrawn, again}


def test_a_withdrawn_notification_is_neither_answered_nor_withdrawn_again(world, sent):
    withdraw_notification(sent, reason="A mistake.", by=world.caseworker, at=AFTER)

    with pytest.raises(Refused, match="has been withdrawn"):
        withdraw_notification(sent, reason="A mistake.", by=world.caseworker, at=AFTER)
    with pytest.raises(Refused, match="has been withdrawn"):
        answer_notification(sent, code="A", answer="", by=world.consultant, at=AFTER)


@pytest.mark.parametrize(
    ("who", "reason", "words"),
    [
        ("consultant", "A mistake.", "Only the jobcentre that notified"),
        ("caseworker", "", "Write why"),
    ],
)
def test_withdrawing_is_the_jobcentres_and_has_a_reason(world, sent, who, reason, words):
    with pytest.raises(Refused, match=words):
        withdraw_notification(sent, reason=reason, by=getattr(world, who), at=AFTER)


def test_a_notification_of_another_course_is_not_seen(world):
    sent = NotificationFactory(meeting=MeetingFactory(state="no_show"))

    assert not Notification.objects.visible_to(world.consultant).filter(pk=sent.pk).exists()
