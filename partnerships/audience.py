"""Who is told of what happens to an agreement: those who steer, plan and pay at its parties."""

from datetime import date, datetime

from django.urls import reverse

from accounts.models import User
from notices.actions import tell
from partnerships.models import Agreement, Membership, Role

TOLD = (
    Role.AGREEMENT_ADMINISTRATOR,
    Role.STEERING_GROUP,
    Role.BOOKING_COORDINATOR,
    Role.COORDINATOR,
    Role.FINANCE,
)


def people_of(agreement: Agreement, *roles: Role, on: date) -> list[User]:
    """Who has one of the roles at a party of an agreement; all that are told when none is said.

    What stands under another without parties of its own has that one's.
    """
    one: Agreement | None = agreement
    keys: list[int] = []
    while one and not keys:
        keys = list(one.parties.values_list("organisation", flat=True))
        one = one.parent
    standing = Membership.objects.standing(on=on).filter(
        organisation__in=keys, role__in=roles or TOLD
    )
    return list(User.objects.filter(pk__in=standing.values("user")).order_by("pk"))


def tell_parties(
    agreement: Agreement, kind: str, *, on: date, at: datetime, by: User | None
) -> int:
    """Tell everybody at the parties of what happened to an agreement, by its title."""
    url = reverse("partnerships:agreement", args=[agreement.slug])
    people = people_of(agreement, on=on)
    return tell(people, kind, case_number="", url=url, at=at, about=agreement.title[:80], by=by)
