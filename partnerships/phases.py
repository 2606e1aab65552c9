"""What phase 2 of an agreement waits for (S4): law in force, budget in place, signed addendum."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from partnerships.models import Agreement, PhaseTwo
from shared.written import plain_day

SIGNED = (Agreement.State.SIGNED, Agreement.State.ACTIVE)


def phase_two_waits_for(agreement: Agreement, *, on: date) -> Iterator[str]:
    """Sentences that each name one thing phase 2 still lacks; none when it may start."""
    row = PhaseTwo.objects.filter(agreement=agreement).select_related("addendum").first()
    if row is None:
        yield _("Nothing is recorded of phase 2: law, budget and addendum are missing.")
        return
    yield from _not_yet(row.law_in_force_on, on, _("The law is not in force."))
    yield from _not_yet(row.budget_in_place_on, on, _("The budget is not in place."))
    if row.addendum is None:
        yield _("There is no addendum about phase 2.")
    elif row.addendum.state not in SIGNED or row.addendum.parties.filter(signed_on=None).exists():
        yield _("The addendum is not signed.")


def _not_yet(day: date | None, on: date, said: str) -> Iterator[str]:
    if day is None:
        yield said
    elif on < day:
        yield f"{said} {_('It is from %(day)s.') % {'day': plain_day(day)}}"
