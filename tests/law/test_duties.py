"""Dates, states, parties and notes of single duties, bullet by bullet of the contract."""

import pytest

from tests.law.asking import absence, ask, chose, duties, duty, held, holds

CV = held("cv", "2016-08-12", "a_kasse")
LO = "lo-koebenhavn-2009"


def test_duties_come_by_due_day_then_rule_then_ordinal_with_unknown_days_last():
    told = {"absences": [absence("job", "2016-10-03", None)]}
    found = ask("2016-08-01", **told)["duties"]
    keys = [(one["due_on"] or "9999", one["rule"], one["ordinal"]) for one in found]
    assert keys == sorted(keys)
    assert keys[-1][0] == "9999"


def test_a_due_day_is_unknown_while_the_clock_stands_with_no_known_end():
    joint = duty("R15-05", 1, "2016-08-01", absences=[absence("job", "2016-08-22", None)])
    assert (joint["due_on"], joint["latest_on"], joint["state"]) == (None, None, "open")
    assert joint["notes"] == ["no date while the clock stands still: job from 22.8."]
    assert duty("R15-01", 1, "2016-08-01")["due_on"] == "2016-08-15"


def test_a_due_day_more_than_ten_years_ahead_is_unknown():
    little = [absence("part_time_job", "2024-01-08", None, hours=0.5)]
    joint = duty("R24-07", 1, "2024-01-08", absences=little)
    assert joint["due_on"] is None
    assert joint["notes"] == ["no date within ten years"]


def test_an_absence_never_moves_a_calendar_day():
    told = {"absences": [absence("job", "2016-08-02", "2016-08-10")]}
    assert duty("R15-01", 1, "2016-08-01", **told)["due_on"] == "2016-08-15"
    assert duty("R15-01", 1, "2016-08-01", **told)["notes"] == []


@pytest.mark.parametrize("kind", ["job", "holiday", "sick", "maternity"])
def test_a_calendar_duty_is_suspended_while_exempt_and_then_to_be_caught_up(kind):
    told = {"absences": [absence(kind, "2016-08-08", "2016-08-26")]}

    def state_on(day):
        return duty("R15-01", 1, "2016-08-01", day, **told)["state"]

    exempt = duty("R15-01", 1, "2016-08-01", **told)
    assert (exempt["due_on"], exempt["latest_on"]) == ("2016-08-15", "2016-09-09")
    assert exempt["certain"] is False
    assert state_on("2016-08-07") == "open"
    assert state_on("2016-08-08") == state_on("2016-08-26") == "suspended"
    assert state_on("2016-08-27") == state_on("2016-09-09") == "open"
    assert state_on("2016-09-10") == "overdue"


@pytest.mark.parametrize("kind", ["wage_subsidy", "less_intensive"])
def test_what_does_not_exempt_before_2020_suspends_nothing(kind):
    told = {"absences": [absence(kind, "2016-08-08", "2016-08-26")]}
    exempt = duty("R15-01", 1, "2016-08-01", "2016-08-20", **told)
    assert (exempt["state"], exempt["latest_on"]) == ("overdue", "2016-08-15")


def test_an_exemption_with_no_known_end_has_no_latest_day():
    told = {"absences": [absence("job", "2016-08-08", None)]}
    exempt = duty("R15-01", 1, "2016-08-01", "2017-08-08", **told)
    assert (exempt["state"], exempt["due_on"], exempt["latest_on"]) == (
        "suspended",
        "2016-08-15",
        None,
    )


def test_exemptions_that_follow_each_other_are_one():
    told = {
        "absences": [
            absence("holiday", "2016-08-10", "2016-08-17"),
            absence("sick", "2016-08-18", "2016-08-31"),
        ]
    }
    assert duty("R15-01", 1, "2016-08-01", **told)["latest_on"] == "2016-09-14"
    apart = [absence("holiday", "2016-08-10", "2016-08-17"), absence("sick", "2016-08-19", None)]
    assert duty("R15-01", 1, "2016-08-01", absences=apart)["latest_on"] == "2016-08-31"


