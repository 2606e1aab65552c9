"""Whether the other party takes part in one interview: who may choose it, and what became of it.

A choice holds for one interview: until a joint one is registered as held (R15-10), or, in the rules
of 2024, until the first interview in the jobcentre (R24-06). What it means is the law's to say
(`law.participation`); here it is only who may make it, and how its history is told.
"""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from courses.models import Choice, ChoiceKind, Course, Duty, HeldMeeting, MeetingKind, Party
from shared.refusals import Refused
from shared.written import plain_day

KINDS = (ChoiceKind.DECLINE_OTHER_PARTY, ChoiceKind.WANT_OTHER_PARTY)
FIRST_JOINT_2015 = "R15-05"
OPT_IN = ("R24-03", 1)  # R24-06: the first interview in the jobcentre
AS_A_JOB = 7  # a joint interview registered as a plain one settles nothing (R15-11)
WITHDRAWN = Duty.Outcome.WITHDRAWN


def citizen_chooses(duty: Duty | None) -> bool:
    """Whether the citizen has a choice in an interview: out of any joint one, into the first."""
    if duty is None:
        return False
    return duty.kind == MeetingKind.JOINT or (duty.rule, duty.ordinal) == OPT_IN


def check_chooser(
    course: Course, kind: ChoiceKind, by_party: Party, *, chosen_on: date, reason: str
) -> None:
    """Refuse a choice about the other party that the rules do not give to this party."""
    if kind not in KINDS or by_party == Party.CITIZEN:
        return
    if by_party != Party.A_KASSE or kind != ChoiceKind.DECLINE_OTHER_PARTY:
        raise Refused(_("Whether the other party takes part is the citizen's choice."))
    first = course.duties.filter(rule=FIRST_JOINT_2015).exclude(outcome=WITHDRAWN).first()
    if first is None or (first.met_on and chosen_on > first.met_on):
        raise Refused(
            _(
                "An a-kasse declines the first joint interview only, by the rules of 2015 to 2019,"
                " and before it is held. In others, answer the invitation."
            )
        )
    if not reason:
        raise Refused(_("Write why the a-kasse does not take part: the jobcentre plans by it."))


def spent_on(choice: Choice, course: Course, held: Iterable[HeldMeeting]) -> date | None:
    """The day of the interview that a choice was for, once that is held."""
    if choice.kind not in KINDS:
        return None
    days = [
        one.held_on
        for one in held
        if one.superseded_at is None
        and one.held_on >= choice.chosen_on
        and _spends(one, choice, course)
    ]
    return min(days, default=None)


def _spends(held: HeldMeeting, choice: Choice, course: Course) -> bool:
    """Whether an interview ends a choice before it: a joint one; an opt-in also the first one."""
    if held.kind == MeetingKind.JOINT:
        return held.registered_type != AS_A_JOB
    is_opt_in = choice.kind == ChoiceKind.WANT_OTHER_PARTY and course.regime >= "2024"
    return is_opt_in and held.kind == MeetingKind.JOB and held.by == Party.JOBCENTRE


def fate_in_words(choice: Choice, course: Course, held: Iterable[HeldMeeting]) -> str:
    """What became of a choice about the other party; nothing for choices of another kind."""
    if choice.kind not in KINDS or choice.superseded_at is not None:
        return ""
    day = spent_on(choice, course, held)
    if day is None:
        return _("For the next one that the rules give a choice in")
    return _("Was for the interview on %(day)s; counts no more") % {"day": plain_day(day)}
