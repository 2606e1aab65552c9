"""What phase 2 of an agreement waits for (S4): law in force, budget in place, signed addendum."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from partnerships.models import Agreement, PhaseTwo
from shared.written import plain_day

SIGNED = (Agreement.State.SIGNED, Agreement.State.ACTIVE)


@dataclass(frozen=True, slots=True)
class Condition:
    """One of the three things that phase 2 waits for; `said` is what it lacks or rests on."""

    name: str
    is_met: bool
    said: str


def phase_two_waits_for(agreement: Agreement, *, on: date) -> Iterator[str]:
    """Sentences that each name one thing phase 2 still lacks; none when it may start."""
    conditions = phase_two_conditions(agreement, on=on)
    if not conditions:
        yield _("Nothing is recorded of phase 2: law, budget and addendum are missing.")
    yield from (one.said for one in conditions if not one.is_met)


def phase_two_conditions(agreement: Agreement, *, on: date) -> tuple[Condition, ...]:
    """Law, budget and addendum; nothing where nothing is recorded of phase 2."""
    row = PhaseTwo.objects.filter(agreement=agreement).select_related("addendum").first()
    if row is None:
        return ()
    law, budget = row.law_in_force_on, row.budget_in_place_on
    return (
        _dated(_("Law in force"), law, row.law_source, on, _("The law is not in force.")),
        _dated(
            _("Budget in place"), budget, row.budget_source, on, _("The budget is not in place.")
        ),
        _addendum(row.addendum),
    )


def _dated(name: str, day: date | None, source: str, on: date, lacks: str) -> Condition:
    if day and day <= on:
        since = _("since %(day)s") % {"day": plain_day(day)}
        return Condition(name, is_met=True, said=f"{source}, {since}" if source else since)
    from_day = _("It is from %(day)s.")
    later = " " + from_day % {"day": plain_day(day)} if day else ""
    known = f" {source}." if source else ""
    return Condition(name, is_met=False, said=f"{lacks}{later}{known}")


def _addendum(addendum: Agreement | None) -> Condition:
    name = _("Signed addendum")
    if addendum is None:
        return Condition(name, is_met=False, said=_("There is no addendum about phase 2."))
    unsigned = addendum.parties.filter(signed_on=None).exists()
    if addendum.state not in SIGNED or unsigned:
        return Condition(name, is_met=False, said=_("The addendum is not signed."))
    return Condition(name, is_met=True, said=addendum.title)
