"""What to think of before a group meeting is planned, staffed or enrolled in: said, not refused."""

from collections.abc import Iterator
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from courses.models import Absence, Course
from meetings.availability import Availability
from meetings.cautions import NOTICE_WORKING_DAYS, OVERRULED, Caution, covers
from meetings.group_plans import GroupPlan
from meetings.models import GroupMeeting
from meetings.obstacle_words import names_of, sentence
from meetings.obstacles import Code
from partnerships.models import Organisation
from shared.dates import working_days_between
from staffing.models import Competence

Kind = Competence.Kind


def planning_cautions(plan: GroupPlan, group: GroupMeeting | None) -> list[Caution]:
    """What a plan overrules: hours, leave, closing days; and what its consultant lacks."""
    return [
        *_of_the_competence(plan.host, plan.organisation, plan.day),
        *_of_the_calendar(plan, group),
    ]


def staffing_cautions(group: GroupMeeting, worker: User | None) -> list[Caution]:
    """What the invited party's consultant lacks."""
    if group.invited is None:
        return []
    return list(_of_the_competence(worker, group.invited, timezone.localdate(group.starts_at)))


def enrolling_cautions(group: GroupMeeting, course: Course) -> list[Caution]:
    """What to think of before a citizen is called to a meeting."""
    day, today = timezone.localdate(group.starts_at), timezone.localdate()
    found = []
    if working_days_between(today, day) < NOTICE_WORKING_DAYS:
        said = _("The citizen gets less than 3 working days' notice of this time.")
        found.append(Caution("short_notice", said))
    absences = Absence.objects.standing().away().filter(citizen=course.citizen_id)
    for absence in absences:
        if covers(absence, day):
            words = {"absence": absence.get_kind_display()}
            said = _("The citizen is away on that day: %(absence)s.") % words
            found.append(Caution("in_absence", said))
    return found


def _of_the_competence(worker: User | None, house: Organisation, day: date) -> Iterator[Caution]:
    """On the spot nobody decides or grants who may not (domain 4.8, step 5)."""
    if worker is None:
        yield Caution("nobody", _("Nobody is there yet to decide and grant on the spot."))
        return
    rows = Competence.objects.standing(on=day).filter(user=worker, organisation=house)
    kinds = set(rows.values_list("kind", flat=True))
    name = {"name": str(worker)}
    if Kind.DECIDE not in kinds:
        yield Caution("may_not_decide", _("%(name)s may not decide on that day.") % name)
    if Kind.GRANT not in kinds:
        yield Caution("may_not_grant", _("%(name)s may not grant money on that day.") % name)


def _of_the_calendar(plan: GroupPlan, group: GroupMeeting | None) -> Iterator[Caution]:
    workers = [plan.host.pk] if plan.host else []
    room = plan.room.pk if plan.room else None
    availability = Availability.load(
        first=plan.day,
        last=timezone.localdate(plan.ends_at),
        workers=workers,
        rooms=[room] if room else [],
        organisations=[plan.organisation.pk],
        apart_from=group,
    )
    found = [
        one
        for one in availability.obstacles(
            plan.starts_at,
            plan.ends_at,
            workers=workers,
            room=room,
            organisation=plan.organisation.pk,
        )
        if one.code in OVERRULED
        or one.code == Code.HOLIDAY
        or (one.code == Code.OFF_HOURS and availability.has_hours(one.key or 0, plan.day))
    ]
    names = names_of(found)
    for one in found:
        text = sentence(one, names, on=plan.starts_at)
        yield Caution(one.code.replace("-", "_"), text)
