"""Print: the letter waits on the printer's page until a person puts it in the post."""

from datetime import datetime

from letters.channels.way import Delivered, NotSent
from letters.models import Letter, Route

Failure = Letter.Failure


class Print:
    """Nothing leaves here: the letter's own row is the queue, so it cannot be sent twice.

    When a letter on paper arrives nobody can know, so it has no moment of arrival.
    """

    repeatable = True

    def send(self, letter: Letter, pdf: bytes, *, at: datetime) -> Delivered:  # noqa: ARG002 (the interface)
        """Leave it for the printer, unless the sender has none."""
        if Route.objects.filter(organisation=letter.sender_id, prints=False).exists():
            raise NotSent(Failure.NO_PRINT)
        return Delivered()
