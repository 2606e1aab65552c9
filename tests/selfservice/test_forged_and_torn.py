"""What comes by link from the curious, the impatient and the hostile: a sensible page, never 500."""

import random
import string
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from journal.models import Entry
from meetings import citizen_links
from meetings.models import CitizenLink
from notices.models import Notice
from selfservice import actions
from selfservice.models import Statement
from tests.meetings.conftest import NOW, TEN
from tests.selfservice.test_citizens_page import PAGES

pytestmark = pytest.mark.django_db
FORMS = ("sick", "other_time", "participation")
ODD = ["", "0", "-1", "9" * 40, "²", "\x00", "<b>", "' OR 1=1--", "ÆØÅ", "\U0001f600", "A" * 5000]


def test_tokens_that_were_tampered_with_open_nothing(linked):
    key, _hyphen, signature = linked.token.partition("-")
    other = linked.place.book(linked.later, linked.place.course())
    foreign = citizen_links.token_of(CitizenLink.objects.get(meeting=other))
    dice = random.Random(22)  # noqa: S311 (the same letters each time)
    letters = string.ascii_lowercase + string.digits + "-_.~%"
    tokens = [
        f"{foreign.partition('-')[0]}-{signature}",  # another citizen's interview, my signature
        f"{key}-{foreign.partition('-')[2]}",
        f"0{linked.token}-",
        f"{key}-{signature[:-1]}",
        f"{key}-{signature}a",
        f"{'f' * 16}-{signature}",
        f"{'f' * 300}-{signature}",
        signature,
        key,
        *("".join(dice.choices(letters, k=dice.randint(1, 60))) for _n in range(20)),
    ]

    for token in tokens:
        cache.clear()
        for name in dice.sample(PAGES, 2):
            url = reverse(f"selfservice:{name}", args=[token])
            answer = Client().post(url) if name in FORMS else Client().get(url)
            assert answer.status_code == 404, (token, name)
    assert not Statement.objects.exists()


def test_whatever_a_form_holds_the_answer_is_a_page(linked):
    odd = [{"tid": f"{linked.later.pk}-{one}", "day": one, "starts": one} for one in ODD]
    days = (
        ("2099-12-31", "23:59"),
        ("0001-01-01", "00:00"),
        ("9999-12-31", "23:59"),
        ("2027-03-28", "02:30"),  # skipped by summer time
    )
    wishes = [{"wish": "1", "day": day, "starts": clock} for day, clock in days]

    for said in (*odd, *wishes, {"wish": "1", **odd[0]}, {"wish": "1", **odd[4]}):
        assert linked.post("other_time", **said).status_code in (200, 302), said
    for page in ("sick", "participation"):
        forged = {"kind": "together", "meeting": "1", "answer": "confirmed", "tid": ODD[-1]}
        assert linked.post(page, **forged).status_code == 302
    assert linked.get("page", sprog=ODD[-1]).status_code == 200
    meeting = linked.again()
    assert (meeting.state, meeting.starts_at, meeting.with_other_party) == ("booked", TEN, True)
    assert not Statement.objects.exclude(answer__in=["", "overtaken"]).exists()


def test_a_file_or_a_torn_body_instead_of_a_form_is_answered(linked):
    url = linked.url("other_time")
    for body, kind in (
        (b"\xff\xfe\x00", "application/x-www-form-urlencoded"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"--x", "multipart/form-data"),
        (b'{"tid": 1}', "application/json"),
    ):
        assert Client().post(url, body, content_type=kind).status_code in (200, 400)
    assert not Statement.objects.exists()


def test_other_methods_are_no_way_in(linked):
    for page in PAGES:
        for method in ("put", "delete", "patch"):
            assert getattr(Client(), method)(linked.url(page)).status_code == 405


def test_a_form_sent_again_after_the_answer_is_a_new_statement_and_undoes_nothing(linked):
    first = linked.stated("other_time", **linked.chosen())
    actions.confirm(first, by=linked.by, at=NOW)

    replayed = linked.post("other_time", **linked.chosen())

    assert linked.again().starts_at == linked.later.starts_at
    assert replayed.status_code == 200
    assert "has just been taken" in replayed.content.decode()
    assert Statement.objects.count() == 1


def test_two_tabs_that_say_two_things_leave_one_open_statement_of_each_kind(linked):
    free = linked.place.slot(TEN + timedelta(days=2))
    second = {"tid": f"{free.pk}-{int(free.starts_at.timestamp())}"}
    for page, said in (
        ("other_time", linked.chosen()),
        ("other_time", second),
        ("sick", {}),
        ("other_time", linked.chosen()),
        ("sick", {}),
    ):
        assert linked.post(page, **said).status_code == 302

    waiting = Statement.objects.filter(answer="").order_by("kind")
    assert [(one.kind, one.slot) for one in waiting] == [
        ("other_time", linked.later),
        ("sick", None),
    ]


def test_a_tab_left_open_after_the_interview_was_cancelled_is_told_so(linked):
    actions.confirm(linked.stated("sick"), by=linked.by, at=NOW)

    for page in FORMS:
        answer = linked.post(page, wish="1")
        assert answer.status_code == 409
        assert "The interview is cancelled." in answer.content.decode()


def test_pressing_twenty_times_is_one_statement_and_one_notice(linked):
    codes = [linked.post("sick").status_code for _n in range(20)]

    assert set(codes) == {302}
    assert Statement.objects.count() == 1
    assert Notice.objects.filter(kind="stated-by-link").count() == 1
    assert Entry.objects.filter(what="statement-made").count() == 1


def test_an_address_that_asks_too_much_waits_a_minute_also_with_a_right_link(linked):
    cache.clear()
    wrong = reverse("selfservice:page", args=["1-wrong"])
    for _try in range(20):
        Client().get(wrong)

    answer = linked.get()

    assert answer.status_code == 429
    assert "Try again in a minute" in answer.content.decode()
    assert linked.world.course.case_number not in answer.content.decode()


def test_every_answer_is_kept_out_of_caches_searches_and_the_next_page(linked):
    linked.stated("sick")
    answers = [linked.get(page) for page in PAGES]
    answers += [linked.post("participation"), Client().get("/s/1-wrong/")]
    with time_machine.travel(TEN + timedelta(days=2), tick=False):
        answers.append(linked.get())

    for answer in answers:
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer["Cache-Control"]
        assert "noindex" in answer["X-Robots-Tag"]
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
        assert "script-src" not in answer["Content-Security-Policy"]
        assert not answer.cookies
