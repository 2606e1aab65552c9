"""Warnings when a frame is nearly used: at 80, 95 and 100 per cent, each once."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from frames.balances import balance_of
from frames.models import Frame, ShareWarning
from notices.actions import settle, tell
from partnerships.models import Membership, Role

PERCENTS = (80, 95, 100)
TOLD = (Role.FINANCE, Role.COORDINATOR, Role.AGREEMENT_ADMINISTRATOR)


def warn_of_share(frame: Frame, *, at: datetime) -> None:
    """Tell who pays, who refers and who keeps the agreement of each mark that is newly reached.

    A mark counts anew when the frame was raised: it is another eighty per cent.
    """
    balance = balance_of(frame)
    reached = [percent for percent in PERCENTS if balance.share >= percent]
    known = frame.warnings.filter(granted=balance.granted).values_list("percent", flat=True)
    new = set(reached) - set(known)
    if not new:
        return
    ShareWarning.objects.bulk_create(
        [
            ShareWarning(frame=frame, percent=percent, granted=balance.granted, warned_at=at)
            for percent in sorted(new)
        ]
    )
    tell(
        concerned(frame, at=at),
        "frame-warning",
        case_number="",
        url=reverse("frames:frame", args=[frame.pk]),
        at=at,
        about=f"{frame.a_kasse.short}: {max(new)} %",
    )


def settle_warning(frame: Frame, *, by: User | None, at: datetime) -> None:
    """The frame was raised or closed: the warning is answered, and the alert goes away."""
    settle("frame-warning", url=reverse("frames:frame", args=[frame.pk]), by=by, at=at)


def concerned(frame: Frame, *, at: datetime, roles: Collection[Role] = TOLD) -> list[User]:
    """Finance and administrators of both sides and the a-kasse's coordinators, of some roles."""
    both = (frame.jobcentre_id, frame.a_kasse_id)
    theirs = Q(organisation=frame.a_kasse_id) | ~Q(role=Role.COORDINATOR)
    rows = Membership.objects.standing(on=timezone.localdate(at)).filter(
        theirs, role__in=roles, organisation__in=both
    )
    return list({one.user_id: one.user for one in rows.select_related("user")}.values())
