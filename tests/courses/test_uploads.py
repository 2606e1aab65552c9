"""Sending files from the page: looked through, confirmed, taken in by the worker, stopped."""

import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from cryptography.exceptions import InvalidTag
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone, translation

from courses import tasks
from courses.actions import uploads
from courses.members import taking_in
from courses.members.taking_in import TakingIn
from courses.models import Citizen, Course, MemberFile
from journal.models import Entry
from partnerships.models import Role
from servers.locks import until
from shared.refusals import Refused
from tests.courses.member_files import ANNA, BO, members
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(a_kasser):
    return UserFactory(role=Role.COORDINATOR, organisation=a_kasser[0])


@pytest.fixture
def sent(a_kasser, by):
    """Sends files of Anna, whose row is good, and Bo, whose row is not."""

    def send(name="members.csv", content=None, **files):
        text = members((ANNA, "2026-07-06"), (BO, "=2026-13-01"))
        chosen = {name: text if content is None else content, **files}
        return uploads.receive(
            a_kasse=a_kasser[0],
            files=[
                SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)
                for name, text in chosen.items()
            ],
            by=by,
        )

    return send


def taken(upload, by):
    """The upload after it was confirmed and the worker had it."""
    uploads.take_in(upload, by=by)
    tasks.take_in(member_file_pk=upload.pk)
    upload.refresh_from_db()
    return upload


def test_files_are_looked_through_at_once_and_nothing_is_taken_in(sent):
    upload = sent()

    assert upload.state == "previewed"
    assert upload.preview["members"] == {"new": 1, "changed": 0, "same": 0, "refused": 1}
    assert upload.rows_total == 2
    assert not Citizen.objects.exists()
    assert Entry.objects.get().what == "member-file-received"


def test_the_content_is_kept_sealed_and_forgotten_once_it_is_taken_in(sent, by):
    upload = sent()
    upload.refresh_from_db()
    assert b"6101" not in bytes(upload.content_sealed)

    upload = taken(upload, by)

    assert (upload.state, upload.content_sealed) == ("done", None)
    assert (upload.rows_done, upload.rows_total) == (2, 2)
    assert upload.report["courses_opened"] == Course.objects.count() == 1
    assert upload.finished_at


def test_the_registration_says_who_sent_it(sent, by):
    taken(sent(), by)

    assert Course.objects.get().registrations.get().recorded_by == by


def test_sealed_content_opens_in_its_own_upload_only(sent, by):
    one, other = sent(), sent("members.CSV")
    MemberFile.objects.filter(pk=other.pk).update(content_sealed=one.content_sealed)
    uploads.take_in(other, by=by)

    with pytest.raises(InvalidTag):
        tasks.take_in(member_file_pk=other.pk)

    other.refresh_from_db()
    assert other.state == "stopped"
    assert not Course.objects.exists()


def test_the_task_given_out_twice_takes_it_in_once(sent, by):
    upload = taken(sent(), by)

    tasks.take_in(member_file_pk=upload.pk)

    assert MemberFile.objects.get().report == upload.report


def test_several_files_and_a_zip_are_the_same(sent):
    several = sent(**{"hours.csv": f"cpr,month,hours\n{ANNA},2026-07,100"})
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        packed.writestr("july/members.csv", members((ANNA, "2026-07-06"), (BO, "=2026-13-01")))
        packed.writestr("july/hours.csv", f"cpr,month,hours\n{ANNA},2026-07,100")
    one = sent("july.zip", content.getvalue())

    without_time = [{**upload.preview, "seconds": 0} for upload in (several, one)]
    assert without_time[0] == without_time[1]
    assert several.name == "members.csv, hours.csv"


def test_a_cpr_number_in_a_file_name_is_not_kept(sent):
    assert "6101851000" not in sent("members.csv", **{f"{ANNA}.csv": "x"}).name


