"""The manners that the parties of an agreement settled: notice, new times, and so on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self

from courses.models import Course
from partnerships.models import Agreement, AgreementTerms
from partnerships.terms import Days, whose_end_counts


@dataclass(frozen=True, slots=True)
class AgreedBook:
    """All agreements with their terms, for many courses after two queries."""

    agreements: Mapping[int, Agreement]

    @classmethod
    def load(cls) -> Self:
        """Read all agreements that have acted or act; there are few."""
        rows = Agreement.objects.filter(state__in=Agreement.ACTING).prefetch_related("terms")
        return cls({one.pk: one for one in rows})

    def terms(self, course: Course, *, on: date) -> AgreementTerms | None:
        """The terms of a day for a course that an agreement takes in; None where none does.

        A course keeps the agreement it began under; where running courses move at its end, it
        has no terms from that day on.
        """
        if not course.eligible:
            return None
        one: Agreement | None = self.agreements.get(course.agreement_id or 0)
        if one is None or _has_stopped(whose_end_counts(one, self.agreements), on):
            return None
        while one is not None:
            for terms in one.terms.all():
                if on in Days(terms.starts_on, terms.ends_on):
                    return terms
            one = self.agreements.get(one.parent_id or 0)
        return None


def agreed_terms(course: Course, *, on: date) -> AgreementTerms | None:
    """The terms of a day for one course; no query where no agreement takes it in."""
    if not course.agreement_id or not course.eligible:
        return None
    return AgreedBook.load().terms(course, on=on)


def _has_stopped(agreement: Agreement, on: date) -> bool:
    moves = agreement.for_running == Agreement.ForRunning.MOVE
    return moves and agreement.ends_on is not None and agreement.ends_on <= on
