"""What is read before and after an interview, and what the parties ask each other."""

from datetime import timedelta

import pytest
import time_machine

from courses.actions import job_search
from courses.job_search import newest
from courses.models import Party
from meetings.actions import answer_question, ask, hold, retract_outcome, tick_agreement
from meetings.models import Agreed, Question
from meetings.plans import Agreement, Held
from notices.models import Notice
from shared.refusals import Refused
from tests.factories import MeetingFactory, NoShowFactory, ParticipantFactory
from tests.meetings.conftest import DAY, NOW, TEN, TODAY

AFTER = TEN + timedelta(hours=2)
CAME = {"citizen": "came", "jobcentre": "came", "a_kasse": "came"}


def panels(client, user, meeting):
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return client.get(meeting.get_absolute_url()).context["panels"]


def with_agreement(world, by_day=None):
    meeting = world.booked_joint()
    agreement = Agreement(Party.CITIZEN, "Update the CV.", by_day)
    held = Held(CAME, "Well on the way.", "Call in a week", 17, agreements=[agreement])
    with time_machine.travel(AFTER, tick=False):
        return hold(meeting, held, by=world.caseworker, at=AFTER)


def test_what_was_agreed_is_carried_to_the_next_interview_until_it_is_done(client, world):
    with_agreement(world, by_day=DAY + timedelta(3))
    later = world.booked_joint(TEN + timedelta(days=14))
    at = AFTER + timedelta(days=5)

    with time_machine.travel(at, tick=False):
        [before] = panels(client, world.consultant, later).preparation.earlier
        client.post(f"/samtaler/aftale/{before.agreed.pk}/", {"done": "ja"})
        [after] = panels(client, world.caseworker, later).preparation.earlier

    assert (before.agreed.what, before.tone) == ("Update the CV.", "over")
    assert (after.tone, after.agreed.done_by) == ("held", world.consultant)


def test_an_outcome_recorded_again_keeps_the_tick_of_what_stays(world):
    meeting = with_agreement(world)
    [agreed] = Agreed.objects.all()
    tick_agreement(agreed, done=True, by=world.caseworker, at=AFTER)
    retract_outcome(meeting, reason="Wrong type", by=world.caseworker, at=AFTER)

    again = [Agreement(Party.CITIZEN, "Update the CV."), Agreement(Party.A_KASSE, "Send a list.")]
    hold(meeting, Held(CAME, agreements=again), by=world.caseworker, at=AFTER)

    assert list(meeting.agreements.values_list("what", "done_on")) == [
        ("Update the CV.", DAY),
        ("Send a list.", None),
    ]


def test_preparation_says_why_and_how_the_search_for_work_stands(client, world):
    meeting = world.booked_joint(duty=world.joint)
    job_search.record(
        course=world.course, item="cv", state="missing", as_of=TODAY, by=world.consultant
    )

    shown = panels(client, world.caseworker, meeting).preparation

    assert shown.source.startswith("LAB § 32")
    assert [one.tone for one in shown.standing] == ["over", "none", "none", "none", "none"]
    assert "The CV is not in order yet." in shown.warnings
    assert "The invited party has not said who comes." in shown.warnings


def test_the_newest_word_on_an_item_counts_and_none_is_lost(world):
    said = {"course": world.course, "item": "job_log", "by": world.caseworker}
    job_search.record(**said, state="missing", as_of=TODAY - timedelta(3))
    job_search.record(**said, state="done", as_of=TODAY)
    job_search.record(**said, state="done", as_of=TODAY)

    assert newest(world.course)["job_log"].state == "done"
    assert world.course.job_search.count() == 2


def test_what_the_other_party_sees_is_what_the_preview_shows(client, world):
    meeting = with_agreement(world)
    with time_machine.travel(AFTER, tick=False):
        preview = panels(client, world.caseworker, meeting).follow_up.shared
        client.force_login(world.consultant)
        theirs = client.get(meeting.get_absolute_url()).context["page"].outcome

    assert [pair for pair in preview if pair[0] != "Agreements"] == theirs


def test_a_no_show_at_the_a_kasse_is_the_a_kasses_own_to_know(client, world):
    meeting = MeetingFactory(
        course=world.course, held_by="a_kasse", starts_at=TEN, state="no_show", settled_at=AFTER
    )
    ParticipantFactory(meeting=meeting, role="a_kasse", worker=world.consultant)
    NoShowFactory(meeting=meeting, explanation="Was abroad.")

    with time_machine.travel(AFTER, tick=False):
        for user, reads in ((world.consultant, True), (world.caseworker, False)):
            client.force_login(user)
            text = client.get(meeting.get_absolute_url()).content.decode()
            assert ("Was abroad." in text) is reads


def test_a_question_is_answered_by_the_other_party_and_both_are_told(world):
    meeting = world.booked_joint()

    question = ask(meeting, text="Is the CV in order?", by=world.caseworker, at=NOW)
    with pytest.raises(Refused, match="Only the party that was asked"):
        answer_question(question, answer="Yes.", by=world.caseworker, at=NOW)
    answer_question(question, answer="Yes.", by=world.consultant, at=NOW)

    told = Notice.objects.values_list("kind", "user", "url")
    address = meeting.get_absolute_url()
    assert set(told) == {
        ("question", world.consultant.pk, address),
        ("question-answered", world.caseworker.pk, address),
    }


@pytest.mark.parametrize(
    ("text", "words"), [("  ", "Write something"), ("Is 010190-1234 there?", "CPR")]
)
def test_a_question_says_something_and_no_cpr_number(world, text, words):
    with pytest.raises(Refused, match=words):
        ask(world.booked_joint(), text=text, by=world.caseworker, at=NOW)
    assert not Question.objects.exists()


def test_nobody_asks_about_an_interview_that_is_over(world):
    meeting = with_agreement(world)

    with pytest.raises(Refused):
        ask(meeting, text="Is it done?", by=world.caseworker, at=AFTER)


@pytest.mark.parametrize("reader", ["consultant", "caseworker"])
@pytest.mark.parametrize("state", ["booked", "held", "no_show"])
def test_the_page_of_an_interview_asks_the_database_little(
    client, world, state, reader, django_assert_max_num_queries
):
    with_agreement(world)
    meeting = world.booked_joint(TEN + timedelta(days=14), state=state)
    client.force_login(getattr(world, reader))

    client.get("/samtaler/")  # which renews the session, as one page in five minutes does

    with django_assert_max_num_queries(12):
        client.get(meeting.get_absolute_url())
