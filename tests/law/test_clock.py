"""The unemployment clock: hours, pauses, reports, restarts."""

import pytest

from tests.law.asking import absence, ask, duty

PLAIN = {"reported_to": None, "running": True, "paused_by": None}


def clock(registered_on, as_of, **told) -> dict:
    return ask(registered_on, as_of, **told)["clock"]


def test_the_clock_is_read_at_the_end_of_the_day_asked_about():
    assert clock("2024-01-08", "2024-01-08") == {
        "hours": 7.4,
        "weekdays": 1,
        "months": 0.05,
        **PLAIN,
    }
    assert clock("2024-01-08", "2024-01-14")["weekdays"] == 5
    assert clock("2024-01-08", "2024-01-07")["hours"] == 0


def test_a_part_time_member_counts_six_hours_a_weekday_and_130_a_month():
    told = {"insured": "part_time"}
    assert clock("2024-01-08", "2024-02-06", **told) == {
        "hours": 132.0,
        "weekdays": 22,
        "months": 1.02,
        **PLAIN,
    }
    assert duty("R24-02", 2, "2024-01-08", **told)["due_on"] == "2024-04-05"
    assert ask("2024-01-08", **told)["handover"]["on"] == "2024-03-31"


def test_the_clock_starts_at_placement_and_the_calendar_at_registration():
    later = {"placed_on": "2024-02-05"}
    assert clock("2024-01-08", "2024-02-04", **later)["hours"] == 0
    assert duty("R24-01", 1, "2024-01-08", **later)["due_on"] == "2024-01-22"
    assert duty("R24-02", 2, "2024-01-08", **later)["due_on"] == "2024-05-03"


@pytest.mark.parametrize("kind", ["job", "holiday", "maternity"])
def test_these_absences_stop_the_clock(kind):
    told = {"absences": [absence(kind, "2024-01-15", "2024-01-19")]}
    stopped = clock("2024-01-08", "2024-01-16", **told)
    assert (stopped["weekdays"], stopped["running"], stopped["paused_by"]) == (5, False, kind)
    assert clock("2024-01-08", "2024-01-22", **told)["weekdays"] == 6


@pytest.mark.parametrize("kind", ["less_intensive", "wage_subsidy"])
def test_these_absences_let_the_clock_run(kind):
    told = {"absences": [absence(kind, "2024-01-15", "2024-01-19")]}
    assert clock("2024-01-08", "2024-01-19", **told) == {
        "hours": 74.0,
        "weekdays": 10,
        "months": 0.46,
        **PLAIN,
    }


def test_a_part_time_job_leaves_a_fifth_of_its_weekly_hours_a_weekday():
    told = {"absences": [absence("part_time_job", "2024-01-15", "2024-01-19", hours=18.5)]}
    assert clock("2024-01-08", "2024-01-19", **told)["hours"] == 5 * 7.4 + 5 * 3.7
    none = {"absences": [absence("part_time_job", "2024-01-15", "2024-01-19", hours=0)]}
    stopped = clock("2024-01-08", "2024-01-16", **none)
    assert (stopped["weekdays"], stopped["paused_by"]) == (5, "part_time_job")


def test_the_first_14_sick_days_count_and_the_rest_do_not():
    told = {"absences": [absence("sick", "2024-01-15", "2024-02-16")]}
    assert clock("2024-01-08", "2024-01-28", **told)["weekdays"] == 15
    after = clock("2024-01-08", "2024-02-16", **told)
    assert (after["weekdays"], after["paused_by"]) == (15, "sick")
    none = {"parameters": {"sick_days_counted": 0}, **told}
    assert clock("2024-01-08", "2024-01-28", **none)["weekdays"] == 5


def test_overlapping_absences_leave_the_least_that_any_of_them_leaves():
    told = {
        "absences": [
            absence("part_time_job", "2024-01-15", "2024-01-26", hours=18.5),
            absence("wage_subsidy", "2024-01-15", "2024-01-26"),
            absence("holiday", "2024-01-22", "2024-01-26"),
        ]
    }
    assert clock("2024-01-08", "2024-01-19", **told)["hours"] == 37 + 18.5
    assert clock("2024-01-08", "2024-01-26", **told)["hours"] == 37 + 18.5


