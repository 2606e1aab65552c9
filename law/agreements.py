"""The agreements that ship with the product, by slug, and what a slug stands for."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from law.facts import Terms

LO_COPENHAGEN_2009 = Terms(
    in_force_from=date(2009, 8, 1),
    a_kasser=("3f", "foa", "tib", "metal"),
    municipalities=("101",),
)

SHIPPED: Mapping[str, Terms] = MappingProxyType({"lo-koebenhavn-2009": LO_COPENHAGEN_2009})
