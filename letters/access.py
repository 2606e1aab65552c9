"""Who may do what with letters and their texts: plain questions that pages and acts ask."""

from datetime import date

from django.db.models import Q

from accounts.models import User
from courses.access import acting_side
from courses.models import Course, Party
from letters.models import SENDERS, Letter, LetterText, LetterTextQuerySet
from partnerships.access import plans_times_of, reach_of
from partnerships.models import Agreement, Organisation, Role

WRITE_TEXTS = (Role.AGREEMENT_ADMINISTRATOR, Role.SYSTEM_ADMINISTRATOR)
PRINT = (Role.CASEWORKER, Role.BOOKING_COORDINATOR, Role.JOB_CONSULTANT, Role.COORDINATOR)


def may_write_to(user: User, course: Course, sender: Organisation, *, on: date) -> bool:
    """Each party writes its own letters; who withdraws its times tells those who sat in them."""
    side = acting_side(user, course, on=on)
    own = {Party.A_KASSE: course.a_kasse_id, Party.JOBCENTRE: course.jobcentre_id}
    if side is not None and own[side] == sender.pk:
        return True
    return sender.pk == course.jobcentre_id and plans_times_of(user, sender, on=on)


def may_change(user: User, letter: Letter, *, on: date) -> bool:
    """Who sends a letter takes it back, and sends it again."""
    return may_write_to(user, letter.course, letter.sender, on=on)


def prints_for(user: User, *, on: date) -> list[Organisation]:
    """The organisations whose printed letters a person handles: those whose citizens they read."""
    reach = reach_of(user, on=on)
    if not reach.reads_citizens or not reach.has(*PRINT):
        return []
    reading = {*reach.jobcentres, *reach.a_kasser}
    return [one for one in reach.organisations if one.pk in reading]


def may_open_texts(user: User, *, on: date) -> bool:
    """Texts are for those who look after agreements, and for the system's administrators."""
    return reach_of(user, on=on).has(*WRITE_TEXTS)


def agreements_of(user: User, *, on: date) -> list[Agreement]:
    """The agreements whose texts a person may write: those of the own organisations."""
    reach = reach_of(user, on=on)
    if not reach.has(Role.AGREEMENT_ADMINISTRATOR):
        return []
    own = [one.pk for one in reach.organisations]
    found = Agreement.objects.filter(parties__organisation__in=own).order_by("title", "pk")
    return list(found.distinct())


def senders_of(user: User, *, on: date) -> list[str]:
    """The sorts of sender for whom a person may write texts of an agreement."""
    kinds = {one.kind for one in reach_of(user, on=on).organisations}
    return [kind for kind, _name in SENDERS if kind in kinds]


def texts_for(user: User, *, on: date) -> LetterTextQuerySet:
    """The texts a person may read: the general ones, and those of the own agreements."""
    if not may_open_texts(user, on=on):
        return LetterText.objects.none()
    if reach_of(user, on=on).has(Role.SYSTEM_ADMINISTRATOR):
        return LetterText.objects.all()
    own = [one.pk for one in agreements_of(user, on=on)]
    return LetterText.objects.filter(Q(agreement=None) | Q(agreement__in=own))


def may_write_text(user: User, text: LetterText, *, on: date) -> bool:
    """General texts are the system administrator's; an agreement's are its parties'."""
    if text.agreement_id is None:
        return reach_of(user, on=on).has(Role.SYSTEM_ADMINISTRATOR)
    own = {one.pk for one in agreements_of(user, on=on)}
    return text.agreement_id in own and text.sender in senders_of(user, on=on)