def test_a_cumulative_duty_passed_during_less_intensive_effort_is_suspended_from_2020():
    told = {"absences": [absence("less_intensive", "2021-10-18", "2021-11-19")]}
    passed = duty("R20-06", 1, "2021-08-02", "2021-11-19", **told)
    assert (passed["due_on"], passed["state"]) == ("2021-10-29", "suspended")
    assert (passed["latest_on"], passed["certain"]) == ("2021-12-03", False)
    assert duty("R20-06", 1, "2021-08-02", "2021-12-03", **told)["state"] == "open"
    assert duty("R20-06", 1, "2021-08-02", "2021-12-04", **told)["state"] == "overdue"
    meetings = [held("availability", "2021-12-01", "a_kasse")]
    assert duty("R20-06", 1, "2021-08-02", meetings=meetings, **told)["state"] == "met"
    other_days = {"parameters": {"catch_up_days": 3}, **told}
    assert duty("R20-06", 1, "2021-08-02", **other_days)["latest_on"] == "2021-11-22"


def test_a_cumulative_duty_passed_while_sick_is_not_suspended():
    told = {"absences": [absence("sick", "2021-10-25", "2021-11-05")]}
    assert duty("R20-06", 1, "2021-08-02", "2021-11-01", **told)["state"] == "overdue"


def test_a_day_off_extends_nothing_but_says_when_to_plan():
    christmas = duty("R20-01", 1, "2021-12-12")
    assert (christmas["due_on"], christmas["notes"]) == (
        "2021-12-26",
        ["plan by 24.12., the last working day"],
    )


def test_the_cv_interview_of_2009_follows_its_parameters():
    assert duty("R09-04", 1, "2010-01-31")["due_on"] == "2010-02-28"
    ten = {"parameters": {"cv_days_2009": 10}}
    assert duty("R09-04", 1, "2010-01-31", **ten)["due_on"] == "2010-02-10"
    from_2012 = {"parameters": {"cv_three_weeks_from": "2012-01-01", "cv_days_2009": 10}}
    assert duty("R09-04", 1, "2011-12-31", **from_2012)["due_on"] == "2012-01-10"
    later = duty("R09-04", 1, "2012-01-01", **from_2012)
    assert later["due_on"] == "2012-01-22"
    assert later["because"] == "21 days after registration, contact course rules of 2009"


def test_the_sickness_talk_follows_its_parameters():
    sick = {"absences": [absence("sick", "2010-02-01", "2010-03-20")]}
    assert ("R09-07", 1) in duties("2009-11-02", **sick)
    off = {"parameters": {"sickness_talk_to": "2010-01-31"}}
    assert ("R09-07", 1) not in duties("2009-11-02", **sick, **off)
    never = {"parameters": {"sickness_talk_from": None}}
    assert ("R09-07", 1) not in duties("2009-11-02", **sick, **never)
    early = {"absences": [absence("sick", "2009-12-31", "2010-03-20")]}
    assert ("R09-07", 1) not in duties("2009-11-02", **early)


def test_each_sickness_has_its_own_talk_and_being_sick_does_not_suspend_it():
    told = {
        "absences": [
            absence("sick", "2010-02-01", "2010-03-20"),
            absence("sick", "2010-05-03", "2010-07-20"),
        ]
    }
    found = duties("2009-11-02", "2010-03-10", **told)
    assert found["R09-07", 1]["state"] == "overdue"
    assert found["R09-07", 2]["due_on"] == "2010-05-31"


def test_an_agreement_moves_the_first_two_interviews_to_the_a_kasse_and_no_more():
    meetings = [held("job", day, "a_kasse") for day in ("2009-10-14", "2009-12-14")]
    found = duties("2009-08-03", agreement=LO, meetings=meetings)
    parties = [found["R09-02", ordinal]["responsible"] for ordinal in (1, 2, 3)]
    assert parties == ["a_kasse", "a_kasse", "jobcentre"]


def test_the_terms_of_2009_act_in_2009_only():
    found = ask("2016-08-01", agreement=LO, choices=[chose("choose_jobcentre", "2016-08-02")])
    assert found["eligible"]["yes"] is True
    assert found["responsible"] == [holds("jobcentre", "2016-08-01", None)]
    assert found["handover"] is None


