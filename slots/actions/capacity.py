"""Asking a jobcentre's booking coordinators to publish more times: by week and number, no names."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from journal.actions import note
from notices.actions import tell
from partnerships.access import reach_of
from partnerships.models import Membership, Organisation, Role
from shared.refusals import Refused


@dataclass(frozen=True, slots=True)
class Missing:
    """How many times a pair lacks in a week, as `2026-48`."""

    jobcentre: Organisation
    a_kasse: Organisation
    week: str
    count: int

    @property
    def said(self) -> str:
        """In words, for the notice."""
        words = {
            "count": self.count, "week": int(self.week.split("-")[1]), "name": self.a_kasse.short,
        }  # fmt: skip
        return (
            ngettext(
                "week %(week)d: %(count)d time for %(name)s",
                "week %(week)d: %(count)d times for %(name)s",
                self.count,
            )
            % words
        )


@transaction.atomic
def ask_for_times(missing: Missing, *, by: User, at: datetime) -> int:
    """Tell the coordinators who publish times there; says how many did not know yet."""
    reach, on = reach_of(by, on=timezone.localdate(at)), timezone.localdate(at)
    if not {missing.jobcentre.pk, missing.a_kasse.pk} & {one.pk for one in reach.organisations}:
        raise Refused(_("Only the two parties ask for more times."))
    if missing.count < 1:
        raise Refused(_("No times are missing in that week any more."))
    people = _coordinators(missing.jobcentre, on)
    if not people:
        raise Refused(_("The jobcentre has no booking coordinator. Write or call it."))
    note(missing.jobcentre, "times-asked-for", by=by, case=None, week=missing.week)
    address = f"{reverse('slots:capacity')}?par={missing.jobcentre.pk}-{missing.a_kasse.pk}"
    return tell(
        people, "times-wanted", case_number="", url=f"{address}#uge-{missing.week}", at=at,
        about=missing.said, by=by,
    )  # fmt: skip


def _coordinators(jobcentre: Organisation, on: date) -> list[User]:
    rows = Membership.objects.standing(on=on).filter(
        organisation=jobcentre, role=Role.BOOKING_COORDINATOR, user__is_active=True
    )
    return [one.user for one in rows.select_related("user")]
