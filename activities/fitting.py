"""Which activities a citizen can be referred to, who answers, and which frame pays."""

from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_noop

from accounts.models import User
from activities.models import Activity, Referral
from courses.models import Course, Party
from frames.models import Frame
from partnerships.models import Agreement, Organisation
from shared.refusals import Refused

OPEN = (Activity.State.APPROVED, Activity.State.RUNNING)
A_KASSE = Organisation.Kind.A_KASSE
NOT_REFERRED_TO = (*Activity.FOR_STAFF, Activity.Kind.STATIONING)


def fitting(course: Course, side: Party, *, user: User, on: date) -> QuerySet[Activity]:
    """The open activities to which a party may refer a course, with the seats taken as `taken`.

    Those of an agreement that reaches the course, for its own a-kasse or open to others; full
    ones come too, so that one sees that they are full; those with an open referral do not.
    """
    found = Activity.objects.visible_to(user).filter(_reaches(course), state__in=OPEN)
    found = found.filter(ends_on__gt=on, refers__in=[side.value, Activity.Refers.BOTH])
    taken = Count("referrals", filter=Q(referrals__state__in=Referral.SEATED), distinct=True)
    sits = Referral.objects.filter(activity=OuterRef("pk"), course=course, state__in=Referral.OPEN)
    rows = Activity.objects.filter(pk__in=found.values("pk")).exclude(kind__in=NOT_REFERRED_TO)
    rows = rows.exclude(Exists(sits))
    return rows.annotate(taken=taken).select_related("host", "provider").order_by("starts_on", "pk")


def why_not(activity: Activity, course: Course, side: Party, *, on: date) -> str:
    """Why a party cannot refer a course to an activity, as a sentence; empty when it can."""
    if activity.kind in Activity.FOR_STAFF:
        return gettext_noop("Only staff take part in this activity.")
    if activity.kind == Activity.Kind.STATIONING:
        return gettext_noop("Talks of a stationing day are booked among its times.")
    if activity.state not in OPEN or activity.ends_on <= on:
        return gettext_noop("The activity is not open: it is not approved, or it is over.")
    if activity.refers not in (side.value, Activity.Refers.BOTH):
        return gettext_noop("The other party alone refers to this activity.")
    if not Activity.objects.filter(_reaches(course), pk=activity.pk).exists():
        return gettext_noop("The activity is not open to members of this a-kasse, or not here.")
    return ""


def receiver_of(activity: Activity, course: Course, side: Party) -> Organisation:
    """Who answers: the jobcentre what an a-kasse proposes; the a-kasse that holds it the rest.

    Where no a-kasse holds the activity, a colleague in the jobcentre answers.
    """
    if side == Party.JOBCENTRE and activity.host.kind == A_KASSE:
        return activity.host
    return course.jobcentre


def is_own_member(activity: Activity, course: Course) -> bool:
    """Whether the a-kasse that holds an activity is the citizen's; with no such one, each is."""
    return activity.host.kind != A_KASSE or activity.host_id in houses_of(course.a_kasse)


def charged_frame(referral: Referral, *, charge_others: bool, on: date) -> Frame | None:
    """The frame that pays for a seat; None where it costs nothing, or is another a-kasse's member.

    The frame is the one of the day on which the seat is given.
    """
    activity, course = referral.activity, referral.course
    if not referral.price:
        return None
    if not charge_others and not is_own_member(activity, course):
        return None
    found = paying_frame(activity, course, on=on)
    if found is None:
        raise Refused(
            gettext_noop("%(house)s has no economic frame on this day. Open one, or reject."),
            house=payer_of(activity, course).short,
        )
    return found


def payer_of(activity: Activity, course: Course) -> Organisation:
    """The a-kasse whose frame a seat is charged to: the one that holds it, else the citizen's."""
    return activity.host if activity.host.kind == A_KASSE else course.a_kasse


def paying_frame(activity: Activity, course: Course, *, on: date) -> Frame | None:
    """The open frame of the a-kasse that pays: of one of the activity's agreements, else above."""
    payer = payer_of(activity, course)
    of_it = Q(agreement__activities=activity) | Q(agreement__below__activities=activity)
    near = Agreement.objects.filter(pk=OuterRef("agreement"), activities=activity)
    found = Frame.objects.filter(
        of_it, a_kasse__in=houses_of(payer), closed_at=None, starts_on__lte=on, ends_on__gt=on
    )
    return found.annotate(is_near=Exists(near)).order_by("-is_near", "pk").first()


def houses_of(a_kasse: Organisation) -> set[int]:
    """An a-kasse, and the one it has merged into."""
    keys = (a_kasse.pk, a_kasse.successor_id)
    return {key for key in keys if key}


def _reaches(course: Course) -> Q:
    """Activities of agreements that hold where the citizen lives, for the citizen's a-kasse."""
    houses = houses_of(course.a_kasse)
    near = Agreement.objects.filter(
        Q(parties__organisation=course.jobcentre_id) | Q(municipalities=course.municipality_id)
    )
    here = Q(host=course.jobcentre_id) | Q(agreements__in=near.values("pk"))
    ours = ~Q(host__kind=A_KASSE) & Q(agreements__parties__organisation__in=houses)
    return here & (Q(open_to_others=True) | Q(host__in=houses) | ours)


def seats_left(activity: Activity) -> int | None:
    """How many seats are free; None where there is no limit. Reads `taken` where it is known."""
    if activity.seats is None:
        return None
    taken: int | None = getattr(activity, "taken", None)
    if taken is None:
        taken = activity.referrals.seated().count()
    return max(activity.seats - taken, 0)


def with_room(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """Of what `fitting` found, those with a free seat."""
    return rows.filter(Q(seats=None) | Q(seats__gt=F("taken")))
