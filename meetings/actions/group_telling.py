"""Telling workers of a group meeting: notices on screen, which name nobody, and calendars."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from courses.audience import told_of
from courses.models import Party
from meetings import group_files
from meetings.actions.telling import wanting
from meetings.group_page import place_of
from meetings.group_plans import Known
from meetings.models import CalendarFeed, Enrolment, GroupMeeting, Room
from notices import outbox
from notices.actions import tell
from notices.hours import Hours
from notices.models import Mail
from partnerships.models import Membership, Organisation, Role
from shared.written import clock_text, day_with_year

ANSWER = {
    Organisation.Kind.A_KASSE: Role.COORDINATOR,
    Organisation.Kind.JOBCENTRE: Role.BOOKING_COORDINATOR,
}


def tell_planned(group: GroupMeeting, *, by: User, at: datetime) -> None:
    """Put a new meeting in its consultant's calendar, and ask the invited party who comes."""
    _mail("REQUEST", group, Known.of(group).workers, at=at)
    tell_invited(group, by=by, at=at)


def tell_invited(group: GroupMeeting, *, by: User, at: datetime) -> None:
    """Ask those who plan for the invited party who comes."""
    if group.invited is None:
        return
    kind = Organisation.Kind(group.invited.kind)
    standing = Membership.objects.standing(on=timezone.localdate(at))
    rows = standing.filter(organisation=group.invited, role=ANSWER[kind]).select_related("user")
    _tell(group, [row.user for row in rows], "group-invited", by=by, at=at)


def tell_changed(group: GroupMeeting, was: Known, *, by: User, at: datetime) -> None:
    """Tell the consultants and those who enrolled somebody of a change; mend their calendars."""
    now = Known.of(group)
    left = [one for one in was.workers if one not in now.workers]
    if now != was:
        _mail("REQUEST", group, now.workers, at=at)
        _mail("CANCEL", group, left, at=at)
        _outdate(left, was.room if was.room != now.room else None, at=at)
    _tell(group, [*_everybody(group), *left], "group-changed", by=by, at=at)


def tell_cancelled(group: GroupMeeting, *, by: User, at: datetime) -> None:
    """Tell the consultants and those who enrolled somebody that it is off."""
    _mail("CANCEL", group, Known.of(group).workers, at=at)
    _tell(group, _everybody(group), "group-cancelled", by=by, at=at)


def tell_seated(enrolment: Enrolment, *, is_summoned: bool, by: User, at: datetime) -> None:
    """Tell who enrolled a citizen that the citizen came up from the waiting list.

    Where no letter could be written in that person's name, those who have the course are told.
    """
    today = timezone.localdate(at)
    people = [enrolment.enrolled_by] if enrolment.enrolled_by and is_summoned else []
    if not is_summoned:
        course = enrolment.course
        people = [
            user
            for side in (Party.JOBCENTRE, Party.A_KASSE)
            for user in told_of(course, side, on=today)
        ]
    tell(
        people,
        "group-seat" if is_summoned else "group-seat-unsummoned",
        case_number=enrolment.course.case_number,
        url=enrolment.group.get_absolute_url(),
        at=at,
        about=enrolment.group.title,
        by=by,
    )


def _everybody(group: GroupMeeting) -> list[User]:
    rows = Enrolment.objects.standing().filter(group=group).select_related("enrolled_by")
    people = [group.host, group.guest, *(row.enrolled_by for row in rows)]
    return [one for one in people if one]


def _tell(
    group: GroupMeeting, people: Iterable[User], kind: str, *, by: User, at: datetime
) -> None:
    url = group.get_absolute_url()
    tell(people, kind, case_number="", url=url, at=at, about=group.title, by=by)


def _mail(method: str, group: GroupMeeting, workers: Iterable[User], *, at: datetime) -> None:
    """An invitation, a newer version of it, or its end, to those who want them."""
    drafts = [_draft(method, group, one, at) for one in wanting(list(workers))]
    outbox.queue(drafts, at=at)


def _outdate(left: Iterable[User], room: Room | None, *, at: datetime) -> None:
    """Let calendars that are read as a feed notice that a meeting is gone from them."""
    gone_from = Q(user__in=list(left)) | Q(room=room, room__isnull=False)
    CalendarFeed.objects.standing().filter(gone_from).update(changed_at=at)


def _draft(method: str, group: GroupMeeting, worker: User, at: datetime) -> outbox.Draft:
    """A mail with the meeting in it, in the worker's language."""
    write = group_files.request if method == "REQUEST" else group_files.cancellation
    house = group.invited if group.invited and worker == group.guest else group.organisation
    with override(worker.language):
        return outbox.Draft(
            user=worker,
            kind=Mail.Kind.INVITATION,
            key=f"moede-{group.pk}.{group.sequence}.{worker.pk}.{method.lower()}",
            subject=_subject(group, method),
            text=_text(group, method),
            hours=Hours(house.mail_from, house.mail_until),
            calendar=write(group, worker, at=at),
            calendar_method=method,
        )


def _subject(group: GroupMeeting, method: str) -> str:
    words = {"title": group.title}
    if method == "CANCEL":
        return _("Group meeting cancelled: %(title)s") % words
    if group.sequence:
        return _("Group meeting changed: %(title)s") % words
    return _("Group meeting: %(title)s") % words


def _text(group: GroupMeeting, method: str) -> str:
    said = _("This meeting is no longer yours:") if method == "CANCEL" else _("You take part in:")
    start, end = clock_text(group.starts_at), clock_text(group.ends_at)
    lines = [
        said,
        "",
        group_files.summary_of(group),
        f"{day_with_year(timezone.localdate(group.starts_at))} {start}–{end}",
        place_of(group),
        "",
        group_files.page_of(group),
    ]
    return "\n".join(lines)
