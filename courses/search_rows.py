"""What a search found, in groups and with every word ready."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.models import User
from courses.models import Course
from courses.search import Found
from journal.models import Look
from shared.templatetags.components import status
from shared.written import day_text, plain_day

RECENT, LOOKS = 8, 120  # so many are shown; so many looks are gone through for them


@dataclass(frozen=True, slots=True)
class Row:
    """One course that was found; it has an address to book at while it runs and is open."""

    url: str
    name: str
    case: str
    born: str
    a_kasse: str
    municipality: str
    registered: str
    state: SafeString
    book_url: str


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that stand together under a heading."""

    tone: str
    label: str
    count: str
    rows: tuple[Row, ...]


def groups_of(found: Found, *, on: date) -> tuple[Group, ...]:
    """Courses that run, those that are coming by hand-over, and those that have ended."""
    running = [one for one in found.courses if not _has_ended(one, on)]
    ended = [one for one in found.courses if _has_ended(one, on)]
    groups = (
        _group("held", _("Active"), running, on),
        _group("handover", _("Handed over soon"), found.forecasts, on),
        _group("none", _("Ended"), ended, on),
    )
    return tuple(group for group in groups if group.rows)


def recent_of(user: User, *, on: date) -> tuple[Group, list[int]]:
    """The courses that a person opened last and may still read, and their keys for the log."""
    opened = Look.objects.filter(by=user, kind=Look.Kind.COURSE, case_pk__isnull=False)
    looks = opened.order_by("-at", "-pk").values_list("case_pk", flat=True)[:LOOKS]
    keys = [key for key in dict.fromkeys(looks) if key]
    seen = Course.objects.visible_to(user, on=on).filter(pk__in=keys).for_page().in_bulk()
    courses = [seen[key] for key in keys if key in seen][:RECENT]
    rows = tuple(_recent_row(one, on) for one in courses)
    label = _("Recently opened by you")
    return Group("none", label, str(len(rows)), rows), [one.pk for one in courses]


def _recent_row(course: Course, on: date) -> Row:
    if _has_ended(course, on):
        return _row(course, "none", _("Ended"), on)
    return _row(course, "held", _("Active"), on)


def _has_ended(course: Course, on: date) -> bool:
    return course.ends_on is not None and course.ends_on <= on


def _group(tone: str, label: str, courses: Iterable[Course], on: date) -> Group:
    rows = tuple(_row(one, tone, label, on) for one in courses)
    return Group(tone, label, str(len(rows)), rows)


def _row(course: Course, tone: str, word: str, on: date) -> Row:
    if tone == "handover" and course.handover_on:
        word = _("Hand-over %(day)s") % {"day": day_text(course.handover_on, on=on)}
    return Row(
        url=course.get_absolute_url(),
        name=course.citizen.name,
        case=course.case_number,
        born=course.citizen.masked_cpr,
        a_kasse=str(course.a_kasse),
        municipality=str(course.municipality),
        registered=plain_day(course.registered_on),
        state=status(tone, word),
        book_url=reverse("meetings:book", args=[course.case_number]) if tone == "held" else "",
    )
