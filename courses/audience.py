"""Who of a party is told of a course: the person who has it, else those who answer for it."""

from datetime import date

from accounts.models import User
from courses.models import Course, Party
from partnerships.models import Membership, Organisation, Role

# Who has a course on a side, and who is told when nobody has it, most fitting role first.
ROLES = {
    Party.JOBCENTRE: (Role.CASEWORKER,),
    Party.A_KASSE: (Role.COORDINATOR, Role.JOB_CONSULTANT),
}
MERGERS = 2  # no longer chain of a-kasser that merged is known (partnerships/access.py)


def told_of(course: Course, party: Party, *, on: date) -> list[User]:
    """The people of a party to tell of a course on a day; each of them may read it."""
    if party not in ROLES:
        return []
    organisation = course.a_kasse if party == Party.A_KASSE else course.jobcentre
    there = Membership.objects.standing(on=on).filter(organisation__in=_houses(organisation))
    has_it = course.caseworker_id if party == Party.JOBCENTRE else course.consultant_id
    rows = there.filter(role__in=ROLES[party]).select_related("user").order_by("user")
    working = list(rows)
    for wanted in ([one for one in working if one.user_id == has_it], *_by_role(working, party)):
        if wanted:
            return list({one.user_id: one.user for one in wanted}.values())
    return []


def _by_role(working: list[Membership], party: Party) -> list[list[Membership]]:
    return [[one for one in working if one.role == role] for role in ROLES[party]]


def _houses(organisation: Organisation) -> list[int]:
    """The organisation, and those it merged into, whose people have its cases now."""
    found = [organisation]
    for _merger in range(MERGERS):
        if found[-1].successor:
            found.append(found[-1].successor)
    return [one.pk for one in found]
