"""Acts on frames: granted, bound, spent, given back, closed; each line of the ledger is kept.

Whoever approves first is served: the database locks the frame and refuses what would exceed it.
An entry given to `commit`, `use` or `release` stands for its money wherever that is bound now.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_noop

from accounts.models import User
from frames.accounts import account_function
from frames.agreed import agreed_frame
from frames.models import Entry, Frame, Grant
from frames.reading import bound_line, next_frame, open_items
from frames.refusals import FrameExceeded, in_words
from frames.warning import settle_warning, warn_of_share
from journal.actions import note
from partnerships.models import Agreement, Organisation
from shared.money import exact, kroner_in_words
from shared.refusals import Refused

__all__ = [
    "FrameExceeded", "close_year", "commit", "open_frame", "raise_frame", "release", "reserve",
    "use",
]  # fmt: skip

Kind = Entry.Kind
RAISES = (Agreement.State.SIGNED, Agreement.State.ACTIVE)


@dataclass(frozen=True, slots=True)
class Closed:
    """What became of the open items at a closing: how many of each."""

    carried: int
    released: int


@transaction.atomic
def open_frame(  # noqa: PLR0913 (a frame is these)
    agreement: Agreement,
    a_kasse: Organisation,
    jobcentre: Organisation,
    *,
    starts_on: date,
    ends_on: date,
    amount: Decimal,
    by: User | None,
    at: datetime,
) -> Frame:
    """Grant a frame to an a-kasse for a run of days (half-open), within what is agreed."""
    agreed = agreed_frame(agreement, starts_on)
    if agreed and agreed.frame_amount is not None and amount > agreed.frame_amount:
        raise Refused(
            gettext_noop("The agreement grants %(amount)s at most. Raise it by an addendum."),
            amount=kroner_in_words(agreed.frame_amount),
        )
    with in_words():
        frame = Frame.objects.create(
            agreement=agreement, a_kasse=a_kasse, jobcentre=jobcentre, starts_on=starts_on,
            ends_on=ends_on,
        )  # fmt: skip
        Grant.objects.create(frame=frame, amount=exact(amount), granted_at=at, granted_by=by)
    note(frame, "frame-opened", by=by, case=None, amount=str(amount))
    return frame


@transaction.atomic
def raise_frame(
    frame: Frame, addendum: Agreement, amount: Decimal, *, by: User | None, at: datetime
) -> Grant:
    """Grant more, by an addendum that all its parties have signed."""
    frame = _locked(frame)
    if addendum.kind != Agreement.Kind.ADDENDUM or addendum.parent_id != frame.agreement_id:
        raise Refused(gettext_noop("A frame is raised by an addendum to its agreement only."))
    unsigned = addendum.parties.filter(signed_on=None).exists()
    if addendum.state not in RAISES or unsigned or not addendum.parties.exists():
        raise Refused(gettext_noop("Have the addendum signed by all its parties first."))
    with in_words():
        grant = Grant.objects.create(
            frame=frame, addendum=addendum, amount=exact(amount), granted_at=at, granted_by=by
        )
    settle_warning(frame, by=by, at=at)
    note(frame, "frame-raised", by=by, case=None, amount=str(amount), addendum=addendum.title)
    return grant


@transaction.atomic
def reserve(  # noqa: PLR0913 (an entry is these)
    frame: Frame, amount: Decimal, *, text: str, on: date, by: User | None, at: datetime
) -> Entry:
    """Bind money of a frame; `FrameExceeded` says how many kroner too much that would be."""
    if not frame.starts_on <= on < frame.ends_on:
        raise Refused(
            gettext_noop("The frame runs from %(first)s to %(last)s; choose another frame."),
            first=frame.starts_on,
            last=frame.ends_on - timedelta(1),
        )
    with in_words():
        entry = _entry(frame, Kind.RESERVED, amount, text=text, on=on, by=by, at=at)
    warn_of_share(frame, at=at)
    return entry


@transaction.atomic
def commit(entry: Entry, *, on: date, by: User | None, at: datetime) -> Entry:
    """Turn what is reserved into a commitment; what is committed already stays as it is."""
    bound, left = _bound(entry)
    if bound.kind == Kind.COMMITTED:
        return bound
    return _on(bound, Kind.COMMITTED, left, on=on, by=by, at=at)


@transaction.atomic
def use(  # noqa: PLR0913 (an entry is these)
    entry: Entry,
    amount: Decimal,
    *,
    on: date,
    by: User | None,
    at: datetime,
    rest_is_released: bool = True,
) -> Entry:
    """Spend what is bound; the rest goes back to the frame, unless more bills are to come."""
    bound, left = _bound(entry)
    if exact(amount) > left:
        raise Refused(
            gettext_noop("The bill is higher than what was bound for it; settle it first.")
        )
    used = _on(bound, Kind.USED, amount, on=on, by=by, at=at)
    if rest_is_released and left > used.amount:
        _on(bound, Kind.RELEASED, left - used.amount, on=on, by=by, at=at)
    return used


@transaction.atomic
def release(entry: Entry, *, on: date, by: User | None, at: datetime) -> Entry:
    """Give back to the frame what is still bound by an entry."""
    bound, left = _bound(entry)
    return _on(bound, Kind.RELEASED, left, on=on, by=by, at=at)


@transaction.atomic
def close_year(
    frame: Frame, *, carry: Collection[int], on: date, by: User | None, at: datetime
) -> Closed:
    """Close a frame whose days are over: items in `carry` go to the next frame, others are freed.

    After this the database takes no entry and no grant in the frame.
    """
    frame = _closable(frame, on=on)
    items = open_items(frame)
    carried = [one for one in items if one[0].pk in carry]
    later = _next_for(frame, carried)
    for entry, left in items:
        _on(entry, Kind.RELEASED, left, on=on, by=by, at=at)
    if later:
        for entry, left in carried:
            _carry(entry, left, later, on=on, by=by, at=at)
        warn_of_share(later, at=at)
    frame.closed_at, frame.closed_by = at, by
    frame.save(update_fields=["closed_at", "closed_by"])
    done = Closed(len(carried), len(items) - len(carried))
    settle_warning(frame, by=by, at=at)
    note(frame, "frame-closed", by=by, case=None, carried=done.carried, released=done.released)
    return done


def _closable(frame: Frame, *, on: date) -> Frame:
    frame = _locked(frame)
    if frame.closed_at:
        raise Refused(gettext_noop("The frame is closed already."))
    if on < frame.ends_on:
        raise Refused(gettext_noop("The frame can be closed from %(day)s."), day=frame.ends_on)
    return frame


def _next_for(frame: Frame, carried: Collection[tuple[Entry, Decimal]]) -> Frame | None:
    """The frame that open items are carried to; none is asked for when there are none."""
    if not carried:
        return None
    later = next_frame(frame)
    if later is None:
        raise Refused(gettext_noop("Open the next frame first; open items are carried there."))
    return later


def _carry(  # noqa: PLR0913 (an entry is these)
    entry: Entry, left: Decimal, to: Frame, *, on: date, by: User | None, at: datetime
) -> None:
    with in_words():
        _entry(to, Kind(entry.kind), left, text=entry.text, on=on, by=by, at=at, carried_from=entry)


def _locked(frame: Frame) -> Frame:
    return (
        Frame.objects.select_for_update(of=("self",)).select_related("agreement").get(pk=frame.pk)
    )


def _bound(entry: Entry) -> tuple[Entry, Decimal]:
    """Where the money of an entry is bound now, with its frame locked; refused when nowhere."""
    found = next(bound_line(entry), None)
    if found is not None:
        _locked(found[0].frame)  # nobody moves it on between looking and writing
        found = next(bound_line(entry), None)
    if found is None:
        raise Refused(gettext_noop("Nothing is bound any more; it was used or released."))
    return found


def _on(  # noqa: PLR0913 (an entry is these)
    entry: Entry, kind: Kind, amount: Decimal, *, on: date, by: User | None, at: datetime
) -> Entry:
    """An entry that moves the money of another on."""
    with in_words():
        return _entry(entry.frame, kind, amount, text=entry.text, on=on, by=by, at=at, of=entry)


def _entry(  # noqa: PLR0913 (an entry is these)
    frame: Frame,
    kind: Kind,
    amount: Decimal,
    *,
    text: str,
    on: date,
    by: User | None,
    at: datetime,
    **links: Entry,
) -> Entry:
    """A line of the ledger; a late one is posted as on the last day of the frame's own year."""
    day = min(max(on, frame.starts_on), frame.ends_on - timedelta(1))
    return Entry.objects.create(
        frame=frame, kind=kind, amount=exact(amount), account_function=account_function(day),
        posted_on=on, text=text, made_at=at, made_by=by, **links,
    )  # fmt: skip
