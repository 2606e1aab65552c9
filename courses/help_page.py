"""How deadlines are counted: the rules as data, and one citizen's numbers where a case is named."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courses.access import Viewer
from courses.clocks import Clocks, clocks_of
from courses.course_page import seen_on
from courses.facts import told_of_many
from courses.models import AbsenceKind, Course, Duty
from courses.sentences import say
from courses.wording import duty_name, source_of, spoken_source
from law.absence import EFFECTS, Counts
from law.acts import ACTS, COUNTING
from law.rules import Act, Provision, Rule
from law.uncertain import REGISTER, REGISTER_DATED_ON
from shared.written import plain_day


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule in words: what it says, where it is written, and what is still open about it."""

    id: str
    title: str
    text: str
    source: str
    party: str
    questions: str


@dataclass(frozen=True, slots=True)
class ActSection:
    """The rules of one law while it is or was in force."""

    regime: str
    name: str
    days: str
    rules: tuple[RuleLine, ...]
    provisions: tuple[RuleLine, ...]
    is_shown: bool


@dataclass(frozen=True, slots=True)
class AbsenceLine:
    """What one kind of absence does to the clock and to the duty to attend."""

    name: str
    counts: str
    attends: str
    source: str


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """Something the sources leave open, and what is done until somebody settles it."""

    id: str
    text: str
    default: str


@dataclass(frozen=True, slots=True)
class OwnDuty:
    """One interview of the citizen, with its day and the sentence that gives the day."""

    name: str
    rule: str
    source: str
    due_on: date | None
    because: str
    notes: tuple[str, ...]
    certain: bool


@dataclass(frozen=True, slots=True)
class OwnNumbers:
    """The explanation with the numbers of one citizen's course."""

    course: Course
    on: date
    placed_on: date
    clocks: Clocks
    duties: tuple[OwnDuty, ...]


@dataclass(frozen=True, slots=True)
class DeadlineHelp:
    """Everything on the page "How deadlines are counted"."""

    counting: tuple[RuleLine, ...]
    absences: tuple[AbsenceLine, ...]
    acts: tuple[ActSection, ...]
    register: tuple[QuestionLine, ...]
    register_on: date
    own: OwnNumbers | None


def deadline_help(*, on: date, own: OwnNumbers | None = None) -> DeadlineHelp:
    """The page for one reader; the act of the course in hand, or of the day, stands open."""
    regime = own.course.regime if own else ""
    newest_first = reversed(ACTS)
    return DeadlineHelp(
        counting=tuple(map(_provision, COUNTING)),
        absences=tuple(_absences()),
        acts=tuple(_act(one, on=on, regime=regime) for one in newest_first),
        register=tuple(QuestionLine(one.id, _(one.text), _(one.default)) for one in REGISTER),
        register_on=REGISTER_DATED_ON,
        own=own,
    )


def own_numbers(course: Course, *, viewer: Viewer) -> OwnNumbers:
    """The clocks and the reasons of one course, as far as the reader may see them."""
    on = seen_on(course, viewer)
    told = told_of_many([course], on=on)[course.pk]
    duties = course.duties.exclude(outcome=Duty.Outcome.WITHDRAWN)
    return OwnNumbers(
        course=course,
        on=on,
        placed_on=told.facts.placed_on,
        clocks=clocks_of(told.facts, regime=course.regime, on=on),
        duties=tuple(
            _own(one) for one in duties if viewer.sees(one.due_on) and viewer.sees(one.met_on)
        ),
    )


def _own(duty: Duty) -> OwnDuty:
    return OwnDuty(
        name=duty_name(duty),
        rule=duty.rule,
        source=source_of(duty.rule),
        due_on=duty.due_on,
        because=say(duty.because),
        notes=tuple(say(note) for note in duty.notes),
        certain=duty.certain,
    )


def _act(act: Act, *, on: date, regime: str) -> ActSection:
    return ActSection(
        regime=act.regime,
        name=_(act.name),
        days=_days(act),
        rules=tuple(map(_rule, act.rules)),
        provisions=tuple(map(_provision, act.provisions)),
        is_shown=act.regime == regime if regime else on in act.in_force,
    )


def _days(act: Act) -> str:
    first, end = act.in_force.starts_on, act.in_force.ends_on
    if end is None:
        return _("from %(day)s") % {"day": plain_day(first)}
    return f"{plain_day(first)} – {plain_day(date.fromordinal(end.toordinal() - 1))}"


def _rule(rule: Rule) -> RuleLine:
    return RuleLine(
        id=rule.id,
        title=_(rule.title),
        text=_(rule.text),
        source=_source(rule.source),
        party=rule.responsible,
        questions=_questions(rule.questions),
    )


def _provision(one: Provision) -> RuleLine:
    return RuleLine(one.id, "", _(one.text), _source(one.source), "", _questions(one.questions))


def _questions(ids: Sequence[str]) -> str:
    return ", ".join(ids)


def _source(source: str) -> str:
    """A source without the numbers of the stored texts, which readers do not have."""
    if source.startswith("follows from"):
        rules = source.removeprefix("follows from ").replace(" and ", ", ")
        return _("follows from %(rules)s") % {"rules": rules}
    if source == "convention":
        return _("our convention, where the law is silent")
    parts = source.partition(" (V:")[0].split("; ")
    return "; ".join(spoken_source(one) for one in parts if "V:" not in one and one != "-")


def _absences() -> Iterator[AbsenceLine]:
    counts = {
        Counts.NOTHING: pgettext("of an absence", "nothing"),
        Counts.FIRST_DAYS: _("the first 14 days"),
        Counts.HOURS: _("the hours still paid"),
        Counts.ALL: pgettext("of an absence", "all"),
    }
    for kind, effect in EFFECTS.items():
        yield AbsenceLine(
            name=str(AbsenceKind(kind.value).label).capitalize(),
            counts=counts[effect.counts],
            attends=_attends(effect.excused_from),
            source=effect.source,
        )


def _attends(excused_from: date | None) -> str:
    if excused_from is None:
        return _("yes")
    if excused_from.year == 1:
        return _("no")
    return _("no, since %(year)d") % {"year": excused_from.year}
