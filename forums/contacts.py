"""Whom to call: every party by name, and the contact persons of one's own agreements."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from accounts.models import User
from forums.access import OVER, own_agreements
from partnerships.models import AgreementParty, Organisation

LISTED = (
    Organisation.Kind.JOBCENTRE,
    Organisation.Kind.A_KASSE,
    Organisation.Kind.PROVIDER,
    Organisation.Kind.UMBRELLA,
)


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One party, and who to ask there about which agreement."""

    organisation: Organisation
    people: list[AgreementParty]


def contact_rows(user: User, *, words: str, on: date) -> list[ContactRow]:
    """The directory of a day, or what of it matches the words; contact persons come first."""
    mine = AgreementParty.objects.filter(agreement__in=own_agreements(user))
    named = mine.exclude(contact_name="").exclude(agreement__state__in=OVER)
    people: dict[int, list[AgreementParty]] = defaultdict(list)
    for one in named.select_related("agreement").order_by("contact_name", "pk"):
        people[one.organisation_id].append(one)
    rows = Organisation.objects.existing(on=on).filter(kind__in=LISTED)
    for word in words.split():
        found = named.filter(contact_name__icontains=word).values("organisation")
        rows = rows.filter(
            Q(name__icontains=word)
            | Q(short_name__icontains=word)
            | Q(town__icontains=word)
            | Q(pk__in=found)
        )
    listed = [ContactRow(one, people[one.pk]) for one in rows.order_by("kind", "sort_key")]
    return sorted(listed, key=lambda row: not row.people)
