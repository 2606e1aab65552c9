"""What every way of sending a letter answers to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from letters.models import Letter


@dataclass(frozen=True, slots=True)
class Delivered:
    """A letter has gone; `arrived_at` where the way can know it.

    `is_out` is false of one that waits in the house for somebody to print and post it.
    """

    arrived_at: datetime | None = None
    is_out: bool = True


class NotSent(Exception):
    """The letter did not leave; `failure` says why in a word that has a sentence."""

    def __init__(self, failure: Letter.Failure) -> None:
        super().__init__(failure.value)
        self.failure = failure


class Way(Protocol):
    """One way of sending.

    `repeatable` says that a second delivery of the same letter (same key) does no harm, so that
    a sending that broke off is simply done again. Where it is not, a person decides.
    """

    repeatable: bool

    def send(self, letter: Letter, pdf: bytes, *, at: datetime) -> Delivered:
        """Send it, or raise `NotSent`."""
        ...
