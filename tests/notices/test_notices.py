"""Notices on screen: told once, one's own only, read and unread again."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse

from notices.actions import read, read_all, tell, unread, unread_all
from notices.models import Notice
from notices.unread import unread_count
from tests.factories import UserFactory, moment
from tests.meetings.conftest import NOW, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_cache")]
LATER = NOW + timedelta(hours=2)
LINK = "/samtaler/7/"


@pytest.fixture(autouse=True)
def _in_english(settings):
    settings.LANGUAGE_CODE = "en"


def told(user, kind="invitation", url=LINK, at=NOW, **more):
    tell([user], kind, case_number="K-000123", url=url, at=at, **more)
    return Notice.objects.filter(user=user, kind=kind, url=url).latest("pk")


def test_the_same_told_twice_is_one_unread_notice_moved_up():
    user = UserFactory()
    told(user)
    told(user, at=LATER)
    [notice] = Notice.objects.all()
    assert (notice.at, notice.read_at) == (LATER, None)


def test_what_was_read_is_told_anew_when_it_happens_again():
    user = UserFactory()
    read(told(user), by=user, at=NOW)
    told(user, at=LATER)
    assert Notice.objects.unread().count() == 1
    assert Notice.objects.count() == 2


def test_nobody_is_told_of_what_they_did_themselves():
    doer, other = UserFactory(), UserFactory()
    tell([doer, other], "choice", case_number="K-000123", url=LINK, at=NOW, by=doer)
    assert list(Notice.objects.values_list("user", flat=True)) == [other.pk]


def test_a_kind_without_words_is_refused():
    with pytest.raises(ValueError, match="has no words"):
        told(UserFactory(), kind="gossip")


def test_marking_all_and_undoing_it_leaves_alone_what_was_read_before():
    user = UserFactory()
    first = told(user, url="/a/")
    read(first, by=user, at=NOW)
    told(user, url="/b/")
    told(user, url="/c/")
    assert read_all(by=user, at=LATER) == 2
    assert unread_all(by=user, at=LATER) == 2
    assert set(Notice.objects.unread().values_list("url", flat=True)) == {"/b/", "/c/"}


def test_unreading_one_that_was_told_again_since_leaves_one():
    user = UserFactory()
    first = told(user)
    read(first, by=user, at=NOW)
    told(user, at=LATER)
    unread(first, by=user)
    assert list(Notice.objects.unread()) == [first]


def test_another_persons_notice_cannot_be_read_or_opened(client):
    notice = told(UserFactory())
    stranger = UserFactory()
    with pytest.raises(PermissionError):
        read(notice, by=stranger, at=NOW)
    client.force_login(stranger)
    assert client.post(reverse("notices:open", args=[notice.pk])).status_code == 404
    notice.refresh_from_db()
    assert notice.read_at is None


def test_opening_a_notice_marks_it_read_and_goes_to_its_link(client):
    user = UserFactory()
    notice = told(user)
    client.force_login(user)
    answer = client.post(reverse("notices:open", args=[notice.pk]))
    assert (answer.status_code, answer["Location"]) == (302, LINK)
    notice.refresh_from_db()
    assert notice.read_at is not None
    assert "K-000123" in client.get("/beskeder/?vis=alle").content.decode()
    assert "K-000123" not in client.get("/beskeder/").content.decode()


def test_a_notice_leads_nowhere_outside(client):
    user = UserFactory()
    notice = told(user, url="https://elsewhere.example/")
    client.force_login(user)
    answer = client.post(reverse("notices:open", args=[notice.pk]))
    assert answer["Location"] == "/beskeder/"


def test_the_page_marks_all_and_undoes_it(client):
    user = UserFactory()
    told(user)
    client.force_login(user)
    page = client.post("/beskeder/laest/", follow=True)
    assert "Undo" in page.content.decode()
    assert not Notice.objects.unread().exists()
    client.post("/beskeder/ulaest/")
    assert Notice.objects.unread().count() == 1


def test_the_bell_counts_and_follows_what_is_told_and_read(
    client, django_capture_on_commit_callbacks
):
    user = UserFactory()
    client.force_login(user)
    assert "unread notice" not in client.get("/profil/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        notice = told(user)
    assert "1 unread notice" in client.get("/profil/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        read(notice, by=user, at=NOW)
    assert "unread notice" not in client.get("/profil/").content.decode()


def test_the_bell_costs_one_query_and_then_none(client):
    client.force_login(UserFactory())
    counted = []
    for _visit in range(2):
        with CaptureQueriesContext(connection) as asked:
            client.get("/profil/")
        counted.append(sum("notices_notice" in one["sql"] for one in asked.captured_queries))
    assert counted == [1, 0]


def test_the_list_pages_by_key_and_shows_each_once(client):
    user = UserFactory()
    for number in range(120):
        told(user, url=f"/{number}/", at=moment(TODAY, 8) + timedelta(minutes=number // 3))
    client.force_login(user)
    seen, address = [], "/beskeder/"
    while address:
        page = client.get(address).context["page"]
        seen += [row.pk for row in page.rows]
        address = f"/beskeder/?efter={page.after}" if page.after else ""
    assert len(seen) == len(set(seen)) == 120
    assert client.get("/beskeder/?efter=nobody").status_code == 200


@pytest.mark.parametrize("rows", [0, 1, 50])
def test_the_list_asks_as_much_for_one_as_for_fifty(client, rows):
    user = UserFactory()
    client.force_login(user)
    client.get("/beskeder/")
    for number in range(rows):
        told(user, url=f"/{number}/")
    with CaptureQueriesContext(connection) as captured:
        client.get("/beskeder/")
    assert len(captured) <= 8


def test_without_a_cache_the_bell_counts(settings):
    user = UserFactory()
    told(user)
    lost = settings.CACHES["default"] | {"LOCATION": "unix:///nowhere/at-all.sock"}
    with override_settings(CACHES={"default": lost}):
        assert unread_count(user) == 1


def test_databases_that_share_a_cache_count_their_own_notices(monkeypatch):
    user = UserFactory()
    assert unread_count(user) == 0
    Notice.objects.create(user=user, kind="invitation", url=LINK, at=NOW)
    monkeypatch.setitem(connection.settings_dict, "NAME", "another")
    assert unread_count(user) == 1
