"""Names for people: of duties, of what became of them, and of the rules they rest on."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from courses.models import Duty, MeetingKind
from law.acts import ACTS, PROVISIONS, RULES

SPOKEN = {  # what the rules call their sources where that is no title of an act
    "AMS guidance on minimum requirements": gettext_noop("AMS guidance on minimum requirements"),
    "undated page": gettext_noop("contact course rules of 2009"),
    "municipal page": gettext_noop("contact course rules of 2009"),
    "availability order": gettext_noop("availability order"),
    "bill L 185 2008-09": gettext_noop("bill L 185 2008-09"),
    "MA 2 Jan 2024": gettext_noop("MA 2 Jan 2024"),
    "STAR Q&A 30 Jan 2018": gettext_noop("STAR Q&A 30 Jan 2018"),
    "STAR Q&A 9 Jan 2020": gettext_noop("STAR Q&A 9 Jan 2020"),
    "STAR Q&A on the trial": gettext_noop("STAR Q&A on the trial"),
}
STAGES = {  # a tone and a word for what became of a duty
    Duty.State.MET: ("held", gettext_noop("held")),
    Duty.State.LATE: ("held", gettext_noop("held too late")),
    Duty.State.OVERDUE: ("over", gettext_noop("overdue")),
    Duty.State.SUSPENDED: ("paused", gettext_noop("suspended")),
    Duty.State.NOT_REQUIRED: ("none", gettext_noop("not required")),
    Duty.State.VOLUNTARY: ("none", gettext_noop("voluntary")),
    Duty.State.LAPSED: ("none", gettext_noop("lapsed")),
    Duty.State.WITHDRAWN: ("none", gettext_noop("no longer owed")),
}


@dataclass(frozen=True, slots=True)
class State:
    """What became of a duty: a tone with a shape of its own, a word, and the day the word names."""

    tone: str
    word: str
    day: date | None = None


def interview_name(rule_id: str, ordinal: int, kind: str = MeetingKind.JOB) -> str:
    """What people call the interview that a rule asks for; numbered where it asks for several."""
    rule = RULES.get(rule_id)
    title = _(rule.title) if rule else str(MeetingKind(kind).label).capitalize()
    if rule and len(rule.due) == 1 and not rule.every:
        return title
    return _("%(number)d. %(interview)s") % {
        "number": ordinal,
        "interview": title[:1].lower() + title[1:],
    }


def duty_name(duty: Duty) -> str:
    """What people call the interview that a duty asks for."""
    return interview_name(duty.rule, duty.ordinal, duty.kind)


def source_of(rule_id: str) -> str:
    """The paragraph or document that a rule rests on; empty for a rule that is not known.

    Of several the last stands for them: those before it are the archive's own short names.
    """
    rule = RULES.get(rule_id) or PROVISIONS.get(rule_id)
    if not rule:
        return ""
    return spoken_source(rule.source.partition(" (V:")[0].rpartition("; ")[2])


def spoken_source(source: str) -> str:
    """One source as people say it, and paragraphs with the commas that Danish law is cited with."""
    return _(SPOKEN.get(source, source)).replace(" stk.", ", stk.").replace(" nr.", ", nr.")


def act_name(regime: str) -> str:
    """The act whose rules a course is under."""
    return next((_(act.name) for act in ACTS if act.regime == regime), regime)


def state_of(duty: Duty, *, on: date) -> State:
    """What became of a duty by a day; its interviews are not asked."""
    stage = duty.state_on(on)
    if stage == Duty.State.OPEN:
        return _open_state(duty, on)
    tone, word = STAGES[stage]
    return State(tone, _(word), duty.met_on)


def _open_state(duty: Duty, on: date) -> State:
    if duty.opens_on and on < duty.opens_on:
        return State("next", _("possible from"), duty.opens_on)
    if duty.soon_from and duty.soon_from <= on:
        return State("soon", _("due soon"))
    return State("next", _("open"))
