"""Which meeting meets which duty, and what its state then is."""

import pytest

from tests.law.asking import absence, chose, duties, duty, held

CV = held("cv", "2016-08-12", "a_kasse")


def states(answered, rule) -> list[str]:
    return [one["state"] for (name, _), one in sorted(answered.items()) if name == rule]


def test_a_meeting_of_another_kind_meets_nothing():
    answered = duties("2016-08-01", meetings=[held("availability", "2016-08-10", "a_kasse")])
    assert answered["R15-01", 1]["met_on"] is None
    assert answered["R15-09", 1]["met_on"] == "2016-08-10"


def test_a_meeting_by_the_other_party_meets_nothing():
    answered = duties("2016-08-01", meetings=[held("cv", "2016-08-10", "jobcentre")])
    assert all(one["met_on"] is None for one in answered.values())


@pytest.mark.parametrize("by", ["a_kasse", "jobcentre"])
def test_a_joint_meeting_may_be_held_by_either(by):
    joint = duty("R15-05", 1, "2016-08-01", meetings=[CV, held("joint", "2016-09-01", by)])
    assert (joint["state"], joint["met_on"]) == ("met", "2016-09-01")


def test_a_meeting_before_the_duty_opens_does_not_meet_it():
    early = [CV, held("joint", "2016-09-01", "jobcentre"), held("joint", "2016-11-29", "jobcentre")]
    assert duty("R15-06", 1, "2016-08-01", meetings=early)["met_on"] is None
    on_time = [*early, held("joint", "2016-11-30", "jobcentre")]
    assert duty("R15-06", 1, "2016-08-01", meetings=on_time)["met_on"] == "2016-11-30"


def test_a_meeting_after_the_last_day_meets_the_duty_late():
    late = duty("R15-01", 1, "2016-08-01", meetings=[held("cv", "2016-08-16", "a_kasse")])
    assert (late["state"], late["met_on"]) == ("late", "2016-08-16")
    in_time = duty("R15-01", 1, "2016-08-01", meetings=[held("cv", "2016-08-15", "a_kasse")])
    assert in_time["state"] == "met"


def test_a_held_meeting_is_a_fact_whatever_day_is_asked_about():
    meetings = [held("cv", "2016-08-16", "a_kasse")]
    before = duties("2016-08-01", "2016-08-02", meetings=meetings)
    after = duties("2016-08-01", "2016-08-30", meetings=meetings)
    assert before["R15-01", 1] == after["R15-01", 1]


def test_a_meeting_meets_the_earliest_open_duty_of_its_rule_and_only_one():
    meetings = [held("job", "2016-09-20", "jobcentre"), held("job", "2016-10-20", "jobcentre")]
    answered = duties("2016-08-01", "2016-12-01", meetings=meetings)
    met = [answered["R15-02", ordinal]["met_on"] for ordinal in range(2, 7)]
    assert met == ["2016-09-20", "2016-10-20", None, None, None]


def test_meetings_are_settled_in_the_order_they_were_held_not_listed():
    meetings = [held("job", "2016-10-20", "jobcentre"), held("job", "2016-09-20", "jobcentre")]
    assert duty("R15-02", 2, "2016-08-01", meetings=meetings)["met_on"] == "2016-09-20"


def test_the_count_rule_starts_at_2_where_another_rule_names_the_first():
    assert {name for name in duties("2024-01-08") if name[0] in ("R24-01", "R24-02")} == {
        ("R24-01", 1),
        ("R24-02", 2),
        ("R24-02", 3),
    }
    assert ("R26-03", 1) not in duties("2026-07-06")
    assert ("R15-02", 1) not in duties("2016-08-01")
    assert ("R15-02", 1) in duties("2015-08-03")
    young = duties("2009-09-14", born="1985-01-01")
    assert [name for name in sorted(young) if name[0] == "R09-02"] == [("R09-02", 2)]


