"""From drafts to the duties of the answer: what became of each, with its notes."""

from datetime import date

from law.absence import EVER
from law.answer import Duty
from law.course import Course
from law.drafts import Draft
from law.facts import HeldMeeting
from law.notes import notes_of
from law.participation import apply_choices
from law.periods import Period
from law.reasons import Reasons
from law.requirements import requirements
from law.sentences import WRONG_TYPE
from law.settling import NEVER, registered_wrong, settle
from law.vocabulary import Basis, MeetingKind, Outcome
from law.words import Sentence

SICK_DAYS = "Q7"
RE_REGISTERED = "Q10"


def duties(course: Course) -> tuple[Duty, ...]:
    """Every duty of the course, by due day (unknown ones last), rule and ordinal."""
    drafts = requirements(course)
    settle(course, drafts)
    kept = [(one, outcome) for one in drafts if (outcome := outcome_of(one)) is not None]
    if course.facts.meetings:
        kept = _without_second_16_months(kept)
    kept.sort(key=lambda pair: _order(pair[0]))
    joint = [one for one, outcome in kept if _is_joint(one, outcome)]
    apply_choices(course, joint)
    _warn_of_wrong_type(course, joint)
    reasons = Reasons(course)
    return tuple(_duty(course, one, outcome, reasons) for one, outcome in kept)


def outcome_of(one: Draft) -> Outcome | None:
    """What became of a duty, whatever day it is asked on; None where another replaces it."""
    if one.met is not None:
        return Outcome.LATE if one.latest is not None and one.met > one.latest else Outcome.MET
    closing, replacing = one.closing_day(), one.replacing_day()
    if replacing is not None and (closing is None or replacing < closing):
        return None
    return Outcome.PENDING if closing is None else one.closes_as


def _without_second_16_months(kept: list[tuple[Draft, Outcome]]) -> list[tuple[Draft, Outcome]]:
    """R20-12: nothing more is owed where the old third joint interview was held."""
    if not any(one.rule.id == "R15-07" and one.met is not None for one, _ in kept):
        return kept
    return [(one, outcome) for one, outcome in kept if one.rule.id != "R20-09"]


def _order(one: Draft) -> tuple[int, str, int]:
    return NEVER if one.due is None else one.due, one.rule.id, one.ordinal


def _is_joint(one: Draft, outcome: Outcome) -> bool:
    owed = outcome in (Outcome.PENDING, Outcome.MET, Outcome.LATE)
    return one.kind is MeetingKind.JOINT and owed


def _warn_of_wrong_type(course: Course, joint: list[Draft]) -> None:
    """Case 10: say on the duty that still waits why the meeting did not meet it."""
    waiting = next((one for one in joint if one.met is None and one.opens is not None), None)
    if waiting is not None:
        waiting.notes += [
            Sentence(WRONG_TYPE, {"day": meeting.held_on})
            for meeting in course.facts.meetings
            if registered_wrong(meeting) and _day(meeting) >= (waiting.opens or 0)
        ]


def _day(meeting: HeldMeeting) -> int:
    return meeting.held_on.toordinal()


def _duty(course: Course, one: Draft, outcome: Outcome, reasons: Reasons) -> Duty:
    questions = _questions(course, one, reasons)
    pending = outcome is Outcome.PENDING and one.through is not None
    return Duty(
        one.rule.id,
        one.kind,
        one.ordinal,
        one.responsible,
        one.with_party,
        _as_date(one.opens),
        _as_date(one.due),
        _as_date(one.latest),
        one.basis,
        outcome,
        _exempt(one),
        date.fromordinal(one.through + 1) if pending and one.through is not None else None,
        _as_date(one.met),
        one.because,
        notes_of(course, one, outcome, reasons, questions),
        not questions,
    )


def _questions(course: Course, one: Draft, reasons: Reasons) -> tuple[str, ...]:
    """The unsettled questions that this answer rests on, each once."""
    found = list(one.questions)
    if one.unmoved is not None and reasons.sick_from <= (one.due or course.clock.last):
        found.append(SICK_DAYS)
    if one.basis is Basis.CALENDAR and course.placed < course.registered:
        found.append(RE_REGISTERED)
    return tuple(dict.fromkeys(found)) if len(found) > 1 else tuple(found)


def _exempt(one: Draft) -> Period | None:
    if one.exempt is None:
        return None
    starts, ends = one.exempt
    return Period(date.fromordinal(starts), None if ends == EVER else date.fromordinal(ends))


def _as_date(day: int | None) -> date | None:
    return None if day is None else date.fromordinal(day)
