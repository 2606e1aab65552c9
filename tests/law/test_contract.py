"""What the contract takes, what it refuses and how it says so."""

import json

import pytest

from law.contract import BadInput, as_json, object_of, read_course
from law.timeline import answer
from law.vocabulary import AbsenceKind, Insurance
from tests.law.asking import absence, ask, chose, held

EXAMPLE = {
    "as_of": "2016-09-20",
    "born": "1974-05-02",
    "insured": "full_time",
    "special_effort": False,
    "a_kasse": "3f",
    "municipality": "101",
    "registered_on": "2016-08-01",
    "placed_on": "2016-08-01",
    "absences": [{"kind": "job", "from": "2016-08-22", "to": "2016-09-09"}],
    "reported_hours": {},
    "agreement": None,
    "choices": [],
    "meetings": [{"kind": "cv", "held_on": "2016-08-12", "by": "a_kasse"}],
    "parameters": {},
}


def test_the_example_of_the_contract_comes_out_word_for_word():
    answered = as_json(answer(read_course(EXAMPLE)))
    assert list(answered) == ["regime", "clock", "eligible", "responsible", "handover", "duties"]
    assert answered["regime"] == "2015"
    assert answered["clock"] == {
        "hours": 162.8,
        "weekdays": 22,
        "months": 1.02,
        "reported_to": None,
        "running": True,
        "paused_by": None,
    }
    assert answered["eligible"] is None
    assert answered["responsible"] == [{"party": "jobcentre", "from": "2016-08-01", "to": None}]
    assert answered["handover"] is None
    [joint] = [one for one in answered["duties"] if one["rule"] == "R15-05"]
    assert json.loads(json.dumps(joint)) == {
        "rule": "R15-05",
        "kind": "joint",
        "ordinal": 1,
        "responsible": "jobcentre",
        "with": "a_kasse",
        "opens_on": "2016-08-12",
        "due_on": "2016-09-30",
        "latest_on": "2016-09-30",
        "basis": "cumulative",
        "state": "open",
        "met_on": None,
        "because": "6 weeks of unemployment (30 counted weekdays), Beskæftigelsesreformen 2015",
        "notes": ["moved 21 days: job 22.8.-9.9."],
        "certain": True,
    }


def test_only_five_keys_are_required_and_the_others_have_their_defaults():
    facts = read_course(
        {key: EXAMPLE[key] for key in ("as_of", "born", "a_kasse", "municipality", "registered_on")}
    )
    assert facts.insured is Insurance.FULL_TIME
    assert facts.special_effort is False
    assert facts.placed_on == facts.registered_on
    assert (facts.ended_on, facts.absences, facts.reported_hours) == (None, (), {})
    assert (facts.agreement, facts.choices, facts.meetings) == (None, (), ())


def test_every_kind_of_absence_of_the_contract_is_taken():
    kinds = ["job", "holiday", "sick", "maternity", "less_intensive", "wage_subsidy"]
    absences = [absence(kind, "2016-08-22", None) for kind in kinds]
    absences.append(absence("part_time_job", "2016-08-22", None, hours=18.5))
    assert {one.kind for one in read_course(EXAMPLE | {"absences": absences}).absences} == set(
        AbsenceKind
    )


def test_a_period_includes_both_its_days_and_may_be_one_day():
    [one] = read_course(
        EXAMPLE | {"absences": [absence("job", "2016-08-22", "2016-08-22")]}
    ).absences
    assert (one.ends_on - one.starts_on).days == 1


def test_an_agreement_may_be_a_slug_or_its_terms():
    shipped = read_course(EXAMPLE | {"agreement": "lo-koebenhavn-2009"}).agreement
    terms = {
        "first_meetings_at_a_kasse": 2,
        "window_weeks": 26,
        "min_age": 30,
        "exclude_special_effort": True,
        "young_groups": [],
        "a_kasser": ["3f", "foa", "tib", "metal"],
        "municipalities": ["101"],
        "in_force_from": "2009-08-01",
        "in_force_to": None,
        "first_joint_from": None,
        "free_municipality": False,
        "due_soon_days": 5,
    }
    assert read_course(EXAMPLE | {"agreement": terms}).agreement == shipped


