"""What booking, moving, cancelling and holding an interview write to the citizen."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from courses.models import MeetingKind, Party
from journal.models import Look
from law.acts import RULES
from letters import actions as post_acts
from letters.actions.letters import WAIT
from letters.models import Letter, LetterKind, LetterText
from letters.outbox import work_off
from letters.rows import rows_of
from meetings import actions
from meetings.actions.letters import send_minutes
from meetings.evidence import Delivery, delivery_of
from meetings.letter_drafts import draft_of, occasion_planned
from meetings.plans import Held, Purpose, Sitting
from shared.refusals import Refused
from tests.factories import RoomFactory
from tests.letters.test_outbox import LATER
from tests.meetings.conftest import DAY, NOW, TEN

pytestmark = pytest.mark.django_db


def booked(world, **changed):
    sitting = world.sitting(**changed)
    return actions.book(world.course, world.joint_purpose(), sitting, by=world.caseworker, at=NOW)


def moved(world, meeting, at):
    sitting = world.sitting(TEN + timedelta(days=1))
    return actions.move(meeting, sitting, by=world.caseworker, at=at)


def cancelled(world, meeting, at):
    actions.cancel(
        meeting, cancelled_by="jobcentre", reason="A closing day.", by=world.caseworker, at=at
    )


def post(meeting):
    return list(meeting.letters.order_by("pk").values_list("kind", "state"))


def failed(meeting):
    """The newest letter, not sent."""
    letter = meeting.letters.latest("pk")
    letter.state, letter.failure = "failed", "unreachable"
    letter.save()
    return letter


def sent():
    with time_machine.travel(LATER, tick=False):
        return work_off(at=LATER).sent


def test_booking_summons_the_citizen_to_both_parties_with_time_place_and_reason(world):
    meeting = booked(world, letter_language="en")

    [letter] = meeting.letters.all()
    said = str(letter.content)
    assert (letter.kind, letter.language, letter.state) == ("summons", "en", "waiting")
    for part in ("Wednesday 30 September 2026", "10:00–10:45", str(world.room), str(world.caseworker),
                 str(world.course.jobcentre), str(world.course.a_kasse), "The rule is in LAB"):  # fmt: skip
        assert part in said, part


@pytest.mark.parametrize(
    ("language", "rule"), [("da", "LAB § 31, stk. 1"), ("en", "LAB § 31 stk. 1")]
)
def test_a_summons_names_its_rule_once(world, language, rule):
    world.job.responsible = Party.JOBCENTRE
    world.job.because = {"text": RULES["R24-02"].because, "values": {}}
    world.job.save()
    purpose = Purpose(MeetingKind.JOB, Party.JOBCENTRE, duty=world.job)
    sitting = world.sitting(letter_language=language)
    meeting = actions.book(world.course, purpose, sitting, by=world.caseworker, at=NOW)

    said = str(meeting.letters.get().content)

    assert said.count("LAB") == 1
    assert rule in said


def test_every_reason_of_the_law_names_what_it_rests_on(world):
    """The letter trusts that: it adds the rule only to a reason that names none."""
    for rule in RULES.values():
        world.job.rule, world.job.because = rule.id, {"text": rule.because, "values": {}}
        assert "," in rule.because, rule.id
        assert "The rule is in" not in reason_of(world.job), rule.id


def reason_of(duty):
    purpose = Purpose(MeetingKind.JOB, Party.JOBCENTRE, duty=duty)
    occasion = occasion_planned(duty.course, purpose, Sitting(TEN, TEN, form="phone"))
    return draft_of(occasion, LetterKind.SUMMONS, language="en").values["why"]


def test_a_booking_that_is_refused_writes_nothing(world):
    with pytest.raises(Refused):
        booked(world, starts_at=NOW - timedelta(days=400))

    assert not Letter.objects.exists()


def test_a_booking_without_the_tick_writes_nothing(world):
    assert post(booked(world, summon=False)) == []


def test_moving_takes_a_waiting_summons_back_and_writes_a_new_one(world):
    meeting = booked(world)

    moved(world, meeting, NOW)

    assert post(meeting) == [("summons", "taken_back"), ("summons", "waiting")]


def test_moving_after_the_summons_has_gone_tells_of_the_change_and_the_time_before(world):
    meeting = booked(world)
    sent()

    moved(world, meeting, LATER)

    assert post(meeting) == [("summons", "sent"), ("change", "waiting")]
    assert "30. september 2026, 10.00" in str(meeting.letters.latest("pk").content)


def test_a_colleague_who_steps_in_is_no_news_to_the_citizen(world):
    meeting = booked(world)

    actions.move(meeting, world.sitting(worker=None), by=world.caseworker, at=NOW)

    assert post(meeting) == [("summons", "waiting")]


def test_cancelling_takes_back_what_waits_and_tells_who_has_been_told(world):
    meeting = booked(world)
    cancelled(world, meeting, NOW)
    assert post(meeting) == [("summons", "taken_back")]

    other = booked(world)
    sent()
    cancelled(world, other, LATER)
    assert post(other) == [("summons", "sent"), ("cancellation", "waiting")]


def test_minutes_are_sent_once_of_an_interview_that_was_held(world):
    meeting = booked(world, summon=False)
    with pytest.raises(Refused, match="as held first"):
        send_minutes(meeting, by=world.caseworker, at=NOW)
    after = TEN + timedelta(hours=2)
    held = Held({"citizen": "came", "jobcentre": "came"}, agreed="Two applications a week.")
    meeting = actions.hold(meeting, held, by=world.caseworker, at=after)

    letter = send_minutes(meeting, by=world.caseworker, at=after)

    assert "Two applications a week." in str(letter.content)
    with pytest.raises(Refused, match="sent already"):
        send_minutes(meeting, by=world.caseworker, at=after)


def test_the_evidence_knows_whether_the_summons_arrived(world):
    meeting = booked(world)
    assert delivery_of(meeting) == Delivery.NOT_RECORDED
    sent()
    assert delivery_of(meeting) == Delivery.DELIVERED
    Letter.objects.update(state="failed", failure="refused", sent_at=None, arrived_at=None)
    assert delivery_of(meeting) == Delivery.FAILED


def on_paper(world):
    world.course.citizen.digital_post_exempt = True
    world.course.citizen.save(update_fields=["digital_post_exempt"])
    meeting = booked(world)
    sent()
    return meeting


def posted(world, at):
    batch = post_acts.open_batch(world.jobcentre, by=world.caseworker, at=at)
    post_acts.mark_printed(batch, by=world.caseworker, at=at)


def test_a_summons_on_paper_stands_from_the_day_on_which_it_is_posted(world, client):
    meeting = on_paper(world)
    client.force_login(world.caseworker)
    assert delivery_of(meeting) == Delivery.FAILED
    assert "waits for the printer" in client.get(meeting.get_absolute_url()).content.decode()

    late = TEN - timedelta(hours=1)
    posted(world, late)

    assert delivery_of(meeting) == Delivery.NOT_RECORDED
    assert meeting.letters.get().sent_at == late
    assert "on the day itself" in client.get(meeting.get_absolute_url()).content.decode()


def test_moving_takes_a_summons_back_that_only_waits_for_the_printer(world):
    meeting = on_paper(world)

    moved(world, meeting, LATER)

    assert post(meeting) == [("summons", "taken_back"), ("summons", "waiting")]


def test_cancelling_tells_who_has_a_summons_at_the_printer(world):
    meeting = on_paper(world)
    post_acts.open_batch(world.jobcentre, by=world.caseworker, at=LATER)

    cancelled(world, meeting, LATER)

    assert post(meeting) == [("summons", "to_print"), ("cancellation", "waiting")]


def test_the_page_of_an_interview_shows_its_letters_and_what_may_be_done(world, client):
    meeting = booked(world)
    client.force_login(world.caseworker)
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert "Waits until 9:10" in page
    assert "Take back" in page
    with time_machine.travel(NOW + WAIT + timedelta(minutes=5), tick=False):
        page = client.get(meeting.get_absolute_url()).content.decode()
    assert "Should have been sent" in page

    letter = meeting.letters.get()
    client.post(reverse("letters:take_back", args=[letter.pk]))
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert "No summons stands here" in page
    client.post(reverse("meetings:letter", args=[meeting.pk, "summons"]))
    assert post(meeting) == [("summons", "taken_back"), ("summons", "waiting")]


def test_a_summons_is_shown_before_anything_is_booked(world, client):
    client.force_login(world.caseworker)
    said = {
        "what": f"duty:{world.joint.pk}", "day": f"{DAY:%d.%m.%Y}", "starts": "10.00",
        "minutes": "45", "form": "in_person", "room": world.room.pk, "summon": "on",
    }  # fmt: skip
    page = reverse("meetings:book", args=[world.course.case_number])

    shown = client.post(page, said | {"letter": "1"})

    assert shown.content.startswith(b"%PDF")
    assert not world.course.meetings.exists()
    client.post(page, said | {"seen": "not_invited"})
    assert post(world.course.meetings.get()) == [("summons", "waiting")]


def test_opening_a_letter_is_logged_and_a_foreign_one_is_not_there(world, client):
    letter = booked(world).letters.get()
    client.force_login(world.caseworker)

    assert client.get(reverse("letters:pdf", args=[letter.pk])).content.startswith(b"%PDF")

    look = Look.objects.filter(by=world.caseworker).latest("pk")
    assert (look.case_pk, look.details["letter"]) == (world.course.pk, letter.pk)


def test_a_letter_keeps_the_words_it_was_written_with(world):
    letter = booked(world).letters.get()
    before = letter.content
    text = LetterText.objects.get(pk=letter.text_id)
    newer = {"kind": text.kind, "sender": text.sender, "language": text.language, "version": 2}
    LetterText.objects.create(**newer, subject="x", heading="x", body="x")
    sent()

    letter.refresh_from_db()
    assert letter.content == before
    assert letter.text == text


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_asks_the_same_number_of_queries(
    world, client, count, django_assert_max_num_queries
):
    for number in range(count):
        draft_at = TEN + timedelta(days=number)
        actions.book(
            world.course, world.joint_purpose(duty=None), world.sitting(draft_at),
            by=world.caseworker, at=NOW,
        )  # fmt: skip
    client.force_login(world.caseworker)

    with django_assert_max_num_queries(18):
        client.get(reverse("letters:list"))


def test_a_summons_sent_again_belongs_to_its_interview_which_is_cancelled_by_letter(world):
    meeting = booked(world)
    letter = failed(meeting)
    again = post_acts.resend(letter, by=world.caseworker, at=LATER)
    with time_machine.travel(LATER + WAIT, tick=False):
        assert work_off(at=LATER + WAIT).sent == 1

    cancelled(world, meeting, LATER + WAIT)

    assert list(again.meetings.all()) == [meeting]
    assert [kind for kind, state in post(meeting) if state == "waiting"] == ["cancellation"]


def test_a_summons_that_failed_is_not_sent_again_when_the_interview_is_elsewhere_or_off(world):
    meeting = booked(world)
    letter = failed(meeting)
    assert list(Letter.objects.failed()) == [letter]

    moved(world, meeting, LATER)
    with pytest.raises(Refused, match="moved, cancelled or settled"):
        post_acts.resend(letter, by=world.caseworker, at=LATER)
    assert not Letter.objects.failed().exists()

    other = failed(meeting)
    cancelled(world, meeting, LATER)
    with pytest.raises(Refused, match="moved, cancelled or settled"):
        post_acts.resend(other, by=world.caseworker, at=LATER)
    [row] = rows_of([other], reader=world.caseworker, at=NOW)
    assert not row.may_resend


def test_a_change_names_no_time_that_the_citizen_never_heard_of(world):
    meeting = booked(world)
    sent()
    moved(world, meeting, LATER)
    first = meeting.letters.get(kind="change")
    sitting = world.sitting(TEN + timedelta(days=2))
    actions.move(meeting, sitting, by=world.caseworker, at=LATER)

    first.refresh_from_db()
    second = meeting.letters.filter(kind="change").latest("pk")
    assert (first.state, second.state) == ("taken_back", "waiting")
    assert "Tidligere tidspunkt" in str(first.content["facts"])
    assert "Tidligere tidspunkt" not in str(second.content["facts"])


def place_in(world, **sitting):
    """What the summons to an interview says of the place."""
    content = booked(world, **sitting).letters.get().content
    return dict(content["facts"])["Sted"]


def test_a_summons_to_a_video_interview_says_the_link_and_no_street(world):
    room = RoomFactory(
        organisation=world.jobcentre, place="Street 1", link="https://video.example/1"
    )
    assert place_in(world, form="video", room=room) == "https://video.example/1"


def test_a_summons_to_a_video_interview_without_a_link_promises_none(world):
    assert place_in(world, form="video", room=None).endswith("før samtalen.")


def test_a_summons_to_a_phone_interview_says_which_number_to_call_when_nobody_calls(world):
    world.jobcentre.phone = "00 10 20 30"
    world.jobcentre.save()
    assert place_in(world, form="phone", room=None).endswith("ring på 00 10 20 30.")


def test_a_summons_on_paper_that_comes_too_late_is_told_where_it_is_printed(world, client):
    meeting = on_paper(world)
    client.force_login(world.caseworker)
    for before, said in (
        (timedelta(20), "Interview "),
        (timedelta(hours=2), "comes too late"),
        (-timedelta(hours=2), "nobody was summoned"),
    ):
        with time_machine.travel(meeting.starts_at - before, tick=False):
            assert said in client.get(reverse("letters:printing")).content.decode()
