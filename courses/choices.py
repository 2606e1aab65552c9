"""Which choices the rules of a course know, and which of them each party writes down."""

from datetime import date

from courses.agreed import agreed_terms
from courses.models import ChoiceKind, Course, Party

OF_REGIME: dict[str, tuple[ChoiceKind, ...]] = {
    "2009": (
        ChoiceKind.CHOOSE_JOBCENTRE,
        ChoiceKind.DECLINE_OTHER_PARTY,
        ChoiceKind.WANT_OTHER_PARTY,
        ChoiceKind.POSTPONE,
    ),
    "2015": (
        ChoiceKind.DECLINE_OTHER_PARTY,
        ChoiceKind.WANT_OTHER_PARTY,
        ChoiceKind.POSTPONE,
    ),
    "2020": (
        ChoiceKind.DECLINE_OTHER_PARTY,
        ChoiceKind.WANT_OTHER_PARTY,
        ChoiceKind.ASK_JOINT,
    ),
    "2024": (
        ChoiceKind.WANT_OTHER_PARTY,
        ChoiceKind.DECLINE_OTHER_PARTY,
        ChoiceKind.VISITED_OUT,
    ),
    "2026": (
        ChoiceKind.WANT_OTHER_PARTY,
        ChoiceKind.DECLINE_OTHER_PARTY,
        ChoiceKind.VISITED_OUT,
        ChoiceKind.EXEMPT,
    ),
}
# Who may decide what; the citizen's own choices are written down by whoever hears them.
DECIDED_BY: dict[ChoiceKind, tuple[Party, ...]] = {
    ChoiceKind.CHOOSE_JOBCENTRE: (Party.CITIZEN,),
    ChoiceKind.DECLINE_OTHER_PARTY: (Party.CITIZEN, Party.A_KASSE),
    ChoiceKind.WANT_OTHER_PARTY: (Party.CITIZEN,),
    ChoiceKind.ASK_JOINT: (Party.CITIZEN, Party.A_KASSE, Party.JOBCENTRE),
    ChoiceKind.VISITED_OUT: (Party.A_KASSE, Party.JOBCENTRE),
    ChoiceKind.EXEMPT: (Party.A_KASSE, Party.JOBCENTRE),
    ChoiceKind.POSTPONE: (Party.JOBCENTRE,),
}


def choices_for(course: Course, side: Party) -> list[ChoiceKind]:
    """The choices that a party may write down in a course."""
    kinds = OF_REGIME.get(course.regime, tuple(ChoiceKind))
    found = [kind for kind in kinds if {Party.CITIZEN, side} & set(DECIDED_BY[kind])]
    if ChoiceKind.CHOOSE_JOBCENTRE in found and not may_opt_out(course, on=course.registered_on):
        found.remove(ChoiceKind.CHOOSE_JOBCENTRE)
    return found


def may_opt_out(course: Course, *, on: date) -> bool:
    """Whether the citizen may choose the jobcentre from the start: the agreement says so (2009)."""
    agreed = agreed_terms(course, on=on)
    return agreed is None or agreed.opt_out


def deciders(side: Party) -> list[Party]:
    """Whose choices a party may write down: the citizen's and its own."""
    return [Party.CITIZEN, side]
