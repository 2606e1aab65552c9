"""The meetings owed under LAB: in 2020, and simpler from 2024 and 2026."""

from collections.abc import Iterator
from datetime import date

from law.acts import RULES
from law.acts.transitions import STANDING_RULES_ON
from law.clocks import SinceRegistration
from law.course import Course
from law.drafts import Draft, draft
from law.vocabulary import ChoiceKind, Insurance, MeetingKind, Outcome, Party
from law.words import Sentence


def meetings_2020(course: Course) -> Iterator[Draft]:
    """Four with the jobcentre, joint ones on top, two on availability (R20)."""
    yield draft(course, RULES["R20-01"])
    for ordinal in range(1, 5):
        yield draft(course, RULES["R20-02"], ordinal)
    yield _first_joint(course)
    yield draft(course, RULES["R20-04"])
    for ordinal in (1, 2):
        yield draft(course, RULES["R20-06"], ordinal)
    yield draft(course, RULES["R20-09"])


def _first_joint(course: Course) -> Draft:
    """R20-03: owed only if someone asked for it in time."""
    found = draft(course, RULES["R20-03"])
    asked = any(
        found.due is None or choice.on.toordinal() <= found.due
        for choice in course.choices(ChoiceKind.ASK_JOINT)
    )
    if not asked:
        found.closes, found.closes_as, found.through = 0, Outcome.NOT_REQUIRED, None
    return found


def meetings_2024(course: Course) -> Iterator[Draft]:
    """Three in the a-kasse, three in the jobcentre; six for those visited out (R24)."""
    visited = course.visited
    if visited is None or visited > course.registered:
        yield from _before_handover(course)
    if visited is None:
        yield from _after_handover(course)
    else:
        prior = course.facts.parameters.count_prior_akasse
        opens = course.start if prior else max(visited, course.start)
        for ordinal in range(1, 7):
            yield draft(course, RULES["R24-04"], ordinal, opens=opens)
    yield draft(course, RULES["R24-07"])


def _before_handover(course: Course) -> Iterator[Draft]:
    found = [draft(course, RULES["R24-01"])]
    found += [draft(course, RULES["R24-02"], ordinal) for ordinal in (2, 3)]
    for one in found:
        if course.visited is not None:
            one.close(course.visited, Outcome.LAPSED)
        _stand_in_2026(one)
        yield one


def _after_handover(course: Course) -> Iterator[Draft]:
    for ordinal in (1, 2, 3):
        found = _in_jobcentre(course, "R24-03", ordinal)
        _stand_in_2026(found)
        if ordinal == 1 and wants_a_kasse(course):
            found.with_party, found.takes_joint = Party.A_KASSE, True
        yield found


def _in_jobcentre(course: Course, rule: str, ordinal: int) -> Draft:
    """An interview that opens the day after the hand-over; not before, and not without one."""
    found = draft(course, RULES[rule], ordinal)
    found.opens = course.takeover
    if course.facts.insured is Insurance.PART_TIME and course.visited is None:
        found.questions = (*found.questions, "Q8")
    return found


def _stand_in_2026(found: Draft) -> None:
    """R24-13a: what falls due under the act of 2026 stands by a convention."""
    cut = STANDING_RULES_ON.toordinal()
    if found.rule.id in ("R24-02", "R24-03") and (found.due is None or found.due >= cut):
        found.questions = (*found.questions, "R24-13a")


def wants_a_kasse(course: Course) -> bool:
    """R24-06: whether the citizen's last word before the first interview asks for the a-kasse."""
    if not course.facts.choices:
        return False
    first = _first_after_takeover(course)
    said = [
        choice.kind
        for choice in course.choices(ChoiceKind.WANT_OTHER_PARTY, ChoiceKind.DECLINE_OTHER_PARTY)
        if choice.by is Party.CITIZEN and (first is None or choice.on <= first)
    ]
    return bool(said) and said[-1] is ChoiceKind.WANT_OTHER_PARTY


def _first_after_takeover(course: Course) -> date | None:
    takeover = course.takeover
    return min(
        (
            one.held_on
            for one in course.facts.meetings
            if takeover is not None
            and one.held_on.toordinal() >= takeover
            and (one.kind, one.by) in FIRST_INTERVIEWS
        ),
        default=None,
    )


FIRST_INTERVIEWS = (
    (MeetingKind.JOB, Party.JOBCENTRE),
    (MeetingKind.JOINT, Party.JOBCENTRE),
    (MeetingKind.JOINT, Party.A_KASSE),
)


def meetings_2026(course: Course) -> Iterator[Draft]:
    """The first with all, two in the a-kasse, two in the municipality (R26)."""
    visited = course.visited
    yield _first_with_all(course)
    if visited is None or visited > course.registered:
        found = draft(course, RULES["R26-03"], 2)
        if visited is not None:
            found.close(visited, Outcome.LAPSED)
        yield _exemptible(course, found)
    for ordinal in (1, 2):
        yield _exemptible(course, _in_jobcentre(course, "R26-04", ordinal))
    yield draft(course, RULES["R26-07"])


def _first_with_all(course: Course) -> Draft:
    """R26-05: the a-kasse's, or the municipality's once the member is visited out without one."""
    days = course.facts.parameters.first_interview_days_2026
    rule = RULES["R26-05"]
    found = draft(
        course,
        rule,
        limit=SinceRegistration(days=days),
        because=Sentence(rule.because, {"days": days}),
    )
    visited = course.visited
    if visited is None or found.through is None or visited > found.through:
        return found
    held = course.held(MeetingKind.JOB, Party.A_KASSE)
    if not held or held[0].held_on.toordinal() >= visited:
        found.responsible = Party.JOBCENTRE
    return found


def _exemptible(course: Course, found: Draft) -> Draft:
    """R26-06: not required from the day a concrete assessment exempts the member."""
    for choice in course.choices(ChoiceKind.EXEMPT):
        if choice.by is not Party.CITIZEN:
            found.close(choice.on.toordinal(), Outcome.NOT_REQUIRED)
    return found
