"""For which party a person acts in an activity, who decides, and who is told."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from accounts.models import User
from activities.models import Activity, VolumeChange
from partnerships.access import reach_of
from partnerships.models import Agreement, Membership, Organisation, Role

Kind = Organisation.Kind
PARTIES = (Kind.JOBCENTRE, Kind.A_KASSE)
WRITES = {
    Kind.A_KASSE: {Role.COORDINATOR, Role.JOB_CONSULTANT, Role.AGREEMENT_ADMINISTRATOR},
    Kind.JOBCENTRE: {Role.BOOKING_COORDINATOR, Role.CASEWORKER, Role.AGREEMENT_ADMINISTRATOR},
}
DECIDES = {
    Kind.A_KASSE: {Role.COORDINATOR, Role.AGREEMENT_ADMINISTRATOR},
    Kind.JOBCENTRE: {Role.BOOKING_COORDINATOR, Role.AGREEMENT_ADMINISTRATOR},
}


def reads_activities(user: User, *, on: date) -> bool:
    """Whether a person works for a party or a provider, and so has any business with them."""
    return user.is_superuser or bool(reach_of(user, on=on).organisations)


def houses_writing(user: User, *, on: date) -> list[Organisation]:
    """The parties for which a person plans activities."""
    return _houses(user, WRITES, on=on)


def houses_deciding(user: User, *, on: date) -> list[Organisation]:
    """The parties for which a person binds: approves, asks for seats, accepts another number."""
    return _houses(user, DECIDES, on=on)


def _houses(user: User, roles: dict[Kind, set[Role]], *, on: date) -> list[Organisation]:
    found: dict[int, Organisation] = {}
    for one in _memberships(user, on):
        house = one.organisation
        if house and one.role in roles.get(Kind(house.kind), ()):
            found[house.pk] = house
    return list(found.values())


def _memberships(user: User, on: date) -> list[Membership]:
    """What a person is to the parties on a day; asked once per user object and day."""
    kept: tuple[date, list[Membership]] | None = getattr(user, "kept_memberships", None)
    if kept is None or kept[0] != on:
        rows = Membership.objects.standing(on=on).filter(user=user, organisation__kind__in=PARTIES)
        kept = on, list(rows.select_related("organisation").order_by("organisation__sort_key"))
        user.kept_memberships = kept  # type: ignore[attr-defined]  # as long as the request lives
    return kept[1]


def parties_of(activity: Activity) -> QuerySet[Organisation]:
    """The jobcentres and a-kasser between which an activity is: host and parties to agreements."""
    agreed = Q(agreements__agreement__activities=activity)
    own = Organisation.objects.filter(agreed | Q(pk=activity.host_id), kind__in=PARTIES)
    return own.distinct().order_by("sort_key")


def party_for(
    houses: Iterable[Organisation], parties: Iterable[Organisation]
) -> Organisation | None:
    """Which of the parties one of these houses is, or has taken over by a merger."""
    own = {one.pk for one in houses}
    return next((one for one in parties if {one.pk, one.successor_id} & own), None)


def other_parties(activity: Activity) -> list[Organisation]:
    """The parties that answer what the host proposes: those of the other kind."""
    return [one for one in parties_of(activity) if one.kind != activity.host.kind]


def is_hosts(user: User, activity: Activity, *, on: date) -> bool:
    """Whether a person plans for the party that holds an activity."""
    return party_for(houses_writing(user, on=on), [activity.host]) is not None


def deciding_party(user: User, activity: Activity, *, on: date) -> Organisation | None:
    """The party for which a person answers what the host proposes; never one's own proposal."""
    return party_for(houses_deciding(user, on=on), other_parties(activity))


def binding_party(user: User, activity: Activity, *, on: date) -> Organisation | None:
    """The party for which a person agrees on the number of seats."""
    return party_for(houses_deciding(user, on=on), parties_of(activity))


def answering_party(user: User, change: VolumeChange, *, on: date) -> Organisation | None:
    """The party, of the other kind than asked, for which a person answers a change of volume."""
    if change.asked_by_id == user.pk:
        return None
    others = [one for one in parties_of(change.activity) if one.kind != change.party.kind]
    return party_for(houses_deciding(user, on=on), others)


def deciders_at(houses: Iterable[Organisation], *, on: date) -> list[User]:
    """Who decides at these parties, or at those that they merged into."""
    allowed = Q()
    for one in houses:
        keys = [key for key in (one.pk, one.successor_id) if key]
        allowed |= Q(organisation__in=keys, role__in=DECIDES[Kind(one.kind)])
    if not allowed:
        return []
    standing = Membership.objects.standing(on=on).filter(allowed)
    return list(User.objects.filter(pk__in=standing.values("user")).order_by("pk"))


def agreements_for(house: Organisation) -> QuerySet[Agreement]:
    """The agreements under which a party may hold an activity, and that have not ended."""
    over = (Agreement.State.ENDED, Agreement.State.EXPIRED)
    own = Agreement.objects.filter(parties__organisation=house).exclude(state__in=over)
    return own.distinct().order_by("title")
