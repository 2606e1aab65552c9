"""The page of one's notices, fifty at a time."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from notices.models import Notice
from notices.models.on_screen import NoticeQuerySet
from notices.words import kind_in_words
from shared.written import near_moment

ROWS = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One notice, written out."""

    pk: int
    words: str
    case_number: str
    about: str
    when: str
    is_unread: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Some notices, newest first; `after` is the key to go on from, empty on the last page."""

    rows: tuple[Row, ...]
    shows_all: bool
    after: str
    is_first: bool
    address: str


def page_of(user: User, *, shows_all: bool, after: str, on: date) -> Page:
    """A page of a person's notices."""
    mine = Notice.objects.visible_to(user)
    found = _from(mine, mine if shows_all else mine.unread(), after)
    rows = list(found.order_by("-at", "-pk")[: ROWS + 1])
    shown = rows[:ROWS]
    return Page(
        rows=tuple(_row(one, on) for one in shown),
        shows_all=shows_all,
        after=str(shown[-1].pk) if len(rows) > ROWS else "",
        is_first=not after,
        address=reverse("notices:list") + ("?vis=alle" if shows_all else ""),
    )


def _from(mine: NoticeQuerySet, wanted: NoticeQuerySet, after: str) -> NoticeQuerySet:
    """What comes after a notice of one's own; everything when there is no such notice."""
    last = mine.filter(pk=int(after)).first() if after.isdecimal() and len(after) < 19 else None  # noqa: PLR2004 (a key has eight bytes)
    if last is None:
        return wanted
    return wanted.filter(Q(at__lt=last.at) | Q(at=last.at, pk__lt=last.pk))


def _row(notice: Notice, on: date) -> Row:
    return Row(
        pk=notice.pk,
        words=kind_in_words(notice.kind),
        case_number=notice.case_number,
        about=notice.about,
        when=near_moment(notice.at, on=on),
        is_unread=notice.read_at is None,
    )
