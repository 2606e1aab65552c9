"""The meetings owed under the reform of 2015, and what LAB made of them in 2020 (R20-12)."""

from collections.abc import Iterator
from datetime import date

from law.acts import RULES
from law.acts.act_2015 import FIRST_JOINT_FROM
from law.acts.transitions import (
    LAB_ON,
    OWED_IN_ALL,
    OWED_JOINT,
    REFORM_ON,
    REPLACED_2020,
)
from law.clocks import Unemployed
from law.course import Course
from law.drafts import Draft, draft, postpone
from law.facts import Terms
from law.periods import Period
from law.vocabulary import MeetingKind, Outcome, Party

SIX_MONTHS = Unemployed(months=6)
SIXTEEN_MONTHS = Unemployed(months=16)
EVERY_MONTHS = 3
FIRST_RECURRING_MONTH = 9
JOINT_AS_JOB_TYPE = 7


def meetings_2015(course: Course) -> Iterator[Draft]:
    """What the reform asks of a course placed while it was in force."""
    yield draft(course, RULES["R15-01"])
    for ordinal in (1, 2):
        yield draft(course, RULES["R15-09"], ordinal)
    yield from _reform(course, course.start)


def taken_over_2015(course: Course) -> Iterator[Draft]:
    """R15-20: what a course of 2009 owes for thresholds reached from 1 July 2015 on."""
    if not course.crosses(REFORM_ON):
        return
    cut = REFORM_ON.toordinal()
    for one in _reform(course, cut):
        if one.due is None or one.due >= cut:
            one.opens = None if one.opens is None else max(one.opens, cut)
            one.questions = (*one.questions, "R15-20")
            yield one


def first_joint_required(course: Course) -> bool:
    """R15-19: from the phase-in on, or earlier where an agreement says so."""
    due = course.reached(RULES["R15-05"].due[0])
    return due is None or due >= phase_in(course)


def phase_in(course: Course) -> int:
    """The day from which 6 weeks of unemployment ask for a first joint interview."""
    terms = course.facts.agreement
    if terms is None or terms.first_joint_from is None or not _covers(course, terms):
        return FIRST_JOINT_FROM.toordinal()
    return min(FIRST_JOINT_FROM, terms.first_joint_from).toordinal()


def _covers(course: Course, terms: Terms) -> bool:
    """Whether the member's a-kasse and municipality are parties when the 6 weeks are reached."""
    facts, due = course.facts, course.reached(RULES["R15-05"].due[0])
    return (
        facts.a_kasse in terms.a_kasser
        and facts.municipality in terms.municipalities
        and due is not None
        and date.fromordinal(due) in Period(terms.in_force_from, terms.in_force_to)
    )


def _reform(course: Course, cut: int) -> Iterator[Draft]:
    required = first_joint_required(course)
    yield _first_joint(course, cut, required=required)
    last = len(RULES["R15-02"].due)
    for ordinal in range(2 if required else 1, last + 1):
        found = draft(course, RULES["R15-02"], ordinal)
        if found.due is not None and ordinal < last:
            postpone(course, found, found.due)
        yield found
    yield draft(course, RULES["R15-06"])
    yield draft(course, RULES["R15-07"])
    yield _first_recurring(course, cut)


def _first_joint(course: Course, cut: int, *, required: bool) -> Draft:
    """R15-05: open from the day of the CV interview on, which settling finds."""
    found = draft(course, RULES["R15-05"])
    found.opens, found.waits_for_cv = None, cut
    if not required:
        found.closes, found.closes_as = 0, Outcome.VOLUNTARY
    if course.facts.placed_on < FIRST_JOINT_FROM:
        found.questions = (*found.questions, "R15-19")
    return found


def recurring_2015(course: Course, ordinal: int) -> Draft:
    """R15-08: the interviews at 9, 12, 15 ... months; each opens when the one before is due."""
    limit = _months_of(ordinal)
    before = course.reached(Unemployed(months=limit.months - EVERY_MONTHS))
    found = draft(course, RULES["R15-08"], ordinal, limit)
    found.opens = None if before is None else before + 1
    return found


def _first_recurring(course: Course, cut: int) -> Draft:
    """The first of them that is due from a day on."""
    ordinal = 1
    while (due := course.reached(_months_of(ordinal))) is not None and due < cut:
        ordinal += 1
    return recurring_2015(course, ordinal)


def _months_of(ordinal: int) -> Unemployed:
    return Unemployed(months=FIRST_RECURRING_MONTH + EVERY_MONTHS * (ordinal - 1))


def next_in_2015(course: Course, met: Draft, drafts: list[Draft]) -> None:
    """R15-08 goes on: the next one after one that was held."""
    following = recurring_2015(course, met.ordinal + 1)
    following.questions = met.questions
    give_way_2020(course, [following])
    drafts.append(following)


def give_way_2020(course: Course, drafts: list[Draft]) -> None:
    """R20-12: what is due from 1 January 2020 on is replaced by the interviews still owed."""
    if not course.crosses(LAB_ON):
        return
    for one in drafts:
        if one.rule.id in REPLACED_2020 and one.closes_as is not Outcome.VOLUNTARY:
            one.replaced = LAB_ON.toordinal()


def owed_in_2020(course: Course) -> Iterator[Draft]:
    """R20-12 for those under 6 months of unemployment, and the 16-month interview for all."""
    if not course.crosses(LAB_ON):
        return
    cut = LAB_ON.toordinal()
    six_months, sixteen = course.reached(SIX_MONTHS), course.reached(SIXTEEN_MONTHS)
    if six_months is None or six_months >= cut:
        yield from _still_owed(course, cut)
    if sixteen is None or sixteen >= cut:
        found = draft(course, RULES["R20-09"])
        found.opens = None if found.opens is None else max(found.opens, cut)
        yield found


def _still_owed(course: Course, cut: int) -> Iterator[Draft]:
    job, joint = _held_before(course, cut)
    owed_joint = max(0, OWED_JOINT - joint)
    owed = max(OWED_IN_ALL - job - joint, owed_joint)
    for ordinal in range(1, owed + 1):
        kind = MeetingKind.JOINT if ordinal > owed - owed_joint else MeetingKind.JOB
        yield draft(course, RULES["R20-12"], ordinal, kind=kind, opens=cut)


def _held_before(course: Course, cut: int) -> tuple[int, int]:
    """The jobcentre's interviews and the joint ones since the start and before a day."""
    held = [one for one in course.facts.meetings if course.start <= one.held_on.toordinal() < cut]
    job = sum(one.kind is MeetingKind.JOB and one.by is Party.JOBCENTRE for one in held)
    joint = sum(
        one.kind is MeetingKind.JOINT and one.registered_type != JOINT_AS_JOB_TYPE for one in held
    )
    return job, joint
