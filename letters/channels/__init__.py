"""The ways a letter goes, behind one small interface; and which way is the right one."""

from collections.abc import Mapping

from courses.models import Course
from letters.channels.digital_post import DigitalPost
from letters.channels.email import Email
from letters.channels.printing import Print
from letters.channels.way import Delivered, NotSent, Way
from letters.models import LetterChannel, Route
from partnerships.models import Organisation

__all__ = ["WAYS", "Delivered", "NotSent", "Way", "channel_for"]

WAYS: Mapping[str, Way] = {
    LetterChannel.DIGITAL_POST: DigitalPost(),
    LetterChannel.EMAIL: Email(),
    LetterChannel.PRINT: Print(),
}


def channel_for(course: Course, sender: Organisation) -> LetterChannel:
    """Digital Post, print for those who are exempt, e-mail where it is so agreed."""
    if course.citizen.digital_post_exempt:
        return LetterChannel.PRINT
    route = Route.objects.winning(sender.pk, course.agreement_id)
    return LetterChannel(route.usual) if route else LetterChannel.DIGITAL_POST