def test_eligibility_lists_every_criterion_failed_ones_too():
    told = {"born": "1985-01-01", "special_effort": True, "a_kasse": "hk", "municipality": "751"}
    eligible = ask("2016-08-01", agreement=LO, **told)["eligible"]
    assert eligible["yes"] is False
    assert [(one["name"], one["ok"], one["value"]) for one in eligible["criteria"]] == [
        ("age", True, "31"),
        ("special_effort", False, "yes"),
        ("a_kasse", False, "hk"),
        ("municipality", False, "751"),
        ("in_force", True, "2016-08-01"),
    ]
    assert all(one["source"] for one in eligible["criteria"])
    assert ask("2016-08-01")["eligible"] is None


def test_the_agreement_must_be_in_force_at_registration():
    terms = {
        "a_kasser": ["3f"],
        "municipalities": ["101"],
        "in_force_from": "2009-08-10",
        "in_force_to": "2009-08-20",
    }

    def is_in_force(day):
        criteria = ask(day, agreement=terms)["eligible"]["criteria"]
        return next(one["ok"] for one in criteria if one["name"] == "in_force")

    days = ("2009-08-09", "2009-08-10", "2009-08-20", "2009-08-21")
    assert [is_in_force(day) for day in days] == [False, True, True, False]


def test_an_agreement_can_require_the_first_joint_interview_earlier():
    terms = {
        "a_kasser": ["3f"],
        "municipalities": ["101"],
        "in_force_from": "2015-08-01",
        "first_joint_from": "2015-09-11",
    }
    found = duties("2015-08-03", agreement=terms)
    assert found["R15-05", 1]["state"] == "open"
    assert ("R15-02", 1) not in found
    later = terms | {"first_joint_from": "2015-09-12"}
    voluntary = duty("R15-05", 1, "2015-08-03", agreement=later)
    assert voluntary["state"] == "voluntary"
    assert "required only where the 6 weeks are reached from 12.9.2015 on" in voluntary["notes"]
    after_phase_in = terms | {"first_joint_from": "2018-01-01"}
    assert duty("R15-05", 1, "2016-08-01", agreement=after_phase_in)["state"] == "open"


def test_a_declined_a_kasse_is_away_for_one_interview():
    told = {"choices": [chose("decline_other_party", "2016-08-20")]}
    found = duties("2016-08-01", **told)
    assert found["R15-05", 1]["with"] is None
    assert found["R15-06", 1]["with"] == "a_kasse"
    note = "the citizen declined the a-kasse's participation on 20.8."
    assert note in found["R15-05", 1]["notes"]
    back = [*told["choices"], chose("want_other_party", "2016-08-25")]
    assert duty("R15-05", 1, "2016-08-01", choices=back)["with"] == "a_kasse"


def test_the_a_kasse_may_decline_the_first_joint_interview_only():
    told = {"choices": [chose("decline_other_party", "2016-08-20", "a_kasse")]}
    assert duty("R15-05", 1, "2016-08-01", **told)["with"] is None
    meetings = [CV, held("joint", "2016-09-01", "jobcentre")]
    later = {"choices": [chose("decline_other_party", "2016-10-20", "a_kasse")]}
    assert duty("R15-06", 1, "2016-08-01", meetings=meetings, **later)["with"] == "a_kasse"
    citizen = {"choices": [chose("decline_other_party", "2016-10-20")]}
    assert duty("R15-06", 1, "2016-08-01", meetings=meetings, **citizen)["with"] is None


def test_from_2024_the_first_jobcentre_interview_is_opt_in_and_the_16_months_opt_out():
    found = duties("2024-01-08")
    assert (found["R24-03", 1]["with"], found["R24-07", 1]["with"]) == (None, "a_kasse")
    wanted = duties("2024-01-08", choices=[chose("want_other_party", "2024-03-01")])
    assert [wanted["R24-03", ordinal]["with"] for ordinal in (1, 2, 3)] == ["a_kasse", None, None]
    declined = duties("2024-01-08", choices=[chose("decline_other_party", "2025-03-01")])
    assert declined["R24-07", 1]["with"] is None


def test_a_joint_meeting_meets_the_first_jobcentre_interview_when_the_a_kasse_was_wanted():
    told = {
        "choices": [chose("want_other_party", "2024-03-01")],
        "meetings": [held("joint", "2024-04-10", "jobcentre")],
    }
    assert duty("R24-03", 1, "2024-01-08", **told)["met_on"] == "2024-04-10"


