"""What stands behind the link of a summons, for whom, and for how long."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.models import User
from courses.models import Party
from letters.channels.email import message_of
from meetings import actions, citizen_links
from meetings.actions.letters import summon
from meetings.models import CitizenLink
from selfservice.limits import POINTS_A_MINUTE, WRONG_LINK
from selfservice.models import Opening
from tests.factories import MeetingFactory
from tests.meetings.conftest import DAY, NOW, TEN

pytestmark = pytest.mark.django_db
PAGES = ("page", "calendar_file", "sick", "other_time", "participation")


def text_of(letter) -> str:
    return "\n".join(one["text"] for one in letter.content["parts"] if one["kind"] == "text")


def test_a_summons_carries_the_address_in_its_words_and_in_the_mail_around_it(linked, settings):
    letter = linked.meeting.letters.get(kind="summons")
    url = f"{settings.PUBLIC_URL}{linked.url()}"

    assert url in text_of(letter)
    linked.world.course.citizen.email = "x@example.dk"
    assert url in message_of(letter, b"%PDF").body
    assert linked.get().status_code == 200


def test_a_letter_that_is_only_looked_at_makes_no_link(linked):
    other = linked.place.course()
    client = Client()
    client.force_login(linked.by)
    duty = linked.place.joint(other).duty

    said = {"tid": linked.chosen()["tid"] + "-0", "letter": "1"}
    answer = client.post(f"{reverse('slots:book', args=[other.case_number])}?krav={duty.pk}", said)

    assert answer.status_code == 200
    assert not CitizenLink.objects.filter(meeting__course=other).exists()


@pytest.mark.parametrize("page", PAGES)
def test_the_page_names_nobody_and_no_kind_of_interview(linked, page):
    course, body = linked.world.course, linked.get(page).content.decode()

    assert course.case_number in body
    assert "10:00" in body or "T100000" in body
    for name in (
        course.citizen.first_name,
        course.citizen.last_name,
        course.citizen.masked_cpr,
        linked.by.first_name,
        linked.by.last_name,
        course.a_kasse.name,
    ):
        assert name not in body
    assert not re.search(r"[Jj]oint|samtaler/\d|sickness", body)


def test_a_sickness_talk_looks_like_any_other_interview(linked):
    talk = MeetingFactory(
        course=linked.world.course, kind="sickness", starts_at=TEN + timedelta(days=2)
    )
    url = citizen_links.address_of(talk, at=NOW)

    for page in (url, f"{url}samtale.ics"):
        assert not re.search("sick|syg", re.sub(r'href="[^"]*"', "", body_of(page)).lower().replace(
            "report that you are ill", ""))  # fmt: skip


def body_of(url: str) -> str:
    return Client().get(url, headers={"accept-language": "en"}).content.decode()


def test_a_place_in_a_workers_own_words_stands_in_the_letter_alone(linked):
    home = MeetingFactory(
        course=linked.world.course, place="Hjemme hos dig, Rosenvej 4", starts_at=TEN
        + timedelta(days=2),
    )  # fmt: skip

    body = body_of(citizen_links.address_of(home, at=NOW))

    assert "Rosenvej" not in body
    assert "The place stands in your letter." in body


def test_reading_needs_no_session_and_sets_no_cookie(linked):
    answer = linked.get()

    assert not answer.cookies
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["X-Robots-Tag"].startswith("noindex")
    assert "no-store" in answer["Cache-Control"]
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "<script" not in answer.content.decode()


def test_a_form_is_sent_without_a_cookie_too(linked):
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(linked.url("sick")).status_code == 302


def test_the_address_chooses_the_language(linked):
    asked = {"headers": {"accept-language": "da"}}

    assert 'lang="en"' in Client().get(f"{linked.url()}?sprog=en", **asked).content.decode()[:200]
    assert 'lang="da"' in Client().get(linked.url(), **asked).content.decode()[:200]
    assert 'lang="da"' in Client().get(f"{linked.url()}?sprog=xx", **asked).content.decode()[:200]


def wrong_tokens(linked):
    key, _hyphen, signature = linked.token.partition("-")
    other = "a" if signature[0] != "a" else "b"
    yield f"{key}-{other}{signature[1:]}"
    yield f"{int(key, 16) + 1:x}-{signature}"
    yield from (key, f"{key}-", f"-{signature}", f"0{'f' * 16}-{signature}", f"{key}-æ", "x" * 900)


def test_wrong_and_expired_links_have_one_answer(linked, settings):
    answers = set()
    for token in wrong_tokens(linked):
        answers.add(page_of(token))
    with time_machine.travel(citizen_links.expiry_of(linked.meeting), tick=False):
        answers.add(page_of(linked.token))

    [(status, body)] = answers
    assert status == 404
    assert "Contact us as your letter says" in body


def test_a_cancelled_interview_says_so_until_its_day_is_over_and_offers_nothing(linked):
    linked.stated("sick")
    actions.cancel(
        linked.meeting, cancelled_by=Party.JOBCENTRE, reason="Closed.", by=linked.by, at=NOW
    )

    status, body = page_of(linked.token)

    assert status == 200
    assert "The interview is cancelled. You need not come." in body
    assert "<form" not in body
    assert "Closed." not in body
    assert linked.get("calendar_file").status_code == 302
    assert linked.post("other_time", wish="1").status_code == 409
    with time_machine.travel(citizen_links.expiry_of(linked.meeting), tick=False):
        assert page_of(linked.token)[0] == 404


def page_of(token: str) -> tuple[int, str]:
    url = reverse("selfservice:page", args=[token])
    answer = Client().get(url, headers={"accept-language": "en"})
    return answer.status_code, answer.content.decode()


def test_it_works_to_the_end_of_the_day_of_the_interview(linked):
    end = citizen_links.expiry_of(linked.meeting)

    assert (end - timedelta(seconds=1)).astimezone(TEN.tzinfo).date() == DAY
    with time_machine.travel(end - timedelta(seconds=1), tick=False):
        answer = linked.get()
    assert answer.status_code == 200
    assert "The interview has begun." in answer.content.decode()


def test_a_moved_interview_keeps_its_link_and_shows_the_new_time(linked):
    before, week = linked.token, timedelta(days=7)
    sitting = linked.world.sitting(TEN + week - timedelta(days=2, hours=-1))

    actions.move(linked.meeting, sitting, by=linked.by, at=NOW)

    assert linked.token == before
    assert "11:00" in linked.get().content.decode()
    assert linked.link.expires_at == citizen_links.expiry_of(linked.again())
    again = summon(linked.again(), by=linked.by, at=NOW)
    assert linked.url() in text_of(again)


def test_a_key_that_was_replaced_still_opens_the_letters_that_are_out(linked, settings):
    url = linked.url()

    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
    assert Client().get(url).status_code == 200
    settings.SECRET_KEY_FALLBACKS = []
    assert Client().get(url).status_code == 404


def test_an_address_typed_from_paper_may_be_in_capitals(linked):
    assert Client().get(reverse("selfservice:page", args=[linked.token.upper()])).status_code == 200


def test_who_tries_wrong_links_has_to_wait_and_others_do_not(linked):
    wrong = reverse("selfservice:page", args=["1-wrong"])
    for _try in range(POINTS_A_MINUTE // WRONG_LINK):
        assert Client().get(wrong).status_code == 404

    assert Client().get(wrong).status_code == 429
    assert Client(REMOTE_ADDR="127.0.0.2").get(linked.url()).status_code == 200


def test_openings_are_counted(linked):
    for _time in range(3):
        linked.get()

    assert Opening.objects.get(link=linked.link).times == 3
    assert linked.link.opened_at == NOW


def test_the_calendar_file_says_when_and_where_and_no_more(linked):
    answer = linked.get("calendar_file")
    body = answer.content.decode()

    assert answer["Content-Type"].startswith("text/calendar")
    assert "DTSTART;TZID=Europe/Copenhagen:20260930T100000" in body
    assert f"SUMMARY:Interview · {linked.world.course.case_number}" in body
    assert linked.world.room.name in body
    assert "URL" not in body
    assert linked.token not in body


def test_a_worker_who_is_signed_in_sees_what_everybody_sees(linked):
    client = Client()
    client.force_login(User.objects.get(pk=linked.by.pk))

    body = client.get(linked.url(), headers={"accept-language": "en"}).content.decode()

    assert linked.by.last_name not in body