def test_sick_inside_a_part_time_job_pays_nothing_from_the_first_day():
    told = {
        "absences": [
            absence("part_time_job", "2024-01-15", "2024-01-26", hours=18.5),
            absence("sick", "2024-01-22", "2024-01-26"),
        ]
    }
    stopped = clock("2024-01-08", "2024-01-26", **told)
    assert (stopped["hours"], stopped["paused_by"]) == (55.5, "sick")


def test_reported_hours_replace_the_forecast_and_are_spread_over_the_counted_weekdays():
    told = {
        "absences": [absence("job", "2024-01-22", "2024-01-31")],
        "reported_hours": {"2024-01": 50},
    }
    assert clock("2024-01-08", "2024-01-12", **told)["hours"] == 25
    assert clock("2024-01-08", "2024-01-31", **told) == {
        "hours": 50.0,
        "weekdays": 10,
        "months": 0.31,
        "reported_to": "2024-01",
        "running": False,
        "paused_by": "job",
    }


def test_hours_reported_for_a_month_without_counted_weekdays_spread_over_all_of_them():
    told = {
        "absences": [absence("job", "2024-01-01", "2024-03-31")],
        "reported_hours": {"2024-02": 21},
    }
    assert clock("2024-01-08", "2024-02-29", **told)["weekdays"] == 21
    assert clock("2024-01-08", "2024-02-01", **told)["hours"] == 1


def test_a_reported_month_without_hours_has_no_counted_weekdays():
    told = {"reported_hours": {"2024-02": 0}}
    assert clock("2024-01-08", "2024-02-29", **told)["weekdays"] == 18


def test_reported_months_are_facts_whether_or_not_they_lie_ahead():
    told = {"reported_hours": {"2024-01": 133.2, "2024-02": 100}}
    assert clock("2024-01-08", "2024-01-31", **told)["reported_to"] == "2024-02"
    early, late = (
        [one["due_on"] for one in ask("2024-01-08", day, **told)["duties"]]
        for day in ("2024-01-10", "2024-06-10")
    )
    assert early == late


def test_months_before_placement_say_nothing_about_this_clock():
    told = {"reported_hours": {"2023-12": 160.33}}
    assert clock("2024-01-08", "2024-01-12", **told) == {
        "hours": 37.0,
        "weekdays": 5,
        "months": 0.23,
        **PLAIN,
    }


def test_covid_days_do_not_count_even_when_hours_were_reported():
    told = {"reported_hours": {"2020-03": 160.33}}
    dead = clock("2020-02-03", "2020-03-31", **told)
    assert (dead["weekdays"], dead["running"], dead["paused_by"]) == (20, False, "covid")
    assert dead["reported_to"] == "2020-03"
    assert clock("2020-02-03", "2020-09-01")["weekdays"] == 21
    assert clock("2020-02-03", "2021-07-01")["weekdays"] == 20 + 88 + 1


def test_five_years_without_benefit_start_the_clock_again():
    five_years = {"absences": [absence("job", "2010-02-01", "2015-02-01")]}
    assert clock("2010-01-04", "2015-02-02", **five_years)["weekdays"] == 1
    less = {"absences": [absence("job", "2010-02-01", "2015-01-25")]}
    assert clock("2010-01-04", "2015-01-26", **less)["weekdays"] == 21


def test_the_clock_stops_with_the_course():
    told = {"ended_on": "2024-01-15"}
    ended = clock("2024-01-08", "2024-03-01", **told)
    assert (ended["weekdays"], ended["running"], ended["paused_by"]) == (5, False, None)
    assert clock("2024-01-08", "2024-01-14", **told)["running"] is True


