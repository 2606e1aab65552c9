"""All the meetings owed in a course, act by act."""

from law.course import Course
from law.drafts import Draft
from law.plan_2009 import meetings_2009, next_in_2009
from law.plan_2015 import (
    give_way_2020,
    meetings_2015,
    next_in_2015,
    owed_in_2020,
    taken_over_2015,
)
from law.plan_2020 import meetings_2020, meetings_2024, meetings_2026
from law.vocabulary import Regime

RECURRING_IN_WEEKS = ("R09-02", "R09-03", "R09-05")


def requirements(course: Course) -> list[Draft]:
    """What is owed before any meeting has been looked at; a recurring one stands once."""
    regime = course.act.regime
    if regime is Regime.Y2026:
        return list(meetings_2026(course))
    if regime is Regime.Y2024:
        return list(meetings_2024(course))
    if regime is Regime.Y2020:
        return list(meetings_2020(course))
    if regime is Regime.Y2015:
        drafts = list(meetings_2015(course))
    else:
        drafts = [*meetings_2009(course), *taken_over_2015(course)]
    give_way_2020(course, drafts)
    drafts.extend(owed_in_2020(course))
    return drafts


def go_on(course: Course, met: Draft, drafts: list[Draft]) -> None:
    """Add what a held meeting brings: the next one of a rule that recurs."""
    if met.rule.id in RECURRING_IN_WEEKS:
        next_in_2009(course, met, drafts)
    elif met.rule.id == "R15-08":
        next_in_2015(course, met, drafts)
