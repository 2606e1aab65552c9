"""What happened in a course, newest first: acts of people, and the dates that moved by them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.access import Viewer
from courses.course_rows import NAME
from courses.models import Course, DateMove, Duty
from courses.party_words import said_to
from courses.sentences import say
from courses.wording import interview_name
from courses.words_of_acts import cause_in_words, entry_in_words, moved_in_words
from journal.models import Entry, Look
from shared.kept_statements import Kept
from shared.nested_rows import nested, restored
from shared.written import clock_with_word, day_with_year, plain_day

LATEST = 8
MOVES_AN_ACT = 12
AT_ONCE = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Move:
    """A last day that was said before, the one said now, and why."""

    name: str
    rule: str
    before: str
    after: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened; `by` is empty when the calendar did it."""

    slug: str
    at: datetime
    by: str
    text: str
    details: tuple[tuple[str, str], ...] = ()
    moves: tuple[Move, ...] = field(default=())

    @property
    def moved(self) -> str:
        """How many dates it moved, in words."""
        return moved_in_words(len(self.moves)) if self.moves else ""

    @property
    def moment(self) -> str:
        """The day and time it happened."""
        return f"{day_with_year(timezone.localdate(self.at))} {clock_with_word(self.at)}"

    @property
    def title(self) -> str:
        """What happened, to begin a line with."""
        return self.text[:1].upper() + self.text[1:]

    @property
    def said(self) -> str:
        """What the entry says, in one line."""
        return " · ".join(f"{name[:1].upper()}{name[1:]}: {value}" for name, value in self.details)


@dataclass(frozen=True, slots=True)
class Journal:
    """The latest that happened in a course, how much more there is, and who looked at it."""

    events: tuple[Event, ...]
    acts: int
    more: bool
    looks: dict[str, int]


def journal_of(course: Course, *, viewer: Viewer, most: int = LATEST) -> Journal:
    """The latest of what a person may read, in one statement."""
    [(acts, moved, count, looks)] = _happened.ask(
        case=course.pk, on=viewer.on, until=viewer.until, most=str(most)
    )
    events = _joined(
        [_entry(one, viewer) for one in restored(Entry, acts)],
        list(_moved(restored(DateMove, moved))),
    )
    return Journal(tuple(events[:most]), count or 0, len(events) > most, looks or {})


def _rows(*, case: int, on: date, until: date | None, most: str) -> QuerySet[Any, Any]:
    in_time = Q(at__date__lt=until) if until else Q()
    entries = Entry.objects.filter(in_time, case_pk=OuterRef("pk"))
    moves = DateMove.objects.filter(in_time, course=OuterRef("pk"))
    return Course.objects.filter(pk=case).values_list(
        nested(entries[: int(most) + 1], by=NAME),
        nested(moves[: MOVES_AN_ACT * int(most)], by=NAME),
        _counted(entries),
        _looks(in_time, on),
    )


_happened = Kept(_rows)


def _counted(entries: QuerySet[Entry]) -> Subquery:
    return Subquery(
        entries.order_by().values("case_pk").annotate(count=Count("pk")).values("count")
    )


def _looks(in_time: Q, on: date) -> Subquery:
    """How often a course was opened, by how many people, and by how many of them on a day."""
    told = JSONObject(
        times=Count("pk"),
        people=Count("by", distinct=True),
        today=Count("by", distinct=True, filter=Q(at__date=on)),
    )
    looks = Look.objects.filter(in_time, case_pk=OuterRef("pk")).order_by()
    return Subquery(looks.values("case_pk").annotate(told=told).values("told"))


def joined_events(
    acts: Iterable[Entry], moves: Iterable[DateMove], *, viewer: Viewer
) -> list[Event]:
    """Acts with the dates that they moved, the newest first."""
    return _joined([_entry(one, viewer) for one in acts], list(_moved(moves)))


def _joined(acts: list[Event], moved: list[Event]) -> list[Event]:
    """Acts with the dates they moved; what the calendar or a file moved stands by itself."""
    for event in moved:
        act = next((one for one in acts if not one.moves and _caused(one, event)), None)
        if act:
            acts[acts.index(act)] = replace(act, moves=event.moves)
        else:
            acts.append(event)
    return sorted(acts, key=lambda event: event.at, reverse=True)


def _caused(act: Event, moved: Event) -> bool:
    """Whether an act moved these dates: the same person, at once, and the cause is the act's."""
    at_once = abs(act.at - moved.at) < AT_ONCE
    return act.by == moved.by and at_once and act.slug.startswith(moved.slug)


def moves_in_words(moves: Iterable[DateMove]) -> tuple[Move, ...]:
    """Moved dates with their names, days and reasons in the reader's language."""
    return tuple(_move(move) for move in moves)


def _entry(entry: Entry, viewer: Viewer) -> Event:
    """An act; an a-kasse reads of its member, but what people wrote stands as they wrote it."""
    text, details = entry_in_words(entry.what, entry.details)
    return Event(entry.what, entry.at, str(entry.by or ""), said_to(viewer.side, text), details)


def _moved(moves: Iterable[DateMove]) -> Iterator[Event]:
    """One event for all the dates that one act moved."""
    for together in _by_act(moves):
        yield Event(
            slug=together[0].cause,
            at=together[-1].at,
            by=str(together[0].by or ""),
            text=cause_in_words(together[0].cause),
            moves=moves_in_words(reversed(together)),
        )


def _by_act(moves: Iterable[DateMove]) -> Iterator[list[DateMove]]:
    """Moves that were written together: of one cause, at one time, no date twice."""
    together: list[DateMove] = []
    for move in moves:
        if together and not _belongs(move, together):
            yield together
            together = []
        together.append(move)
    if together:
        yield together


def _belongs(move: DateMove, together: Sequence[DateMove]) -> bool:
    last = together[-1]
    known = {(one.rule, one.ordinal) for one in together}
    return (
        (move.cause, move.by_id) == (last.cause, last.by_id)
        and last.at - move.at < AT_ONCE
        and (move.rule, move.ordinal) not in known
    )


def _move(move: DateMove) -> Move:
    return Move(
        name=_("Hand-over") if move.ordinal is None else interview_name(move.rule, move.ordinal),
        rule=move.rule,
        before=_said(move.before),
        after=_said(move.after),
        notes=tuple(say(note) for note in move.notes),
    )


def _said(answer: dict[str, Any]) -> str:
    """What was said of a duty or a hand-over: its last day, or what became of it instead."""
    gone = (Duty.Outcome.LAPSED, Duty.Outcome.WITHDRAWN, Duty.Outcome.NOT_REQUIRED)
    if answer.get("outcome") in gone:
        return str(Duty.Outcome(answer["outcome"]).label)
    day = answer.get("latest_on") or answer.get("due_on") or answer.get("handover_on")
    return plain_day(date.fromisoformat(day)) if day else _("no date")
