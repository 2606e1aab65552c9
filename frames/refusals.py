"""What the database forbids of a frame, in words for the person who asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext, gettext_noop

from shared.money import kroner_in_words
from shared.refusals import Refused

EXCEEDED = "a_frame_is_not_exceeded"
REFUSALS = {
    "a_closed_frame_takes_no_entry": gettext_noop(
        "The frame is closed; nothing more is written in it."
    ),
    "an_entry_moves_what_is_left": gettext_noop("More than what is still bound; reload the page."),
    "an_a_kasse_has_one_frame_a_day_under_an_agreement": gettext_noop(
        "The a-kasse already has a frame on these days."
    ),
    "frame_has_days": gettext_noop("A frame must end after it starts."),
    "an_entry_is_money": gettext_noop("Write an amount above 0 kr."),
    "a_grant_is_money": gettext_noop("Write an amount above 0 kr."),
    "an_addendum_raises_a_frame_once": gettext_noop("The addendum has raised the frame already."),
}


class FrameExceeded(Refused):
    """More than what remains was asked for; `by_how_much` says how many kroner too much."""

    def __init__(self, by_how_much: Decimal) -> None:
        super().__init__(EXCEEDED)
        self.by_how_much = by_how_much

    def __str__(self) -> str:
        """In the language of the one who reads."""
        return gettext(
            "It cannot be approved: the frame would be exceeded by %(amount)s The jobcentre can"
            " raise the frame by an addendum only."
        ) % {"amount": kroner_in_words(self.by_how_much)}


@contextmanager
def in_words() -> Iterator[None]:
    """Write in a savepoint; what the database forbids is said in words."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        name = getattr(diagnosis, "constraint_name", None) or ""
        if diagnosis and name == EXCEEDED:
            raise FrameExceeded(Decimal(diagnosis.message_detail)) from error
        if name not in REFUSALS:
            raise
        raise Refused(REFUSALS[name]) from error
