"""What each kind of notice is called; no sentence here knows a name."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KINDS: Mapping[str, Promise] = {
    "activity-answered": _("Your activity is answered"),
    "activity-cancelled": _("An activity is cancelled"),
    "activity-proposed": _("An activity waits for your answer"),
    "agreement-ended": _("An agreement has ended"),
    "agreement-evaluate": _("An agreement is to be evaluated"),
    "agreement-expiring": _("An agreement is about to end"),
    "agreement-notice": _("Notice of an agreement: given or taken back"),
    "agreement-unsettled": _("An agreement is over, and its open referrals are not settled"),
    "assigned": _("You have been given a case"),
    "booking-missed": _("A citizen has booked no time by the deadline"),
    "calendar-failed": _("A calendar of yours could not be read"),
    "choice": _("A choice has been recorded"),
    "decision-due": _("A decision that you own is to be carried out"),
    "entry-decided": _("Entry into an agreement is decided by a person, or that is taken back"),
    "forum-cancelled": _("A meeting of a forum is cancelled"),
    "forum-late": _("A forum has not met as often as agreed"),
    "forum-meeting": _("You are called to a meeting of a forum"),
    "frame-statement": _("The monthly statement of an economic frame is ready"),
    "frame-warning": _("An economic frame is nearly used"),
    "group-cancelled": _("A group meeting is cancelled"),
    "group-changed": _("A group meeting is changed"),
    "group-invited": _("You are asked to hold a group meeting together"),
    "group-seat": _("A citizen has got a seat from the waiting list"),
    "group-seat-unsummoned": _("A citizen has got a seat: send a summons yourselves"),
    "handover-accepted": _("The hand-over is accepted"),
    "handover-coming": _("A hand-over is coming"),
    "handover-lapsed": _("No hand-over comes after all"),
    "handover-lapsed-told": _("No hand-over comes after all: the citizen read of it, write again"),
    "handover-moved": _("The hand-over has another day"),
    "handover-moved-away": _("The hand-over has a later day: you can open it 30 days before"),
    "handover-overdue": _("The hand-over is not accepted, and its day has passed"),
    "handover-overdue-there": _(
        "A hand-over is not accepted, and its day has passed: the caseworkers open it"
    ),
    "handover-returned": _("The hand-over sheet was sent back"),
    "handover-sheet": _("A hand-over sheet waits for you"),
    "interview-cancelled": _("An interview is cancelled"),
    "interview-moved": _("An interview has another time"),
    "invitation": _("You are invited to a joint interview"),
    "invitation-answered": _("The invitation is answered"),
    "invitation-withdrawn": _("You are no longer asked to a joint interview"),
    "letter-failed": _("A letter could not be sent"),
    "notification": _("The a-kasse is notified of a no-show"),
    "notification-answered": _("The a-kasse has answered the notification"),
    "question": _("The other party asks a question"),
    "question-answered": _("Your question is answered"),
    "invoice-matched": _("An invoice waits to be paid"),
    "referral-absence": _("A citizen stayed away from an activity"),
    "referral-answered": _("Your referral is answered"),
    "referral-finished": _("A citizen is through with an activity"),
    "referral-proposed": _("A referral waits for your answer"),
    "referral-revoked": _("A referral is revoked"),
    "sickness-benefit": _("14 days of sickness: the source of the benefit changes"),
    "slot-moved": _("A time that you reserved has been moved"),
    "slots-released": _("Reserved times that nobody used have been released"),
    "slots-withdrawn": _("The jobcentre has withdrawn times that you reserved"),
    "stated-by-link": _("A citizen has written by the link in the summons"),
    "sickness-told": _("The a-kasse has passed on a sickness follow-up talk"),
    "time-asked-for": _("The a-kasse asks for this time for a joint interview"),
    "times-wanted": _("More times for joint interviews are wanted"),
    "volume-answered": _("Your question of seats is answered"),
    "volume-asked": _("Another number of seats is asked for"),
}


def kind_in_words(kind: str) -> str:
    """What a notice says."""
    return str(KINDS.get(kind) or kind.replace("-", " "))
