"""The list of forums, one forum, one meeting: rows with their words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from forums.figures import in_words, period_in_words
from forums.models import AgendaPoint, Decision, Forum, ForumMeeting, Member, Survey
from forums.rhythm import Rhythm, rhythm_of
from partnerships.agreement_pages import days_text
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
    coming: ForumMeeting | None
    last: ForumMeeting | None
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
class SurveyRow:
    """One survey in a list: how it stands, and how many it was given to."""

    survey: Survey
    tone: str
    word: str
    days: str
    given: int


@dataclass(frozen=True, slots=True)
class ForumPage:
    """One forum."""

    row: ForumRow
    members: list[Member]
    meetings: list[tuple[ForumMeeting, str, str]]
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
        meetings=[(one, *state_of(one, on=on)) for one in meetings],
        decisions=sorted(rows, key=lambda one: one.decision.done_on is not None),
    )


def survey_rows(surveys: QuerySet[Survey], *, on: date) -> list[SurveyRow]:
    """Surveys, the newest first."""
    rows: Iterable[Any] = surveys.select_related("agreement").annotate(given=Count("links"))
    return [
        SurveyRow(one, *survey_state(one, on=on), days_text(one.opens_on, one.closes_on), one.given)
        for one in rows
    ]


def survey_state(survey: Survey, *, on: date) -> tuple[str, str]:
    """Whether a survey may be answered on a day."""
    if survey.closes_on <= on:
        return "none", _("over")
    return ("held", _("open")) if survey.opens_on <= on else ("next", _("to come"))


def decision_row(decision: Decision, *, on: date) -> DecisionRow:
    """How a decision stands."""
    if decision.done_on:
        return DecisionRow(
            decision, "held", _("carried out %(day)s") % {"day": plain_day(decision.done_on)}
        )
    if decision.due_on < on:
        return DecisionRow(decision, "over", _("overdue"))
    return DecisionRow(decision, "next", _("open"))


def state_of(meeting: ForumMeeting, *, on: date) -> tuple[str, str]:
    """How a meeting stands; one whose day has passed waits for its minutes."""
    state = ForumMeeting.State(meeting.state)
    if state == ForumMeeting.State.PLANNED and timezone.localdate(meeting.starts_at) < on:
        return "over", _("minutes are missing")
    return TONES[state], str(state.label)


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
    planned = [one for one in meetings if one.state == ForumMeeting.State.PLANNED]
    coming = [one for one in planned if timezone.localdate(one.starts_at) >= on]
    held = [one for one in meetings if one.state == ForumMeeting.State.HELD]
    tone, word = _rhythm_words(rhythm_of(forum, meetings, on=on), on)
    return ForumRow(
        forum, min(coming, key=_starts_at, default=None), max(held, key=_starts_at, default=None),
        tone, word,
        open_decisions=len(unfinished),
        late_decisions=sum(one.due_on < on for one in unfinished),
    )  # fmt: skip


def _starts_at(meeting: ForumMeeting) -> datetime:
    return meeting.starts_at


def _rhythm_words(rhythm: Rhythm, on: date) -> tuple[str, str]:
    """Whether the agreed number of meetings is kept, and else until when the next must be."""
    if not rhythm.agreed:
        return "none", _("no meeting is asked for this year")
    if not rhythm.missing:
        return "held", _("%(held)d of %(agreed)d meetings held this year") % {
            "held": rhythm.held,
            "agreed": rhythm.agreed,
        }
    late = rhythm.is_late(on=on)
    text = (
        ngettext(
            "%(count)d meeting is missing this year: it was to be held by %(day)s",
            "%(count)d meetings are missing this year: the next was to be held by %(day)s",
            rhythm.missing,
        )
        if late
        else ngettext(
            "%(count)d meeting is missing this year: hold it by %(day)s",
            "%(count)d meetings are missing this year: hold the next by %(day)s",
            rhythm.missing,
        )
    )
    said = text % {"count": rhythm.missing, "day": plain_day(rhythm.by)}
    return ("over" if late else "soon"), said
