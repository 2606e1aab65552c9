"""No citizen left without an interview: who has no time before the last day, why, and what next."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from courses.models import Duty, Party
from courses.wording import duty_name
from courses.worklist import Side
from meetings.capacity import Joint
from meetings.waiting import MOST
from partnerships.access import reach_of
from partnerships.models import Organisation
from shared.written import day_text
from slots.capacity import DAY, Need, Pair, now_span, read_supply
from slots.capacity_page import own_supply
from slots.finding import Found, Reading, asked_of, found_in
from slots.several_words import commonest, in_one_line
from slots.telling import week_of

WEEKS = 8
SIZE = 20


@dataclass(frozen=True, slots=True)
class WithoutRow:
    """One interview that finds no time before its last day."""

    duty: int
    course: int
    name: str
    case: str
    url: str
    what: str
    due: str
    party: str
    why: str
    book_url: str
    may_keep: bool


@dataclass(frozen=True, slots=True)
class MissingRow:
    """How many times a pair lacks in a week."""

    jobcentre: Organisation
    a_kasse: Organisation
    week: str
    number: int
    count: int

    @property
    def pair(self) -> str:
        """How the form names the pair."""
        return f"{self.jobcentre.pk}-{self.a_kasse.pk}"

    @property
    def said(self) -> str:
        words = {"count": self.count, "week": self.number, "a_kasse": self.a_kasse.short}
        return (
            ngettext(
                "Week %(week)d, %(a_kasse)s: %(count)d time is missing",
                "Week %(week)d, %(a_kasse)s: %(count)d times are missing",
                self.count,
            )
            % words
        )


@dataclass(frozen=True, slots=True)
class WithoutPage:
    """Those without a time, the most urgent first, and what is missing by week."""

    rows: Sequence[WithoutRow]
    missing: Sequence[MissingRow]
    total: int
    page: int
    pages: int

    @property
    def previous(self) -> int:
        """The page before; none is 0."""
        return self.page - 1

    @property
    def next(self) -> int:
        """The page after; none is 0."""
        return self.page + 1 if self.page < self.pages else 0

    @property
    def courses(self) -> list[int]:
        """The cases on the page."""
        return [one.course for one in self.rows]

    @property
    def headline(self) -> str:
        if not self.total:
            return _("There is a time for every joint interview of the next %(weeks)d weeks.") % {
                "weeks": WEEKS
            }
        return ngettext(
            "%(count)d joint interview of the next %(weeks)d weeks finds no time.",
            "%(count)d joint interviews of the next %(weeks)d weeks find no time.",
            self.total,
        ) % {"count": self.total, "weeks": WEEKS}


def without_page(user: User, *, page: int, at: datetime) -> WithoutPage:
    """The interviews of one's own organisations that find no time; the reasons of one page."""
    found = needs_without(user, at=at)
    pages = max(1, -(-len(found) // SIZE))
    page = min(max(1, page), pages)
    shown = found[(page - 1) * SIZE : page * SIZE]
    on = now_span(at).on
    duties = _duties(user, shown, on=on)
    is_jobcentre = bool(reach_of(user).jobcentres)
    owed = [duties[one.duty] for one in shown if one.duty in duties]
    asked = [asked_of(duty.course, duty, user=user, on=on, at=at) for duty in owed]
    reading = Reading(asked)
    rows = [
        _row(duty, found_in(reading, one), on, is_jobcentre=is_jobcentre)
        for duty, one in zip(owed, asked, strict=True)
    ]
    return WithoutPage(rows, missing_rows(found), len(found), page, pages)


def joint_of(user: User, side: Side, *, at: datetime) -> Joint:
    """The joint interviews of a side that are owed and not booked, and those that find no time.

    The same reckoning as the page of capacity, over the same weeks as the list of who finds none.
    """
    span = now_span(at, WEEKS)
    keys = list(side.organisations)
    if side.party == Party.JOBCENTRE:
        supply = read_supply(span, jobcentres=keys, with_booked=False, reader=user)
    else:
        supply = read_supply(span, a_kasser=keys, with_booked=False, reader=user)
    short = sorted((one.last, one.duty) for one in supply.all_short if one.is_seen)
    return Joint(
        owed=dict(Counter(one.last for one in supply.needs if one.is_seen)),
        short=dict(Counter(last for last, _key in short)),
        nearest=tuple((key, last) for last, key in short[:MOST]),
    )


def needs_without(user: User, *, at: datetime) -> list[Need]:
    """What finds no seat, by last day; only what the reader may see is counted."""
    return _seen(user, own_supply(user, now_span(at, WEEKS)).all_short)


def _seen(user: User, found: Sequence[Need]) -> list[Need]:
    """Those that somebody may see, by last day."""
    if not found:
        return []
    keys = Duty.objects.visible_to(user).filter(pk__in=[one.duty for one in found])
    seen = set(keys.values_list("pk", flat=True))
    return sorted((one for one in found if one.duty in seen), key=lambda one: (one.last, one.duty))


def missing_of(user: User, *, at: datetime) -> list[MissingRow]:
    """What is missing by week and pair for one's own organisations; numbers, and no citizens."""
    return missing_rows(own_supply(user, now_span(at, WEEKS)).all_short)


def missing_rows(needs: Sequence[Need]) -> list[MissingRow]:
    """How many are missing by week and pair, the nearest week first."""
    counted: Counter[tuple[date, Pair]] = Counter(
        (one.last - one.last.weekday() * DAY, one.pair) for one in needs
    )
    keys = {key for _monday, pair in counted for key in pair}
    houses = Organisation.objects.in_bulk(keys)
    return [
        MissingRow(
            houses[pair[0]], houses[pair[1]], week_of(monday), monday.isocalendar().week, count
        )
        for (monday, pair), count in sorted(counted.items())
    ]


def _duties(user: User, needs: Sequence[Need], *, on: date) -> Mapping[int, Duty]:
    rows = Duty.objects.visible_to(user, on=on).for_worklist()
    rows = rows.select_related("course__consultant", "course__municipality")
    return rows.in_bulk([one.duty for one in needs])


def _row(duty: Duty, found: Found, on: date, *, is_jobcentre: bool) -> WithoutRow:
    course = duty.course
    last = duty.latest_on or duty.due_on
    if found.free:
        why = ngettext(
            "%(count)d time is free, but more urgent interviews need it.",
            "%(count)d times are free, but more urgent interviews need them.",
            len(found.free),
        ) % {"count": len(found.free)}
    else:
        why = in_one_line(commonest(found.as_reasons)) or _("The window is over.")
    address = reverse("slots:book", args=[course.case_number])
    return WithoutRow(
        duty=duty.pk,
        course=course.pk,
        name=course.citizen.name,
        case=course.case_number,
        url=course.get_absolute_url(),
        what=duty_name(duty),
        due=_("Due %(day)s") % {"day": day_text(last, on=on)} if last else "",
        party=course.a_kasse.short if is_jobcentre else course.jobcentre.short,
        why=why,
        book_url=f"{address}?krav={duty.pk}" if is_jobcentre else "",
        may_keep=is_jobcentre and not found.free,
    )
