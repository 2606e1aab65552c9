"""The worklist's rows with every word ready, because a template that localises is the slow part."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.models import User
from courses.booking_links import booking_url
from courses.models import Course, Duty, MeetingKind, Party
from courses.unemployment import Weeks, weeks_of
from courses.wording import duty_name, source_of
from courses.worklist import Side, Tally
from courses.worklist_filter import Group
from courses.worklist_pages import Listed, Page
from shared.templatetags.components import JOBCENTRES_NEED_NOT_BE_CALLED_SO_FROM as RENAMED_ON
from shared.templatetags.components import initials, status, week_bar
from shared.written import day_text, near_moment, relative_deadline, short_day

TONES = {Group.LATE: "over", Group.SOON: "soon", Group.COMING: "next"}


# Written here and not in a template: fifty rows of a hundred nodes each were most of the page.
MARKUP = """
<tr class="kf-row">
  <td class="kf-c-choose"><div class="form-group-checkbox"><input class="form-checkbox" id="v{key}"
    type="checkbox" name="duty" value="{key}"><label for="v{key}"><span class="sr-only">{choose}
    {name}, {what}</span></label></div></td>
  <td class="kf-c-due">{status}<span class="kf-line-2 kf-num">{due}</span></td>
  <th class="kf-c-who" scope="row"><a class="kf-plain" href="{url}">{name}</a>
    <span class="kf-line-2 kf-num">{case}</span></th>
  <td class="kf-c-what">{what}<span class="kf-line-2">{source}</span></td>
  <td class="kf-c-weeks">{bar}</td>
  <td class="kf-c-party">{party}</td>
  <td class="kf-c-book">{act}</td>
  <td class="kf-c-initials">{caseworker}</td>
