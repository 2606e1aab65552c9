"""The list of forums, one forum, one meeting: rows with their words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from forums.figures import in_words, period_in_words
from forums.models import AgendaPoint, Decision, Forum, ForumMeeting, Member
from forums.rhythm import Rhythm, rhythm_of
from shared.written import plain_day

TONES = {
    ForumMeeting.State.PLANNED: "booked",
    ForumMeeting.State.HELD: "held",
    ForumMeeting.State.CANCELLED: "none",
}


@dataclass(frozen=True, slots=True)
class ForumRow:
    """One forum in the list."""

    forum: Forum
    next_at: datetime | None
    last_at: datetime | None
    tone: str
    word: str
    open_decisions: int
    late_decisions: int


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One decision with how it stands on a day."""

    decision: Decision
    tone: str
    word: str


@dataclass(frozen=True, slots=True)
class PointRow:
    """One point of an agenda with its figures in words."""

    point: AgendaPoint
    figures: list[tuple[str, str]]
    period: str


@dataclass(frozen=True, slots=True)
class ForumPage:
    """One forum."""

    row: ForumRow
    members: list[Member]
    meetings: list[tuple[ForumMeeting, str]]
    decisions: list[DecisionRow]


def forum_rows(user: User, *, on: date) -> list[ForumRow]:
    """The forums that a person may see."""
    rows = Forum.objects.visible_to(user).select_related("agreement")
    decisions = Decision.objects.filter(done_on=None)
    meetings = Prefetch(
        "meetings",
        ForumMeeting.objects.prefetch_related(Prefetch("decisions", decisions, to_attr="open")),
    )
    return [_row(one, on) for one in rows.prefetch_related(meetings)]


def forum_page(forum: Forum, *, on: date) -> ForumPage:
    """A forum with its members, its meetings and what it decided, what is open first."""
    decisions = Decision.objects.filter(meeting__forum=forum).select_related(
        "owner__organisation", "meeting"
    )
    rows = [decision_row(one, on=on) for one in decisions]
    meetings = list(forum.meetings.all())
    members = forum.members.select_related("organisation", "user")
    unfinished = [one.decision for one in rows if not one.decision.done_on]
    return ForumPage(
        row=_of(forum, meetings, unfinished, on),
        members=list(members.order_by("-is_chair", "name")),
        meetings=[(one, TONES[ForumMeeting.State(one.state)]) for one in meetings],
        decisions=sorted(rows, key=lambda one: one.decision.done_on is not None),
    )


def decision_row(decision: Decision, *, on: date) -> DecisionRow:
    """How a decision stands."""
    if decision.done_on:
        return DecisionRow(
            decision, "held", _("done %(day)s") % {"day": plain_day(decision.done_on)}
        )
    if decision.due_on < on:
        return DecisionRow(decision, "over", _("overdue"))
    return DecisionRow(decision, "next", _("open"))


def agenda_of(meeting: ForumMeeting) -> list[PointRow]:
    """The agenda in order."""
    return [
        PointRow(one, in_words(one.figures), period_in_words(one.figures))
        for one in meeting.agenda.all()
    ]


def _row(forum: Forum, on: date) -> ForumRow:
    meetings = list(forum.meetings.all())
    unfinished = [one for meeting in meetings for one in meeting.open]  # type: ignore[attr-defined]  # prefetched
    return _of(forum, meetings, unfinished, on)


def _of(
    forum: Forum, meetings: Iterable[ForumMeeting], unfinished: list[Decision], on: date
) -> ForumRow:
    meetings = list(meetings)
    planned = [one.starts_at for one in meetings if one.state == ForumMeeting.State.PLANNED]
    coming = [one for one in planned if timezone.localdate(one) >= on]
    held = [one.starts_at for one in meetings if one.state == ForumMeeting.State.HELD]
    tone, word = _rhythm_words(rhythm_of(forum, meetings, on=on), on)
    return ForumRow(
        forum, min(coming, default=None), max(held, default=None), tone, word,
        open_decisions=len(unfinished),
        late_decisions=sum(one.due_on < on for one in unfinished),
    )  # fmt: skip


def _rhythm_words(rhythm: Rhythm, on: date) -> tuple[str, str]:
    """Whether the agreed number of meetings is kept, and else until when the next must be."""
    if not rhythm.missing:
        return "held", _("%(held)d of %(agreed)d meetings held this year") % {
            "held": rhythm.held,
            "agreed": rhythm.agreed,
        }
    text = ngettext(
        "%(count)d meeting is missing this year: hold the next by %(day)s",
        "%(count)d meetings are missing this year: hold the next by %(day)s",
        rhythm.missing,
    )
    said = text % {"count": rhythm.missing, "day": plain_day(rhythm.by)}
    return ("over" if rhythm.is_late(on=on) else "soon"), said
