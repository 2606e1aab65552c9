"""The frames that a person may see, with what is granted, bound and left of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Max, Min, Q
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as _

from accounts.models import User
from frames.balances import Balance, balances_of, together
from frames.by_function import OfFunction, by_function
from frames.models import Frame
from shared.written import plain_day


@dataclass(frozen=True, slots=True)
class FrameRow:
    """A frame in a list."""

    frame: Frame
    balance: Balance
    days: str
    tone: str
    word: str


@dataclass(frozen=True, slots=True)
class FrameList:
    """The frames that touch a year, added up; `years` are those that one may choose."""

    rows: list[FrameRow]
    total: Balance
    functions: list[OfFunction]
    year: int
    years: list[int]


def frame_list(user: User, *, year: int) -> FrameList:
    """The frames that a person may see and that touch a year."""
    seen = Frame.objects.visible_to(user)
    touching = Q(starts_on__lt=date(year + 1, 1, 1), ends_on__gt=date(year, 1, 1))
    rows = seen.filter(touching).select_related("a_kasse", "jobcentre", "agreement")
    frames = list(rows.order_by("a_kasse__sort_key", "-starts_on", "pk"))
    balances = balances_of(frames)
    return FrameList(
        [row_of(one, balances[one.pk]) for one in frames],
        together(balances),
        by_function(frames),
        year,
        _years(seen, year),
    )


def row_of(frame: Frame, balance: Balance) -> FrameRow:
    """A frame with its balance and how far it is used, in words."""
    tone, word = state_of(frame, balance)
    return FrameRow(frame, balance, days_of(frame), tone, word)


def days_of(frame: Frame) -> str:
    """The first and the last day of a frame."""
    return f"{plain_day(frame.starts_on)}–{plain_day(frame.ends_on - timedelta(1))}"


def state_of(frame: Frame, balance: Balance) -> tuple[str, str]:
    """How far a frame is used: a tone and the words for it."""
    if frame.closed_at:
        return "none", _("closed")
    words = {"share": balance.share}
    if balance.share >= 100:  # noqa: PLR2004 (per cent)
        return "over", _("used up")
    if balance.share >= 95:  # noqa: PLR2004 (the second warning)
        return "over", _("%(share)d %% taken") % words
    if balance.share >= 80:  # noqa: PLR2004 (the first warning)
        return "soon", _("%(share)d %% taken") % words
    return "held", _("%(share)d %% taken") % words


def _years(frames: Iterable[Frame], chosen: int) -> list[int]:
    """The years that frames touch, newest first, and the chosen one."""
    span = Frame.objects.filter(pk__in=frames).aggregate(  # type: ignore[misc]  # a QuerySet
        first=Min(ExtractYear("starts_on")), last=Max(ExtractYear(F("ends_on") - timedelta(1)))
    )
    known = range(span["first"], span["last"] + 1) if span["first"] else range(0)
    return sorted({*known, chosen}, reverse=True)
