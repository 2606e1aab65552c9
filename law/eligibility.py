"""Whether an agreement takes a member in, criterion by criterion (R09-11), or by decision."""

from law.answer import Criterion, Eligibility
from law.entry import DECIDED, in_order
from law.facts import CourseFacts, Terms
from law.periods import Period, age_on

TARGET_GROUP = "S0"
PARTIES = "S1"
TERMS = "agreement"


def eligibility(facts: CourseFacts, terms: Terms) -> Eligibility:
    """Every criterion of the agreement on the day of registration, failed ones too.

    Where a person decided otherwise, that stands, and is listed after the criteria (R09-11a).
    """
    criteria = (
        _age(facts, terms),
        Criterion(
            "special_effort",
            not (terms.exclude_special_effort and facts.special_effort),
            "yes" if facts.special_effort else "no",
            TARGET_GROUP,
        ),
        Criterion("a_kasse", facts.a_kasse in terms.a_kasser, facts.a_kasse, PARTIES),
        Criterion(
            "municipality", facts.municipality in terms.municipalities, facts.municipality, PARTIES
        ),
        Criterion(
            "in_force",
            facts.registered_on in Period(terms.in_force_from, terms.in_force_to),
            facts.registered_on.isoformat(),
            TERMS,
        ),
    )
    by_criteria = all(one.ok for one in criteria)
    if not facts.entries:
        return Eligibility(by_criteria, criteria)
    last = in_order(facts)[-1]
    decided = Criterion("decision", last.takes_in, last.on.isoformat(), DECIDED)
    return Eligibility(last.takes_in, (*criteria, decided))


def _age(facts: CourseFacts, terms: Terms) -> Criterion:
    """Old enough, or in a group of young members that the parties agreed on."""
    age = age_on(facts.born, facts.registered_on)
    young = any(
        group.a_kasse == facts.a_kasse and group.from_age <= age <= group.to_age
        for group in terms.young_groups
    )
    return Criterion("age", age >= terms.min_age or young, str(age), TARGET_GROUP)
