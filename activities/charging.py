"""What a seat costs whom: the frame before and after, and the seats left, for who answers."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from activities.fitting import is_own_member, payer_of, paying_frame
from activities.models import Referral
from frames.balances import Balance, balance_of
from frames.models import Frame
from shared.money import kroner


@dataclass(frozen=True, slots=True)
class Charge:
    """The frame that would pay for a seat, and how many sit there; no frame where none is open."""

    referral: Referral
    payer: str
    own_member: bool
    frame: Frame | None
    balance: Balance | None
    taken: int

    @property
    def costs(self) -> bool:
        """Whether the seat has a price at all."""
        return bool(self.referral.price)

    @property
    def price(self) -> str:
        """What the seat costs."""
        return kroner(self.referral.price)

    @property
    def before(self) -> str:
        """What the frame has left now."""
        return kroner(self.balance.remaining) if self.balance else ""

    @property
    def after(self) -> str:
        """What it has left once the seat is given; not below nothing, that is refused."""
        return kroner(max(self._after, Decimal("0.00"))) if self.balance else ""

    @property
    def exceeded_by(self) -> str:
        """By how much the frame would be exceeded; empty when it is not."""
        return kroner(-self._after) if self.balance and self._after < 0 else ""

    @property
    def seats(self) -> int | None:
        """How many seats there are; None when there is no limit."""
        return self.referral.activity.seats

    @property
    def is_full(self) -> bool:
        """Whether no seat is left."""
        return self.seats is not None and self.taken >= self.seats

    @property
    def _after(self) -> Decimal:
        remaining = self.balance.remaining if self.balance else Decimal("0.00")
        return remaining - (self.referral.price if self.own_member else Decimal("0.00"))


def charge_of(referral: Referral, *, on: date) -> Charge:
    """What giving the seat would do to the frame on a day."""
    activity, course = referral.activity, referral.course
    frame = paying_frame(activity, course, on=on) if referral.price else None
    return Charge(
        referral=referral,
        payer=payer_of(activity, course).short,
        own_member=is_own_member(activity, course),
        frame=frame,
        balance=balance_of(frame) if frame else None,
        taken=activity.referrals.seated().count(),
    )
