"""Members of two a-kasser: whose days are whose, and what one may not learn or change."""

import json

import pytest

from courses.models import Absence, Citizen, Course, Fact, HeldMeeting, ReportedHours
from partnerships.models import Organisation
from tests.courses.member_files import ANNA, BO, counts, lines, members, standing
from tests.factories import AKasseFactory, HeldMeetingFactory

pytestmark = pytest.mark.django_db

HERE = "registered_on,placed_on,member_from,ended_on"


def leaves_for_foa(send):
    """Anna is a member of 3F to the end of August, and of FOA from then on."""
    send("3f", members=members((ANNA, "2026-07-06,2026-07-06,,2026-09-01"), columns=HERE))
    return send("foa", members=members((ANNA, "2026-07-06,2026-07-06,2026-09-01,"), columns=HERE))


def test_a_new_a_kasse_sends_the_old_placement_and_opens_a_course_of_its_own(send):
    report = leaves_for_foa(send)

    assert report["courses_opened"] == 1
    assert {str(course.placed_on) for course in Course.objects.all()} == {"2026-07-06"}
    assert Citizen.objects.count() == 1


def test_days_of_membership_elsewhere_refuse_the_row_and_name_no_a_kasse(send):
    send("3f", members=members((ANNA, "2026-07-06")))

    report = send("foa", members=members((ANNA, "2026-08-03")), expecting=3)

    assert lines(report) == ["members.csv:2: member_from: registered elsewhere for these days"]
    assert "3f" not in json.dumps(report).lower()
    assert Course.objects.count() == 1


def test_a_course_cannot_be_opened_again_over_days_elsewhere(send):
    leaves_for_foa(send)

    report = send(
        "3f", members=members((ANNA, "2026-07-06,2026-07-06,,"), columns=HERE), expecting=3
    )

    assert lines(report) == ["members.csv:2: member_from: registered elsewhere for these days"]


def test_a_file_does_not_tell_whether_someone_is_a_member_elsewhere(send):
    send("3f", members=members((ANNA, "2026-07-06")))
    text = f"cpr,month,hours\n{ANNA},2026-07,10\n650185-1003,2026-07,10"

    report = send(
        "foa",
        members="cpr,first_name,last_name,municipality,registered_on",
        hours=text,
        expecting=3,
    )

    assert {one["message"] for one in report["errors"]} == {"no member with this number"}


def test_facts_of_days_elsewhere_are_refused(send):
    leaves_for_foa(send)

    report = send(
        "foa",
        members=members((ANNA, "2026-07-06,2026-07-06,2026-09-01,"), columns=HERE),
        absences=f"cpr,kind,from,to\n{ANNA},sick,2026-08-03,2026-08-05",
        hours=f"cpr,month,hours\n{ANNA},2026-07,100",
        meetings=f"cpr,kind,held_on\n{ANNA},job,2026-08-10",
        expecting=3,
    )

    assert {one["message"] for one in report["errors"]} == {"registered elsewhere for these days"}
    assert len(report["errors"]) == 3


def test_facts_after_the_membership_are_refused(send):
    text = members((ANNA, "2026-07-06,2026-07-06,,2026-09-01"), columns=HERE)
    absence = f"cpr,kind,from,to\n{ANNA},sick,2026-09-01,2026-09-05"

    report = send("3f", members=text, absences=absence, expecting=3)

    assert lines(report) == ["absences.csv:2: from: the citizen was not a member on these days"]


def test_days_from_the_placement_on_that_nobody_else_has_may_be_told(send):
    send(
        "foa",
        members=members((ANNA, "2026-07-06,2026-02-02,2026-07-06,"), columns=HERE),
        hours=f"cpr,month,hours\n{ANNA},2026-03,100",
    )

    assert ReportedHours.objects.get().hours == 100


def test_an_absence_that_runs_on_is_cut_where_another_membership_begins(send):
    leaves_for_foa(send)
    text = members((ANNA, "2026-07-06,2026-07-06,,2026-09-01"), columns=HERE)
    absence = f"cpr,kind,from,to\n{ANNA},sick,2026-08-24,"

    first, second = (send("3f", members=text, absences=absence) for _ in range(2))

    assert standing() == [("sick", "2026-08-24", "2026-09-01")]
    assert counts(first, "absences") == {"new": 1}
    assert counts(second, "absences") == {"same": 1}
    assert send.heard[0].endswith("taken only for the days of membership here")


