"""What a worker answers, and what that does."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from courses.models import Choice, Duty
from journal.models import Entry, Look
from meetings import citizen_links
from meetings.actions import move
from meetings.models import Participant
from notices.models import Notice
from selfservice import actions
from selfservice.models import Statement
from shared.refusals import Refused
from slots.actions.booking import Taken
from slots.models import SlotBooking
from tests.factories import MeetingFactory
from tests.meetings.conftest import NOW, TEN

pytestmark = pytest.mark.django_db


def confirmed(linked, statement, at=NOW):
    return actions.confirm(statement, by=linked.by, at=at)


def worker(linked) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(linked.by)
    return client


def answer_url(statement) -> str:
    return reverse("selfservice:answer", args=[statement.pk])


def test_sickness_cancels_in_words_that_name_none_and_goes_on_to_the_absence(linked):
    statement = linked.stated("sick")

    answer = worker(linked).post(answer_url(statement), {"do": "confirm"})

    meeting = linked.again()
    assert (meeting.state, meeting.cancelled_by) == ("cancelled", "citizen")
    assert meeting.cancel_reason == "The citizen cannot come on that day."
    assert answer.url.endswith("?kind=sick")
    form = worker(linked).get(answer.url).context["form"]
    assert form["kind"].value() == "sick"
    assert "The interview is cancelled." in linked.get().content.decode()
    assert not SlotBooking.objects.filter(is_live=True).exists()


def test_sickness_told_before_and_answered_after_does_not_cancel_what_has_begun(linked):
    statement, later = linked.stated("sick"), TEN + timedelta(hours=2)

    with time_machine.travel(later, tick=False):
        answer = worker(linked).post(answer_url(statement), {"do": "confirm"})

    assert linked.again().state == "booked"
    assert answer.url == reverse("meetings:outcome", args=[linked.meeting.pk])
    statement.refresh_from_db()
    assert statement.answer == "confirmed"


def test_a_wanted_time_moves_the_interview_into_it_and_writes_of_it(linked):
    statement = linked.stated("other_time", **linked.chosen())

    confirmed(linked, statement)

    assert linked.again().starts_at == linked.later.starts_at
    assert SlotBooking.objects.get(is_live=True).slot == linked.later
    assert "We have confirmed it." in linked.get().content.decode()
    assert linked.meeting.letters.waiting().count() == 1


def test_a_wanted_time_that_has_gone_is_refused_with_others_and_still_waits(linked):
    statement = linked.stated("other_time", **linked.chosen())
    linked.place.book(linked.later, linked.place.course())
    other = linked.place.slot(TEN + timedelta(days=2))

    with pytest.raises(Taken) as gone:
        confirmed(linked, statement)

    assert [one.slot for one in gone.value.others] == [other]
    statement.refresh_from_db()
    assert statement.answer == ""
    page = worker(linked).post(answer_url(statement), {"do": "confirm"})
    assert "just been taken" in page.content.decode()


def test_a_wanted_time_that_was_moved_since_is_refused(linked):
    statement = linked.stated("other_time", **linked.chosen())
    linked.later.starts_at += timedelta(hours=1)
    linked.later.ends_at += timedelta(hours=1)
    linked.later.save()

    with pytest.raises(Refused, match="no longer there"):
        confirmed(linked, statement)


def test_a_wish_is_answered_with_a_time_that_the_worker_writes(linked):
    statement = linked.stated("other_time", wish="1", day="2026-10-02", starts="13:00")
    page = worker(linked).get(answer_url(statement))
    form = page.context["confirming"]
    assert (form.initial["day"].isoformat(), str(form.initial["starts"])) == (
        "2026-10-02", "13:00:00"
    )  # fmt: skip
    room = linked.world.room.pk
    said = {"day": "2.10.2026", "starts": "13.00", "minutes": "45", "form": "in_person"}
    said |= {"room": str(room), "worker": str(linked.by.pk), "do": "confirm", "seen": ""}

    answer = worker(linked).post(answer_url(statement), said)

    assert answer.status_code == 302
    assert linked.again().starts_at == statement.wanted_at
    statement.refresh_from_db()
    assert (statement.answer, statement.answered_by) == ("confirmed", linked.by)


def test_a_wish_ends_when_the_interview_gets_another_time_on_its_own(linked):
    statement = linked.stated("other_time", wish="1")
    move(linked.meeting, linked.world.sitting(TEN + timedelta(hours=1)), by=linked.by, at=NOW)

    assert not Statement.objects.waiting(at=NOW).exists()
    with pytest.raises(Refused, match="changed since"):
        confirmed(linked, statement)
    assert linked.stated("other_time", wish="1") != statement


def test_without_the_other_party_it_is_not_asked_and_the_choice_is_the_citizens(linked):
    statement = linked.stated("participation")
    guest = linked.world.consultant
    Participant.objects.filter(meeting=linked.meeting, role="a_kasse").update(worker=guest)

    confirmed(linked, statement)

    meeting = linked.again()
    assert meeting.with_other_party is False
    assert not meeting.participants.filter(role="a_kasse").exists()
    choice = Choice.objects.standing().get(course=meeting.course)
    assert (choice.kind, choice.by, choice.chosen_on) == (
        "decline_other_party", "citizen", NOW.date()
    )  # fmt: skip
    assert Notice.objects.filter(user=guest, kind="invitation-withdrawn").exists()


def test_asked_for_after_all_the_other_party_is_invited(linked):
    confirmed(linked, linked.stated("participation"))

    confirmed(linked, linked.stated("participation"))

    meeting = linked.again()
    assert meeting.with_other_party is True
    assert meeting.participants.filter(role="a_kasse", worker=None).exists()
    kinds = Choice.objects.filter(course=meeting.course).order_by("pk").values_list("kind", flat=1)
    assert list(kinds) == ["decline_other_party", "want_other_party"]


def test_what_is_not_confirmed_changes_nothing_and_its_reason_stays_in_the_case(linked):
    statement = linked.stated("participation")

    empty = worker(linked).post(answer_url(statement), {"do": "reject", "why": ""})
    assert empty.status_code == 200
    worker(linked).post(answer_url(statement), {"do": "reject", "why": "Phoned: a mistake."})

    statement.refresh_from_db()
    assert (statement.answer, statement.why) == ("rejected", "Phoned: a mistake.")
    assert linked.again().with_other_party is True
    assert not Choice.objects.exists()
    body = linked.get().content.decode()
    assert "We cannot confirm it" in body
    assert "Phoned" not in body
    meeting_page = worker(linked).get(linked.meeting.get_absolute_url()).content.decode()
    assert "Phoned: a mistake." in meeting_page


def test_it_is_answered_once(linked):
    statement = linked.stated("sick")
    confirmed(linked, statement)

    with pytest.raises(Refused, match="has been answered"):
        confirmed(linked, statement)
    with pytest.raises(Refused, match="has been answered"):
        actions.reject(statement, why="Again.", by=linked.by, at=NOW)


def test_only_who_holds_the_interview_answers(linked):
    statement = linked.stated("sick")

    with pytest.raises(Refused, match="Only the party that holds"):
        actions.confirm(statement, by=linked.world.consultant, at=NOW)
    client = Client()
    client.force_login(linked.world.consultant)
    assert client.get(answer_url(statement)).status_code == 404
    page = client.get(linked.meeting.get_absolute_url()).content.decode()
    assert "ill" not in page.split('id="main-content"')[1].split("<footer")[0].split()


def test_workers_meet_it_at_the_interview_the_course_and_on_the_front_page(linked):
    statement = linked.stated("sick")
    client, url = worker(linked), answer_url(statement)

    for page in (linked.meeting.get_absolute_url(), linked.world.course.get_absolute_url()):
        assert url in client.get(page).content.decode()
    front = client.get(f"{reverse('desk:today')}?liste=svar").context["front"]
    assert front.counts.ours == 1
    rows = client.get(f"{reverse('desk:today')}{tile_of(front)}").context["front"].waiting
    assert [row.what for row in rows if row.ours] == ["Stated by link, not verified"]


def tile_of(front) -> str:
    return next(tile.url for tile in front.tiles if tile.key == "svar")


def test_the_page_of_an_interview_says_whether_the_link_was_opened(linked):
    client, url = worker(linked), linked.meeting.get_absolute_url()
    assert "The page has not been opened yet." in client.get(url).content.decode()

    linked.get()
    linked.get()

    assert "The page was opened 2 times, last" in client.get(url).content.decode()


def test_a_look_at_a_statement_of_illness_is_logged_as_one_at_health(linked):
    statement = linked.stated("sick")

    worker(linked).get(answer_url(statement))

    assert Look.objects.latest("pk").kind == Look.Kind.HEALTH
    made = Entry.objects.get(what="statement-made")
    assert "sick" not in str(made.details)


def test_the_duty_stays_owed_when_sickness_cancels(linked):
    confirmed(linked, linked.stated("sick"))

    assert Duty.objects.get(pk=linked.meeting.duty_id).outcome == "pending"


def answer_letter(linked):
    return linked.meeting.letters.get(kind="answer")


@pytest.fixture
def reads_english(linked):
    """The summons was written in English, and so is what follows."""
    linked.meeting.letters.update(language="en")
    return linked


def words_of(letter) -> str:
    parts = [one.get("text", "") for one in letter.content["parts"]]
    return "\n".join([*parts, *(" ".join(row) for row in letter.content["facts"])])


def test_what_is_not_confirmed_is_written_with_its_reason_ten_minutes_later(reads_english):
    linked = reads_english
    statement = linked.stated("sick")

    actions.reject(statement, why="You have called since, and can come.", by=linked.by, at=NOW)

    letter = answer_letter(linked)
    assert "You have called since, and can come." in words_of(letter)
    assert "The interview stands as it is booked" in words_of(letter)
    assert (letter.state, letter.send_after) == ("waiting", NOW + timedelta(minutes=10))
    assert letter.subject == (
        f"Letter from {linked.world.jobcentre}, case {linked.world.course.case_number}"
    )
    said = words_of(letter).replace("report that you are ill", "")
    assert not re.search(r"\bill\b|sick", said)


@pytest.mark.parametrize(
    ("times", "said"),
    [(1, "is held without the a-kasse."), (2, "We have asked the a-kasse to take part.")],
)
def test_a_confirmed_choice_is_answered_with_how_it_is_held(reads_english, times, said):
    linked = reads_english
    for _time in range(times):
        confirmed(linked, linked.stated("participation"))

    letter = linked.meeting.letters.filter(kind="answer").latest("pk")
    assert said in words_of(letter)
    assert linked.url() in words_of(letter)


def test_a_cancelled_or_moved_interview_has_one_letter_and_no_second_answer(linked):
    linked.meeting.letters.update(state="sent", sent_at=NOW)

    confirmed(linked, linked.stated("other_time", **linked.chosen()))
    confirmed(linked, linked.stated("sick"))

    kinds = linked.meeting.letters.exclude(state="taken_back").order_by("pk")
    assert list(kinds.values_list("kind", flat=True)) == ["summons", "cancellation"]


def test_sickness_told_before_and_answered_after_is_answered_in_a_letter(reads_english):
    linked = reads_english
    statement, later = linked.stated("sick"), TEN + timedelta(hours=2)

    with time_machine.travel(later, tick=False):
        confirmed(linked, statement, at=later)

    letter = answer_letter(linked)
    assert "you told us before the interview began" in words_of(letter)
    assert letter.content["address"] == ""


def test_an_a_kasse_answers_its_member_and_reads_of_no_citizen(linked):
    talk = MeetingFactory(course=linked.world.course, starts_at=TEN + timedelta(days=2))
    citizen_links.address_of(talk, at=NOW)
    linked.meeting = talk
    client = Client(headers={"accept-language": "en"})
    client.force_login(linked.world.consultant)

    for statement in (linked.stated("sick"), linked.stated("other_time", wish="1")):
        body = client.get(answer_url(statement)).content.decode()
        page = body.split('id="main-content"')[1].split("<footer")[0]
        assert "Answer the member" in page
        assert "What the member stated" in page
        assert not re.search(r"\bcitizen", page)


def test_what_else_was_stated_falls_with_the_interview_and_stays_in_its_history(linked):
    wish = linked.stated("other_time", **linked.chosen())
    confirmed(linked, linked.stated("sick"))

    wish.refresh_from_db()
    assert (wish.answer, wish.why) == ("overtaken", "The interview is cancelled.")
    body = worker(linked).get(linked.meeting.get_absolute_url()).content.decode()
    assert "Asks for another time" in body
    assert answer_url(wish) not in body


def test_a_wish_that_the_workers_own_move_overtook_stays_in_the_history(linked):
    linked.stated("other_time", wish="1")
    move(linked.meeting, linked.world.sitting(TEN + timedelta(hours=1)), by=linked.by, at=NOW)

    body = worker(linked).get(linked.meeting.get_absolute_url()).content.decode()

    assert "lapsed: the interview has changed since" in body


def test_the_citizen_takes_back_what_nobody_has_answered(linked):
    statement = linked.stated("sick")
    assert f'value="{statement.pk}"' in linked.get().content.decode()

    assert linked.post("page", undo=str(statement.pk)).status_code == 302
    assert linked.post("page", undo=str(statement.pk)).status_code == 302

    statement.refresh_from_db()
    assert (statement.answer, statement.answered_by) == ("overtaken", None)
    assert "You have told us" not in linked.get().content.decode()
    with pytest.raises(Refused, match="has been answered"):
        confirmed(linked, statement)
    assert Entry.objects.filter(what="statement-taken-back").count() == 1


@pytest.mark.parametrize("undo", ["", "x", "²", "9" * 40, "-1"])
def test_nothing_else_is_taken_back(linked, undo):
    statement = linked.stated("sick")
    other = linked.place.book(linked.later, linked.place.course())
    foreign = Statement.objects.create(
        link=other.citizen_links.get(), meeting=other, kind="sick", stated_at=NOW, about=TEN
    )

    for key in (undo, str(foreign.pk)):
        assert linked.post("page", undo=key).status_code == 302

    assert set(Statement.objects.values_list("answer", flat=True)) == {""}
    assert statement.pk != foreign.pk
