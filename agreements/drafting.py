"""What the guide does to a draft: begin it, save a step of it, and when it was saved last."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from journal.actions import note
from journal.models import Entry
from partnerships.models import Agreement, AgreementParty, AgreementTerms, Municipality
from partnerships.terms import terms_of_day
from shared.refusals import Refused

SAVED = "agreement-draft-saved"
FOLLOWS_THE_AGREEMENT = ("starts_on", "ends_on")
NOT_COPIED = ("id", "agreement", "starts_on", "ends_on")
LONGEST_SLUG = 50  # room for a number behind it


@dataclass(frozen=True, slots=True)
class Saved:
    """Which steps of a draft have been saved, and when the last of them was."""

    steps: frozenset[int]
    at: datetime | None


@transaction.atomic
def save_parties(
    agreement: Agreement,
    *,
    organisations: Iterable[Any],
    municipalities: Iterable[Municipality],
    by: User,
) -> Agreement:
    """Save the first step; a new draft gets its address and its terms with it."""
    if not agreement.pk:
        agreement.slug = free_slug(agreement.title)
        agreement.save()
        _first_terms(agreement)
    else:
        _lock_draft(agreement)
        agreement.save()
        _follow_days(agreement)
    agreement.municipalities.set(municipalities)
    wanted = {one.pk for one in organisations}
    agreement.parties.exclude(organisation__in=wanted).delete()
    there = set(agreement.parties.values_list("organisation", flat=True))
    AgreementParty.objects.bulk_create(
        AgreementParty(agreement=agreement, organisation_id=key) for key in sorted(wanted - there)
    )
    note(agreement, SAVED, by=by, case=None, step=1)
    return agreement


@transaction.atomic
def save_terms(
    agreement: Agreement, terms: AgreementTerms, said: Mapping[str, Any], *, step: int, by: User
) -> None:
    """Save the terms of one step; other steps' terms stay as they are."""
    _lock_draft(agreement)
    for name, value in said.items():
        setattr(terms, name, value)
    terms.save(update_fields=list(said))
    note(agreement, SAVED, by=by, case=None, step=step)


@transaction.atomic
def save_words(agreement: Agreement, *, text: str, source: str, by: User) -> None:
    """Save what the agreement says and where it is written."""
    _lock_draft(agreement)
    agreement.text, agreement.source = text, source
    agreement.save(update_fields=["text", "source"])
    note(agreement, SAVED, by=by, case=None, step=6)


def saved_of(agreement: Agreement) -> Saved:
    """Which steps have been saved, from the journal."""
    if not agreement.pk:
        return Saved(frozenset(), None)
    rows = Entry.objects.filter(
        subject_kind=Agreement._meta.label_lower, subject_pk=agreement.pk, what=SAVED
    )
    found = list(rows.order_by("-at").values_list("details__step", "at"))
    return Saved(frozenset(step for step, _at in found), found[0][1] if found else None)


def terms_written(agreement: Agreement) -> AgreementTerms:
    """The terms that the guide writes: those of the first day; not stored for a new draft."""
    if not agreement.pk:
        return AgreementTerms(agreement=agreement, starts_on=agreement.starts_on)
    found = agreement.terms.order_by("starts_on").first()
    return found or _first_terms(agreement)


def free_slug(title: str) -> str:
    """An address that no agreement has yet; a Danish letter becomes two."""
    letters = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})
    plain = slugify(title.lower().translate(letters))[:LONGEST_SLUG].strip("-")
    wanted = plain if plain and plain != "ny" else "aftale"
    taken = set(Agreement.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    if wanted not in taken:
        return wanted
    return next(
        slug
        for slug in (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
        if slug not in taken
    )


def _first_terms(agreement: Agreement) -> AgreementTerms:
    """Terms to begin with: an addendum starts from those it changes, others from the usual."""
    above = agreement.parent
    wrote = terms_of_day(above, on=_day_of(above, agreement.starts_on)) if above else None
    copied = (
        {
            one.name: getattr(wrote, one.name)
            for one in AgreementTerms._meta.fields
            if one.name not in NOT_COPIED
        }
        if wrote
        else {}
    )
    return AgreementTerms.objects.create(
        agreement=agreement, starts_on=agreement.starts_on, ends_on=agreement.ends_on, **copied
    )


def _follow_days(agreement: Agreement) -> None:
    """One set of terms lasts as long as the agreement; several were dated by hand and stay."""
    sets = list(agreement.terms.all())
    if len(sets) == 1:
        days = {name: getattr(agreement, name) for name in FOLLOWS_THE_AGREEMENT}
        AgreementTerms.objects.filter(pk=sets[0].pk).update(**days)


def _day_of(above: Agreement, day: date) -> date:
    return max(day, above.starts_on)


def _lock_draft(agreement: Agreement) -> None:
    """Only a draft is written; what was sent, approved or signed is changed by an addendum."""
    state = Agreement.objects.select_for_update().values_list("state", flat=True)
    if state.get(pk=agreement.pk) != Agreement.State.DRAFT:
        raise Refused(
            _("The agreement is no longer a draft. Send it back, or change it by an addendum.")
        )
