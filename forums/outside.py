"""Mail to members of a forum who have no account here: what is called, called off, and due."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from forums.models import Decision, ForumMeeting, Member
from forums.pages import agenda_of
from notices import outbox
from notices.hours import Hours
from notices.models import Mail
from shared.written import day_with_year

NO_ACCOUNT = Q(user=None) | Q(user__is_active=False)


def invite(meeting: ForumMeeting, *, again: bool = False, at: datetime) -> None:
    """Send the time, the place and the agenda with its figures; again as a reminder."""
    with override(settings.LANGUAGE_CODE):
        subject = _("Reminder of a meeting: %(forum)s") if again else _("Meeting: %(forum)s")
        lines = [*_called(meeting), "", *_agenda(meeting)]
        _send(meeting, "again" if again else "called", subject, lines, at)


def call_off(meeting: ForumMeeting, *, at: datetime) -> None:
    """Say that a meeting is cancelled."""
    with override(settings.LANGUAGE_CODE):
        lines = [_("This meeting is cancelled:"), "", *_time_and_place(meeting)]
        _send(meeting, "cancelled", _("Meeting cancelled: %(forum)s"), lines, at)


def remind_owner(decision: Decision, about: str, *, at: datetime) -> None:
    """Remind an owner without an account of a decision; `about` says the same of the same."""
    owner, forum = decision.owner, decision.meeting.forum
    if not owner.email or (owner.user and owner.user.is_active):
        return
    with override(settings.LANGUAGE_CODE):
        subject = _("A decision that you own: %(forum)s") % {"forum": forum.name}
        due = _("To be carried out by %(day)s.") % {"day": day_with_year(decision.due_on)}
        text = _text([decision.text, "", due])
        key = f"beslutning-{decision.pk}.{owner.pk}.{about}"
        outbox.queue([_draft(owner, key, subject, text)], at=at)


def _send(
    meeting: ForumMeeting, about: str, subject: str, lines: Iterable[str], at: datetime
) -> None:
    outsiders = meeting.forum.members.filter(NO_ACCOUNT).exclude(email="")
    said, text = subject % {"forum": meeting.forum.name}, _text(lines)
    drafts = [
        _draft(one, f"forum-{meeting.pk}.{one.pk}.{about}", said, text)
        for one in outsiders.select_related("organisation")
    ]
    outbox.queue(drafts, at=at)


def _draft(member: Member, key: str, subject: str, text: str) -> outbox.Draft:
    house = member.organisation
    return outbox.Draft(
        user=None,
        address=member.email,
        kind=Mail.Kind.FORUM,
        key=key,
        subject=subject,
        text=text,
        hours=Hours(house.mail_from, house.mail_until),
    )


def _called(meeting: ForumMeeting) -> Iterator[str]:
    yield _("You are called to a meeting of %(forum)s:") % {"forum": meeting.forum.name}
    yield ""
    yield from _time_and_place(meeting)


def _time_and_place(meeting: ForumMeeting) -> Iterator[str]:
    yield meeting.when
    if meeting.place:
        yield meeting.place


def _agenda(meeting: ForumMeeting) -> Iterator[str]:
    yield _("Agenda")
    for row in agenda_of(meeting):
        yield f"{row.point.order}. {row.point.title}"
        yield from (f"   {line}" for line in row.point.text.splitlines())
        if row.period:
            yield f"   {row.period}"
        yield from (f"   {name}: {value}" for name, value in row.figures)


def _text(lines: Iterable[str]) -> str:
    why = _("You get this mail because you sit in the forum. No citizen is named in it.")
    return "\n".join([*lines, "", why])
