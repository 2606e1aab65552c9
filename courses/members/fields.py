"""Reading one cell: dates in three forms, decimals with either mark, words of a list."""

import re
from collections.abc import Callable, Collection
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_noop

Values = dict[str, str | int]
Reader = Callable[[str], Any]

ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
DANISH = re.compile(r"(\d{1,2})([-.])(\d{1,2})\2(\d{4})", re.ASCII)
MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
DECIMAL = re.compile(r"-?\d{1,6}(?:[.,]\d{1,6})?", re.ASCII)
WHOLE = re.compile(r"\d{1,4}", re.ASCII)
CODE = re.compile(r"0?(\d{3})", re.ASCII)
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
CENTS = Decimal("0.01")
FIRST_YEAR, LAST_YEAR = 1990, 2099
MOST_DIGITS_REPEATED = 8  # a date has eight; ten may be a CPR number
MOST_REPEATED = 40


class BadField(ValueError):
    """A cell cannot be read: a sentence with its values, so that it can be said in any language."""

    def __init__(self, text: str, values: Values | None = None) -> None:
        super().__init__(text)
        self.text = text
        self.values = values or {}


def shown(value: str) -> str:
    """A wrong value as a message may repeat it: short, and never what may be a CPR number."""
    if sum(letter.isdigit() for letter in value) > MOST_DIGITS_REPEATED:
        return "•••"
    value = CONTROL.sub(" ", value)
    return value if len(value) <= MOST_REPEATED else f"{value[: MOST_REPEATED - 1]}…"


def a_date(text: str) -> date:
    """`2026-07-06`, `06-07-2026` or `6.7.2026`."""
    if found := ISO.fullmatch(text):
        year, month, day = found.groups()
    elif found := DANISH.fullmatch(text):
        day, _, month, year = found.groups()
    else:
        raise BadField(gettext_noop("%(value)s is no date"), {"value": shown(text)})
    try:
        said = date(int(year), int(month), int(day))
    except ValueError as error:
        raise BadField(gettext_noop("%(value)s is no date"), {"value": shown(text)}) from error
    if not FIRST_YEAR <= said.year <= LAST_YEAR:
        raise BadField(gettext_noop("%(value)s lies too far away"), {"value": shown(text)})
    return said


def a_month(text: str) -> date:
    """`2026-07`, as its first day."""
    found = MONTH.fullmatch(text)
    if not found or not 1 <= int(found[2]) <= 12:  # noqa: PLR2004 (months of a year)
        raise BadField(gettext_noop("%(value)s is no month (2026-07)"), {"value": shown(text)})
    return a_date(f"{text}-01")


def hours_up_to(most: int) -> Reader:
    """A reader of hours from none to a limit, to the hundredth."""

    def read(text: str) -> Decimal:
        if not DECIMAL.fullmatch(text):
            raise BadField(gettext_noop("%(value)s is no number"), {"value": shown(text)})
        hours = Decimal(text.replace(",", ".")).quantize(CENTS, ROUND_HALF_UP)
        if not 0 <= hours <= most:
            raise BadField(
                gettext_noop("%(value)s does not lie between 0 and %(most)s"),
                {"value": shown(text), "most": most},
            )
        return hours

    return read


def a_number(text: str) -> int:
    """A small whole number."""
    if not WHOLE.fullmatch(text):
        raise BadField(gettext_noop("%(value)s is no whole number"), {"value": shown(text)})
    return int(text)


def a_flag(text: str) -> bool:
    """0 or 1."""
    if text not in ("0", "1"):
        raise BadField(gettext_noop("%(value)s is neither 0 nor 1"), {"value": shown(text)})
    return text == "1"


def a_word(words: Collection[str]) -> Reader:
    """A reader of one word of a list."""

    def read(text: str) -> str:
        if text not in words:
            raise BadField(
                gettext_noop("%(value)s is none of %(words)s"),
                {"value": shown(text), "words": ", ".join(words)},
            )
        return text

    return read


def text_up_to(longest: int) -> Reader:
    """A reader of text that fits its column."""

    def read(text: str) -> str:
        if len(text) > longest:
            raise BadField(gettext_noop("is longer than %(longest)s letters"), {"longest": longest})
        if CONTROL.search(text):
            raise BadField(gettext_noop("holds a sign that cannot be printed"))
        return text

    return read


def an_email(text: str) -> str:
    """An e-mail address."""
    try:
        validate_email(text)
    except ValidationError as error:
        raise BadField(
            gettext_noop("%(value)s is no e-mail address"), {"value": shown(text)}
        ) from error
    return str(text_up_to(254)(text))


def a_code(text: str) -> str:
    """The three digits of a municipality, also written with a nought before them."""
    found = CODE.fullmatch(text)
    if not found:
        raise BadField(
            gettext_noop("%(value)s is no municipality; its code has three digits"),
            {"value": shown(text)},
        )
    return found[1]
