"""What waits for the printer, and the batches that were made of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Min, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from letters.models import Letter, LetterKind, PrintBatch
from partnerships.models import Organisation
from shared.dates import working_days_between
from shared.written import near_moment

CALLS = (LetterKind.SUMMONS, LetterKind.CHANGE)
DAYS_OF_POST = 3  # working days, the least that a letter on paper is given


@dataclass(frozen=True, slots=True)
class Queued:
    """A letter that waits for the printer; a warning where it comes after what it calls to."""

    letter: Letter
    warning: str
    tone: str


def queue_of(organisation: Organisation, reader: User, *, at: datetime) -> list[Queued]:
    """The letters of an organisation that wait for the printer, the most urgent call first."""
    rows = Letter.objects.visible_to(reader).to_print().of_sender(organisation.pk).for_list()
    calls = Q(kind__in=CALLS, meetings__state="booked")  # interviews lie above
    rows = rows.annotate(calls_to=Min("meetings__starts_at", filter=calls))
    found = rows.order_by(F("calls_to").asc(nulls_last=True), "send_after", "pk")
    return [_queued(one, one.calls_to, at) for one in found]  # type: ignore[attr-defined]  # annotated


def _queued(letter: Letter, calls_to: datetime | None, at: datetime) -> Queued:
    """Post takes days: a summons that lies here so late cannot be counted on."""
    if calls_to is None:
        return Queued(letter, "", "")
    when = near_moment(calls_to, on=timezone.localdate(at))
    if calls_to <= at:
        said = _("The interview was %(when)s: nobody was summoned to it by this letter.")
        return Queued(letter, said % {"when": when}, "over")
    days = working_days_between(timezone.localdate(at), timezone.localdate(calls_to))
    if days <= DAYS_OF_POST:
        said = _("The interview is %(when)s: the letter comes too late. Tell the citizen by phone.")
        return Queued(letter, said % {"when": when}, "over")
    return Queued(letter, _("Interview %(when)s") % {"when": when}, "next")


def batches_of(organisations: Iterable[Organisation]) -> QuerySet[PrintBatch]:
    """The batches of organisations, the newest first, with how many letters they hold."""
    rows = PrintBatch.objects.filter(organisation__in=[one.pk for one in organisations])
    return rows.select_related("organisation", "opened_by").annotate(count=Count("letters"))


def batch_of(batch: PrintBatch, reader: User) -> list[Letter]:
    """The letters of a batch in the order in which they are printed."""
    rows = Letter.objects.visible_to(reader).filter(batch=batch).for_list()
    return list(rows.order_by("send_after", "pk"))
