"""What an a-kasse's files come to, bullet by bullet of the contract."""

import json
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from courses.models import (
    Absence,
    Citizen,
    Course,
    Duty,
    HeldMeeting,
    Registration,
    ReportedHours,
)
from journal.models import Entry
from tests.courses.member_files import ANNA, BO, counts, lines, members, run, standing

pytestmark = pytest.mark.django_db

NOTHING = {"new": 0, "changed": 0, "same": 0, "refused": 0}


# A bad row is reported and left out; every good row is kept. Exit status 0, 3 or 1.


def test_a_bad_row_is_reported_by_file_row_and_field_and_the_good_one_is_kept(send):
    report = send(members=members((ANNA, "2026-13-01"), (BO, "2026-07-06")), expecting=3)

    assert lines(report) == ["members.csv:2: registered_on: 2026-13-01 is no date"]
    assert counts(report, "members") == {"new": 1, "refused": 1}
    assert Course.objects.get().registered_on == date(2026, 7, 6)


def test_every_wrong_field_of_a_row_is_named_and_the_row_counts_once(send):
    text = members((ANNA, "2026-13-01,half,2"), columns="registered_on,insured,graduate")

    report = send(members=text, expecting=3)

    assert [one["field"] for one in report["errors"]] == ["registered_on", "insured", "graduate"]
    assert counts(report, "members") == {"refused": 1}


def test_rows_that_hang_on_a_refused_member_say_so(send):
    report = send(
        members=members((ANNA, "soon")),
        absences=f"cpr,kind,from\n{ANNA},job,2026-08-03",
        hours=f"cpr,month,hours\n{ANNA},2026-07,100",
        meetings=f"cpr,kind,held_on\n{ANNA},cv,2026-07-14",
        expecting=3,
    )

    hanging = "cpr: the member's own row was refused (members.csv:2)"
    assert lines(report)[1:] == [
        f"{kind}.csv:2: {hanging}" for kind in ("absences", "hours", "meetings")
    ]
    assert not Citizen.objects.exists()


def test_a_row_about_someone_who_is_no_member_is_refused(send):
    report = send(
        members=members((ANNA, "2026-07-06")),
        hours=f"cpr,month,hours\n{BO},2026-07,100",
        expecting=3,
    )

    assert lines(report) == ["hours.csv:2: cpr: no member with this number"]


def test_nothing_to_read_ends_with_status_1_and_one_line(send, tmp_path):
    said = send(hours="cpr,month,hours", expecting=1)

    assert said.out == ""
    assert run(tmp_path / "nowhere", "--a-kasse", "3f") == 1
    assert run(tmp_path, "--a-kasse", "nobody") == 1


def test_a_number_of_a_person_is_never_repeated(send):
    text = members((ANNA, ANNA), ("123", "2026-07-06"), (BO, "2026-07-06"))
    report = send(members=text.replace("Åkær", f"Å {BO}"), expecting=3)

    told = json.dumps(report)
    assert [one["field"] for one in report["errors"]] == ["registered_on", "cpr", "last_name"]
    assert not any(part in told for part in ("610185", "1000", "620185", "1001"))


def test_a_file_without_a_header_does_not_name_the_number_in_its_first_row(send):
    said = send(members=f"{ANNA},Anna\n{BO},Bo", expecting=1)

    assert "1000" not in said.err + said.out


# Sending the same again changes nothing; a changed row supersedes; a missing row is listed.


def everything():
    return {
        "members": members(
            (ANNA, "2026-07-06,a@example.org,A1"), columns="registered_on,email,source_id"
        ),
        "absences": f"cpr,kind,from,to\n{ANNA},job,2026-08-03,2026-08-14",
        "hours": f"cpr,month,hours\n{ANNA},2026-07,133.2",
        "meetings": f"cpr,kind,held_on,form\n{ANNA},cv,2026-07-14,phone",
    }


