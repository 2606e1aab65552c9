"""What waits for the printer, and the batches that were made of it."""

from collections.abc import Iterable

from django.db.models import Count, QuerySet

from accounts.models import User
from letters.models import Letter, PrintBatch
from partnerships.models import Organisation


def queue_of(organisation: Organisation, reader: User) -> list[Letter]:
    """The letters of an organisation that wait for the printer, the oldest first."""
    rows = Letter.objects.visible_to(reader).to_print().of_sender(organisation.pk).for_list()
    return list(rows.order_by("send_after", "pk"))


def batches_of(organisations: Iterable[Organisation]) -> QuerySet[PrintBatch]:
    """The batches of organisations, the newest first, with how many letters they hold."""
    rows = PrintBatch.objects.filter(organisation__in=[one.pk for one in organisations])
    return rows.select_related("organisation", "opened_by").annotate(count=Count("letters"))


def batch_of(batch: PrintBatch, reader: User) -> list[Letter]:
    """The letters of a batch in the order in which they are printed."""
    rows = Letter.objects.visible_to(reader).filter(batch=batch).for_list()
    return list(rows.order_by("send_after", "pk"))
