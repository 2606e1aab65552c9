"""Which held meeting meets which duty, in the order the meetings were held."""

from law.acts import RULES
from law.course import Course
from law.drafts import Draft
from law.facts import HeldMeeting
from law.plan_2015 import JOINT_AS_JOB_TYPE
from law.requirements import go_on
from law.vocabulary import MeetingKind, Party

NEVER = 10**7
FIRST_OF_ALL = "R20-12"
NAMED_FIRST = frozenset(rule.named_first for rule in RULES.values())
A_KASSE_INTERVIEWS = ("R24-01", "R24-02")
Place = tuple[bool, int, str, int]


def settle(course: Course, drafts: list[Draft]) -> None:
    """Let every held meeting meet the earliest open duty of its kind and party."""
    meetings = course.facts.meetings
    if not meetings:
        return
    for meeting in sorted(meetings, key=_order):
        day = meeting.held_on.toordinal()
        if meeting.kind is MeetingKind.CV and meeting.by is Party.A_KASSE:
            _open_what_waits(course, drafts, day)
        if registered_wrong(meeting):
            continue
        found = _earliest(drafts, meeting, day)
        if found is not None:
            _meet(course, found, day, drafts)


def registered_wrong(meeting: HeldMeeting) -> bool:
    """R15-11: a joint interview that was registered as a plain one."""
    return meeting.kind is MeetingKind.JOINT and meeting.registered_type == JOINT_AS_JOB_TYPE


def _order(meeting: HeldMeeting) -> tuple[int, bool]:
    return meeting.held_on.toordinal(), meeting.kind is not MeetingKind.CV


def _open_what_waits(course: Course, drafts: list[Draft], day: int) -> None:
    """R15-05 opens on the day of the first CV interview of the course."""
    for one in drafts:
        if one.waits_for_cv is not None and one.opens is None and day >= course.start:
            one.opens = max(day, one.waits_for_cv)


def _earliest(drafts: list[Draft], meeting: HeldMeeting, day: int) -> Draft | None:
    """The open duty that is due first; the one that names the first of a rule goes before it."""
    best: Draft | None = None
    place: Place | None = None
    named_first: Draft | None = None
    for one in drafts:
        if one.met is None and _fits(one, meeting) and _is_open(one, day):
            here = _place(one)
            if place is None or here < place:
                best, place = one, here
            if one.rule.id in NAMED_FIRST:
                named_first = one
    if best is not None and named_first is not None:
        return named_first if best.rule.named_first == named_first.rule.id else best
    return best


def _fits(one: Draft, meeting: HeldMeeting) -> bool:
    """A meeting of the duty's kind by its responsible party; a joint one by either."""
    if meeting.kind is MeetingKind.JOINT:
        return one.kind is MeetingKind.JOINT or one.takes_joint
    return one.kind is meeting.kind and one.responsible is meeting.by


def _is_open(one: Draft, day: int) -> bool:
    return one.opens is not None and one.opens <= day and not one.is_closed(day)


def _place(one: Draft) -> Place:
    due = NEVER if one.due is None else one.due
    return one.rule.id != FIRST_OF_ALL, due, one.rule.id, one.ordinal


def _meet(course: Course, found: Draft, day: int, drafts: list[Draft]) -> None:
    """Use the meeting up, also for the duties that the same one counts towards."""
    found.met = day
    for rule in _also_met(course, found):
        others = [one for one in drafts if one.rule.id == rule and one.met is None]
        others = [one for one in others if _is_open(one, day)]
        if others:
            min(others, key=_place).met = day
    go_on(course, found, drafts)


def _also_met(course: Course, found: Draft) -> tuple[str, ...]:
    """R15-06 is one of the six; Q9 may let the a-kasse's interviews count after visiting out."""
    if course.facts.parameters.count_prior_akasse and found.rule.id in A_KASSE_INTERVIEWS:
        return (*found.rule.also_meets, "R24-04")
    return found.rule.also_meets
