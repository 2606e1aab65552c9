"""Letters for the printer: put together into batches, and marked when they are in the post."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from journal.actions import note
from letters.access import prints_for
from letters.models import Letter, PrintBatch
from partnerships.models import Organisation
from shared.refusals import Refused

MOST = 200  # letters in one batch, so that its document stays small enough to open


@transaction.atomic
def open_batch(organisation: Organisation, *, by: User, at: datetime) -> PrintBatch:
    """Put the letters that wait for the printer together, the oldest first."""
    _check(by, organisation, at)
    waiting = Letter.objects.to_print().of_sender(organisation.pk).visible_to(by)
    rows = waiting.select_for_update(of=("self",), skip_locked=True).order_by("send_after", "pk")
    letters = list(rows[:MOST])
    if not letters:
        raise Refused(_("No letters wait for the printer."))
    batch = PrintBatch.objects.create(organisation=organisation, opened_at=at, opened_by=by)
    Letter.objects.filter(pk__in=[one.pk for one in letters]).update(batch=batch)
    note(batch, "letters-batched", by=by, case=None, letters=str(len(letters)))
    return batch


@transaction.atomic
def mark_printed(batch: PrintBatch, *, by: User, at: datetime) -> PrintBatch:
    """Say that the letters of a batch are printed and in the post: with that they are sent."""
    batch = PrintBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    _check(by, batch.organisation, at)
    if batch.printed_at:
        raise Refused(_("This batch is marked as printed already."))
    batch.printed_at = at
    batch.save(update_fields=["printed_at"])
    letters = list(batch.letters.select_for_update(of=("self",)).order_by("pk"))
    batch.letters.update(state=Letter.State.SENT, sent_at=at)
    for letter in letters:
        note(letter, "letter-printed", by=by, case=letter.course_id, letter=letter.kind)
    return batch


def _check(by: User, organisation: Organisation, at: datetime) -> None:
    if organisation not in prints_for(by, on=timezone.localdate(at)):
        raise Refused(_("Only the sender's own people print its letters."))