WRONG = [
    ({"born": None}, "born: null is no date (YYYY-MM-DD)"),
    ({"born": "20160801"}, "born: '20160801' is no date (YYYY-MM-DD)"),
    ({"born": "2016-13-01"}, "born: 2016-13-01 is no date"),
    ({"born": "2016-08-01"}, "born: 2016-08-01 is not before registered_on 2016-08-01"),
    ({"as_of": "9999-01-01"}, "as_of: 9999-01-01 is too far ahead"),
    ({"insured": "half"}, "insured: 'half' is none of full_time, part_time"),
    ({"special_effort": 1}, "special_effort: 1 is neither true nor false"),
    ({"a_kasse": ""}, "a_kasse: '' is no text"),
    ({"placed_on": "2009-07-31"}, "placed_on: 2009-07-31 is before the first act, 2009-08-01"),
    ({"ended_on": "2016-08-01"}, "ended_on: 2016-08-01 is not after registered_on 2016-08-01"),
    ({"extra": 1}, "extra: unknown key"),
    ({"two\nlines": 1}, "'two\\nlines': unknown key"),
    ({"absences": {}}, "absences: {} is no list"),
    ({"absences": [absence("job", "2016-08-22", "2016-08-20")]}, "absences[0].to: 2016-08-20 is before from 2016-08-22"),
    ({"absences": [absence("job", "2016-08-01", None), absence("job", "2016-08-22", "2016-08-20")]}, "absences[1].to: 2016-08-20 is before from 2016-08-22"),
    ({"absences": [absence("jobb", "2016-08-22", None)]}, "absences[0].kind: 'jobb' is none of job, holiday, sick, maternity, less_intensive, wage_subsidy, part_time_job"),
    ({"absences": [{"kind": "job"}]}, "absences[0].from: is required"),
    ({"absences": [absence("part_time_job", "2016-08-22", None)]}, "absences[0].hours: is required for part_time_job"),
    ({"absences": [absence("job", "2016-08-22", None, hours=10)]}, "absences[0].hours: belongs to part_time_job, not to job"),
    ({"absences": [absence("part_time_job", "2016-08-22", None, hours=38)]}, "absences[0].hours: 38 is not from 0 to 37"),
    ({"absences": [absence("job", "2016-08-22", None, why="x")]}, "absences[0].why: unknown key"),
    ({"reported_hours": {"2024-13": 1}}, "reported_hours.2024-13: is no month (YYYY-MM)"),
    ({"reported_hours": {"2024-01": 251}}, "reported_hours.2024-01: 251 is not from 0 to 250"),
    ({"reported_hours": {"2024-01": -1}}, "reported_hours.2024-01: -1 is not from 0 to 250"),
    ({"reported_hours": {"2024-01": float("nan")}}, "reported_hours.2024-01: nan is not from 0 to 250"),
    ({"reported_hours": {"2024-01": "100"}}, "reported_hours.2024-01: '100' is no number of hours"),
    ({"agreement": "dfh"}, "agreement: no agreement 'dfh' is shipped, only lo-koebenhavn-2009"),
    ({"agreement": {"a_kasser": ["3f"]}}, "agreement.municipalities: is required"),
    ({"choices": [chose("wish", "2016-08-22")]}, "choices[0].kind: 'wish' is none of choose_jobcentre, decline_other_party, want_other_party, ask_joint, visited_out, exempt, postpone"),
    ({"choices": [chose("exempt", "2016-08-22", "mayor")]}, "choices[0].by: 'mayor' is none of citizen, a_kasse, jobcentre"),
    ({"choices": [chose("postpone", "2016-08-22", "jobcentre")]}, "choices[0].rule: is required"),
    ({"choices": [chose("postpone", "2016-08-22", "jobcentre", rule="R99", ordinal=1, to="2016-09-01")]}, "choices[0].rule: 'R99' is no rule with duties"),
    ({"choices": [chose("exempt", "2016-08-22", to="2016-08-22")]}, "choices[0].to: belongs to postpone, not to exempt"),
    ({"meetings": [held("cv", "2016-08-12", "citizen")]}, "meetings[0].by: citizen is none of a_kasse, jobcentre"),
    ({"meetings": [held("talk", "2016-08-12", "a_kasse")]}, "meetings[0].kind: 'talk' is none of cv, job, joint, availability, sickness, recruitment"),
    ({"meetings": [held("joint", "2016-08-12", "a_kasse", registered_type="17")]}, "meetings[0].registered_type: '17' is no whole number"),
    ({"parameters": {"sick_days": 14}}, "parameters.sick_days: unknown key"),
    ({"parameters": {"sick_days_counted": True}}, "parameters.sick_days_counted: True is no whole number"),
    ({"parameters": {"handover_hours": {"full": 1}}}, "parameters.handover_hours.full: unknown key"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "message"), WRONG, ids=lambda value: str(value)[:50])
