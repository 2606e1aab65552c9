"""Amounts of money as people write them: exact to the øre, never a float."""

from decimal import Decimal

from shared.written import decimal_text

OERE = Decimal("0.01")


def exact(amount: Decimal | int | str) -> Decimal:
    """An amount in kroner with two places; a ValueError where it has parts of an øre."""
    kept = Decimal(amount).quantize(OERE)
    if kept != Decimal(amount):
        raise ValueError(f"{amount} kr. is not exact to the øre")
    return kept


def kroner(amount: Decimal) -> str:
    """An amount as it stands in a table: `5.000,00 kr.`."""
    return f"{decimal_text(amount, digits=2)} kr."


def kroner_in_words(amount: Decimal) -> str:
    """An amount in a sentence, without øre where there are none: `3.000 kr.`."""
    digits = 0 if amount == amount.to_integral_value() else 2
    return f"{decimal_text(amount, digits=digits)} kr."
