"""Whether the other authority takes part in a joint interview: one choice, one interview."""

from datetime import date

from law.course import Course
from law.drafts import Draft
from law.facts import Choice
from law.sentences import A_KASSE_DECLINED, DECLINED, WANTED
from law.settling import registered_wrong
from law.vocabulary import ChoiceKind, MeetingKind, Party
from law.words import Sentence

FIRST_JOINT = "R15-05"


def apply_choices(course: Course, joint: list[Draft]) -> None:
    """Say for each joint interview who takes part, in the order they fall due (R15-10).

    A choice holds until a joint interview is registered as held; it bears on the
    interviews held before that, and else on the first one that still waits.
    """
    choices = course.choices(ChoiceKind.DECLINE_OTHER_PARTY, ChoiceKind.WANT_OTHER_PARTY)
    if not choices:
        return
    resets = sorted(
        one.held_on
        for one in course.facts.meetings
        if one.kind is MeetingKind.JOINT and not registered_wrong(one)
    )
    waiting = True
    for one in joint:
        if one.met is not None:
            _apply(one, choices, resets, date.fromordinal(one.met))
        elif waiting:
            _apply(one, choices, resets, None)
            waiting = False


def _apply(one: Draft, choices: list[Choice], resets: list[date], held_on: date | None) -> None:
    before = [day for day in resets if held_on is None or day < held_on]
    said = [
        choice
        for choice in choices
        if _may_choose(one, choice)
        and (not before or choice.on > before[-1])
        and (held_on is None or choice.on <= held_on)
    ]
    if not said:
        return
    last = said[-1]
    if last.kind is ChoiceKind.WANT_OTHER_PARTY:
        one.notes.append(Sentence(WANTED, {"day": last.on}))
        return
    one.with_party = None
    text = DECLINED if last.by is Party.CITIZEN else A_KASSE_DECLINED
    one.notes.append(Sentence(text, {"day": last.on}))


def _may_choose(one: Draft, choice: Choice) -> bool:
    """The citizen for any joint interview; the a-kasse declines the first only."""
    if choice.by is Party.CITIZEN:
        return True
    return (
        choice.by is Party.A_KASSE
        and choice.kind is ChoiceKind.DECLINE_OTHER_PARTY
        and one.rule.id == FIRST_JOINT
    )