def test_bad_input_is_refused_in_one_line_that_names_the_field(change, message):
    with pytest.raises(BadInput) as refusal:
        read_course(EXAMPLE | change)
    assert str(refusal.value) == message
    assert str(refusal.value) == f"{refusal.value.path}: {refusal.value.message}"


@pytest.mark.parametrize("key", ["as_of", "born", "a_kasse", "municipality", "registered_on"])
def test_a_required_key_is_asked_for_by_name(key):
    with pytest.raises(BadInput, match=f"^{key}: is required$"):
        read_course({name: value for name, value in EXAMPLE.items() if name != key})


@pytest.mark.parametrize("value", [None, [], "course", 1])
def test_what_is_no_object_is_no_course(value):
    with pytest.raises(BadInput, match=r"^input: "):
        read_course(value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"as_of": "2016-09-20", "as_of": "2016-09-21"}', "as_of: is given twice"),
        ('{"reported_hours": {"2016-08": 1, "2016-08": 2}}', "reported_hours.2016-08: is given twice"),
        ('{"absences": [{"kind": "job", "kind": "job"}]}', "absences[0].kind: is given twice"),
    ],
)  # fmt: skip
def test_a_key_that_is_given_twice_is_refused_by_name(text, message):
    given = json.loads(text, object_pairs_hook=object_of)
    with pytest.raises(BadInput) as refusal:
        read_course(given if "as_of" in given else EXAMPLE | given)
    assert str(refusal.value) == message


def test_every_parameter_of_the_contract_can_be_set():
    parameters = {
        "cv_days_2009": 10,
        "cv_three_weeks_from": "2012-01-01",
        "sick_days_counted": 0,
        "handover_hours": {"full_time": 400, "part_time": 300},
        "handover_strict": False,
        "count_prior_akasse": True,
        "sickness_talk_from": None,
        "sickness_talk_to": "2014-01-01",
        "first_interview_days_2026": 7,
        "catch_up_days": 7,
        "postpone_days": 7,
    }
    told = read_course(EXAMPLE | {"parameters": parameters}).parameters
    assert told.handover_hours.part_time == 300
    assert {
        name: getattr(told, name) for name in parameters if isinstance(parameters[name], int)
    } == {name: value for name, value in parameters.items() if isinstance(value, int)}
    assert told.sickness_talk_from is None


def test_one_of_the_two_handover_hours_may_be_set_alone():
    told = read_course(EXAMPLE | {"parameters": {"handover_hours": {"part_time": 300}}}).parameters
    assert (told.handover_hours.full_time, told.handover_hours.part_time) == (410, 300)


def test_the_answer_is_json_with_iso_dates_and_numbers_of_two_decimals():
    answered = ask("2024-01-08", "2024-01-12", reported_hours={"2024-01": 100.01})
    assert json.loads(json.dumps(answered)) == answered
    assert answered["clock"]["hours"] == round(5 * 100.01 / 18, 2)
    assert answered["handover"]["on"] == "2024-03-31"