def test_a_meeting_that_meets_the_named_first_is_used_up_for_the_count_rule():
    one = [held("job", "2024-01-15", "a_kasse")]
    answered = duties("2024-01-08", meetings=one)
    assert states(answered, "R24-01") == ["met"]
    assert states(answered, "R24-02") == ["open", "open"]
    three = [*one, held("job", "2024-02-15", "a_kasse"), held("job", "2024-03-15", "a_kasse")]
    assert states(duties("2024-01-08", meetings=three), "R24-02") == ["met", "met"]


def test_the_second_joint_interview_also_meets_the_earliest_open_monthly_one():
    meetings = [
        CV,
        held("joint", "2016-09-01", "jobcentre"),
        *[held("job", day, "jobcentre") for day in ("2016-09-20", "2016-10-20", "2016-11-20")],
        held("joint", "2016-12-20", "a_kasse"),
    ]
    answered = duties("2016-08-01", "2016-12-21", meetings=meetings)
    assert answered["R15-06", 1]["met_on"] == "2016-12-20"
    assert answered["R15-02", 5]["met_on"] == "2016-12-20"
    assert answered["R15-02", 6]["state"] == "open"


def test_the_first_joint_interview_meets_no_monthly_one_beside_itself():
    meetings = [CV, held("joint", "2016-09-01", "jobcentre")]
    answered = duties("2016-08-01", "2016-09-02", meetings=meetings)
    assert states(answered, "R15-02") == ["open"] * 5


def test_in_2020_joint_meetings_never_count_among_the_four():
    meetings = [held("joint", day, "jobcentre") for day in ("2021-11-10", "2021-11-20")]
    assert states(duties("2021-08-02", meetings=meetings), "R20-02") == ["open"] * 4


def test_jobcentre_interviews_open_the_day_after_the_handover():
    on_the_last_day = [held("job", "2024-03-31", "jobcentre")]
    assert duty("R24-03", 1, "2024-01-08", meetings=on_the_last_day)["met_on"] is None
    the_day_after = [held("job", "2024-04-01", "jobcentre")]
    assert duty("R24-03", 1, "2024-01-08", meetings=the_day_after)["met_on"] == "2024-04-01"
    in_2026 = duty("R26-04", 1, "2026-07-06", meetings=[held("job", "2026-10-01", "jobcentre")])
    assert (in_2026["opens_on"], in_2026["met_on"]) == ("2026-10-01", "2026-10-01")


def test_the_a_kasse_still_owes_its_interviews_after_the_handover():
    late = duty("R24-02", 2, "2024-01-08", "2024-04-20")
    assert (late["responsible"], late["state"]) == ("a_kasse", "overdue")
    by_jobcentre = [held("job", "2024-01-15", "a_kasse"), held("job", "2024-04-02", "jobcentre")]
    answered = duties("2024-01-08", "2024-04-20", meetings=by_jobcentre)
    assert answered["R24-02", 2]["met_on"] is None
    assert answered["R24-03", 1]["met_on"] == "2024-04-02"


def test_recruitment_settles_nothing_and_resets_nothing():
    meetings = [held("recruitment", "2009-09-09", "jobcentre")]
    with_it, without = duties("2009-08-03", meetings=meetings), duties("2009-08-03")
    assert with_it == without


def test_the_first_joint_interview_opens_on_the_day_of_the_cv_interview():
    assert duty("R15-05", 1, "2016-08-01")["opens_on"] is None
    same_day = [CV, held("joint", "2016-08-12", "jobcentre")]
    joint = duty("R15-05", 1, "2016-08-01", meetings=same_day)
    assert (joint["opens_on"], joint["met_on"]) == ("2016-08-12", "2016-08-12")


