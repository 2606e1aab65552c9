"""What people do about parties and agreements, each act in one transaction."""

from partnerships.actions.contents import (
    add_point,
    add_workflow_step,
    record_phase_two,
    remove_workflow_step,
    settle_point,
    use_template,
)
from partnerships.actions.ending import expire_and_end, give_notice, settle_below, withdraw_notice
from partnerships.actions.life import (
    agreement_changed,
    amend,
    approve,
    coordinate,
    put_in_force,
    send_back,
    sign,
)
from partnerships.actions.renewing import renew
from partnerships.actions.roles import date_role, give_role

__all__ = [
    "add_point",
    "add_workflow_step",
    "agreement_changed",
    "amend",
    "approve",
    "coordinate",
    "date_role",
    "expire_and_end",
    "give_notice",
    "give_role",
    "put_in_force",
    "record_phase_two",
    "remove_workflow_step",
    "renew",
    "send_back",
    "settle_below",
    "settle_point",
    "sign",
    "use_template",
    "withdraw_notice",
]
