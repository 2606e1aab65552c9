"""Rows → the terms that the law understands: which agreement acts for whom on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from law.facts import Terms, YoungGroup
from partnerships.models import Agreement, AgreementTerms

DUE_SOON_DAYS = 5


@dataclass(frozen=True, slots=True)
class Acting:
    """An agreement that acts for an a-kasse in a municipality, and its terms then."""

    agreement: Agreement
    terms: Terms