def test_the_first_joint_interview_of_2020_is_owed_when_anyone_asks_in_time():
    assert duty("R20-03", 1, "2021-08-02")["state"] == "not_required"
    for by in ("citizen", "a_kasse", "jobcentre"):
        asked = [chose("ask_joint", "2021-10-29", by)]
        assert duty("R20-03", 1, "2021-08-02", choices=asked)["state"] == "open"
    too_late = [chose("ask_joint", "2021-10-30")]
    assert duty("R20-03", 1, "2021-08-02", choices=too_late)["state"] == "not_required"


def test_an_exemption_of_2026_takes_all_but_the_first_interview_and_16_months():
    told = {"choices": [chose("exempt", "2026-08-03", "a_kasse")]}
    states = {name: one["state"] for name, one in duties("2026-07-06", **told).items()}
    assert states == {
        ("R26-05", 1): "open",
        ("R26-03", 2): "not_required",
        ("R26-04", 1): "not_required",
        ("R26-04", 2): "not_required",
        ("R26-07", 1): "open",
    }
    late = {"choices": [chose("exempt", "2026-10-03", "a_kasse")]}
    assert duty("R26-03", 2, "2026-07-06", "2026-10-05", **late)["state"] == "overdue"


def test_the_first_interview_of_2026_follows_its_parameter():
    told = {"parameters": {"first_interview_days_2026": 7}}
    first = duty("R26-05", 1, "2026-07-06", **told)
    assert (first["due_on"], first["because"]) == (
        "2026-07-13",
        "7 days after registration, lov 1750/2025",
    )


def test_visited_out_from_the_start_owes_the_a_kasse_nothing():
    told = {"choices": [chose("visited_out", "2024-01-08", "a_kasse")]}
    found = ask("2024-01-08", **told)
    assert {one["rule"] for one in found["duties"]} == {"R24-04", "R24-07"}
    assert found["responsible"] == [holds("jobcentre", "2024-01-08", None)]


def test_visiting_out_after_the_handover_changes_nothing():
    told = {"choices": [chose("visited_out", "2024-04-01", "a_kasse")]}
    assert ask("2024-01-08", **told) == ask("2024-01-08")


def test_a_course_placed_before_july_2026_keeps_its_interviews_by_a_convention():
    found = duties("2026-05-04")
    assert (found["R24-02", 2]["due_on"], found["R24-02", 2]["certain"]) == ("2026-07-31", False)
    assert found["R24-03", 1]["certain"] is False
    assert found["R24-01", 1]["certain"] is True
    assert duty("R24-02", 2, "2026-01-05")["certain"] is True


def test_availability_interviews_of_2020_are_no_duty_from_2024_on():
    found = duties("2023-11-06")
    assert found["R20-06", 1]["state"] == "lapsed"
    assert "no longer a duty from 1.1.2024 on" in found["R20-06", 1]["notes"]
    assert found["R20-02", 1]["state"] == "open"
    assert duty("R20-06", 1, "2023-06-05")["state"] == "open"


def test_who_is_unemployed_before_2024_stays_with_the_jobcentre():
    found = ask("2023-12-29", "2024-03-01")
    assert found["regime"] == "2020"
    assert found["responsible"] == [holds("jobcentre", "2023-12-29", None)]
    re_registered = ask("2024-03-01", placed_on="2023-12-29")
    assert re_registered["regime"] == "2020"


@pytest.mark.parametrize(
    ("day", "regime"),
    [
        ("2009-08-01", "2009"), ("2015-06-30", "2009"), ("2015-07-01", "2015"),
        ("2019-12-31", "2015"), ("2020-01-01", "2020"), ("2023-12-31", "2020"),
        ("2024-01-01", "2024"), ("2026-06-30", "2024"), ("2026-07-01", "2026"),
    ],
)  # fmt: skip
def test_the_regime_is_the_one_in_force_on_the_day_of_placement(day, regime):
    assert ask(day)["regime"] == regime
    assert ask("2026-09-01", placed_on=day)["regime"] == regime


