"""An a-kasse sends its files: looked through, confirmed, watched, stopped, and reported on."""

import io
import zipfile

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from courses.models import Course, MemberFile
from courses.tasks import take_in
from tests.courses.course_world import NOW, make_world

pytestmark = pytest.mark.django_db
HEAD = "cpr,first_name,last_name,municipality,registered_on\n"
GOOD = "620385-0001,Bo,Østberg,101,2026-11-02\n"
BAD = "620385-0002,Bo,Vestberg,101,2026-13-02\n"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def send(client, world):
    def sent(*files, by="consultant"):
        client.force_login(getattr(world, by))
        return client.post(
            reverse("courses:files"), {"a_kasse": world.a_kasse.pk, "files": list(files)}
        )

    return sent


def csv(text, name="members.csv"):
    return SimpleUploadedFile(name, text.encode(), content_type="text/csv")


def test_the_files_are_looked_through_before_anything_is_taken_in(client, send):
    before = Course.objects.count()
    page = client.get(send(csv(HEAD + GOOD + BAD)).url).text
    assert "members.csv:3" in page
    assert "registered_on" in page
    assert "2026-13-02" in page
    assert reverse("courses:take_in", args=[MemberFile.objects.get().pk]) in page
    assert Course.objects.count() == before


def test_no_number_of_a_file_comes_back(client, send):
    page = client.get(send(csv(HEAD + GOOD + BAD)).url).text
    assert "620385" not in page
    remarks = client.get(reverse("courses:remarks", args=[MemberFile.objects.get().pk]))
    assert "620385" not in remarks.text


def test_what_is_confirmed_is_taken_in_and_reported(client, send):
    send(csv(HEAD + GOOD + BAD))
    upload = MemberFile.objects.get()
    response = client.post(reverse("courses:take_in", args=[upload.pk]))
    assert response.url == reverse("courses:file", args=[upload.pk])
    assert 'hx-trigger="every 2s"' in client.get(response.url).text
    take_in(member_file_pk=upload.pk)
    page = client.get(response.url).text
    assert "hx-trigger" not in page
    assert Course.objects.filter(citizen__last_name="Østberg").exists()


def test_several_files_and_one_zip_are_the_same(client, send, world):
    hours = "cpr,month,hours\n620385-0001,2026-11,20\n"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr("members.csv", HEAD + GOOD)
        made.writestr("hours.csv", hours)
    for files in (
        [csv(HEAD + GOOD), csv(hours, "hours.csv")],
        [SimpleUploadedFile("november.zip", packed.getvalue())],
    ):
        assert send(*files).status_code == 302
        upload = MemberFile.objects.latest("pk")
        assert {kind: upload.preview[kind]["new"] for kind in ("members", "hours")} == {
            "members": 1,
            "hours": 1,
        }


def test_a_fragment_carries_the_progress_alone(client, send):
    response = send(csv(HEAD + GOOD))
    fragment = client.get(response.url, headers={"HX-Request": "true"}).text
    assert 'id="upload"' in fragment
    assert fragment.strip().startswith("<div")
    assert "<main" not in fragment


def test_it_is_stopped_and_goes_on(client, send):
    send(csv(HEAD + GOOD))
    upload = MemberFile.objects.get()
    client.post(reverse("courses:take_in", args=[upload.pk]))
    client.post(reverse("courses:stop", args=[upload.pk]))
    upload.refresh_from_db()
    assert upload.state == "stopped"
    page = client.get(reverse("courses:file", args=[upload.pk])).text
    assert reverse("courses:take_in", args=[upload.pk]) in page


def test_files_that_cannot_be_read_say_why(client, send):
    page = client.get(send(csv("cpr;surname\n1;2\n")).url).text
    assert "surname" in page
    assert "button-primary" not in page


def test_no_file_is_an_error_beside_the_field(send):
    assert 'id="id_files_error"' in send().text
    assert not MemberFile.objects.exists()


def test_remarks_are_a_file_that_a_spreadsheet_opens(client, send):
    send(csv(HEAD + BAD))
    response = client.get(reverse("courses:remarks", args=[MemberFile.objects.get().pk]))
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in response["Content-Disposition"]
    assert "members.csv;2;registered_on" in response.text


def test_an_a_kasse_sends_and_sees_its_own_files_only(client, send, world):
    send(csv(HEAD + GOOD))
    upload = MemberFile.objects.get()
    for who in ("caseworker", "abroad", "admin"):
        assert send(csv(HEAD + GOOD), by=who).status_code == 404
    assert send(csv(HEAD + GOOD), by="stranger").status_code == 200  # 3F is no choice of FOA's
    for who in ("caseworker", "stranger", "abroad", "admin"):
        client.force_login(getattr(world, who))
        for name in ("file", "remarks"):
            assert client.get(reverse(f"courses:{name}", args=[upload.pk])).status_code == 404
        for name in ("take_in", "stop"):
            assert client.post(reverse(f"courses:{name}", args=[upload.pk])).status_code == 404
    assert MemberFile.objects.count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_queries(
    client, send, count, django_assert_max_num_queries
):
    for _ in range(count):
        send(csv(HEAD + GOOD))
    with django_assert_max_num_queries(8):
        page = client.get(reverse("courses:files")).text
    assert page.count("/a-kasse/filer/") - page.count('"/a-kasse/filer/"') == count
