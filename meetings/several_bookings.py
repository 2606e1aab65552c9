"""Several bookings before they are made: free times, cautions, and what stands in the way."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from courses.models import Absence, Course, Duty, MeetingKind, Party
from meetings.actions.booking import OWED
from meetings.actions.several import Line
from meetings.batch_words import Said, told
from meetings.cautions import AFTER_DUE, Caution, booking_cautions
from meetings.forms.several import RowForm, SeveralBookingForm
from meetings.free_times import HORIZON_DAYS, Hours, Span, Wish, free_times
from meetings.models import Participant
from meetings.plans import Purpose, Sitting
from meetings.several import NOT_MINE, Chosen, PreviewRow, books, preview_row
from shared.written import clock_text, plain_day


@dataclass(slots=True)
class BookingRow:
    """One interview to book: the form with its time, or why it cannot be booked."""

    duty: Duty
    skipped: Said | None = None
    form: RowForm | None = None
    cautions: Sequence[Caution] = ()
    told: str = ""
    row: PreviewRow = field(init=False)

    @property
    def is_settled(self) -> bool:
        """Whether the row can go as it stands: skipped, or right and its cautions agreed to."""
        return self.form is None or (self.form.is_valid() and self.form.has_agreed(self.codes))

    @property
    def errors(self) -> list[str]:
        """What is wrong with the time."""
        found = self.form.errors.values() if self.form else ()
        return [str(error) for errors in found for error in errors]

    @property
    def codes(self) -> str:
        """The cautions that ask for a tick."""
        return " ".join(sorted(one.code for one in self.cautions))

    @property
    def line(self) -> Line:
        """The row as the act takes it."""
        duty, starts_at = self.duty, self.form.starts_at if self.form else None
        why = self.skipped
        if self.form and self.form.cleaned_data.get("leave"):
            why = told(gettext_noop("Left out."))
        elif starts_at is None:
            why = why or told(gettext_noop("No time was chosen."))
        else:
            why = None
        return Line(duty.course, duty, starts_at=starts_at, skipped=why)


@dataclass(frozen=True, slots=True)
class Busy:
    """Who is taken when, of everybody that a batch concerns: one query."""

    worker: list[Span]
    room: list[Span]
    citizens: Mapping[int, list[Span]]
    away: Mapping[int, list[Absence]]


def booking_rows(
    chosen: Chosen, options: SeveralBookingForm, data: Mapping[str, str] | None
) -> list[BookingRow]:
    """Each row with a free time; with `data`, each as it was sent, checked against the others."""
    booked = chosen.bookings
    rows = [
        BookingRow(duty, told(gettext_noop("Already booked for %(when)s."), when=found.starts_at))
        if (found := booked.get(duty.pk))
        else BookingRow(duty, _why_not(chosen, duty))
        for duty in chosen.duties
    ]
    open_rows = [row for row in rows if row.skipped is None]
    busy = _busy(chosen, options, open_rows)
    if data is None:
        _propose(open_rows, chosen, options, busy)
    else:
        _read(open_rows, options, busy, data)
    for row in rows:
        _caution(row, chosen, options)
        line = Line(row.duty.course, row.duty, skipped=row.skipped)
        row.row = preview_row(line, will="", on=chosen.on)
    return rows


def _why_not(chosen: Chosen, duty: Duty) -> Said | None:
    """Why a row cannot be booked at all."""
    course = duty.course
    if not books(chosen, duty):
        return told(NOT_MINE)
    if duty.outcome not in OWED:
        return told(gettext_noop("No longer owed: it is met, or the dates have moved."))
    if course.ends_on and course.ends_on <= chosen.on:
        return told(gettext_noop("The course has ended."))
    return None


def _busy(chosen: Chosen, options: SeveralBookingForm, rows: Sequence[BookingRow]) -> Busy:
    said = options.cleaned_data
    citizens = {row.duty.course.citizen_id for row in rows}
    taken = Participant.objects.filter(
        Q(worker=said["worker"]) | Q(room=said["room"], room__isnull=False)
        | Q(citizen__in=citizens),
        is_busy=True,
        ends_at__date__gte=chosen.on,
    )  # fmt: skip
    found = Busy([], [], {key: [] for key in citizens}, {key: [] for key in citizens})
    columns = ("worker", "room", "citizen", "starts_at", "ends_at")
    for worker, room, citizen, *span in taken.values_list(*columns):
        spans = found.worker if worker else found.room if room else found.citizens[citizen]
        spans.append((span[0], span[1]))
    for absence in Absence.objects.standing().away().filter(citizen__in=citizens):
        found.away[absence.citizen_id].append(absence)
    return found


def _propose(
    rows: Sequence[BookingRow], chosen: Chosen, options: SeveralBookingForm, busy: Busy
) -> None:
    """Give each row a free time, and say why where there is none."""
    wishes = [_wish(row.duty, busy) for row in rows]
    times = free_times(wishes, hours_of(options, chosen, busy), on=chosen.on)
    for row in rows:
        starts_at = times[row.duty.pk]
        row.form = RowForm(None, duty=row.duty, starts_at=starts_at)
        if starts_at is None:
            row.skipped = _no_time(row.duty, busy.away[row.duty.course.citizen_id], chosen.on)


def _wish(duty: Duty, busy: Busy) -> Wish:
    citizen = duty.course.citizen_id
    return wish_of(duty.course, duty, busy.citizens[citizen], busy.away[citizen])


def wish_of(
    course: Course, duty: Duty | None, busy: Sequence[Span], away: Iterable[Absence]
) -> Wish:
    """What a time for an interview must respect."""
    return Wish(
        key=duty.pk if duty else 0,
        citizen=course.citizen_id,
        opens_on=duty.opens_on if duty else None,
        last_on=(duty.latest_on or duty.due_on) if duty else None,
        before=course.ends_on,
        busy=busy,
        away=[(one.starts_on, one.ends_on) for one in away],
    )


def hours_of(options: SeveralBookingForm, chosen: Chosen, busy: Busy) -> Hours:
    """When the chosen worker can hold interviews."""
    said, course = options.cleaned_data, chosen.duties[0].course
    house = course.jobcentre if chosen.side == Party.JOBCENTRE else course.a_kasse
    return Hours(
        first_on=said["day"],
        first_at=said["starts"],
        minutes=said["minutes"],
        pause=said["pause"],
        most_a_day=house.interviews_a_day or None,
        busy=busy.worker,
        room_busy=busy.room,
    )


def _no_time(duty: Duty, away: Iterable[Absence], on: date) -> Said:
    last = duty.latest_on or duty.due_on
    for one in away:
        if one.ends_on is None:
            return told(
                gettext_noop("Away since %(since)s, and nobody knows until when."),
                since=one.starts_on,
            )
        if last and one.starts_on <= on and one.ends_on > last >= on:
            return told(
                gettext_noop("Away until %(until)s, after the deadline. Choose a time by hand."),
                until=one.ends_on - timedelta(1),
            )
    if last and last >= on:
        return told(gettext_noop("No free time before %(last)s. Choose a time by hand."), last=last)
    return told(gettext_noop("No free time in %(days)d days. Choose a time by hand."),
                days=HORIZON_DAYS)  # fmt: skip


def _read(
    rows: Sequence[BookingRow],
    options: SeveralBookingForm,
    busy: Busy,
    data: Mapping[str, str],
) -> None:
    """Read each row's time as it was sent; no two may collide, nor with what is booked."""
    length = timedelta(minutes=options.cleaned_data["minutes"])
    own = [*busy.worker, *busy.room]
    for row in rows:
        row.form = form = RowForm(data, duty=row.duty)
        if not form.is_valid() or form.starts_at is None:
            continue
        citizen = busy.citizens[row.duty.course.citizen_id]
        span = (form.starts_at, form.starts_at + length)
        for start, end in (*own, *citizen):
            if start < span[1] and span[0] < end:
                form.add_error("starts", _taken(start, end))
                break
        else:
            own.append(span)
            citizen.append(span)


