"""The worklist's rows with every word ready, because a template that localises is the slow part."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, cached_property, lru_cache
from html import escape
from urllib.parse import quote_plus

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from courses.models import MeetingKind, Party
from courses.unemployment import Insured, Weeks, weeks_of_rows
from courses.wording import interview_name, source_of
from courses.worklist import Side, Tally
from courses.worklist_filter import Group
from courses.worklist_found import Listed
from courses.worklist_pages import Page
from shared.templatetags.components import JOBCENTRES_NEED_NOT_BE_CALLED_SO_FROM as RENAMED_ON
from shared.templatetags.components import icon, initials, status, week_bar
from shared.written import day_text, near_moment, relative_deadline, short_day

TONES = {Group.LATE: "over", Group.SOON: "soon", Group.COMING: "next"}
CASE, KEY = "K-987654", "987654"  # examples, to learn the addresses of all others from


# Written here and not in a template: fifty rows of a hundred nodes each were most of the page.
# Every value is escaped before it comes here (`escape`), or is markup of ours.
MARKUP = """
<tr class="kf-row">
  <td class="kf-c-choose"><div class="form-group-checkbox"><input class="form-checkbox"
    id="v%(key)s" type="checkbox" name="duty" value="%(key)s"><label for="v%(key)s"><span
    class="sr-only">%(choose)s %(name)s, %(what)s</span></label></div></td>
  <td class="kf-c-due">%(status)s<span class="kf-line-2 kf-num">%(due)s</span></td>
  <th class="kf-c-who" scope="row"><a class="kf-plain" href="%(url)s">%(name)s</a>
    <span class="kf-line-2 kf-num">%(case)s</span></th>
  <td class="kf-c-what">%(what)s<span class="kf-line-2">%(source)s</span></td>
  <td class="kf-c-weeks">%(bar)s</td>
  <td class="kf-c-party">%(party)s</td>
  <td class="kf-c-book">%(act)s</td>
  <td class="kf-c-initials">%(caseworker)s</td>
