"""When an agreement ends after a notice (case 26): half-open, clamped, never past its own term."""

from datetime import date

from law.timely import agreement_ends_on


def end_after_notice(given_on: date, months: int, ends_on: date | None) -> date:
    """The first day without the agreement, when notice is given on a day.

    The day of notice some months later, on that month's last day where it has none such; an
    agreement that ends by its own term before that ends by its term.
    """
    return agreement_ends_on(given_on, months, ends_on)


def ends_by_its_term(given_on: date, months: int, ends_on: date | None) -> bool:
    """Whether the agreement's own end comes first, so that the notice shortens nothing."""
    return ends_on is not None and agreement_ends_on(given_on, months, None) >= ends_on
