"""Those who are referred to an activity, for the page of the activity."""

from dataclasses import dataclass

from django import template
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from activities.access import provides, reads_invoices, reads_referrals, sees_case
from activities.fitting import NOT_REFERRED_TO
from activities.models import Activity, Referral
from activities.referral_list import TONES

register = template.Library()
MOST = 200


@dataclass(frozen=True, slots=True)
class Participant:
    """One of them: a name, and no more than that for who only holds or runs the activity."""

    name: str
    case_number: str
    url: str
    tone: str
    state: str


@dataclass(frozen=True, slots=True)
class Participants:
    """Who is referred, as far as the reader may know it, and how many there are in all."""

    rows: tuple[Participant, ...]
    counts: tuple[tuple[str, str, int], ...]
    refer_url: str
    invoices_url: str


@register.simple_tag
def participants_of(activity: Activity, user: User) -> Participants:
    """Who is referred to an activity: names for those who may know them, counts for everyone."""
    on = timezone.localdate()
    shown = Referral.objects.visible_to(user).filter(activity=activity)
    found = shown.select_related("course__citizen", "course__a_kasse", "receiver")
    rows = tuple(_participant(one, user) for one in found.order_by("referred_at")[:MOST])
    sums = dict(activity.referrals.order_by().values_list("state").annotate(sum=Count("pk")))
    only_runs = provides(user, activity, on=on)
    told = Referral.SEATED if only_runs else Referral.State.values
    counts = tuple(
        (TONES[state], str(state.label), sums[state])
        for state in Referral.State
        if state in sums and state in told
    )
    runs = activity.state in (Activity.State.APPROVED, Activity.State.RUNNING)
    open_to = runs and activity.kind not in NOT_REFERRED_TO and activity.ends_on > on
    may_refer = open_to and reads_referrals(user, on=on)
    bills = bool(activity.price) and reads_invoices(user, on=on) and not only_runs
    return Participants(
        rows,
        counts,
        reverse("activities:refer_to", args=[activity.pk]) if may_refer else "",
        reverse("activities:invoices_of", args=[activity.pk]) if bills else "",
    )


def _participant(referral: Referral, user: User) -> Participant:
    opens = sees_case(user, referral, on=timezone.localdate())
    return Participant(
        name=referral.course.citizen.name,
        case_number=referral.course.case_number if opens else "",
        url=referral.get_absolute_url() if opens else "",
        tone=TONES[Referral.State(referral.state)],
        state=referral.get_state_display(),
    )
