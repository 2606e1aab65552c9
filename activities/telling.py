"""Who is told of a referral: those it was put to, and those it came from."""

from datetime import date

from accounts.models import User
from activities.models import Activity, Referral
from activities.parties import parties_of
from courses.audience import told_of
from courses.models import Party
from partnerships.access import READS_CITIZENS
from partnerships.models import Membership, Organisation, Role


def receivers(referral: Referral, *, on: date) -> list[User]:
    """The people of the party that answers, without the one who referred."""
    course = referral.course
    if referral.receiver_id == course.jobcentre_id:
        found = told_of(course, Party.JOBCENTRE, on=on)
        others = [one for one in found if one.pk != referral.referred_by_id]
        return others or _everybody(referral.receiver, on=on)
    if referral.receiver_id == course.a_kasse_id:
        return told_of(course, Party.A_KASSE, on=on)
    return _everybody(referral.receiver, on=on)


def senders(referral: Referral) -> list[User]:
    """Whoever referred."""
    return [referral.referred_by]


def _everybody(house: Organisation, *, on: date) -> list[User]:
    """Those who read the citizens of an organisation, or of the one that it has merged into."""
    kind = Organisation.Kind(house.kind)
    standing = Membership.objects.standing(on=on).filter(
        organisation__in=[key for key in (house.pk, house.successor_id) if key],
        role__in=READS_CITIZENS.get(kind, set()),
    )
    return list(User.objects.filter(pk__in=standing.values("user")).order_by("pk"))


def payers(activity: Activity, *, on: date) -> list[User]:
    """The finance controllers of the jobcentres between which an activity is."""
    houses = parties_of(activity).filter(kind=Organisation.Kind.JOBCENTRE)
    standing = Membership.objects.standing(on=on).filter(
        organisation__in=houses.values("pk"), role=Role.FINANCE
    )
    return list(User.objects.filter(pk__in=standing.values("user")).order_by("pk"))


def judging(referral: Referral, *, on: date) -> list[User]:
    """Those of the a-kasse who act on an absence: it judges whether a member is available."""
    return told_of(referral.course, Party.A_KASSE, on=on)
