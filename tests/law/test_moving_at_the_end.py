"""Running courses of 2009 when their agreement ends: they stay until the hand-over, or move."""

from dataclasses import replace
from datetime import date

from law.facts import CourseFacts, HeldMeeting, Terms
from law.timeline import answer
from law.vocabulary import MeetingKind, Party

ENDS = date(2009, 11, 16)
LO = Terms(
    in_force_from=date(2009, 8, 1),
    in_force_to=ENDS,
    a_kasser=("3f",),
    municipalities=("101",),
)
FACTS = CourseFacts(
    as_of=date(2009, 12, 1),
    born=date(1967, 2, 11),
    a_kasse="3f",
    municipality="101",
    registered_on=date(2009, 8, 3),
    placed_on=date(2009, 8, 3),
    agreement=LO,
)
MOVED = replace(FACTS, agreement=replace(LO, stops_on=ENDS))


def interviews(facts):
    said = answer(facts)
    return [one for one in said.duties if one.rule == "R09-02"]


def test_a_course_stays_with_the_a_kasse_until_its_hand_over() -> None:
    assert answer(FACTS).handover.on == date(2010, 1, 31)


def test_a_course_that_moves_is_the_jobcentres_from_the_day_without_the_agreement() -> None:
    said = answer(MOVED)

    assert said.handover.on == date(2009, 11, 15)
    assert [(one.party, one.starts_on) for one in said.responsible] == [
        (Party.A_KASSE, date(2009, 8, 3)),
        (Party.JOBCENTRE, ENDS),
    ]


def test_interviews_that_were_due_before_stay_the_a_kasses_and_later_ones_move() -> None:
    held = HeldMeeting(MeetingKind.JOB, date(2009, 10, 20), Party.A_KASSE)
    facts = replace(MOVED, meetings=(held,))

    assert [one.responsible for one in interviews(facts)] == [Party.A_KASSE, Party.JOBCENTRE]


def test_an_interview_held_early_by_the_a_kasse_counts_though_it_was_due_after() -> None:
    ends = date(2009, 9, 7)
    early = HeldMeeting(MeetingKind.JOB, date(2009, 9, 1), Party.A_KASSE)
    moved = replace(FACTS, agreement=replace(LO, stops_on=ends), meetings=(early,))

    first = interviews(moved)[0]

    assert first.responsible is Party.A_KASSE
    assert first.outcome.value == "met"