def test_a_joint_interview_registered_as_7_settles_no_joint_duty():
    wrong = [CV, held("joint", "2016-09-01", "jobcentre", registered_type=7)]
    joint = duty("R15-05", 1, "2016-08-01", "2016-09-02", meetings=wrong)
    assert joint["state"] == "open"
    assert "the interview of 1.9. was registered as type 7 and does not count" in joint["notes"]
    right = [CV, held("joint", "2016-09-01", "jobcentre", registered_type=17)]
    assert duty("R15-05", 1, "2016-08-01", meetings=right)["state"] == "met"


def test_a_recurring_rule_gives_the_held_ones_and_the_next():
    held_twice = [held("job", "2009-10-14", "jobcentre"), held("job", "2010-01-10", "jobcentre")]
    answered = duties("2009-08-03", meetings=held_twice)
    assert sorted(name for name in answered if name[0] == "R09-02") == [
        ("R09-02", 1),
        ("R09-02", 2),
        ("R09-02", 3),
    ]
    talks = duties("2009-08-03", meetings=[held("availability", "2009-10-14", "a_kasse")])
    assert talks["R09-05", 2]["due_on"] == "2010-01-17"
    quarterly = duties("2016-08-01", meetings=[held("job", "2017-03-01", "jobcentre")] * 6)
    assert ("R15-08", 1) in quarterly


def test_interviews_every_3_months_fall_due_at_9_12_15_months():
    six = [held("job", f"2016-{month}-15", "jobcentre") for month in ("08", "09", "10", "11", "12")]
    after = [held("job", "2017-02-15", "jobcentre"), held("job", "2017-06-15", "jobcentre")]
    answered = duties("2016-08-01", "2017-09-01", meetings=[*six, *after])
    nine, twelve, fifteen = (answered["R15-08", ordinal]["due_on"] for ordinal in (1, 2, 3))
    assert (nine, twelve, fifteen) == ("2017-04-28", "2017-07-28", "2017-10-27")
    assert answered["R15-08", 3]["state"] == "open"


def test_under_30_the_held_first_interview_counts_the_weeks_anew():
    young = {"born": "1985-01-01", "meetings": [held("job", "2009-10-07", "jobcentre")]}
    answered = duties("2009-09-14", **young)
    assert answered["R09-03", 1]["met_on"] == "2009-10-07"
    assert answered["R09-02", 2]["due_on"] == "2010-01-10"


def test_the_named_first_is_met_first_even_where_it_is_due_later():
    told = {"born": "1985-01-01", "placed_on": "2009-09-14"}
    one = [held("job", "2010-03-10", "jobcentre")]
    answered = duties("2010-03-01", meetings=one, **told)
    assert answered["R09-02", 2]["due_on"] == "2010-06-13"
    assert answered["R09-03", 1]["met_on"] == "2010-03-10"
    assert answered["R09-02", 2]["met_on"] is None


def test_a_postponed_interview_is_overdue_only_after_the_day_it_was_moved_to():
    moved = [
        chose("postpone", "2016-09-28", "jobcentre", rule="R15-02", ordinal=2, to="2016-10-10")
    ]
    on_the_day = duty("R15-02", 2, "2016-08-01", "2016-10-10", choices=moved)
    assert on_the_day["state"] == "open"
    assert on_the_day["due_on"] == "2016-09-29"
    assert "postponed to 10.10." in on_the_day["notes"]
    assert duty("R15-02", 2, "2016-08-01", "2016-10-11", choices=moved)["state"] == "overdue"
    assert duty("R15-02", 2, "2016-08-01", "2016-09-30")["state"] == "overdue"
    assert duty("R15-02", 3, "2016-08-01", choices=moved)["due_on"] == "2016-10-28"


