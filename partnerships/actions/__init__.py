"""What people do about parties and agreements, each act in one transaction."""

from partnerships.actions.ending import expire_and_end, give_notice, withdraw_notice
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
    "agreement_changed",
    "amend",
    "approve",
    "coordinate",
    "date_role",
    "expire_and_end",
    "give_notice",
    "give_role",
    "put_in_force",
    "renew",
    "send_back",
    "sign",
    "withdraw_notice",
]
