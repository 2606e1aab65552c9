"""Rows reach the database by COPY exactly as they were given, and only when they differ."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import Error, connection, transaction

from courses.models import Absence, Citizen, Duty, MemberFile, Party, ReportedHours
from shared.copying import copy_rows, update, upsert
from tests.factories import (
    AKasseFactory,
    CitizenFactory,
    CourseFactory,
    DutyFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
KEY = ["course_id", "rule", "ordinal"]
SAID = ["late_from", "responsible", "because", "certain"]
MONTH = date(2026, 9, 1)
AWKWARD = "tab\there, line\nthere, return\r, \\N, \\., quote\" ' æøå €, back\\slash"


def duty_row(duty, **changes):
    """A stored duty as a row of `upsert`."""
    return {
        name: getattr(duty, name)
        for name in [field.attname for field in Duty._meta.fields if field.attname != "id"]
    } | changes


def upsert_duties(rows):
    columns = [f.attname for f in Duty._meta.fields if f.attname not in {"id", *KEY}]
    return upsert(Duty, rows, KEY, columns)


def versions():
    """Where each duty row lies in the table: a row that is written moves."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, ctid::text FROM courses_duty ORDER BY id")
        return cursor.fetchall()


def test_awkward_text_empty_text_and_nothing_arrive_as_they_were():
    citizen = CitizenFactory(first_name=AWKWARD, phone="")
    row = {f.attname: getattr(citizen, f.attname) for f in Citizen._meta.fields}
    citizen.delete()
    del row["id"]
    assert copy_rows(Citizen, list(row), [row]) == 1
    [found] = Citizen.objects.values(*row)
    assert {name: bytes(v) if isinstance(v, memoryview) else v for name, v in found.items()} == row


def test_json_numbers_moments_and_empty_columns_arrive_as_they_were():
    a_kasse, user = AKasseFactory(), UserFactory()
    report = {"text": AWKWARD, "list": [1, None, {"æ": "\u2028"}]}
    row = {"a_kasse_id": a_kasse.pk, "uploaded_by_id": user.pk, "name": "m.csv", "state": "done",
           "uploaded_at": datetime(2026, 3, 29, 1, 30, tzinfo=UTC), "report": report, "preview": {},
           "rows_total": 3, "rows_done": 0, "content_sealed": b"\x00\\\n\xff", "finished_at": None}  # fmt: skip
    copy_rows(MemberFile, list(row), [row])
    [found] = MemberFile.objects.values(*row)
    assert found | {"content_sealed": bytes(found["content_sealed"])} == row


def test_exact_decimals_and_months_arrive_as_they_were():
    citizen, a_kasse = CitizenFactory(), AKasseFactory()
    row = {"citizen_id": citizen.pk, "month": MONTH, "hours": Decimal("160.33"),
           "a_kasse_id": a_kasse.pk, "source": "file", "recorded_at": datetime.now(UTC)}  # fmt: skip
    copy_rows(ReportedHours, list(row), [row])
    assert list(ReportedHours.objects.values(*row)) == [row]


def test_upsert_adds_what_is_new_and_updates_what_says_something_else():
    course = CourseFactory()
    kept, moved = DutyFactory(course=course), DutyFactory(course=course)
    new = duty_row(kept, ordinal=31000, responsible=Party.JOBCENTRE)
    written = upsert_duties([duty_row(kept), duty_row(moved, due_on=MONTH), new])
    assert written == 2
    assert set(Duty.objects.values_list("pk", "due_on", "responsible")) >= {
        (kept.pk, kept.due_on, "a_kasse"),
        (moved.pk, MONTH, "a_kasse"),
    }
    assert Duty.objects.get(ordinal=31000).responsible == "jobcentre"


def test_upsert_writes_no_row_when_nothing_differs():
    duties = [DutyFactory(with_party="", notes=[{"text": "x"}]), DutyFactory(due_on=None)]
    before = versions()
    assert upsert_duties([duty_row(duty) for duty in duties]) == 0
    assert versions() == before


def test_update_writes_the_rows_that_say_something_else_and_adds_none():
    kept, moved = DutyFactory(), DutyFactory()
    rows = [{"id": kept.pk, "due_on": kept.due_on}, {"id": moved.pk, "due_on": None}]
    assert update(Duty, [*rows, {"id": moved.pk + 1, "due_on": MONTH}], ["id"], ["due_on"]) == 1
    assert dict(Duty.objects.values_list("pk", "due_on")) == {kept.pk: kept.due_on, moved.pk: None}
    before = versions()
    assert update(Duty, rows, ["id"], ["due_on"]) == 0
    assert versions() == before


def test_upsert_of_nothing_writes_nothing():
    assert upsert_duties([]) == 0


def test_a_row_that_the_database_refuses_takes_the_whole_call_back():
    duty = DutyFactory()
    rows = [duty_row(duty, ordinal=31000), duty_row(duty, ordinal=31001, outcome="unheard of")]
    with pytest.raises(Error), transaction.atomic():
        upsert_duties(rows)
    assert list(Duty.objects.all()) == [duty]
    assert upsert_duties(rows[:1]) == 1


def test_rows_are_asked_for_as_the_database_takes_them():
    citizens = [CitizenFactory().pk for _ in range(3)]
    columns = ["citizen_id", "kind", "starts_on", "source", "recorded_at"]
    rows = (
        {"citizen_id": pk, "kind": "sick", "starts_on": MONTH, "source": "file",
         "recorded_at": datetime.now(UTC)}
        for pk in citizens
    )  # fmt: skip
    assert copy_rows(Absence, columns, rows) == 3
