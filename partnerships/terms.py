"""Rows → the terms that the law understands: which agreement acts for whom on a day."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Self

from django.db.models import Q

from law.facts import Terms, YoungGroup
from partnerships.models import Agreement, AgreementTerms, Organisation

DUE_SOON_DAYS = 5
SPECIFIC_FIRST = {
    Agreement.Kind.ADDENDUM: 0,
    Agreement.Kind.AGREEMENT: 1,
    Agreement.Kind.DECLARATION: 2,
    Agreement.Kind.REGIONAL: 3,
}

Pair = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Acting:
    """An agreement that acts for an a-kasse in a municipality, and its terms then."""

    agreement: Agreement
    terms: Terms
    agreed: AgreementTerms


@dataclass(frozen=True, slots=True)
class Days:
    """A run of days; the last day is excluded, and no last day is open."""

    starts_on: date
    ends_on: date | None

    def __contains__(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)

    def within(self, starts_on: date | None, ends_on: date | None) -> Self | None:
        """The days that also lie in another run; None when no day does."""
        start = max(self.starts_on, starts_on or date.min)
        end = min(self.ends_on or date.max, ends_on or date.max)
        if start >= end:
            return None
        return type(self)(start, None if end == date.max else end)


@dataclass(frozen=True, slots=True)
class AgreementBook:
    """Who is under which agreement, for many questions after a handful of queries.

    The most specific agreement wins: an addendum over its agreement, that over the declaration
    it stands under; among equals the younger one. Without terms of its own it has its parent's.
    A merged a-kasse's place is taken by its successor from the day of the merger.
    """

    by_pair: dict[Pair, list[tuple[Days, Acting]]]

    @classmethod
    def load(cls) -> Self:
        """Read all agreements that have acted or act; there are few."""
        return cls._of(_Shelf.read())

    @classmethod
    def now_and_supposing(
        cls, agreement: Agreement, terms: Sequence[AgreementTerms] | None = None
    ) -> tuple[Self, Self]:
        """The book, and the one if an agreement acted, with other terms than its own if given."""
        shelf = _Shelf.read(agreement.pk, {} if terms is None else {agreement.pk: terms})
        acting = {
            key: one for key, one in shelf.agreements.items() if one.state in Agreement.ACTING
        }
        return cls._of(replace(shelf, agreements=acting, supposed={})), cls._of(shelf)

    @classmethod
    def _of(cls, shelf: "_Shelf") -> Self:
        found: dict[Pair, list[tuple[Days, Acting]]] = defaultdict(list)
        for agreement in sorted(shelf.agreements.values(), key=_specific_first):
            for pair, days, acting in shelf.acts_of(agreement):
                found[pair].append((days, acting))
        return cls(dict(found))

    def acting(self, a_kasse: int, municipality: str, *, on: date) -> Acting | None:
        """The agreement that acts for members of an a-kasse in a municipality on a day."""
        for days, acting in self.by_pair.get((a_kasse, municipality), ()):
            if on in days:
                return acting
        return None

    def naming(self, agreement: int, a_kasse: int, *, on: date) -> Acting | None:
        """How one agreement acts for members of an a-kasse on a day, wherever they live."""
        return next(
            (
                acting
                for (party, _place), found in self.by_pair.items()
                for days, acting in found
                if party == a_kasse and acting.agreement.pk == agreement and on in days
            ),
            None,
        )

    def of_members(self, a_kasse: int, *, on: date) -> list[Agreement]:
        """The agreements that act for members of an a-kasse on a day somewhere, by title."""
        found = {
            acting.agreement.pk: acting.agreement
            for (party, _place), several in self.by_pair.items()
            for days, acting in several
            if party == a_kasse and on in days
        }
        return sorted(found.values(), key=lambda one: (one.title, one.pk))

    def due_soon_days(self, a_kasse: int, municipality: str, *, on: date) -> int:
        """How many working days before a deadline the worklist starts to warn."""
        acting = self.acting(a_kasse, municipality, on=on)
        return acting.terms.due_soon_days if acting else DUE_SOON_DAYS


def acting_agreement(a_kasse: int, municipality: str, *, on: date) -> Acting | None:
    """The agreement that acts for members of an a-kasse in a municipality on a day."""
    return AgreementBook.load().acting(a_kasse, municipality, on=on)


def due_soon_days_for(a_kasse: int, municipality: str, *, on: date) -> int:
    """How many working days before a deadline the worklist starts to warn."""
    return AgreementBook.load().due_soon_days(a_kasse, municipality, on=on)


def terms_of_day(agreement: Agreement, *, on: date) -> AgreementTerms | None:
    """The terms that an agreement, or the one it stands under, has on a day."""
    one: Agreement | None = agreement
    while one:
        for terms in one.terms.all():
            if on in Days(terms.starts_on, terms.ends_on):
                return terms
        one = one.parent
    return None


def whose_end_counts(agreement: Agreement, known: Mapping[int, Agreement]) -> Agreement:
    """The agreement by whose end another ends: its own, or that of one above it."""
    parent = known.get(agreement.parent_id or 0)
    if parent is None:
        return agreement
    above = whose_end_counts(parent, known)
    if agreement.kind == Agreement.Kind.ADDENDUM:
        return above
    goes_along = parent.for_below == Agreement.ForBelow.END
    first = (above.ends_on or date.max) < (agreement.ends_on or date.max)
    return above if goes_along and first else agreement


def law_terms(
    terms: AgreementTerms, days: Days, *, a_kasser: Iterable[str], places: Iterable[str]
) -> Terms:
    """Terms in the law's words, for a-kasser by slug and municipalities by code."""
    return Terms(
        in_force_from=days.starts_on,
        in_force_to=days.ends_on,
        a_kasser=tuple(sorted(a_kasser)),
        municipalities=tuple(places),
        first_meetings_at_a_kasse=terms.first_meetings_at_a_kasse,
        window_weeks=terms.window_weeks or 0,
        min_age=terms.min_age or 0,
        exclude_special_effort=terms.exclude_special_effort,
        young_groups=tuple(YoungGroup(**group) for group in terms.young_groups),
        first_joint_from=terms.first_joint_from,
        free_municipality=terms.free_municipality,
        due_soon_days=terms.due_soon_days,
    )


