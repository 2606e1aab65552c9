"""What people do about hand-overs and beside them, each act in one transaction."""

from handovers.actions.answering import accept, book_first, send_back
from handovers.actions.calls import record_call
from handovers.actions.leaving import Leaving, leave, undo_leaving
from handovers.actions.sheets import save_draft, send_sheet
from handovers.actions.sickness import cancel_for_sickness, inform_municipality, record_talk

__all__ = [
    "Leaving",
    "accept",
    "book_first",
    "cancel_for_sickness",
    "inform_municipality",
    "leave",
    "record_call",
    "record_talk",
    "save_draft",
    "send_back",
    "send_sheet",
    "undo_leaving",
]
