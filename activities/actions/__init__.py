"""What people do with activities, referrals and invoices."""

from activities.actions.attendance import record_attendance
from activities.actions.invoices import match, pay, record_invoice
from activities.actions.referrals import (
    Revoked,
    accept,
    finish,
    refer,
    reject,
    revoke,
    settle_open,
    start,
)

__all__ = [
    "Revoked",
    "accept",
    "finish",
    "match",
    "pay",
    "record_attendance",
    "record_invoice",
    "refer",
    "reject",
    "revoke",
    "settle_open",
    "start",
]
