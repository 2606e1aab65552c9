"""Letters of the demo world, in every state: arrived, waiting, at the printer, not sent."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from accounts.models import User
from desk.demo.diary import ZONE
from letters.actions.letters import WAIT
from letters.channels import channel_for
from letters.drafts import content_of, text_for
from letters.models import Letter, LetterChannel, LetterKind, PrintBatch, Route
from letters.shipped import load_texts
from meetings import citizen_links
from meetings.letter_drafts import Occasion, draft_of, occasion_of
from meetings.models import Meeting
from notices.actions import tell
from partnerships.models import Organisation

State = Letter.State
SUMMONED_BEFORE = timedelta(9)
FIRST_CVR = 90_000_000  # no company has a number like these
BY_EMAIL = ("foa",)
MOST_SUMMONSES, MOST_MINUTES, MOST_CANCELLATIONS = 60, 12, 6
ENGLISH_EVERY, WAITS_EVERY = 11, 8


@dataclass(frozen=True, slots=True)
class Written:
    """A letter, not saved yet, and the interview it is about."""

    letter: Letter
    meeting: Meeting


def write_letters(people: dict[str, User], *, on: date) -> None:
    """Routes of all organisations, and the letters that led here."""
    load_texts()
    _lay_routes()
    written = [*_summonses(on), *_minutes(on), *_cancellations(on)]
    _fail_some(written, people)
    _print_some(written, people["sagsbehandler"], on)
    _save(written)
    for one in (row.letter for row in written if row.letter.state == State.FAILED):
        tell(
            [one.queued_by],
            "letter-failed",
            case_number=one.course.case_number,
            url=one.get_absolute_url(),
            at=one.send_after,
        )


def begin_waiting(*, on: date) -> None:
    """Let what the acts have written wait from now on, as the journal says of it."""
    just_now = _just_now(on)
    Letter.objects.waiting().update(queued_at=just_now, send_after=just_now + WAIT)


def _lay_routes() -> None:
    kinds = (Organisation.Kind.JOBCENTRE, Organisation.Kind.A_KASSE)
    Route.objects.bulk_create(
        Route(
            organisation=one,
            cvr=str(FIRST_CVR + one.pk),
            usual=LetterChannel.EMAIL if one.slug in BY_EMAIL else LetterChannel.DIGITAL_POST,
        )
        for one in Organisation.objects.filter(kind__in=kinds).order_by("pk")
    )


def _meetings(**narrowed: Any) -> Iterable[Meeting]:  # noqa: ANN401 (look-ups)
    """Interviews that somebody of the party itself booked."""
    rows = Meeting.objects.filter(
        booked_by__memberships__organisation=F("organisation"), **narrowed
    )
    return rows.select_related(
        "course__citizen", "course__a_kasse", "course__jobcentre", "duty", "organisation",
        "room", "booked_by",
    ).order_by("starts_at", "pk")  # fmt: skip


def _summonses(on: date) -> Iterator[Written]:
    """Each interview ahead was summoned to; the last ones only just now."""
    ahead = list(_meetings(state=Meeting.State.BOOKED, starts_at__date__gte=on)[:MOST_SUMMONSES])  # type: ignore[index]
    just_now = _just_now(on)
    for number, meeting in enumerate(ahead):
        day = min(meeting.held_on - SUMMONED_BEFORE, on - timedelta(1))
        waits = number % WAITS_EVERY == WAITS_EVERY - 1
        at = just_now if waits else datetime.combine(day, time(9, 4 + number % 40), ZONE)
        yield _letter(meeting, LetterKind.SUMMONS, at, number, waits=waits)


def _just_now(on: date) -> datetime:
    """The moment the demo world begins, when it begins today; else noon of its day."""
    now = timezone.now()
    return now if timezone.localdate(now) == on else datetime.combine(on, time(12), ZONE)


def _minutes(on: date) -> Iterator[Written]:
    held = _meetings(state=Meeting.State.HELD, starts_at__date__gte=on - timedelta(30))
    for number, meeting in enumerate(held[:MOST_MINUTES]):  # type: ignore[index]
        at = max(meeting.settled_at or meeting.ends_at, meeting.ends_at) + timedelta(minutes=20)
        yield _letter(meeting, LetterKind.MINUTES, at, number)


def _cancellations(on: date) -> Iterator[Written]:
    cancelled = _meetings(state=Meeting.State.CANCELLED, starts_at__date__gte=on - timedelta(90))
    for number, meeting in enumerate(cancelled[:MOST_CANCELLATIONS]):  # type: ignore[index]
        at = meeting.settled_at or meeting.starts_at - timedelta(1)
        yield _letter(meeting, LetterKind.CANCELLATION, at, number)


def _occasion(meeting: Meeting, kind: LetterKind, at: datetime) -> Occasion:
    """The interview as the letter tells of it; a summons knows the citizen's own page."""
    occasion = occasion_of(meeting)
    if kind != LetterKind.SUMMONS:
        return occasion
    return replace(occasion, address=citizen_links.url_of(meeting, at=at))