</tr>"""
BOOKED_MARKUP = '<a href="%(url)s">%(booked)s</a>'
BOOK_MARKUP = (
    '<a class="button button-secondary kf-row-button" id="b%(key)s" href="%(url)s">%(act)s'
    '<span class="sr-only"> %(name)s, %(what)s</span></a>'
)
CALENDAR_MARKUP = (
    ' <a class="kf-row-icon" href="%(url)s" title="%(act)s">%(icon)s'
    '<span class="sr-only">%(act)s: %(name)s, %(what)s</span></a>'
)
RECORD_MARKUP = BOOK_MARKUP + '<span class="kf-on-paper">%(booked)s</span>'  # paper has no buttons
ELSEWHERE_MARKUP = '<span class="kf-muted">%(elsewhere)s</span>'


@dataclass(frozen=True)
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
    calendar_url: str
    elsewhere: str
    caseworker: SafeString | str
    words: "Words"

    @cached_property
    def html(self) -> SafeString:
        """The row of the table."""
        said = {
            "key": self.key, "choose": self.words.choose, "name": escape(self.name),
            "what": escape(self.what), "status": self.status, "due": escape(self.due),
            "url": self.url, "case": self.case, "source": escape(self.source), "bar": self.bar,
            "party": escape(self.party), "caseworker": self.caseworker,
        }  # fmt: skip
        return SafeString(MARKUP % {**said, "act": self._act(said)})

    def _act(self, said: dict[str, str]) -> str:
        """The time that is booked, or the button for the next step, or who takes that step."""
        if self.record_url:
            url = escape(self.record_url)
            more = {"url": url, "act": self.words.record, "booked": self.booked}
            return RECORD_MARKUP % (said | more)
        if self.booked:
            return BOOKED_MARKUP % {"url": self.booked_url, "booked": self.booked}
        if self.book_url:
            more = {"url": escape(self.book_url), "act": escape(self.book)}
            return BOOK_MARKUP % (said | more) + self._calendar(said)
        return ELSEWHERE_MARKUP % {"elsewhere": escape(self.elsewhere)} + self._calendar(said)

    def _calendar(self, said: dict[str, str]) -> str:
        """The way to the published times, where there are any."""
        if not self.calendar_url:
            return ""
        more = {
            "url": escape(self.calendar_url),
            "act": self.words.calendar,
            "icon": self.words.icon,
        }
        return CALENDAR_MARKUP % (said | more)


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
    rows = _rows(page, reader)
    found = []
    for group in Group:
        shown = tuple(row for row, one in zip(rows, page.rows, strict=True) if one.group is group)
        if shown:
            total = sum(one.count for one in counts if one.group is group)
            label = heading_of(group, soon_days=soon_days)
            counted = _("%(shown)d of %(total)d") % {"shown": len(shown), "total": total}
            found.append(Section(group, status(TONES[group], label), label, counted, shown))
    return tuple(found)


def section_of(page: Page, *, reader: Reader) -> tuple[Section, ...]:
    """The rows of a list that is in another order: one section without a heading."""
    rows = _rows(page, reader)
    return (Section("", "", "", "", rows),) if rows else ()


def _rows(page: Page, reader: Reader) -> tuple[Row, ...]:
    """The rows, each booked from here and back to the next one that is still to be booked."""
    weeks = page.weeks or weeks_of_list(page.rows, on=reader.on)
    words, after = Words.spoken(reader), ""
    here = f"&naeste={quote_plus(reader.address)}" if reader.address else ""
    found = list[Row]()
    for one in reversed(page.rows):
        reads = reader.side.party, reader.user.pk, reader.on
        row = _row(one, weeks[one.course_pk], reads, words, here and here + after)
        after = quote_plus(f"#b{one.pk}") if row.book_url else after
        found.append(row)
    return tuple(reversed(found))


def weeks_of_list(rows: Iterable[Listed], *, on: date) -> dict[int, Weeks]:
    """The weeks of unemployment of listed courses, by key."""
    return weeks_of_rows([_claimant(one) for one in rows], on=on)


def _claimant(one: Listed) -> Insured:
    return Insured(
        one.course_pk, one.citizen_pk, one.placed_on, one.insured, one.regime, one.has_pauses
    )


@dataclass(frozen=True, slots=True)
class Words:
    """What all rows of a page say and link to, looked up once."""

    language: str
    choose: str
    record: str
    book: str
    book_anew: str
    calendar: str
    icon: SafeString
    a_kasse_books: str
    jobcentre_books: str
    course: str
    booking: str
    joint: str
    times: str
    meeting: str
    outcome: str

    @classmethod
    def spoken(cls, reader: Reader) -> "Words":
        """The words in the language of the page."""
        renamed = reader.on >= RENAMED_ON
        return cls(
            language=get_language() or "",
            choose=escape(_("Choose")),
            record=escape(_("Record")),
            book=_("Book"),
            book_anew=_("New time"),
            calendar=escape(_("Calendar")),
            icon=icon("calendar-month"),
            a_kasse_books=_("The a-kasse books"),
            jobcentre_books=_("The municipality books") if renamed else _("The jobcentre books"),
            course=address_pattern("courses:course", CASE, "%s"),
            booking=address_pattern("meetings:book", CASE, "%s") + "?duty=%d",
            joint=address_pattern("slots:book", CASE, "%s") + "?krav=%d",
            times=reverse("slots:calendar") + "?sag=%s&krav=%d",
            meeting=address_pattern("meetings:detail", KEY, "%d"),
            outcome=address_pattern("meetings:outcome", KEY, "%d"),
        )


@cache
def address_pattern(name: str, example: str, place: str) -> str:
    """An address with a place for the one thing in it that differs from row to row."""
    return reverse(name, args=[example]).replace("%", "%%").replace(example, place)


@lru_cache(maxsize=2048)
def _row(one: Listed, weeks: Weeks, reads: tuple[Party, int, date], words: Words, back: str) -> Row:
    """A row is drawn once as long as nothing in it changes: all that it says is in the key."""
    party, reader, on = reads
    own = one.booker == party
    over = one.booked_at is not None and timezone.localdate(one.booked_at) < on
    return Row(
        key=str(one.pk),
        status=_status(one.last_day, on, one.group, words.language),
        due=_due(one.last_day, on, words.language),
        name=one.name,
        case=one.case_number,
        url=words.course % one.case_number,
        what=_name(one.rule, one.ordinal, one.kind, words.language),
        source=_missed(one.missed_at) if one.missed_at else _source(one.rule, words.language),
        bar=_bar(weeks.weeks, weeks.of, words.language),
        party=one.a_kasse if party == Party.JOBCENTRE else one.municipality,
        booked=status("booked", near_moment(one.booked_at, on=on)) if one.booked_at else "",
        booked_url=words.meeting % one.booking_pk if one.booking_pk else "",
        record_url=words.outcome % one.booking_pk if own and over else "",
        book_url=_book_url(one, words) + back if own and not one.booking_pk else "",
        book=words.book_anew if one.missed_at else words.book,
        calendar_url=words.times % (one.case_number, one.pk) if one.opens_times else "",
        elsewhere=words.a_kasse_books if one.booker == Party.A_KASSE else words.jobcentre_books,
        caseworker=_worker(one, party, reader),
        words=words,
    )


def _book_url(one: Listed, words: Words) -> str:
    """Joint interviews are booked in published times (courses.booking_links)."""
    pattern = words.joint if one.kind == MeetingKind.JOINT else words.booking
    return pattern % (one.case_number, one.pk)


# Rows of a page, and of the pages of colleagues, say the same things again and again.
@lru_cache(maxsize=1024)
def _status(last_day: date, on: date, group: Group, _language: str) -> SafeString:
    away = relative_deadline(last_day, on=on, soon=group is Group.SOON)
    return status(away.tone, away.text)


@lru_cache(maxsize=1024)
def _due(last_day: date, on: date, _language: str) -> str:
    return _("Due %(day)s") % {"day": day_text(last_day, on=on)}


@lru_cache(maxsize=1024)
def _name(rule: str, ordinal: int, kind: str, _language: str) -> str:
    return interview_name(rule, ordinal, kind)


@lru_cache(maxsize=1024)
def _source(rule: str, _language: str) -> str:
    """What the duty rests on."""
    source = source_of(rule)
    return _("Required by: %(source)s") % {"source": source} if source else rule


@lru_cache(maxsize=1024)
def _bar(weeks: float, of: float, _language: str) -> SafeString:
    return week_bar(weeks, of=of)


def _missed(at: datetime) -> str:
    """That the citizen did not come to the last interview for the duty."""
    return _("Did not come %(day)s") % {"day": short_day(timezone.localdate(at))}


def _worker(one: Listed, party: Party, reader: int) -> SafeString | str:
    """Who has the course on the reader's side."""
    who = one.caseworker if party == Party.JOBCENTRE else one.consultant
    return initials(who.name, who.initials, me=who.pk == reader) if who else ""
