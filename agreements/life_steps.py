"""Each step in the life of an agreement as a page: its words, its form, and the act behind it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from agreements.forms import life as forms
from agreements.settling import choose
from partnerships import actions
from partnerships.actions.life import BEFORE
from partnerships.models import Agreement, Step

Act = Callable[[Agreement, dict[str, Any], User, datetime], object]
Words = str | Promise


@dataclass(frozen=True, slots=True)
class StepPage:
    """One step: what is asked, and what is done with the answer."""

    title: Words
    lead: Words
    button: Words
    done: Words
    form: type[forms.StepForm]
    act: Act
    states: tuple[str, ...]

    def fits(self, agreement: Agreement) -> bool:
        """Whether the agreement stands where this step can be taken."""
        return agreement.state in self.states


def _plain(act: Callable[..., object]) -> Act:
    """An act whose arguments are what the form asks."""

    def carried_out(agreement: Agreement, said: dict[str, Any], by: User, at: datetime) -> object:
        return act(agreement, **said, by=by, at=at)

    return carried_out


def _sign(agreement: Agreement, said: dict[str, Any], by: User, at: datetime) -> object:
    return actions.sign(agreement, said.pop("party"), **said, by=by, at=at)


def _settle(agreement: Agreement, said: dict[str, Any], by: User, at: datetime) -> object:
    return choose(agreement, said["choice"], by=by, at=at)


STEPS: Mapping[str, StepPage] = {
    "koordinering": StepPage(
        _("Put up for coordination"),
        _("The parties and the other agreements of the region get time to look at it."),
        _("Put up for coordination"),
        _("It is in coordination."),
        forms.CoordinateForm,
        _plain(actions.coordinate),
        BEFORE[Step.Kind.COORDINATE],
    ),
    "godkendelse": StepPage(
        _("Record the approval"),
        _("Who decided, when, and what was noted in the minutes."),
        _("Record the approval"),
        _("The approval is recorded."),
        forms.ApproveForm,
        _plain(actions.approve),
        BEFORE[Step.Kind.APPROVE],
    ),
    "tilbage": StepPage(
        _("Send back to draft"),
        _("What was approved and signed of the old text falls away; the versions keep it."),
        _("Send back to draft"),
        _("It is a draft again."),
        forms.RemarkForm,
        _plain(actions.send_back),
        BEFORE[Step.Kind.SEND_BACK],
    ),
    "underskrift": StepPage(
        _("Record a signature"),
        _("When the last party has signed, the agreement can be put in force."),
        _("Record the signature"),
        _("The signature is recorded."),
        forms.SignForm,
        _sign,
        BEFORE[Step.Kind.SIGN],
    ),
    "i-kraft": StepPage(
        _("Put in force"),
        _("From its first day it acts on courses; all dates are computed anew."),
        _("Put in force"),
        _("It is in force; all dates are being computed anew."),
        forms.NothingForm,
        _plain(actions.put_in_force),
        BEFORE[Step.Kind.ACTIVATE],
    ),
    "fortryd-opsigelse": StepPage(
        _("Take the notice back"),
        _("The agreement stands again as it did before the notice."),
        _("Take the notice back"),
        _("The notice is taken back."),
        forms.RemarkForm,
        _plain(actions.withdraw_notice),
        BEFORE[Step.Kind.WITHDRAW_NOTICE],
    ),
    "fornyelse": StepPage(
        _("Renew"),
        _("A draft with the same text, parties and points; it takes over when it is in force."),
        _("Make the draft"),
        _("The draft of the renewal is made."),
        forms.RenewForm,
        _plain(actions.renew),
        BEFORE[Step.Kind.RENEW],
    ),
    "henvisninger": StepPage(
        _("Settle the open referrals"),
        _("The agreement is not ended while referrals hang on it without a choice."),
        _("Settle"),
        _("It is settled what becomes of the open referrals."),
        forms.SettleForm,
        _settle,
        (Agreement.State.ACTIVE, Agreement.State.UNDER_NOTICE),
    ),
    "under-den": StepPage(
        _("Settle what stands below it"),
        _(
            "Agreements below it go on by themselves or end with it."
            " An addendum always ends with what it changes."
        ),
        _("Settle"),
        _("It is settled what becomes of the agreements below."),
        forms.BelowForm,
        _plain(actions.settle_below),
        (Agreement.State.ACTIVE, Agreement.State.UNDER_NOTICE),
    ),
    "fase-2": StepPage(
        _("Phase 2"),
        _("Activities of phase 2 start when law, budget and a signed addendum are in place."),
        _("Save"),
        _("What phase 2 waits for is recorded."),
        forms.PhaseTwoForm,
        _plain(actions.record_phase_two),
        tuple(Agreement.State.values),
    ),
}