def _letter(
    meeting: Meeting, kind: LetterKind, at: datetime, number: int, *, waits: bool = False
) -> Written:
    """A letter as `letters.actions.queue` writes it, and as the outbox leaves it."""
    language = "en" if number % ENGLISH_EVERY == ENGLISH_EVERY - 1 else "da"
    draft = draft_of(_occasion(meeting, kind, at), kind, language=language)
    text = text_for(meeting.course, draft)
    by = meeting.booked_by
    assert by  # noqa: S101 (as the interviews were chosen)
    letter = Letter(
        course=meeting.course,
        sender=meeting.organisation,
        kind=kind,
        channel=channel_for(meeting.course, meeting.organisation),
        language=language,
        text=text,
        content=content_of(meeting.course, draft, text, by=by, on=timezone.localdate(at)),
        queued_at=at,
        queued_by=by,
        send_after=at + WAIT,
    )
    if not waits:
        letter.state, letter.sent_at = State.SENT, letter.send_after
        if letter.channel == LetterChannel.DIGITAL_POST:
            letter.arrived_at = letter.sent_at
        if letter.channel == LetterChannel.PRINT:
            letter.state, letter.sent_at = State.TO_PRINT, None
    return Written(letter, meeting)


def _print_some(written: list[Written], by: User, on: date) -> None:
    """Of one's own letters some wait for the printer; an earlier batch is in the post."""
    own = [one.letter for one in written if one.letter.queued_by == by]
    out = (State.SENT, State.TO_PRINT)
    chosen = [one for one in own if one.state in out and one.kind == LetterKind.SUMMONS][:7]
    if not chosen:
        return
    opened_at = datetime.combine(on - timedelta(2), time(13, 30), ZONE)
    batch = PrintBatch.objects.create(
        organisation=chosen[0].sender,
        opened_at=opened_at,
        opened_by=by,
        printed_at=opened_at + timedelta(hours=1),
    )
    for number, letter in enumerate(chosen):
        letter.channel, letter.arrived_at = LetterChannel.PRINT, None
        if number < 3 and letter.sender == batch.organisation:  # noqa: PLR2004 (about half)
            letter.state, letter.batch, letter.sent_at = State.SENT, batch, batch.printed_at
        else:
            letter.state, letter.sent_at = State.TO_PRINT, None


def _fail_some(written: list[Written], people: dict[str, User]) -> None:
    """One letter of the caseworker, the consultant and the one at FOA was not sent."""
    failures = {
        "sagsbehandler": Letter.Failure.REFUSED,
        "jobkonsulent": Letter.Failure.UNREACHABLE,
        "foa": Letter.Failure.NO_ADDRESS,
    }
    for name, failure in failures.items():
        own = [one.letter for one in written if one.letter.queued_by == people[name]]
        summonses = [one for one in own if one.kind == LetterKind.SUMMONS and one.sent_at]
        for letter in summonses[-1:]:
            letter.state, letter.failure, letter.failed_at = State.FAILED, failure, letter.sent_at
            letter.sent_at = letter.arrived_at = None


def _save(written: list[Written]) -> None:
    Letter.objects.bulk_create([one.letter for one in written])
    links = Meeting.letters.through
    links.objects.bulk_create(
        [links(meeting_id=one.meeting.pk, letter_id=one.letter.pk) for one in written]
    )
