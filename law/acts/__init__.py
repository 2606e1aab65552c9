"""The acts, oldest first; each follows on the day after the one before it ends."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from law.acts.act_2009 import ACT_2009
from law.acts.act_2015 import ACT_2015
from law.acts.act_2020 import ACT_2020
from law.acts.act_2024 import ACT_2024
from law.acts.act_2026 import ACT_2026
from law.acts.counting import COUNTING
from law.rules import Act, Provision, Rule

__all__ = ["ACTS", "COUNTING", "FIRST_DAY", "PROVISIONS", "RULES", "act_for"]

ACTS: tuple[Act, ...] = (ACT_2009, ACT_2015, ACT_2020, ACT_2024, ACT_2026)
FIRST_DAY = ACTS[0].in_force.starts_on
RULES: Mapping[str, Rule] = MappingProxyType({rule.id: rule for act in ACTS for rule in act.rules})
PROVISIONS: Mapping[str, Provision] = MappingProxyType(
    {one.id: one for one in (*COUNTING, *(part for act in ACTS for part in act.provisions))}
)


def act_for(day: date) -> Act:
    """The act in force on a day."""
    for act in ACTS:
        if day in act.in_force:
            return act
    raise LookupError(f"no contact-course act covers {day}: the first begins on {FIRST_DAY}")
