"""What is done in forums, surveys and news; one function an act."""

from forums.actions.decisions import decide, finish_decision
from forums.actions.evaluating import record_evaluation
from forums.actions.forums import add_member, make_forum, remove_member
from forums.actions.meetings import (
    add_point,
    approve_minutes,
    cancel_meeting,
    draw_figures,
    hold_meeting,
    plan_meeting,
    remove_point,
)

__all__ = [
    "add_member",
    "add_point",
    "approve_minutes",
    "cancel_meeting",
    "decide",
    "draw_figures",
    "finish_decision",
    "hold_meeting",
    "make_forum",
    "plan_meeting",
    "record_evaluation",
    "remove_member",
    "remove_point",
]
