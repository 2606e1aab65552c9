"""Several bookings before they are made: free times, cautions, and what stands in the way."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from courses.agreed import AgreedBook
from courses.models import Absence, Course, Duty, MeetingKind, Party
from meetings.actions.booking import OWED
from meetings.actions.several import Line
from meetings.availability import Availability
from meetings.batch_words import Said, told
from meetings.cautions import AFTER_DUE, Caution, absences_of, booking_cautions
from meetings.forms.several import RowForm, SeveralBookingForm
from meetings.free_times import HORIZON_DAYS, Hours, Wish, free_times, last_day_tried
from meetings.plans import Purpose, Sitting
from meetings.several import NOT_MINE, Chosen, PreviewRow, books, preview_row
from shared.written import clock_text, plain_day
from staffing.openings import Span, day_of, overlaps


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
    if data is None:
        free = _propose(open_rows, chosen, options)
    else:
        free = _read(open_rows, options, chosen, data)
    agreed = AgreedBook.load()
    for row in rows:
        _caution(row, chosen, options, free, agreed)
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


def _loaded(
    rows: Sequence[BookingRow], options: SeveralBookingForm, first: date, last: date
) -> Availability:
    """Who is taken when, of everybody that a batch concerns."""
    said, courses = options.cleaned_data, [row.duty.course for row in rows]
    houses = {key for one in courses for key in (one.jobcentre_id, one.a_kasse_id)}
    return Availability.load(
        first=first,
        last=last,
        workers=[said["worker"].pk],
        rooms=[said["room"].pk] if said["room"] else [],
        citizens={one.citizen_id for one in courses},
        organisations=houses,
    )


def _propose(
    rows: Sequence[BookingRow], chosen: Chosen, options: SeveralBookingForm
) -> Availability:
    """Give each row a free time, and say why where there is none."""
    first_on = options.cleaned_data["day"]
    opens = [Wish(row.duty.pk, opens_on=row.duty.opens_on) for row in rows]
    last = last_day_tried(opens, first_on, on=chosen.on)
    free = _loaded(rows, options, min(first_on, chosen.on), last)
    away = absences_of({row.duty.course.citizen_id for row in rows})
    wishes = [
        wish_of(
            row.duty.course,
            row.duty,
            free.taken(citizen=row.duty.course.citizen_id),
            away.get(row.duty.course.citizen_id, ()),
        )
        for row in rows
    ]
    times = free_times(wishes, hours_of(options, chosen, free), on=chosen.on)
    for row in rows:
        starts_at = times[row.duty.pk]
        row.form = RowForm(None, duty=row.duty, starts_at=starts_at)
        if starts_at is None:
            row.skipped = _no_time(row.duty, away.get(row.duty.course.citizen_id, ()), chosen.on)
    return free


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


def hours_of(options: SeveralBookingForm, chosen: Chosen, free: Availability) -> Hours:
    """When the chosen worker can hold interviews: in the hours, and where the room is free."""
    said, course = options.cleaned_data, chosen.duties[0].course
    house = course.jobcentre if chosen.side == Party.JOBCENTRE else course.a_kasse
    worker, room = said["worker"].pk, said["room"]
    return Hours(
        first_on=said["day"],
        first_at=said["starts"],
        minutes=said["minutes"],
        pause=said["pause"],
        most_a_day=house.interviews_a_day or None,
        open_on=lambda day: free.free_spans(
            day, workers=[worker], room=room.pk if room else None, organisation=house.pk
        ),
        busy=free.taken(worker=worker),
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
    chosen: Chosen,
    data: Mapping[str, str],
) -> Availability:
    """Read each row's time as it was sent; no two may collide, nor with what is booked."""
    length = timedelta(minutes=options.cleaned_data["minutes"])
    for row in rows:
        row.form = RowForm(data, duty=row.duty)
    sent = [(row, row.form, row.form.starts_at) for row in rows if row.form]
    timed = [(row, form, starts_at) for row, form, starts_at in sent if starts_at]
    days = [day_of(starts_at) for _row, _form, starts_at in timed] or [chosen.on]
    free = _loaded(rows, options, min(days), max(days) + timedelta(1))
    given: list[Span] = []
    for row, form, starts_at in timed:
        span, citizen = (starts_at, starts_at + length), row.duty.course.citizen_id
        if taken := next(_in_the_way(span, citizen, options, free), None):
            form.add_error("starts", _taken(*taken))
        elif own := next((one for one in given if overlaps(span, one)), None):
            form.add_error("starts", _taken(*own))
        else:
            given.append(span)
    return free


def _in_the_way(
    span: Span, citizen: int, options: SeveralBookingForm, free: Availability
) -> Iterator[Span]:
    """What the database would refuse."""
    said = options.cleaned_data
    room = said["room"].pk if said["room"] else None
    for one in free.obstacles(*span, workers=[said["worker"].pk], room=room, citizen=citizen):
        if one.is_hard and one.since and one.until:
            yield one.since, one.until


def _taken(start: datetime, end: datetime) -> str:
    times = {"from": clock_text(start), "to": clock_text(end)}
    return _("Taken from %(from)s to %(to)s. Choose another time.") % times


def _caution(
    row: BookingRow,
    chosen: Chosen,
    options: SeveralBookingForm,
    free: Availability,
    agreed: AgreedBook,
) -> None:
    """What to think of before a row is booked at its time."""
    starts_at = row.form.starts_at if row.form else None
    if starts_at is None:
        return
    course, duty = row.duty.course, row.duty
    sitting = sitting_at(starts_at, options)
    purpose = purpose_of_duty(duty, chosen.side)
    found = booking_cautions(
        course, purpose, sitting, on=chosen.on, availability=free, agreed=agreed
    )
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
