"""That the parties evaluated an agreement: what they found, and when they do it again."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_noop

from accounts.models import User
from forums.figures import Period, figures_of
from forums.models import Evaluation
from journal.actions import note
from notices.actions import settle
from partnerships.models import Agreement
from partnerships.versions import keep_version
from shared.refusals import Refused

LOOKS_BACK = timedelta(365)


@transaction.atomic
def record_evaluation(  # noqa: PLR0913 (each is a column)
    agreement: Agreement, *, text: str, next_on: date | None, on: date, by: User, at: datetime
) -> Evaluation:
    """Write down an evaluation with the figures of its day; the reminder of it goes away."""
    if next_on and next_on <= on:
        raise Refused(gettext_noop("The next evaluation lies after this one."))
    agreement = Agreement.objects.select_for_update().get(pk=agreement.pk)
    row = Evaluation.objects.create(
        agreement=agreement,
        evaluated_on=on,
        text=text,
        figures=figures_of(agreement, looked_at(agreement, on=on)),
        recorded_by=by,
    )
    agreement.evaluated_on = next_on
    agreement.save(update_fields=["evaluated_on"])
    keep_version(agreement, why="evaluated", by=by, at=at)
    url = reverse("partnerships:agreement", args=[agreement.slug])
    settle("agreement-evaluate", url=url, by=by, at=at)
    note(agreement, "agreement-evaluated", by=by, case=None, evaluation=row.pk)
    return row


def looked_at(agreement: Agreement, *, on: date) -> Period:
    """The year before a day, or as much of it as the agreement has been in force."""
    return Period(min(max(on - LOOKS_BACK, agreement.starts_on), on - timedelta(1)), on)