@pytest.mark.parametrize(("name", "content"), [("july.zip", b"no zip"), ("hours.csv", "cpr,month,hours"), ("members.csv", "cpr,x")])  # fmt: skip
def test_what_cannot_be_read_fails_with_a_sentence_and_is_forgotten(sent, name, content):
    upload = sent(name, content)

    assert (upload.state, upload.content_sealed) == ("failed", None)
    assert upload.report["message"]


def test_anything_but_csv_files_or_one_zip_is_refused(sent):
    with pytest.raises(Refused):
        sent("members.xlsx", "x")
    assert not MemberFile.objects.exists()


def test_only_the_files_of_ones_own_a_kasse_can_be_sent_or_taken_in(sent, a_kasser):
    stranger = UserFactory(role=Role.COORDINATOR, organisation=a_kasser[1])
    upload = sent()

    with pytest.raises(Refused):
        uploads.receive(a_kasse=a_kasser[0], files=[], by=stranger)
    for act in (uploads.take_in, uploads.stop):
        with pytest.raises(Refused):
            act(upload, by=stranger)
    assert not MemberFile.objects.visible_to(stranger).exists()


def test_it_is_confirmed_once_and_stopped_only_while_it_runs(sent, by):
    upload = sent()
    with pytest.raises(Refused):
        uploads.stop(upload, by=by)
    uploads.take_in(upload, by=by)
    with pytest.raises(Refused):
        uploads.take_in(upload, by=by)


def test_stopped_before_it_began_it_does_not_begin_and_can_go_on_later(sent, by):
    upload = uploads.take_in(sent(), by=by)
    uploads.stop(upload, by=by)
    tasks.take_in(member_file_pk=upload.pk)
    assert not Course.objects.exists()

    assert taken(upload, by).state == "done"


def test_stopped_on_the_way_it_keeps_what_was_taken_and_goes_on_later(sent, by, monkeypatch):
    monkeypatch.setattr(taking_in, "PEOPLE_A_CHUNK", 1)
    upload = sent(content=members((ANNA, "2026-07-06"), (BO, "2026-07-06")))
    take = TakingIn._taken

    def take_and_stop(self, chunk):
        part = take(self, chunk)
        if not self.dry_run:
            uploads.stop(upload, by=by)
        return part

    with monkeypatch.context() as patch:
        patch.setattr(TakingIn, "_taken", take_and_stop)
        assert taken(upload, by).state == "stopped"
    assert Course.objects.count() == 1
    assert upload.rows_done == 1

    assert taken(upload, by).state == "done"
    assert Course.objects.count() == 2


def test_the_refused_rows_are_a_table_that_no_spreadsheet_computes(sent):
    upload = sent()

    with translation.override("en"):
        header, row = uploads.remarks_as_csv(upload).splitlines()

    assert header == "File;Row;Column;What is wrong"
    assert row == "members.csv;3;registered_on;'=2026-13-01 is no date"


def test_the_content_of_files_that_nobody_took_in_is_forgotten(sent, by):
    old = sent()
    MemberFile.objects.update(uploaded_at=timezone.now() - timedelta(31))

    sent()

    old.refresh_from_db()
    assert old.content_sealed is None
    with pytest.raises(Refused):
        uploads.take_in(old, by=by)


def test_a_large_upload_is_looked_through_by_the_worker(sent, monkeypatch):
    monkeypatch.setattr(uploads, "LOOKED_THROUGH_AT_ONCE", 0)
    upload = sent()
    assert upload.state == "looking"

    tasks.look_through(member_file_pk=upload.pk)

    upload.refresh_from_db()
    assert upload.state == "previewed"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_real_worker_takes_in_what_was_confirmed(worker, sent, by):
    upload = uploads.take_in(sent(), by=by)

    for _ in until(30):
        upload.refresh_from_db()
        if upload.state == "done":
            break

    assert upload.state == "done"
    assert Course.objects.get().citizen.cpr == "6101851000"
