"""The pages before an act on several rows: what they are called, and what they send along."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from django.forms import Form
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.models import Party
from meetings.models import Batch
from meetings.several import Chosen

PREVIEW, SEND = "preview", "send"
Act = Batch.Act


@dataclass(frozen=True, slots=True)
class SeveralPage:
    """A page about several rows; `hidden` is sent along with it."""

    title: str
    intro: str
    act: str
    button: str
    person: str
    back: str
    key: UUID
    hidden: tuple[tuple[str, str], ...]
    unseen: str

    def with_options(self, form: Form) -> "SeveralPage":
        """The page after its first form: what was written there is sent along."""
        said = [(name, form.data.get(name, "")) for name in form.fields if name != "seen"]
        return replace(self, hidden=(*self.hidden, *((name, str(text)) for name, text in said)))


def booking_page(chosen: Chosen, *, back: str, key: UUID) -> SeveralPage:
    """Book several interviews."""
    return _page(chosen, Act.BOOK, _("Book several interviews"), _("Book"), back=back, key=key)


def summoning_page(chosen: Chosen, *, back: str, key: UUID) -> SeveralPage:
    """Summon to several interviews."""
    return _page(chosen, Act.SUMMON, _("Summon several"), _("Summon"), back=back, key=key)


def assigning_page(chosen: Chosen, *, back: str, key: UUID) -> SeveralPage:
    """Give several cases to a colleague."""
    return _page(chosen, Act.ASSIGN, _("Assign several cases"), _("Assign"), back=back, key=key)


def key_of(said: str) -> UUID:
    """What makes a page that is sent twice one act."""
    try:
        return UUID(said)
    except ValueError:
        return uuid4()


def _page(  # noqa: PLR0913 (the parts of a page)
    chosen: Chosen, act: Batch.Act, title: str, button: str, *, back: str, key: UUID
) -> SeveralPage:
    count = len(chosen.duties)
    return SeveralPage(
        title=title,
        intro=ngettext("%(count)d row chosen", "%(count)d rows chosen", count) % {"count": count},
        act=act.value,
        button=button,
        person=_("Citizen") if chosen.side == Party.JOBCENTRE else _("Member"),
        back=back,
        key=key,
        hidden=tuple(_hidden(chosen, act, back, key)),
        unseen=_unseen(chosen.hidden),
    )


def _hidden(chosen: Chosen, act: Batch.Act, back: str, key: UUID) -> Iterable[tuple[str, str]]:
    yield ("duty", ",".join(str(one.pk) for one in chosen.duties))
    yield from (("act", act.value), ("next", back), ("key", str(key)))


def _unseen(count: int) -> str:
    """Rows of others are counted and never named."""
    if not count:
        return ""
    return ngettext(
        "%(count)d row is not yours to see, and is left out.",
        "%(count)d rows are not yours to see, and are left out.",
        count,
    ) % {"count": count}
