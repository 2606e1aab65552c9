"""Who keeps forums, surveys and news, and who reads what everybody at a party may read."""

from django.db.models import Q, QuerySet

from accounts.models import User
from forums.models import Forum, News, Survey
from partnerships.access import reach_of
from partnerships.models import Agreement, Role

KEEPS = (Role.AGREEMENT_ADMINISTRATOR, Role.STEERING_GROUP, Role.COORDINATOR)
STANDING = (Agreement.State.ACTIVE, Agreement.State.UNDER_NOTICE)
OVER = (Agreement.State.ENDED, Agreement.State.EXPIRED, Agreement.State.RENEWED)


def may_keep_forums(user: User) -> bool:
    """Whether a person calls meetings, writes minutes, asks and tells news for a party."""
    return user.is_superuser or reach_of(user).has(*KEEPS)


def may_read_forums(user: User) -> bool:
    """Whoever keeps forums, and who sits in one."""
    return may_keep_forums(user) or Forum.objects.visible_to(user).exists()


def may_keep(user: User, forum: Forum) -> bool:
    """Whether a person writes in a forum: with a role at a party to its agreement, or as chair."""
    if user.is_superuser:
        return True
    if forum.members.filter(user=user, is_chair=True).exists():
        return True
    return may_keep_forums(user) and own_agreements(user).filter(pk=forum.agreement_id).exists()


def own_agreements(user: User) -> QuerySet[Agreement]:
    """The agreements that a person's organisations are parties to."""
    if user.is_superuser:
        return Agreement.objects.all()
    reach = reach_of(user)
    own = [one.pk for one in reach.organisations] + list(reach.a_kasser)
    mine = Agreement.objects.filter(parties__organisation__in=own).values("pk")
    return Agreement.objects.filter(pk__in=mine)


def evaluations_of(user: User) -> QuerySet[Agreement]:
    """The agreements whose evaluation a person reads: one's own, and those of one's seats."""
    seats = Agreement.objects.filter(forums__members__user=user).values("pk")
    mine = Q(pk__in=seats)
    if may_keep_forums(user):
        mine |= Q(pk__in=own_agreements(user).values("pk"))
    return Agreement.objects.filter(mine)


def is_at_a_party(user: User) -> bool:
    """Whether a person works for any organisation here: news and contacts are for them."""
    return user.is_superuser or bool(reach_of(user).organisations)


def news_for(user: User) -> QuerySet[News]:
    """News for all, and those of the agreements of one's own organisations."""
    return News.objects.filter(Q(agreement=None) | Q(agreement__in=own_agreements(user)))


def surveys_of(user: User) -> QuerySet[Survey]:
    """The surveys of the agreements of one's own organisations, for who keeps forums."""
    if not may_keep_forums(user):
        return Survey.objects.none()
    return Survey.objects.filter(agreement__in=own_agreements(user))
