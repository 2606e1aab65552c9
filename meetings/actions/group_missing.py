"""Who stayed away from a mandatory group meeting: what is known of it, and that it was a mistake.

Where an individual talk follows the joint part, the no-show is the talk's, as of any interview.
"""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_noop

from accounts.models import User
from journal.actions import note
from meetings.actions.notifying import locked_enrolment
from meetings.collisions import seated
from meetings.group_access import may_tell_why
from meetings.models import Enrolment, NoShow
from meetings.plans import Missed
from shared.refusals import Refused


@seated
def record_no_show(enrolment: Enrolment, missed: Missed, *, by: User, at: datetime) -> NoShow:
    """Write down what is known of a no-show, or what has been learnt of it since."""
    enrolment = locked_enrolment(enrolment)
    if not may_tell_why(by, enrolment, on=timezone.localdate(at)):
        raise Refused(
            gettext_noop(
                "Only the party that holds the meeting says why, and only of who did not come."
            )
        )
    _check_contact(enrolment, missed.contact_again_at, at=at)
    no_show = NoShow.objects.filter(enrolment=enrolment).first()
    before = _known(no_show) if no_show else {}
    if no_show and missed.lawful_absence != no_show.lawful_absence:
        _check_not_told(enrolment)
    no_show = no_show or NoShow(enrolment=enrolment)
    no_show.lawful_absence = missed.lawful_absence
    no_show.contact_attempts = missed.contact_attempts
    no_show.contact_again_at = missed.contact_again_at
    no_show.explanation = missed.explanation
    no_show.save()
    note(
        enrolment,
        "group-missed",
        by=by,
        case=enrolment.course_id,
        title=enrolment.group.title,
        was=before,
        **_known(no_show),
    )
    return no_show


def take_back_no_show(enrolment: Enrolment, *, by: User) -> None:
    """Forget a no-show that was a mistake, and that nobody has been notified of."""
    no_show = NoShow.objects.filter(enrolment=enrolment).first()
    if no_show is None:
        return
    _check_not_told(enrolment)
    known = _known(no_show)
    no_show.delete()
    note(enrolment, "outcome-retracted", by=by, case=enrolment.course_id, **known)


def _check_not_told(enrolment: Enrolment) -> None:
    if enrolment.notifications.filter(withdrawn_at=None).exists():
        raise Refused(
            gettext_noop("The a-kasse has been notified. Withdraw the notification first.")
        )


def _check_contact(enrolment: Enrolment, contact: datetime | None, *, at: datetime) -> None:
    if contact and contact < enrolment.group.starts_at:
        raise Refused(
            gettext_noop("The contact lies before the meeting. Write when it was taken up again.")
        )
    if contact and contact > at:
        raise Refused(
            gettext_noop("The contact lies in the future. Record it when it has happened.")
        )


def _known(no_show: NoShow) -> dict[str, str]:
    """What the journal says of a no-show."""
    contact = no_show.contact_again_at
    return {
        "lawful_absence": no_show.lawful_absence,
        "contact_attempts": no_show.contact_attempts,
        "contact_again_at": contact.isoformat(timespec="minutes") if contact else "",
        "explanation": no_show.explanation,
    }
