"""What a rule is, and what an act is: data with an id, a source and what is unsettled."""

from dataclasses import dataclass

from law.clocks import Limit
from law.periods import Period
from law.vocabulary import MeetingKind, Party, Regime


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """A rule that gives no meeting by itself: a window, a responsibility, a way of counting."""

    id: str
    text: str
    source: str
    questions: tuple[str, ...] = ()

    @property
    def certain(self) -> bool:
        """Whether the rule rests on nothing that is still to be settled."""
        return not self.questions


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Meetings that someone owes: one limit for each, and after which limit they may be held.

    `named_first` is the rule that names the first of them, so that this one starts at 2.
    `also_meets` are rules whose earliest open meeting a meeting under this one meets too.
    """

    id: str
    title: str
    text: str
    kind: MeetingKind
    responsible: Party
    source: str
    because: str
    due: tuple[Limit, ...]
    with_party: Party | None = None
    after: Limit | None = None
    every: Limit | None = None
    named_first: str | None = None
    also_meets: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    in_force: Period | None = None

    @property
    def certain(self) -> bool:
        """Whether the rule rests on nothing that is still to be settled."""
        return not self.questions


@dataclass(frozen=True, slots=True)
class Act:
    """The rules of one law while it is in force."""

    regime: Regime
    name: str
    in_force: Period
    rules: tuple[Rule, ...]
    provisions: tuple[Provision, ...]

    def rule(self, rule_id: str) -> Rule:
        """The rule with an id."""
        return next(rule for rule in self.rules if rule.id == rule_id)