def test_an_absence_replaces_what_stands_on_own_days_and_leaves_the_days_elsewhere(send):
    gone = members((ANNA, "2026-07-06,2026-07-06,,2026-09-01"), columns=HERE)
    send("3f", members=members((ANNA, "2026-07-06,2026-07-06,,"), columns=HERE),
         absences=f"cpr,kind,from,to\n{ANNA},sick,2026-08-24,")  # fmt: skip
    send("3f", members=gone)
    here = members((ANNA, "2026-07-06,2026-07-06,2026-09-01,"), columns=HERE)

    send("foa", members=here, absences=f"cpr,kind,from,to\n{ANNA},sick,2026-09-01,2026-09-04")

    assert standing() == [
        ("sick", "2026-08-24", "2026-09-01"),
        ("sick", "2026-09-01", "2026-09-05"),
    ]


def test_in_the_month_of_the_change_the_later_a_kasse_has_the_last_word(send):
    gone = members((ANNA, "2026-07-06,2026-07-06,,2026-09-14"), columns=HERE)
    here = members((ANNA, "2026-07-06,2026-07-06,2026-09-14,"), columns=HERE)
    send("3f", members=gone, hours=f"cpr,month,hours\n{ANNA},2026-09,60")
    send("foa", members=here, hours=f"cpr,month,hours\n{ANNA},2026-09,150")

    report = send("3f", members=gone, hours=f"cpr,month,hours\n{ANNA},2026-09,60", expecting=3)

    assert lines(report) == ["hours.csv:2: month: registered elsewhere for these days"]
    assert ReportedHours.objects.standing().get().hours == 150


def test_an_a_kasse_that_lost_a_member_no_longer_changes_the_address(send):
    columns = f"{HERE},phone"
    leaves_for_foa(send)
    text = members((ANNA, "2026-07-06,2026-07-06,,2026-09-01,11111111"), columns=columns)

    report = send("3f", members=text)

    assert counts(report, "members") == {"same": 1}
    assert Citizen.objects.get().phone == ""


def test_an_interview_that_the_jobcentre_recorded_is_not_changed_by_a_file(send):
    send("3f", members=members((ANNA, "2026-07-06")))
    HeldMeetingFactory(citizen=Citizen.objects.get(), kind="joint", held_on="2026-08-14",
                       by="jobcentre", source=Fact.Source.MEETING)  # fmt: skip
    text = f"cpr,kind,held_on,by\n{ANNA},joint,2026-08-14,a_kasse"

    report = send("3f", members=members((ANNA, "2026-07-06")), meetings=text, expecting=3)

    assert "the jobcentre recorded this interview" in report["errors"][0]["message"]
    assert HeldMeeting.objects.standing().get().by == "jobcentre"


def test_a_merged_a_kasse_keeps_its_courses_under_its_successor(send):
    AKasseFactory(slug="tib", successor=Organisation.objects.get(slug="3f"))
    send("tib", members=members((ANNA, "2010-07-05")))

    report = send("3f", members=members((ANNA, "2010-07-05")))

    assert counts(report, "members") == {"same": 1}
    assert Course.objects.get().a_kasse.slug == "tib"


def test_a_fact_of_one_course_moves_the_dates_of_the_other(send):
    leaves_for_foa(send)
    here = members((ANNA, "2026-07-06,2026-07-06,2026-09-01,"), columns=HERE)
    text = f"cpr,kind,from,to\n{ANNA},job,2026-09-07,2026-09-18"
    course = Course.objects.get(a_kasse__slug="foa")
    before = course.handover_on

    send("foa", members=here, absences=text)

    course.refresh_from_db()
    assert Absence.objects.count() == 1
    assert course.handover_on != before


def test_a_sickness_that_two_a_kasser_report_has_its_first_days_once(send):
    gone = members((ANNA, "2026-07-06,2026-07-06,,2026-09-01"), columns=HERE)
    here = members((ANNA, "2026-07-06,2026-07-06,2026-09-01,"), columns=HERE)
    alone = members((BO, "2026-07-06,2026-07-06,,"), columns=HERE)
    columns = "cpr,kind,from,to"
    send("3f", members=gone, absences=f"{columns}\n{ANNA},sick,2026-08-24,2026-08-31")
    send("foa", members=here, absences=f"{columns}\n{ANNA},sick,2026-09-01,2026-10-09")

    send("foa", members=alone, absences=f"{columns}\n{BO},sick,2026-08-24,2026-10-09")

    anna, bo = Course.objects.filter(a_kasse__slug="foa").order_by("pk")
    assert anna.handover_on == bo.handover_on
    assert set(anna.duties.values_list("rule", "due_on")) == set(
        bo.duties.values_list("rule", "due_on")
    )
