"""Whose times one may publish, and for which a-kasse one reserves."""

from datetime import date

from django.utils.translation import gettext as _

from accounts.models import User
from partnerships.access import reach_of
from partnerships.models import Membership, Organisation, Role


def publishes_at(user: User, *, on: date | None = None) -> list[int]:
    """The jobcentres, by key, whose times a booking coordinator publishes."""
    return list(reach_of(user, on=on).booking_at)


def coordinated_by(user: User, *, on: date) -> list[Organisation]:
    """The a-kasser for which a coordinator reserves times."""
    rows = Membership.objects.standing(on=on).filter(user=user, role=Role.COORDINATOR)
    rows = rows.filter(organisation__kind=Organisation.Kind.A_KASSE)
    return [one.organisation for one in rows.select_related("organisation") if one.organisation]


def a_kasser_of(user: User, *, on: date) -> list[Organisation]:
    """The a-kasser that one works for."""
    houses = reach_of(user, on=on).organisations
    return [one for one in houses if one.kind == Organisation.Kind.A_KASSE]


def page_of_own_times(user: User) -> tuple[str, str] | None:
    """The page that capacity and region are reached from, and what it is called."""
    if publishes_at(user):
        return _("Pools of times"), "slots:pools"
    if reach_of(user).has(Role.COORDINATOR, Role.JOB_CONSULTANT):
        return _("Times for joint interviews"), "slots:times"
    return None


def pages_of_times(user: User) -> list[tuple[str, str]]:
    """What the pages of times are called that a person's roles open, and their names."""
    reach = reach_of(user)
    found = []
    if reach.has(Role.COORDINATOR, Role.JOB_CONSULTANT):
        found.append((_("Reservations"), "slots:times"))
    if reach.has(Role.CASEWORKER):
        found.append((_("My stationing"), "slots:stationing"))
    return found