def test_the_same_files_again_change_nothing_and_write_no_row(send):
    send(**everything())
    tables = (Citizen, Course, Registration, Absence, ReportedHours, HeldMeeting, Duty, Entry)
    before = [list(table.objects.order_by("pk").values()) for table in tables]

    report = send(**everything())

    assert [counts(report, kind) for kind in everything()] == [{"same": 1}] * 4
    assert report["courses_opened"] == 0
    assert [list(table.objects.order_by("pk").values()) for table in tables] == before


def test_a_changed_row_supersedes_and_the_dates_follow(send):
    send(members=members((ANNA, "2026-07-06")))
    due = Duty.objects.get(rule="R26-03").due_on

    report = send(members=members((ANNA, "2026-07-13")))

    old, new = Registration.objects.order_by("pk")
    assert counts(report, "members") == {"changed": 1}
    assert (old.superseded_by, new.superseded_at) == (new, None)
    assert (Duty.objects.get(rule="R26-03").due_on - due).days == 7
    assert Course.objects.get().registered_on == new.placed_on == date(2026, 7, 13)


def test_what_moved_is_kept_with_what_was_said_before(send):
    send(members=members((ANNA, "2026-07-06")))
    send(members=members((ANNA, "2026-07-13")))

    entry = Entry.objects.get(what="registration-changed")
    assert entry.details["before"]["registered_on"] == "2026-07-06"
    assert entry.details["after"]["registered_on"] == "2026-07-13"
    assert Course.objects.get().date_moves.filter(cause="member-file").exists()


def test_a_row_that_is_gone_ends_nothing_and_is_listed(send):
    send(members=members((ANNA, "2026-07-06"), (BO, "2026-07-06")))

    report = send(members=members((ANNA, "2026-07-06")))

    missing = Course.objects.get(citizen__cpr_index=Citizen.cpr_columns("6201851001")["cpr_index"])
    assert report["not_in_file"] == 1
    assert send.heard[0].endswith(f"{missing.case_number} is not in this file")
    assert missing.ends_on is None


def test_a_column_that_is_not_there_leaves_what_is_known(send):
    text = members((ANNA, "2026-07-06,2026-06-01,part_time,12345678,1"),
                   columns="registered_on,placed_on,insured,phone,address_protected")  # fmt: skip
    send(members=text)

    report = send(members=members((ANNA, "2026-07-06")))

    citizen = Citizen.objects.get()
    assert counts(report, "members") == {"same": 1}
    assert (citizen.phone, citizen.address_protected) == ("12345678", True)
    assert Registration.objects.get().insured == "part_time"


def test_a_new_telephone_number_is_a_change_that_the_journal_keeps(send):
    columns = "registered_on,phone"
    send(members=members((ANNA, "2026-07-06,11111111"), columns=columns))

    report = send(members=members((ANNA, "2026-07-06,22222222"), columns=columns))

    entry = Entry.objects.get(what="citizen-changed")
    assert counts(report, "members") == {"changed": 1}
    assert entry.details == {"before": {"phone": "11111111"}, "after": {"phone": "22222222"}}
    assert Registration.objects.count() == 1


# Keys: a course, hours, meetings, absences.


def test_a_registration_after_the_first_course_ended_opens_a_second_one(send):
    columns = "registered_on,placed_on,ended_on"
    text = members(
        (ANNA, "2026-02-02,2026-02-02,2026-04-01"),
        (ANNA, "2026-07-06,2026-02-02,"),
        columns=columns,
    )

    report = send(members=text)

    first, second = Course.objects.order_by("starts_on")
    assert report["courses_opened"] == 2
    assert (first.ends_on, second.registered_on) == (date(2026, 4, 1), date(2026, 7, 6))
    assert first.placed_on == second.placed_on
    assert send(members=text)["members"]["same"] == 2


def test_the_second_course_may_come_with_the_end_of_the_first(send):
    columns = "registered_on,placed_on,ended_on"
    send(members=members((ANNA, "2026-02-02,2026-02-02,"), columns=columns))

    report = send(
        members=members(
            (ANNA, "2026-07-06,2026-02-02,"), (ANNA, "2026-02-02,2026-02-02,2026-04-01"), columns=columns
        )
    )  # fmt: skip

    assert counts(report, "members") == {"new": 1, "changed": 1}
    assert Course.objects.filter(ends_on=None).count() == 1


