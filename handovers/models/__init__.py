"""Hand-overs with their sheets, and what is noted of acts beside the duties."""

from handovers.models.beside import Departure, RecruitmentCall, SicknessTalk
from handovers.models.handovers import Handover, HandoverQuerySet
from handovers.models.sheets import PARTS, Sheet, SheetQuerySet

__all__ = [
    "PARTS",
    "Departure",
    "Handover",
    "HandoverQuerySet",
    "RecruitmentCall",
    "Sheet",
    "SheetQuerySet",
    "SicknessTalk",
]
