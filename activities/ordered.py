"""Employers' orders, from how many are wanted to how many were hired."""

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Greatest

from activities.models import Attendance, EmployerOrder, Referral

THERE = (Attendance.Came.CAME, Attendance.Came.LATE)
State = Referral.State


def counted_orders(orders: QuerySet[EmployerOrder]) -> QuerySet[EmployerOrder]:
    """The orders with those invited, met, hired and still wanted, counted from their referrals.

    Who is accepted is written to, and so invited; who has begun or came to a session was met.
    """
    came = Referral.objects.filter(attendance__came__in=THERE).values("pk")
    met = Q(referrals__state__in=(State.STARTED, State.DONE)) | Q(referrals__in=came)
    counted = orders.annotate(
        invited=Count("referrals", filter=Q(referrals__state__in=Referral.SEATED)),
        met=Count("referrals", filter=met),
        hired=Count("referrals", filter=Q(referrals__result=Referral.Result.JOB)),
    )
    return counted.annotate(missing=Greatest(F("wanted") - F("hired"), 0))