def test_a_second_registration_while_the_first_course_runs_refuses_both_rows(send):
    report = send(members=members((ANNA, "2026-02-02"), (ANNA, "2026-07-06")), expecting=3)

    assert counts(report, "members") == {"refused": 2}
    assert [one["row"] for one in report["errors"]] == [2, 3]
    assert not Course.objects.exists()


def test_two_rows_of_one_registration_day_that_differ_are_both_refused(send):
    text = members((ANNA, "2026-07-06,full_time"), (ANNA, "2026-07-06,part_time"),
                   columns="registered_on,insured")  # fmt: skip

    assert counts(send(members=text, expecting=3), "members") == {"refused": 2}


def test_a_row_that_stands_twice_to_the_letter_counts_as_the_same(send):
    report = send(members=members((ANNA, "2026-07-06"), (ANNA, "2026-07-06")))

    assert counts(report, "members") == {"new": 1, "same": 1}


def test_the_own_number_names_the_course_when_every_date_is_corrected(send):
    columns = "registered_on,placed_on,source_id"
    send(members=members((ANNA, "2026-07-06,2026-07-06,K1"), columns=columns))

    report = send(members=members((ANNA, "2026-06-29,2026-06-01,K1"), columns=columns))

    assert counts(report, "members") == {"changed": 1}
    assert Course.objects.get().placed_on == date(2026, 6, 1)


def test_another_placement_without_an_own_number_is_another_course_and_must_not_overlap(send):
    columns = "registered_on,placed_on"
    send(members=members((ANNA, "2026-07-06,2026-07-06"), columns=columns))

    report = send(members=members((ANNA, "2026-08-03,2026-08-03"), columns=columns), expecting=3)

    assert [one["field"] for one in report["errors"]] == ["registered_on"]
    assert "has not ended before" in report["errors"][0]["message"]
    assert Course.objects.count() == 1


def test_an_own_number_cannot_belong_to_two_people(send):
    columns = "registered_on,source_id"
    rows = members((ANNA, "2026-07-06,K1"), (BO, "2026-07-06,K1"), columns=columns)

    report = send(members=rows, expecting=3)

    assert [one["field"] for one in report["errors"]] == ["source_id", "source_id"]


def test_a_member_for_years_starts_each_course_where_the_last_one_ended(send):
    columns = "registered_on,placed_on,ended_on,member_from"
    text = members((ANNA, "2026-02-02,,2026-04-01,2019-01-01"),
                   (ANNA, "2026-07-06,2026-02-02,,2019-01-01"), columns=columns)  # fmt: skip

    send(members=text)

    first, second = Course.objects.order_by("starts_on")
    assert (first.starts_on, second.starts_on) == (date(2019, 1, 1), date(2026, 4, 1))
    assert send(members=text)["members"]["same"] == 2


def test_hours_of_a_month_are_kept_once_and_corrected(send):
    member = members((ANNA, "2026-07-06"))
    send(members=member, hours=f"cpr,month,hours\n{ANNA},2026-07,100")

    report = send(members=member, hours=f'cpr,month,hours\n{ANNA},2026-07,"120,50"')

    assert counts(report, "hours") == {"changed": 1}
    assert ReportedHours.objects.standing().get().hours == Decimal("120.50")


def test_different_hours_for_one_month_in_one_file_are_both_refused(send):
    text = f"cpr,month,hours\n{ANNA},2026-07,100\n{ANNA},2026-07,101\n{ANNA},2026-08,90"

    report = send(members=members((ANNA, "2026-07-06")), hours=text, expecting=3)

    assert counts(report, "hours") == {"new": 1, "refused": 2}