def test_old_interviews_count_towards_the_six_of_2020():
    four = [held("job", f"2019-{month}-20", "jobcentre") for month in ("11", "12")]
    four += [CV | {"held_on": "2019-11-10"}, held("joint", "2019-12-02", "jobcentre")]
    found = duties("2019-11-04", meetings=four)
    owed = [one["kind"] for (rule, _), one in sorted(found.items()) if rule == "R20-12"]
    assert owed == ["job", "job", "joint"]
    none_held = duties("2019-11-04")
    owed = [one["kind"] for (rule, _), one in sorted(none_held.items()) if rule == "R20-12"]
    assert owed == ["job", "job", "job", "job", "joint", "joint"]


def test_interviews_after_new_year_2020_meet_what_is_still_owed_first():
    meetings = [held("job", "2020-01-20", "jobcentre")]
    found = duties("2019-10-01", "2020-02-01", meetings=meetings)
    assert found["R20-12", 1]["met_on"] == "2020-01-20"
    assert found["R15-02", 2]["state"] == "overdue"


def test_what_a_2009_course_takes_over_opens_with_the_reform():
    found = duties("2015-03-03", "2015-06-15")
    assert found["R15-02", 5]["opens_on"] == "2015-07-01"
    assert all(rule < "R15" or one["due_on"] >= "2015-07-01" for (rule, _), one in found.items())
    assert all(not rule.startswith("R09") or one["due_on"] < "2015-07-01" for (rule, _), one in found.items())  # fmt: skip
    ended = duties("2015-03-03", "2015-06-15", ended_on="2015-06-10")
    assert all(rule.startswith("R09") for rule, _ in ended)


def test_reported_hours_that_no_month_holds_are_a_note():
    told = {"reported_hours": {"2024-02": 200}}
    note = "200 hours reported for 2024-02, more than its weekdays hold"
    assert note in duty("R24-02", 2, "2024-01-08", **told)["notes"]
    full = {"reported_hours": {"2024-02": 160.33}}
    assert not any("more than" in one for one in duty("R24-02", 2, "2024-01-08", **full)["notes"])
    short = {"reported_hours": {"2024-01": 133.21}}
    assert any("more than" in one for one in duty("R24-02", 2, "2024-01-08", **short)["notes"])


def test_a_date_that_sickness_touches_is_not_certain():
    sick = {"absences": [absence("sick", "2024-02-05", "2024-02-09")]}
    touched = duty("R24-02", 2, "2024-01-08", **sick)
    assert (touched["due_on"], touched["certain"]) == ("2024-04-05", False)
    assert "needs legal confirmation: Q7" in touched["notes"]
    assert duty("R24-01", 1, "2024-01-08", **sick)["certain"] is True


def test_what_the_citizen_cannot_decide_alone_has_no_effect():
    visited = [chose("visited_out", "2024-02-12", "citizen")]
    assert ask("2024-01-08", choices=visited) == ask("2024-01-08")
    exempted = [chose("exempt", "2026-08-03", "citizen")]
    assert ask("2026-07-06", choices=exempted) == ask("2026-07-06")


def test_an_exemption_with_no_known_end_is_no_day_after_the_rule():
    told = {"absences": [absence("less_intensive", "2021-10-20", None)]}
    talk = duty("R20-06", 1, "2021-08-02", "2021-11-10", **told)
    assert (talk["due_on"], talk["state"]) == ("2021-10-29", "suspended")


def test_an_agreement_of_others_requires_no_earlier_joint_interview():
    terms = {
        "a_kasser": ["3f"],
        "municipalities": ["101"],
        "in_force_from": "2016-01-01",
        "first_joint_from": "2016-01-01",
    }

    def state(**told):
        return duty("R15-05", 1, "2016-05-02", agreement=terms, **told)["state"]

    assert state() == "open"
    assert state(a_kasse="hk") == state(municipality="751") == "voluntary"
    terms["in_force_to"] = "2016-06-09"
    assert state() == "voluntary"


def test_a_late_wish_for_the_first_joint_interview_says_so():
    late = [chose("ask_joint", "2021-10-30")]
    asked = duty("R20-03", 1, "2021-08-02", choices=late)
    assert asked["notes"] == ["asked for on 30.10., after it could be required"]