</tr>"""
SHOWN = (
    *("key", "status", "due", "name", "case", "url"),
    *("what", "source", "bar", "party", "caseworker"),
)
BOOKED_MARKUP = '<a href="{}">{}</a>'
BOOK_MARKUP = (
    '<a class="button button-secondary kf-row-button" id="b{}" href="{}">{}'
    '<span class="sr-only"> {}, {}</span></a>'
)
RECORD_MARKUP = BOOK_MARKUP + '<span class="kf-on-paper">{}</span>'  # paper has no buttons
ELSEWHERE_MARKUP = '<span class="kf-muted">{}</span>'


@dataclass(frozen=True, slots=True)
class Row:
    """One interview that is owed; `key` is what a checkbox sends."""

    key: str
    status: SafeString
    due: str
    name: str
    case: str
    url: str
    what: str
    source: str
    bar: SafeString
    party: str
    booked: SafeString | str
    booked_url: str
    record_url: str
    book_url: str
    book: str
    elsewhere: str
    caseworker: SafeString | str

    @property
    def html(self) -> SafeString:
        """The row of the table."""
        return format_html(
            MARKUP,
            choose=_("Choose"),
            act=self._act(),
            **{name: getattr(self, name) for name in SHOWN},
        )

    def _act(self) -> SafeString | str:
        """The time that is booked, or the button for the next step, or who takes that step."""
        if self.record_url:
            record = (self.record_url, _("Record"), self.name, self.what)
            return format_html(RECORD_MARKUP, self.key, *record, self.booked)
        if self.booked:
            return format_html(BOOKED_MARKUP, self.booked_url, self.booked)
        if self.book_url:
            return format_html(
                BOOK_MARKUP, self.key, self.book_url, self.book, self.name, self.what
            )
        return format_html(ELSEWHERE_MARKUP, self.elsewhere)


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under a heading, with how many the whole list has; a sorted list has no headings."""

    key: str
    heading: SafeString | str
    label: str
    count: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads the list, for which side, on which day."""

    user: User
    side: Side
    on: date
    address: str = ""


def heading_of(group: Group, *, soon_days: int) -> str:
    """What a group is called."""
    if group is Group.LATE:
        return _("Overdue")
    if group is Group.SOON:
        return _("Due within %(days)d working days") % {"days": soon_days}
    return _("Coming")


def sections_of(
    page: Page, counts: Sequence[Tally], *, reader: Reader, soon_days: int
) -> tuple[Section, ...]:
    """The rows of a page under their headings."""
    rows = _rows(page.rows, reader)
    found = []
    for group in Group:
        shown = tuple(row for row, one in zip(rows, page.rows, strict=True) if one.group is group)
        if shown:
            total = sum(one.count for one in counts if one.group is group)
            label = heading_of(group, soon_days=soon_days)
            counted = _("%(shown)d of %(total)d") % {"shown": len(shown), "total": total}
            found.append(Section(group, status(TONES[group], label), label, counted, shown))
    return tuple(found)


def section_of(listed: Sequence[Listed], *, reader: Reader) -> tuple[Section, ...]:
    """The rows of a list that is in another order: one section without a heading."""
    rows = _rows(listed, reader)
    return (Section("", "", "", "", rows),) if rows else ()


def _rows(listed: Sequence[Listed], reader: Reader) -> tuple[Row, ...]:
    weeks = {one.duty.course_id: one.weeks for one in listed if one.weeks}
    courses = {one.duty.course_id: one.duty.course for one in listed}
    insured = {one.duty.course_id: one.insured for one in listed}
    if len(weeks) < len(courses):
        weeks = weeks_of(list(courses.values()), insured=insured, on=reader.on)
    rows = [_row(one, weeks[one.duty.course_id], reader) for one in listed]
    return _leading_on(rows, reader.address)


def _leading_on(rows: Sequence[Row], address: str) -> tuple[Row, ...]:
    """The rows, each booked from here and back to the next one that is still to be booked."""
    found, after = list[Row](), ""
    for row in reversed(rows):
        if row.book_url and address:
            back = urlencode({"naeste": f"{address}#b{after}" if after else address})
            found.append(replace(row, book_url=f"{row.book_url}&{back}"))
            after = row.key
        else:
            found.append(row)
    return tuple(reversed(found))


def _row(one: Listed, weeks: Weeks, reader: Reader) -> Row:
    duty, course = one.duty, one.duty.course
    away = relative_deadline(one.last_day, on=reader.on, soon=one.group is Group.SOON)
    return Row(
        key=str(duty.pk),
        status=status(away.tone, away.text),
        due=_("Due %(day)s") % {"day": day_text(one.last_day, on=reader.on)},
        name=course.citizen.name,
        case=course.case_number,
        url=reverse("courses:course", args=[course.case_number]),
        what=duty_name(duty),
        source=_source(one),
        bar=week_bar(weeks.weeks, of=weeks.of),
        party=_other(course, reader.side),
        booked=_booked(one, reader.on),
        booked_url=reverse("meetings:detail", args=[one.booking_pk]) if one.booking_pk else "",
        record_url=_record_url(one, reader),
        book_url="" if one.booking_pk else _book_url(duty, reader.side),
        book=_("New time") if one.missed_at else _("Book"),
        elsewhere=_elsewhere(duty, reader.on),
        caseworker=_worker(course, reader),
    )


def _other(course: Course, side: Side) -> str:
    """The party across the table, as the list names it."""
    return course.a_kasse.short if side.party == Party.JOBCENTRE else course.municipality.name


def _source(one: Listed) -> str:
    """What the duty rests on, or that the citizen did not come to the last interview for it."""
    if one.missed_at:
        return _("Did not come %(day)s") % {"day": short_day(timezone.localdate(one.missed_at))}
    source = source_of(one.duty.rule)
    return _("Required by: %(source)s") % {"source": source} if source else one.duty.rule


def _booked(one: Listed, on: date) -> SafeString | str:
    return status("booked", near_moment(one.booked_at, on=on)) if one.booked_at else ""


def _booker(duty: Duty) -> str:
    """The party that summons: to a joint interview always the jobcentre."""
    return Party.JOBCENTRE if duty.kind == MeetingKind.JOINT else duty.responsible


def _record_url(one: Listed, reader: Reader) -> str:
    """Where to say what became of an interview of the own side on a day that is over."""
    over = one.booked_at is not None and timezone.localdate(one.booked_at) < reader.on
    if not over or _booker(one.duty) != reader.side.party:
        return ""
    return reverse("meetings:outcome", args=[one.booking_pk])


def _elsewhere(duty: Duty, on: date) -> str:
    """Which party books an interview that is not booked; said to the other one."""
    if _booker(duty) == Party.A_KASSE:
        return _("The a-kasse books")
    return _("The municipality books") if on >= RENAMED_ON else _("The jobcentre books")


def _book_url(duty: Duty, side: Side) -> str:
    """Where to book it, for the side that books it: the jobcentre summons to joint interviews."""
    if _booker(duty) != side.party:
        return ""
    return booking_url(duty, duty.course.case_number)


def _worker(course: Course, reader: Reader) -> SafeString | str:
    """Who has the course on the reader's side."""
    own = reader.side.party == Party.JOBCENTRE
    who = course.caseworker if own else course.consultant
    return initials(str(who), who.initials, me=who.pk == reader.user.pk) if who else ""
