"""A person takes one member into an agreement, or keeps one out, from a day (R09-11a)."""

from dataclasses import replace
from datetime import date

import pytest

from law.facts import Choice, CourseFacts, EntryDecision, HeldMeeting, Terms
from law.timeline import answer
from law.vocabulary import ChoiceKind, MeetingKind, Party
from law.words import english

REGISTERED = date(2009, 8, 3)
FIRST_DUE, WINDOW_ENDS = date(2009, 11, 1), date(2010, 1, 31)
LO = Terms(in_force_from=date(2009, 8, 1), a_kasser=("3f",), municipalities=("101",))
OLD_ENOUGH = CourseFacts(
    as_of=date(2009, 12, 1),
    born=date(1967, 2, 11),
    a_kasse="3f",
    municipality="101",
    registered_on=REGISTERED,
    placed_on=REGISTERED,
    agreement=LO,
)
SPECIAL = replace(OLD_ENOUGH, special_effort=True)


def entering(on, facts=SPECIAL, **changed):
    return decided((True, on), facts=facts, **changed)


def leaving(on, facts=OLD_ENOUGH, **changed):
    return decided((False, on), facts=facts, **changed)


def decided(*decisions, facts, **changed):
    entries = tuple(EntryDecision(takes_in, on, Party.JOBCENTRE) for takes_in, on in decisions)
    return replace(facts, entries=entries, **changed)


def held(facts):
    return [(one.party.value, one.starts_on) for one in answer(facts).responsible]


def interviews(facts):
    return [one for one in answer(facts).duties if one.rule == "R09-02"]


def job(day, by):
    return HeldMeeting(MeetingKind.JOB, day, by)


def test_without_a_decision_the_criteria_say_who_is_under() -> None:
    assert held(OLD_ENOUGH) == [("a_kasse", REGISTERED), ("jobcentre", date(2010, 2, 1))]
    assert held(SPECIAL) == [("jobcentre", REGISTERED)]


def test_whoever_is_taken_in_is_the_a_kasses_from_that_day_to_the_end_of_the_window() -> None:
    said = answer(entering(date(2009, 9, 14)))

    assert held(entering(date(2009, 9, 14))) == [
        ("jobcentre", REGISTERED),
        ("a_kasse", date(2009, 9, 14)),
        ("jobcentre", date(2010, 2, 1)),
    ]
    assert (said.handover.on, said.handover.rule) == (WINDOW_ENDS, "R09-10")
    assert interviews(entering(date(2009, 9, 14)))[0].responsible is Party.A_KASSE


def test_taken_in_on_the_day_of_registration_it_is_as_if_the_criteria_held() -> None:
    assert held(entering(REGISTERED)) == held(OLD_ENOUGH)


def test_whoever_is_kept_out_is_the_jobcentres_from_that_day() -> None:
    facts = leaving(date(2009, 9, 14))

    assert held(facts) == [("a_kasse", REGISTERED), ("jobcentre", date(2009, 9, 14))]
    assert answer(facts).handover.on == date(2009, 9, 13)
    assert interviews(facts)[0].responsible is Party.JOBCENTRE


def test_kept_out_from_the_first_day_there_is_no_handover() -> None:
    assert held(leaving(REGISTERED)) == [("jobcentre", REGISTERED)]
    assert answer(leaving(REGISTERED)).handover is None


def test_a_decision_after_the_window_gives_the_a_kasse_no_day_and_no_interview() -> None:
    facts = entering(date(2010, 3, 1), as_of=date(2010, 3, 1))

    assert held(facts) == [("jobcentre", REGISTERED)]
    assert answer(facts).handover is None
    assert interviews(facts)[0].responsible is Party.JOBCENTRE


def test_several_decisions_count_each_from_its_own_day() -> None:
    out, again = date(2009, 9, 14), date(2009, 10, 12)
    facts = decided((True, again), (False, out), facts=OLD_ENOUGH)

    assert held(facts) == [
        ("a_kasse", REGISTERED),
        ("jobcentre", out),
        ("a_kasse", again),
        ("jobcentre", date(2010, 2, 1)),
    ]
    assert answer(facts).eligible.yes


def test_an_interview_that_the_jobcentre_held_before_the_entry_counts() -> None:
    before = job(date(2009, 8, 25), Party.JOBCENTRE)
    facts = entering(date(2009, 9, 14), meetings=(before,))

    first, second = interviews(facts)

    assert (first.responsible, first.met_on) == (Party.JOBCENTRE, date(2009, 8, 25))
    assert second.responsible is Party.A_KASSE


def test_an_interview_that_the_a_kasse_held_before_the_member_was_kept_out_counts() -> None:
    facts = leaving(date(2009, 9, 14), meetings=(job(date(2009, 9, 1), Party.A_KASSE),))

    first, second = interviews(facts)

    assert (first.responsible, first.met_on) == (Party.A_KASSE, date(2009, 9, 1))
    assert second.responsible is Party.JOBCENTRE


def test_what_the_citizen_chose_is_not_overruled() -> None:
    chosen = Choice(ChoiceKind.CHOOSE_JOBCENTRE, date(2009, 8, 5), Party.CITIZEN)

    assert held(entering(date(2009, 9, 14), choices=(chosen,))) == [("jobcentre", REGISTERED)]


def test_the_end_of_the_agreement_ends_it_for_whoever_was_taken_in_too() -> None:
    ends = date(2009, 11, 16)
    moved = replace(LO, in_force_to=ends, stops_on=ends)

    assert held(entering(date(2009, 9, 14), agreement=moved))[-1] == ("jobcentre", ends)


@pytest.mark.parametrize(("facts", "takes_in"), [(SPECIAL, True), (OLD_ENOUGH, False)])
def test_all_criteria_stay_on_the_list_and_the_decision_comes_last(facts, takes_in) -> None:
    said = answer(decided((takes_in, date(2009, 9, 14)), facts=facts)).eligible

    assert said.yes is takes_in
    names = [one.name for one in said.criteria]
    assert names == ["age", "special_effort", "a_kasse", "municipality", "in_force", "decision"]
    assert [one.ok for one in said.criteria if one.name == "special_effort"] == [not takes_in]
    last = said.criteria[-1]
    assert (last.ok, last.value, last.source) == (takes_in, "2009-09-14", "R09-11a")


def test_each_interview_says_that_it_rests_on_a_decision_by_whom_and_from_when() -> None:
    notes = [english(one) for one in interviews(entering(date(2009, 9, 14)))[0].notes]

    [note] = [one for one in notes if "by decision of the jobcentre" in one]
    assert note.startswith("under the agreement from 14.9. on")
    assert "declaration of 2009" in note


def test_a_decision_without_an_agreement_says_nothing() -> None:
    without = replace(entering(date(2009, 9, 14)), agreement=None)

    assert answer(without) == answer(replace(without, entries=()))


def test_rules_of_later_years_move_no_date_by_a_decision() -> None:
    day = date(2016, 8, 1)
    facts = replace(SPECIAL, registered_on=day, placed_on=day, as_of=date(2016, 9, 1))
    decided_in = replace(facts, entries=(EntryDecision(True, day, Party.JOBCENTRE),))

    assert answer(decided_in).duties == answer(facts).duties
    assert (answer(facts).eligible.yes, answer(decided_in).eligible.yes) == (False, True)
