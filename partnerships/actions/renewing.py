"""Renewing an agreement: a draft that reads as it does, and takes over where it ends."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_noop

from accounts.models import User
from journal.actions import note
from partnerships.actions.life import BEFORE
from partnerships.models import Agreement, Step
from partnerships.terms import terms_of_day
from partnerships.versions import keep_version
from shared.refusals import Refused

SAME = ("kind", "parent", "notice_months", "made_up", "text")


@transaction.atomic
def renew(  # noqa: PLR0913 (a renewal is these)
    agreement: Agreement,
    *,
    title: str,
    slug: str,
    starts_on: date,
    ends_on: date | None,
    by: User,
    at: datetime,
) -> Agreement:
    """Make a draft that renews an agreement: its text, parties, places, points and last terms.

    The old one goes on until the new one has been approved, signed and put in force.
    """
    row = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    if row.state not in BEFORE[Step.Kind.RENEW]:
        raise Refused(gettext_noop("Only an agreement that is or was in force can be renewed."))
    if row.renewals.exists():
        raise Refused(gettext_noop("The agreement has been renewed already."))
    if starts_on <= row.starts_on:
        said = gettext_noop("The agreement began on %(day)s; what renews it begins later.")
        raise Refused(said, day=row.starts_on)
    draft = Agreement.objects.create(
        **{name: getattr(row, name) for name in SAME},
        slug=slug,
        title=title,
        renews=row,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    draft.municipalities.set(row.municipalities.all())
    _take_what_stands_below(row, draft)
    _take_terms(row, draft)
    keep_version(draft, why="renewal-drafted", by=by, at=at)
    note(row, "agreement-renewal-drafted", by=by, case=None, renewal=draft.slug)
    return draft


def _take_what_stands_below(before: Agreement, draft: Agreement) -> None:
    """The parties, who have not signed the draft, its points and its workflows."""
    for party in before.parties.all():
        draft.parties.create(**_columns(party, skip=("signed_on", "signed_by")))
    for point in before.points.all():
        draft.points.create(**_columns(point))
    for step in before.workflow_steps.all():
        draft.workflow_steps.create(**_columns(step))


def _take_terms(before: Agreement, draft: Agreement) -> None:
    """The terms that the renewed agreement has when the draft begins, else its last ones."""
    terms = terms_of_day(before, on=draft.starts_on) or before.terms.last()
    if terms and terms.agreement_id == before.pk:
        columns = _columns(terms, skip=("starts_on", "ends_on"))
        draft.terms.create(**columns, starts_on=draft.starts_on)


def _columns(row: models.Model, *, skip: Collection[str] = ()) -> dict[str, Any]:
    """What a row says, without its key and without what it belongs to."""
    left = {"id", "agreement", *skip}
    return {one.name: getattr(row, one.name) for one in row._meta.fields if one.name not in left}