def _taken(start: datetime, end: datetime) -> str:
    times = {"from": clock_text(start), "to": clock_text(end)}
    return _("Taken from %(from)s to %(to)s. Choose another time.") % times


def _caution(row: BookingRow, chosen: Chosen, options: SeveralBookingForm) -> None:
    """What to think of before a row is booked at its time."""
    starts_at = row.form.starts_at if row.form else None
    if starts_at is None:
        return
    course, duty = row.duty.course, row.duty
    sitting = sitting_at(starts_at, options)
    found = booking_cautions(course, purpose_of_duty(duty, chosen.side), sitting, on=chosen.on)
    is_late = duty.late_from is not None and duty.late_from <= chosen.on
    row.cautions = [one for one in found if not (is_late and one.code == AFTER_DUE)]
    row.told = _already_late(duty) if is_late and len(row.cautions) < len(found) else ""
    if row.form:
        row.form.ask_about(row.codes)


def _already_late(duty: Duty) -> str:
    last = duty.latest_on or duty.due_on
    if last is None:
        return ""
    return _("The deadline was %(due)s, so no time is in time.") % {"due": plain_day(last)}


def purpose_of_duty(duty: Duty, side: Party) -> Purpose:
    """The interview that a duty asks for, held by a side."""
    invites = bool(duty.with_party) and side == Party.JOBCENTRE
    return Purpose(MeetingKind(duty.kind), side, duty, with_other_party=invites)


def sitting_at(starts_at: datetime, options: SeveralBookingForm) -> Sitting:
    """One sitting of the batch."""
    said = options.cleaned_data
    return Sitting(
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=said["minutes"]),
        form=said["form"],
        room=said["room"],
        place=said["place"],
        worker=said["worker"],
    )


def summary_of(rows: Sequence[BookingRow]) -> str:
    """How many of the rows will be booked."""
    count = sum(1 for row in rows if row.form and row.form.starts_at)
    return ngettext(
        "%(count)d of %(all)d can be booked", "%(count)d of %(all)d can be booked", count
    ) % {"count": count, "all": len(rows)}


def first_errors(rows: Sequence[BookingRow]) -> list[tuple[str, str]]:
    """What stands in the way, row by row: the field to go to, and the sentence."""
    found = []
    for row in rows:
        if row.is_settled or row.form is None:
            continue
        for name, errors in row.form.errors.items():
            found += [(row.form[name].id_for_label, f"{row.row.name}: {one}") for one in errors]
        if not row.form.errors:
            ask = _("%(name)s: tick that you have seen the warning, or leave the row out.")
            found.append((row.form["seen"].id_for_label, ask % {"name": row.row.name}))
    return found