def test_an_interview_of_a_kind_is_kept_once_a_day_and_what_is_left_out_stays(send):
    member = members((ANNA, "2026-07-06"))
    columns = "cpr,kind,held_on,by,form,registered_type"
    send(members=member, meetings=f"{columns}\n{ANNA},joint,2026-08-14,jobcentre,video,17")

    report = send(members=member, meetings=f"{columns}\n{ANNA},joint,2026-08-14,,phone,")

    held = HeldMeeting.objects.standing().get()
    assert counts(report, "meetings") == {"changed": 1}
    assert (held.by, held.form, held.registered_type) == ("jobcentre", "phone", 17)


def test_an_interview_held_tomorrow_is_refused(send):
    report = send(
        members=members((ANNA, "2026-07-06")),
        meetings=f"cpr,kind,held_on\n{ANNA},cv,2098-01-01",
        expecting=3,
    )

    assert lines(report) == ["meetings.csv:2: held_on: 2098-01-01 lies in the future"]


def test_the_days_of_an_absence_are_both_included_in_the_file(send):
    send(
        members=members((ANNA, "2026-07-06")),
        absences=f"cpr,kind,from,to\n{ANNA},sick,2026-08-03,2026-08-03",
    )

    absence = Absence.objects.get()
    assert (absence.starts_on, absence.ends_on) == (date(2026, 8, 3), date(2026, 8, 4))


def test_the_end_of_a_course_is_the_first_day_after_it(send):
    send(members=members((ANNA, "2026-07-06,2026-09-01"), columns="registered_on,ended_on"))

    assert Course.objects.get().ends_on == date(2026, 9, 1)


def test_an_absence_replaces_those_of_its_kind_that_it_overlaps_and_no_other(send):
    member, columns = members((ANNA, "2026-07-06")), "cpr,kind,from,to"
    send(
        members=member,
        absences=f"{columns}\n{ANNA},sick,2026-08-03,\n{ANNA},job,2026-08-03,2026-08-07",
    )

    report = send(members=member, absences=f"{columns}\n{ANNA},sick,2026-08-05,2026-08-06")

    assert counts(report, "absences") == {"changed": 1}
    assert standing() == [("job", "2026-08-03", "2026-08-08"), ("sick", "2026-08-05", "2026-08-07")]
    assert Absence.objects.exclude(superseded_by=None).count() == 1


def test_a_later_row_of_the_same_file_takes_the_place_of_an_earlier_one(send):
    member, columns = members((ANNA, "2026-07-06")), "cpr,kind,from,to"
    text = f"{columns}\n{ANNA},sick,2026-08-03,\n{ANNA},sick,2026-08-03,2026-08-07"

    first, second = (send(members=member, absences=text) for _ in range(2))

    assert counts(first, "absences") == {"new": 1, "same": 1}
    assert counts(second, "absences") == {"same": 2}
    assert standing() == [("sick", "2026-08-03", "2026-08-08")]


def test_withdrawn_takes_an_absence_back_and_again_it_is_the_same(send):
    member, columns = members((ANNA, "2026-07-06")), "cpr,kind,from,to,withdrawn"
    send(members=member, absences=f"{columns}\n{ANNA},sick,2026-08-03,2026-08-07,0")
    back = f"{columns}\n{ANNA},sick,2026-08-03,,1"

    first, second = (send(members=member, absences=back) for _ in range(2))

    assert counts(first, "absences") == {"changed": 1}
    assert counts(second, "absences") == {"same": 1}
    gone = Absence.objects.get()
    assert gone.superseded_at
    assert gone.superseded_by is None


def test_an_absence_that_was_never_reported_cannot_be_withdrawn(send):
    text = f"cpr,kind,from,withdrawn\n{ANNA},sick,2026-08-03,1"

    report = send(members=members((ANNA, "2026-07-06")), absences=text, expecting=3)

    assert lines(report) == ["absences.csv:2: from: no absence of this kind begins on this day"]


