"""What an agreement that ends leaves open: referrals, which the parties settle by a choice."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import User
from activities.actions import settle_open
from activities.models import Activity, Referral
from activities.models.referrals import ReferralQuerySet
from journal.actions import note
from partnerships.models import Agreement
from partnerships.versions import keep_version
from shared.refusals import Refused

ForReferrals = Agreement.ForReferrals
ENDING = (Agreement.State.ACTIVE, Agreement.State.UNDER_NOTICE)


def left_by(agreement: Agreement, *, on: date) -> list[Activity]:
    """The activities that no other agreement carries on once this one has ended."""
    others = Agreement.objects.in_force(on=on).exclude(pk=agreement.pk)
    carried = Activity.objects.filter(agreements__in=others).values("pk")
    return list(agreement.activities.exclude(pk__in=carried).order_by("pk"))


def open_referrals(agreement: Agreement, *, on: date) -> ReferralQuerySet:
    """The referrals that hang on an agreement alone and are not over, when it ends on a day."""
    rows: ReferralQuerySet = Referral.objects.filter(
        activity__in=left_by(agreement, on=on), state__in=Referral.OPEN
    )
    return rows


@transaction.atomic
def choose(agreement: Agreement, choice: str, *, by: User, at: datetime) -> Agreement:
    """Say what becomes of the referrals that are open when the agreement ends."""
    row = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    if row.state not in ENDING or row.ends_on is None:
        raise Refused(gettext_noop("The agreement has no end that is not over yet."))
    if choice not in ForReferrals.values:
        raise Refused(gettext_noop("Choose what becomes of the open referrals."))
    row.for_referrals = choice
    row.save(update_fields=["for_referrals"])
    keep_version(row, why="referrals-settled", by=by, at=at)
    note(row, "agreement-referrals-settled", by=by, case=None, choice=choice)
    return row


def settled(agreement: Agreement, *, at: datetime) -> bool:
    """Whether nothing is left open, after what was chosen has been done; False: choose first."""
    today = timezone.localdate(at)
    ends_on = agreement.ends_on or today
    if not open_referrals(agreement, on=ends_on).exists():
        return True
    if agreement.for_referrals == ForReferrals.REVOKE:
        reason = _("The agreement has ended.")
        for activity in left_by(agreement, on=ends_on):
            settle_open(activity, reason=reason, by=None, at=at, started=False)
    return bool(agreement.for_referrals)
