"""The ways to narrow and to sort a front page's list, with the words ready."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from courses.models import MeetingKind, Party
from courses.worklist import Side
from courses.worklist_filter import Order, Owner, WorklistFilter
from partnerships.models import Organisation
from shared.kept_statements import Kept

NAMED = ("pk", "slug", "short_name", "name")
_a_kasser = Kept(lambda: Organisation.objects.a_kasser().order_by("sort_key").values_list(*NAMED))
CHOICE = '<option value="{}">{}</option>'
CHOSEN = '<option value="{}" selected>{}</option>'


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to narrow the list."""

    value: str
    label: str
    chosen: bool

    @property
    def html(self) -> SafeString:
        """The choice in a form: written here, because a jobcentre has thirty of them."""
        return format_html(CHOSEN if self.chosen else CHOICE, self.value, self.label)


@dataclass(frozen=True, slots=True)
class AKasse:
    """An a-kasse by the name that people call it."""

    pk: int
    slug: str
    short: str


@dataclass(frozen=True, slots=True)
class Segment:
    """One of the ways to say whose duties are listed."""

    key: str
    url: str
    label: str
    current: bool


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a column that sorts: `sort` is what aria-sort says, empty for the others."""

    key: str
    url: str
    label: str
    sort: str


@dataclass(frozen=True, slots=True)
class Headings:
    """The heads of the three columns that sort."""

    due: Heading
    name: Heading
    weeks: Heading


def headings_of(chosen: WorklistFilter, person: str) -> Headings:
    """The heads of the columns that sort; the one in use turns the order round."""
    return Headings(
        due=_heading(chosen, Order.DUE, Order.DUE_DOWN, _("Deadline")),
        name=_heading(chosen, Order.NAME, Order.NAME_DOWN, person),
        weeks=_heading(chosen, Order.WEEKS_DOWN, Order.WEEKS, _("Unemployment")),
    )


def _heading(chosen: WorklistFilter, first: Order, second: Order, label: str) -> Heading:
    order = chosen.order
    sort = ""
    if order.column == first.column:
        sort = "descending" if order.is_down else "ascending"
    return Heading(
        key=first.column,
        url=chosen.address(order=second if order is first else first, group=chosen.group),
        label=label,
        sort=sort,
    )


def order_in_words(chosen: WorklistFilter) -> str:
    """The order of the list as one sentence, for those who listen."""
    words = {
        Order.DUE: _("Sorted by deadline, the most urgent first."),
        Order.DUE_DOWN: _("Sorted by deadline, the last first."),
        Order.NAME: _("Sorted by name, from A to Å."),
        Order.NAME_DOWN: _("Sorted by name, from Å to A."),
        Order.WEEKS: _("Sorted by unemployment, the shortest first."),
        Order.WEEKS_DOWN: _("Sorted by unemployment, the longest first."),
    }
    return words[chosen.order]


def segments_of(chosen: WorklistFilter) -> tuple[Segment, ...]:
    """Mine, my side's, all."""
    words = {Owner.MINE: _("Mine"), Owner.TEAM: _("My team"), Owner.ALL: _("All")}
    return tuple(
        Segment(
            owner.value,
            chosen.address(owner=owner, group=chosen.group),
            label,
            chosen.owner is owner,
        )
        for owner, label in words.items()
    )


def kinds_of(chosen: WorklistFilter) -> tuple[Choice, ...]:
    """The kinds of interview that somebody owes."""
    found = [Choice("", _("All interviews"), not chosen.kind)]
    owed = [kind for kind in MeetingKind if kind != MeetingKind.RECRUITMENT]
    found += [Choice(one.value, one.label.capitalize(), one == chosen.kind) for one in owed]
    return tuple(found)


def a_kasser_of(chosen: WorklistFilter, a_kasser: Sequence[AKasse]) -> tuple[Choice, ...]:
    """The a-kasser, by the names people call them."""
    found = [Choice("", _("All a-kasser"), not chosen.a_kasse)]
    found += [Choice(one.slug, one.short, one.slug == chosen.a_kasse) for one in a_kasser]
    return tuple(found)


def a_kasser_beside(side: Side) -> list[AKasse]:
    """The a-kasser that a jobcentre meets; an a-kasse needs no list of them."""
    if side.party == Party.A_KASSE:
        return []
    return [AKasse(pk, slug, short or name) for pk, slug, short, name in _a_kasser.ask()]


def bookings_of(chosen: WorklistFilter) -> tuple[Choice, ...]:
    """Booked, not booked, or both."""
    words = {"": _("All"), "nej": _("Not booked"), "ja": _("Booked")}
    return tuple(Choice(key, word, key == chosen.booking) for key, word in words.items())
