"""The page of a batch: one result per row, and what can still be done about it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.models import Course, CourseQuerySet, Party
from courses.party_words import said_to
from courses.wording import duty_name
from meetings.batch_words import in_words
from meetings.models import Batch, BatchRow, Meeting
from meetings.models.batches import UNDO
from shared.templatetags.components import status
from shared.written import clock_text, moment_text

Outcome = BatchRow.Outcome
TONES = {
    Outcome.WAITING: "unrecorded",
    Outcome.DONE: "held",
    Outcome.SKIPPED: "none",
    Outcome.REFUSED: "over",
    Outcome.UNDONE: "paused",
}


@dataclass(frozen=True, slots=True)
class ResultRow:
    """What became of one row; a citizen whom the reader may no longer see has no name here."""

    status: SafeString
    name: str
    case: str
    url: str
    what: str
    said: str
    meeting_url: str
    remedy_url: str
    group_url: str = ""


@dataclass(frozen=True, slots=True)
class BatchPage:
    """A batch in words."""

    batch: Batch
    title: str
    when: str
    summary: str
    rows: tuple[ResultRow, ...]
    courses: list[int]
    undo: str
    may_cancel: bool
    is_unfinished: bool
    names_interviews: bool


def batch_page(batch: Batch, *, visible: CourseQuerySet, side: Party, at: datetime) -> BatchPage:
    """What became of each row of a batch, read at a moment."""
    on = timezone.localdate(at)
    rows = list(batch.rows.select_related("duty", "meeting").order_by("pk"))
    seen = visible.filter(pk__in=[one.course_id for one in rows]).select_related("citizen")
    courses = {one.pk: one for one in seen}
    standing = any(one.outcome == Outcome.DONE for one in rows)
    undo = standing and batch.may_be_undone(at=at)
    return BatchPage(
        batch=batch,
        title=said_to(side, _titles()[Batch.Act(batch.act)]),
        when=moment_text(batch.at),
        summary=said_to(side, _summary(batch, rows)),
        rows=tuple(_row(one, courses.get(one.course_id), side, on) for one in rows),
        courses=sorted(courses),
        undo=_time_left(batch, at) if undo else "",
        may_cancel=not undo and any(_is_booked(one) for one in rows),
        is_unfinished=any(one.outcome == Outcome.WAITING for one in rows),
        names_interviews=any(one.duty_id for one in rows),
    )


def _titles() -> dict[Batch.Act, str]:
    return {
        Batch.Act.BOOK: _("Several interviews booked"),
        Batch.Act.SUMMON: _("Several citizens summoned"),
        Batch.Act.ASSIGN: _("Several cases assigned"),
        Batch.Act.ENROL: _("Several citizens enrolled in a group meeting"),
    }


def _summary(batch: Batch, rows: list[BatchRow]) -> str:
    """How many rows ended how."""
    counts = Counter(Outcome(one.outcome) for one in rows)
    done = counts.pop(Outcome.DONE, 0)
    said = [_done(Batch.Act(batch.act), done)] if done else []
    words = {
        Outcome.SKIPPED: _("%(count)d skipped."),
        Outcome.REFUSED: _("%(count)d not done."),
        Outcome.UNDONE: _("%(count)d taken back."),
        Outcome.WAITING: _("%(count)d not worked on yet."),
    }
    said += [words[one] % {"count": counts[one]} for one in words if counts[one]]
    return " ".join(said)


def _done(act: Batch.Act, count: int) -> str:
    words = {
        Batch.Act.BOOK: ngettext(
            "%(count)d interview is booked.", "%(count)d interviews are booked.", count
        ),
        Batch.Act.SUMMON: ngettext(
            "%(count)d summons waits in the outbox.",
            "%(count)d summonses wait in the outbox.",
            count,
        ),
        Batch.Act.ASSIGN: ngettext(
            "%(count)d case is assigned.", "%(count)d cases are assigned.", count
        ),
        Batch.Act.ENROL: ngettext(
            "%(count)d citizen is enrolled.", "%(count)d citizens are enrolled.", count
        ),
    }
    return words[act] % {"count": count}


def _row(row: BatchRow, course: Course | None, side: Party, on: date) -> ResultRow:
    outcome = Outcome(row.outcome)
    booked = _is_booked(row)
    return ResultRow(
        status=status(TONES[outcome], outcome.label.capitalize()),
        name=course.citizen.name if course else _("A case that is no longer yours to see"),
        case=course.case_number if course else "",
        url=course.get_absolute_url() if course else "",
        what=duty_name(row.duty) if row.duty and course else "",
        said=said_to(side, in_words(row.said, on=on)),
        meeting_url=row.meeting.get_absolute_url() if row.meeting and course and booked else "",
        remedy_url=course.get_absolute_url()
        if course and outcome in (Outcome.SKIPPED, Outcome.REFUSED)
        else "",
        group_url=row.batch.group.get_absolute_url()
        if row.batch.group and course and outcome == Outcome.DONE
        else "",
    )


def _is_booked(row: BatchRow) -> bool:
    return bool(
        row.batch.act == Batch.Act.BOOK
        and row.outcome == Outcome.DONE
        and row.meeting
        and row.meeting.state == Meeting.State.BOOKED
    )


def _time_left(batch: Batch, at: datetime) -> str:
    """How long it can be undone, in words."""
    until = batch.at + UNDO
    minutes = -(-int((until - at).total_seconds()) // 60)
    left = ngettext(
        "%(minutes)d minute left, until %(clock)s", "%(minutes)d minutes left, until %(clock)s",
        minutes,
    )  # fmt: skip
    return left % {"minutes": minutes, "clock": clock_text(until)}