@pytest.mark.parametrize(
    ("ordinal", "day"),
    [(1, "2016-08-30"), (2, "2016-09-29"), (3, "2016-10-28"), (4, "2016-11-29"), (6, "2017-01-27")],
)
def test_a_month_of_unemployment_ends_on_the_weekday_of_convention_c3(ordinal, day):
    """The 22nd, 44th, 65th, 87th and 130th counted weekday."""
    found = ask("2016-08-01", day)["clock"]
    assert found["weekdays"] == {1: 22, 2: 44, 3: 65, 4: 87, 6: 130}[ordinal]
    assert found["months"] >= ordinal
    if ordinal > 1:
        assert duty("R15-02", ordinal, "2016-08-01")["due_on"] == day


def test_a_threshold_is_reached_within_a_hundredth_of_an_hour():
    short = {"reported_hours": {"2016-08": 160.33, "2016-09": 61.66}}
    assert duty("R15-05", 1, "2016-08-01", **short)["due_on"] == "2016-09-30"
    shorter = {"reported_hours": {"2016-08": 160.33, "2016-09": 61.65}}
    assert duty("R15-05", 1, "2016-08-01", **shorter)["due_on"] == "2016-10-03"


@pytest.mark.parametrize(
    ("start", "hours", "on"),
    [
        ("2024-01-15", {"2024-01": 96.20, "2024-02": 160.33, "2024-03": 160.33}, "2024-03-31"),
        ("2024-01-16", {"2024-01": 88.80, "2024-02": 160.33, "2024-03": 160.33}, "2024-04-30"),
        ("2024-01-16", {"2024-01": 89.34, "2024-02": 160.33, "2024-03": 160.33}, "2024-04-30"),
        ("2024-01-16", {"2024-01": 89.35, "2024-02": 160.33, "2024-03": 160.33}, "2024-03-31"),
    ],
)
def test_the_handover_is_the_month_end_after_more_than_410_hours(start, hours, on):
    assert ask(start, reported_hours=hours)["handover"]["on"] == on


def test_the_handover_may_be_set_to_happen_at_the_limit():
    told = {
        "reported_hours": {"2024-01": 89.34, "2024-02": 160.33, "2024-03": 160.33},
        "parameters": {"handover_strict": False},
    }
    assert ask("2024-01-16", **told)["handover"]["on"] == "2024-03-31"


def test_the_handover_is_a_forecast_while_a_month_before_it_is_not_reported():
    reported = {"2024-01": 133.2, "2024-03": 160.33}
    assert ask("2024-01-08", reported_hours=reported)["handover"]["forecast"] is True
    reported["2024-02"] = 160.33
    assert ask("2024-01-08", reported_hours=reported)["handover"]["forecast"] is False


def test_there_is_no_handover_while_the_clock_stands_or_after_the_course():
    standing = ask("2024-01-08", absences=[absence("job", "2024-02-01", None)])
    assert standing["handover"] is None
    assert standing["responsible"] == [{"party": "a_kasse", "from": "2024-01-08", "to": None}]
    assert ask("2024-01-08", ended_on="2024-03-31")["handover"] is None
    ended = ask("2024-01-08", ended_on="2024-04-10")
    assert ended["handover"]["on"] == "2024-03-31"
    assert ended["responsible"][-1] == {
        "party": "jobcentre",
        "from": "2024-04-01",
        "to": "2024-04-09",
    }


def test_a_re_registration_long_after_the_handover_begins_at_the_jobcentre():
    again = ask("2024-09-02", placed_on="2024-01-08")
    assert again["responsible"] == [{"party": "jobcentre", "from": "2024-09-02", "to": None}]


def test_weeks_of_2009_count_when_one_weekday_does():
    told = {"absences": [absence("job", "2009-09-08", "2009-10-02")]}
    assert duty("R09-02", 1, "2009-08-03", **told)["due_on"] == "2009-11-22"
    on_saturday = duty("R09-02", 1, "2009-08-08")
    assert on_saturday["due_on"] == "2009-11-08"
