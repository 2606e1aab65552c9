"""What to mind about a duty: what moved it, what frees from it, what is unsettled."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from law.absence import Run
from law.course import Course
from law.drafts import Draft
from law.entry import in_order
from law.holidays import working_day_at_or_before
from law.plan_2015 import phase_in
from law.reasons import Reasons, run_of
from law.sentences import (
    ASKED_LATE,
    CHOSE_JOBCENTRE,
    CHOSE_LATE,
    ENDED,
    EXEMPTED,
    FREE_MUNICIPALITY,
    HANDED_OVER,
    IN_ABSENCE,
    KEPT_OUT,
    NOT_ASKED,
    NOT_POSTPONED,
    PARTIES,
    PLAN_BY,
    POSTPONED,
    POSTPONED_TOO_FAR,
    RECOVERED,
    RULE_ENDED,
    SUSPENDED,
    TAKEN_IN,
    UNSETTLED,
    VISITED_OUT,
    VOLUNTARY,
)
from law.vocabulary import Basis, ChoiceKind, MeetingKind, Outcome, Party
from law.words import Sentence

INTERVIEWS_2009 = ("R09-02", "R09-03")
STAYS = ("R24-02", "R26-03")
HELD = (Outcome.MET, Outcome.LATE)


def notes_of(
    course: Course, one: Draft, outcome: Outcome, reasons: Reasons, questions: tuple[str, ...]
) -> tuple[Sentence, ...]:
    """The notes of one duty, in the order a person needs them."""
    found = [*_moved(course, one, reasons), *one.notes]
    if outcome is Outcome.PENDING:
        found += _planning(course, one)
    elif outcome not in HELD:
        found += _closing(course, one, outcome)
    if course.facts.entries and one.rule.id in INTERVIEWS_2009:
        found += _decided(course)
    if course.facts.choices:
        found += _choices(course, one, outcome)
    found += _standing(course, one)
    if questions:
        found.append(_unsettled(questions))
    return tuple(found)


@lru_cache(maxsize=64)
def _unsettled(questions: tuple[str, ...]) -> Sentence:
    return Sentence(UNSETTLED, {"questions": ", ".join(questions)})


def _moved(course: Course, one: Draft, reasons: Reasons) -> Iterator[Sentence]:
    """What moved the date, and reports that say more than a month can hold."""
    if one.unmoved is None:
        return
    moved = reasons.moved(one.due, one.unmoved, one.counts_from)
    if moved is not None:
        yield moved
    if course.facts.reported_hours and one.basis is Basis.CUMULATIVE:
        yield from reasons.over_reported(one.due)


def _planning(course: Course, one: Draft) -> Iterator[Sentence]:
    """The last day seen from the calendar: exempt, absent, or no working day (C4)."""
    if one.exempt is not None:
        days = course.facts.parameters.catch_up_days
        yield Sentence(SUSPENDED, {"reasons": _runs(course, one.exempt), "days": days})
    elif course.runs:
        inside = _runs_on(course, one.due) or _runs_on(course, one.latest)
        if inside:
            yield Sentence(IN_ABSENCE, {"reasons": inside})
    if one.through is not None:
        working_day = working_day_at_or_before(one.through)
        if working_day != one.through:
            yield Sentence(PLAN_BY, {"day": date.fromordinal(working_day)})


def _runs(course: Course, run: Run) -> tuple[Sentence, ...]:
    """The absences that make an unbroken run of excused days."""
    return tuple(
        run_of(span)
        for span in course.clock.spans
        if span.starts < run[1] and run[0] < span.ends and _excuses(course, span.starts, span.ends)
    )


def _excuses(course: Course, starts: int, ends: int) -> bool:
    return any(run[1] == ends and run[0] >= starts for run in course.runs)


def _runs_on(course: Course, day: int | None) -> tuple[Sentence, ...]:
    if day is None or not any(starts <= day < ends for starts, ends in course.runs):
        return ()
    return _runs(course, (day, day + 1))


def _closing(course: Course, one: Draft, outcome: Outcome) -> Iterator[Sentence]:
    """Why a duty is no longer owed, or never was."""
    day = None if not one.closes else date.fromordinal(one.closes)
    if outcome is Outcome.VOLUNTARY:
        yield Sentence(VOLUNTARY, {"day": _with_year(date.fromordinal(phase_in(course)))})
    elif outcome is Outcome.NOT_REQUIRED and day is None:
        asked = course.choices(ChoiceKind.ASK_JOINT)
        yield Sentence(ASKED_LATE, {"day": asked[0].on}) if asked else Sentence(NOT_ASKED)
    elif day is not None:
        yield _why_closed(course, one, outcome, day)


def _why_closed(course: Course, one: Draft, outcome: Outcome, day: date) -> Sentence:
    if outcome is Outcome.NOT_REQUIRED:
        return Sentence(EXEMPTED, {"day": day})
    if one.closes == course.ended:
        return Sentence(ENDED, {"day": day})
    if one.kind is MeetingKind.SICKNESS:
        return Sentence(RECOVERED, {"day": day})
    if one.closes == course.visited:
        return Sentence(VISITED_OUT, {"day": day})
    return Sentence(RULE_ENDED, {"day": _with_year(day)})


def _with_year(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"


def _choices(course: Course, one: Draft, outcome: Outcome) -> Iterator[Sentence]:
    """Choices that bear on this duty, and those that do not and why."""
    if one.rule.id in INTERVIEWS_2009 and outcome is Outcome.PENDING:
        yield from _opted_out(course)
    if one.rule.id == "R24-04" and course.visited is not None:
        yield Sentence(VISITED_OUT, {"day": date.fromordinal(course.visited)})
    for choice in course.choices(ChoiceKind.POSTPONE):
        if (choice.rule, choice.ordinal) == (one.rule.id, one.ordinal) and choice.to is not None:
            yield _postponed(one, choice.to)


def _decided(course: Course) -> Iterator[Sentence]:
    """R09-11a: the decision that stands on whether the agreement takes the member in."""
    if course.facts.agreement is not None:
        last = in_order(course.facts)[-1]
        text = TAKEN_IN if last.takes_in else KEPT_OUT
        yield Sentence(text, {"day": last.on, "party": PARTIES[last.by]})


def _opted_out(course: Course) -> Iterator[Sentence]:
    """R09-12: the jobcentre was chosen, or chosen too late."""
    if course.chosen is not None:
        yield Sentence(CHOSE_JOBCENTRE, {"day": date.fromordinal(course.chosen)})
    elif course.late_choice is not None:
        yield Sentence(CHOSE_LATE, {"day": course.late_choice.on})


def _postponed(one: Draft, to: date) -> Sentence:
    if one.postponed != to or one.latest is None:
        return Sentence(NOT_POSTPONED, {"day": to})
    if to.toordinal() > one.latest:
        return Sentence(POSTPONED_TOO_FAR, {"day": to, "latest": date.fromordinal(one.latest)})
    return Sentence(POSTPONED, {"day": to})


def _standing(course: Course, one: Draft) -> Iterator[Sentence]:
    """What a rule brings with it whatever happened."""
    if one.rule.id in STAYS and course.handover is not None:
        if one.due is not None and course.handover < one.due:
            yield Sentence(HANDED_OVER, {"day": date.fromordinal(course.handover)})
    elif one.rule.id.startswith("R15-") and one.responsible is Party.JOBCENTRE:
        terms = course.facts.agreement
        if terms is not None and terms.free_municipality:
            yield Sentence(FREE_MUNICIPALITY)