def test_a_part_time_job_needs_its_hours_and_nothing_else_has_any(send):
    text = f"cpr,kind,from,hours\n{ANNA},part_time_job,2026-08-03,\n{ANNA},job,2026-08-03,3"

    report = send(members=members((ANNA, "2026-07-06")), absences=text, expecting=3)

    assert lines(report) == [
        "absences.csv:2: hours: is missing",
        "absences.csv:3: hours: only a part-time job has hours",
    ]


def test_an_absence_that_ends_before_it_starts_is_refused_by_name(send):
    text = f"cpr,kind,from,to\n{ANNA},job,2016-08-22,2016-08-20"

    report = send(members=members((ANNA, "2016-08-01")), absences=text, expecting=3)

    assert lines(report) == ["absences.csv:2: to: 2016-08-20 is before from 2016-08-22"]


# Hours of 0 to 250; more than the weekdays hold is a warning.


@pytest.mark.parametrize("hours", ["0", "250"])
def test_hours_from_0_to_250_are_taken_as_reported(send, hours):
    send(
        members=members((ANNA, "2026-07-06")),
        hours=f"cpr,month,hours\n{ANNA},2026-07,{hours}",
    )

    assert ReportedHours.objects.get().hours == Decimal(hours)


@pytest.mark.parametrize("hours", ["-1", "250.01", "many"])
def test_hours_outside_0_to_250_are_refused(send, hours):
    report = send(
        members=members((ANNA, "2026-07-06")),
        hours=f"cpr,month,hours\n{ANNA},2026-07,{hours}",
        expecting=3,
    )

    assert report["errors"][0]["message"].startswith(f"{hours} ")


def test_more_hours_than_the_weekdays_hold_are_taken_with_a_warning(send):
    columns = "registered_on,insured"
    report = send(
        members=members(
            (ANNA, "2026-07-06,full_time"), (BO, "2026-07-06,part_time"), columns=columns
        ),
        hours=f"cpr,month,hours\n{ANNA},2026-07,170.2\n{BO},2026-07,138.01",
    )

    assert counts(report, "hours") == {"new": 2}
    assert send.heard == [
        "hours.csv:3: hours: 138.01 are more than the weekdays of 2026-07 hold (138.00)"
    ]


# The report.


def test_the_report_is_the_object_of_the_contract(send):
    report = send(**everything())

    assert report.pop("seconds") >= 0
    new = NOTHING | {"new": 1}
    assert report == {
        "members": new,
        "absences": new,
        "hours": new,
        "meetings": new,
        "courses_opened": 1,
        "not_in_file": 0,
        "errors": [],
    }


def test_a_dry_run_says_the_same_and_writes_nothing(send):
    report = send("3f", "--dry-run", **everything())

    assert report["courses_opened"] == 1
    assert counts(report, "hours") == {"new": 1}
    assert not Citizen.objects.exists()
    assert not Entry.objects.exists()


def test_the_lines_for_people_are_those_of_the_contract(a_kasser, tmp_path: Path, capsys):
    (tmp_path / "members.csv").write_text(members((ANNA, "2026-13-01")), encoding="utf-8")

    assert run(tmp_path, "--a-kasse", "3f") == 3

    first, *rest = capsys.readouterr().out.splitlines()
    assert first == "members.csv:2: registered_on: 2026-13-01 is no date"
    assert rest[0] == "members.csv: 0 new, 0 changed, 0 the same, 1 refused"


def test_a_zip_of_the_folder_says_the_same(a_kasser, tmp_path: Path, capsys):
    with zipfile.ZipFile(tmp_path / "july.zip", "w") as packed:
        packed.writestr("july/members.csv", members((ANNA, "2026-07-06")))

    assert run(tmp_path / "july.zip", "--a-kasse", "3f", "--json") == 0
    assert json.loads(capsys.readouterr().out)["members"]["new"] == 1


def test_the_number_is_kept_sealed_and_the_birth_date_and_order_are_made_of_the_row(send):
    send(members=members((ANNA, "2026-07-06")))

    citizen = Citizen.objects.get()
    assert citizen.cpr == "6101851000"
    assert citizen.born_on == date(1985, 1, 1)
    assert citizen.sort_key == "}k{r, anna"
