"""The words around each form of a referral: what is asked, what follows, what the button says."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from activities.models import Referral
from shared.money import kroner


@dataclass(frozen=True, slots=True)
class Words:
    """The heading of a page that asks one thing, the sentence below it, and its button."""

    title: str
    button: str
    lead: str = ""
    done: str = ""


def accepting() -> Words:
    """Giving the seat."""
    return Words(
        _("Accept the referral"),
        pgettext("a proposal", "Accept"),
        _("The seat is given and its price reserved in the frame. Whoever referred is told."),
        _("The referral is accepted."),
    )


def rejecting() -> Words:
    """Saying no."""
    return Words(
        _("Reject the referral"),
        _("Reject"),
        _("Whoever referred is told, and reads the reason."),
        _("The referral is rejected."),
    )


def starting() -> Words:
    """The citizen has begun."""
    return Words(
        _("Record the start"),
        _("Save the start"),
        _("From the start on the price is committed: it is not released when the citizen leaves."),
        _("The start is recorded."),
    )


def finishing() -> Words:
    """The citizen is through."""
    return Words(
        _("Record the end"),
        _("Save the end"),
        _("Whoever referred is told."),
        _("The end is recorded."),
    )


def revoking(referral: Referral) -> Words:
    """Taking the citizen out, and what the frame gets back."""
    lead = _("Both parties are told.")
    if referral.state == Referral.State.STARTED:
        lead = _("The citizen has started: the seat becomes free, but nothing is released.")
    elif referral.frame:
        said = {"amount": kroner(referral.price), "house": referral.frame.a_kasse.short}
        lead = _("The frame of %(house)s gets %(amount)s back.") % said
    return Words(_("Revoke the referral"), _("Revoke"), lead, _("The referral is revoked."))


def referring() -> Words:
    """Proposing a citizen."""
    return Words(
        _("Refer to an activity"),
        _("Refer"),
        _("The other party answers. You are told when it has."),
        _("The referral is sent. You are told when it is answered."),
    )