def _specific_first(agreement: Agreement) -> tuple[int, int, int]:
    kind = Agreement.Kind(agreement.kind)
    return SPECIFIC_FIRST[kind], -agreement.starts_on.toordinal(), agreement.pk


@dataclass(frozen=True, slots=True)
class _Shelf:
    """All agreements with their parties, places and terms, and all a-kasser, by key."""

    agreements: dict[int, Agreement]
    a_kasser: dict[int, Organisation]
    supposed: Mapping[int, Sequence[AgreementTerms]] = field(default_factory=dict)

    @classmethod
    def read(
        cls,
        also: int | None = None,
        supposed: Mapping[int, Sequence[AgreementTerms]] | None = None,
    ) -> Self:
        """All that act, and one that is supposed to."""
        acting = Q(state__in=Agreement.ACTING) | Q(pk=also)
        rows = Agreement.objects.filter(acting).order_by("pk")
        rows = rows.prefetch_related("parties", "municipalities", "terms")
        return cls(
            {row.pk: row for row in rows},
            {row.pk: row for row in Organisation.objects.a_kasser()},
            supposed or {},
        )

    def acts_of(self, agreement: Agreement) -> Iterator[tuple[Pair, Days, Acting]]:
        """For which a-kasser and municipalities an agreement acts, on which days, and how."""
        places = self._municipalities(agreement)
        for terms, owner in self._terms(agreement):
            days = self._days(agreement)
            shared = days and days.within(terms.starts_on, terms.ends_on)
            if not shared:
                continue
            said = self._law_terms(terms, owner, places, shared)
            said = replace(said, stops_on=self._stops_on(agreement))
            acting = Acting(agreement, said, terms)
            for a_kasse, member_days in self._members(agreement, shared):
                for code in places:
                    yield (a_kasse, code), member_days, acting

    def _parent(self, agreement: Agreement) -> Agreement | None:
        return self.agreements.get(agreement.parent_id or 0)

    def _days(self, agreement: Agreement) -> Days | None:
        """When an agreement holds; an addendum holds no longer than what it changes."""
        days, parent = Days(agreement.starts_on, agreement.ends_on), self._parent(agreement)
        if parent and agreement.kind == Agreement.Kind.ADDENDUM:
            above = self._days(parent)
            return days.within(above.starts_on, above.ends_on) if above else None
        return days.within(None, whose_end_counts(agreement, self.agreements).ends_on)

    def _stops_on(self, agreement: Agreement) -> date | None:
        """The first day without terms for courses that run, where they move at the end."""
        one = whose_end_counts(agreement, self.agreements)
        return one.ends_on if one.for_running == Agreement.ForRunning.MOVE else None

    def _terms(self, agreement: Agreement) -> Iterator[tuple[AgreementTerms, Agreement]]:
        """The terms by which an agreement acts and who holds them; its own come first."""
        owner: Agreement | None = agreement
        while owner:
            own: Iterable[AgreementTerms] = self.supposed.get(owner.pk, owner.terms.all())
            yield from ((terms, owner) for terms in own)
            owner = self._parent(owner)

    def _municipalities(self, agreement: Agreement) -> tuple[str, ...]:
        """Where an agreement holds; what stands under another may leave it to that one."""
        codes = tuple(sorted(one.code for one in agreement.municipalities.all()))
        parent = self._parent(agreement)
        return codes if codes or not parent else self._municipalities(parent)

    def _parties(self, agreement: Agreement) -> list[Organisation]:
        """The a-kasser that are parties; an addendum may leave it to what it changes."""
        keys = [one.organisation_id for one in agreement.parties.all()]
        found = [self.a_kasser[key] for key in sorted(keys) if key in self.a_kasser]
        parent = self._parent(agreement)
        return found if found or not parent else self._parties(parent)

    def _members(self, agreement: Agreement, days: Days) -> Iterator[tuple[int, Days]]:
        """The a-kasser whose members are under an agreement, each with its days."""
        for party in self._parties(agreement):
            since, one = date.min, party
            while shared := days.within(since, one.ends_on):
                yield one.pk, shared
                if not (one.ends_on and one.successor_id in self.a_kasser):
                    break
                since, one = one.ends_on, self.a_kasser[one.successor_id]

    def _law_terms(
        self, terms: AgreementTerms, owner: Agreement, places: tuple[str, ...], days: Days
    ) -> Terms:
        """Terms in the law's words, with every a-kasse that the terms reach."""
        below = [one for one in self.agreements.values() if one.parent_id == owner.pk]
        slugs = {
            self.a_kasser[key].slug
            for one in [owner, *below]
            for key, _ in self._members(one, days)
        }
        return law_terms(terms, days, a_kasser=slugs, places=places)
