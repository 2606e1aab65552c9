"""What people do with activities, referrals and invoices."""

from activities.actions.attendance import record_attendance
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
    "record_attendance",
    "refer",
    "reject",
    "revoke",
    "settle_open",
    "start",
]
