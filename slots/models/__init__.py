"""Pools of times, their slots, who has reserved them, and who sits in them."""

from slots.models.bookings import Hold, SlotBooking
from slots.models.evidence import NoTimes, NoTimesQuerySet
from slots.models.pools import Pool, PoolException, PoolQuerySet
from slots.models.slots import Reservation, Slot, SlotQuerySet
from slots.models.travel import Travel
from slots.models.withdrawals import Withdrawal, WithdrawalQuerySet, WithdrawnTime

__all__ = [
    "Hold",
    "NoTimes",
    "NoTimesQuerySet",
    "Pool",
    "PoolException",
    "PoolQuerySet",
    "Reservation",
    "Slot",
    "SlotBooking",
    "SlotQuerySet",
    "Travel",
    "Withdrawal",
    "WithdrawalQuerySet",
    "WithdrawnTime",
]
