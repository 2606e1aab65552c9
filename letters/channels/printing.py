"""Print: the letter waits on the printer's page until a person puts it in the post."""

from datetime import datetime

from letters.channels.way import Delivered, NotSent
from letters.models import Letter, Route

Failure = Letter.Failure


class Print:
    """Nothing leaves here: the letter's own row is the queue, so it cannot be sent twice.

    It is sent when a person says that it is in the post (`letters.actions.mark_printed`). When a
    letter on paper arrives nobody can know, so it has no moment of arrival.
    """

    repeatable = True

    def send(self, letter: Letter, pdf: bytes, *, at: datetime) -> Delivered:  # noqa: ARG002 (the interface)
        """Leave it for the printer, unless the sender has none."""
        route = Route.objects.winning(letter.sender_id, letter.course.agreement_id)
        if route and not route.prints:
            raise NotSent(Failure.NO_PRINT)
        return Delivered(is_out=False)