@pytest.mark.parametrize(
    ("rule", "ordinal", "by"),
    [("R15-02", 6, "jobcentre"), ("R15-05", 1, "jobcentre"), ("R15-06", 1, "jobcentre"), ("R15-02", 2, "citizen")],
)  # fmt: skip
def test_what_cannot_be_postponed_stays_and_says_so(rule, ordinal, by):
    plain = duty(rule, ordinal, "2016-08-01")
    moved = chose("postpone", "2016-08-02", by, rule=rule, ordinal=ordinal, to="2017-02-01")
    asked = duty(rule, ordinal, "2016-08-01", plain["latest_on"], choices=[moved])
    assert asked["latest_on"] == plain["latest_on"]
    assert "the postponement to 1.2. has no effect" in asked["notes"]


def test_a_postponement_past_the_longest_lawful_day_is_cut_there():
    far = [chose("postpone", "2016-09-28", "jobcentre", rule="R15-02", ordinal=2, to="2016-11-01")]
    assert duty("R15-02", 2, "2016-08-01", "2016-10-13", choices=far)["state"] == "open"
    assert duty("R15-02", 2, "2016-08-01", "2016-10-14", choices=far)["state"] == "overdue"


def test_held_between_the_due_day_and_the_latest_day_is_met():
    meetings = [held("job", "2016-10-13", "jobcentre")]
    assert duty("R15-02", 2, "2016-08-01", meetings=meetings)["state"] == "met"
    late = [held("job", "2016-10-14", "jobcentre")]
    assert duty("R15-02", 2, "2016-08-01", meetings=late)["state"] == "late"


def test_a_re_registration_is_met_by_an_interview_of_the_same_benefit_period():
    told = {"placed_on": "2021-08-02", "meetings": [held("cv", "2021-08-10", "a_kasse")]}
    again = duty("R20-01", 1, "2022-03-01", **told)
    assert (again["due_on"], again["met_on"], again["certain"]) == (
        "2022-03-15",
        "2021-08-10",
        False,
    )
    assert duty("R20-01", 1, "2022-03-01", placed_on="2021-08-02")["state"] == "open"


def test_what_was_met_before_the_course_ended_stays_met():
    told = {"ended_on": "2016-09-05", "ended_reason": "job"}
    answered = duties("2016-08-01", "2016-10-01", meetings=[CV], **told)
    assert answered["R15-01", 1]["state"] == "met"
    assert answered["R15-05", 1]["state"] == "lapsed"
    after = [CV, held("joint", "2016-09-06", "jobcentre")]
    assert duty("R15-05", 1, "2016-08-01", meetings=after, **told)["state"] == "lapsed"


def test_what_was_due_before_the_course_ended_stays_overdue_or_is_met_late():
    told = {"ended_on": "2016-09-05"}
    assert duty("R15-01", 1, "2016-08-01", "2016-10-01", **told)["state"] == "overdue"
    late = [held("cv", "2016-09-06", "a_kasse")]
    assert duty("R15-01", 1, "2016-08-01", "2016-10-01", meetings=late, **told)["state"] == "late"


def test_a_duty_due_on_the_first_day_after_the_course_lapses():
    assert duty("R15-01", 1, "2016-08-01", ended_on="2016-08-15")["state"] == "lapsed"
    last_day = duty("R15-01", 1, "2016-08-01", "2016-08-20", ended_on="2016-08-16")
    assert last_day["state"] == "overdue"


def test_a_sickness_talk_held_after_the_member_is_well_meets_no_lapsed_duty():
    told = {"absences": [absence("sick", "2010-02-01", "2010-02-25")]}
    after = [held("sickness", "2010-02-26", "a_kasse")]
    assert duty("R09-07", 1, "2009-11-02", meetings=after, **told)["state"] == "lapsed"
    before = [held("sickness", "2010-02-25", "a_kasse")]
    assert duty("R09-07", 1, "2009-11-02", meetings=before, **told)["state"] == "met"
    longer = {"absences": [absence("sick", "2010-02-01", "2010-03-20")]}
    late = [held("sickness", "2010-03-25", "a_kasse")]
    assert duty("R09-07", 1, "2009-11-02", meetings=late, **longer)["state"] == "late"
