"""Which agreement acts for whom on a day."""

from datetime import date

import pytest

from law.facts import YoungGroup
from partnerships.models import Agreement, AgreementParty, AgreementTerms, Organisation
from partnerships.terms import AgreementBook, acting_agreement, due_soon_days_for
from tests.factories import AKasseFactory, MunicipalityFactory

START, END = date(2026, 1, 1), date(2027, 1, 1)
DURING = date(2026, 6, 1)


@pytest.fixture
def city(db):
    return MunicipalityFactory(code="101")


@pytest.fixture
def fund(db):
    return AKasseFactory(slug="3f")


def agree(city, *parties, kind="agreement", slug="a", terms=None, **columns):
    """An agreement with its parties, and terms for all its days when some are said."""
    columns = {"state": "active", "starts_on": START, "ends_on": END, **columns}
    row = Agreement.objects.create(slug=slug, title=slug, kind=kind, **columns)
    if city:
        row.municipalities.add(city)
    for party in parties:
        AgreementParty.objects.create(agreement=row, organisation=party)
    if terms is not None:
        AgreementTerms.objects.create(agreement=row, starts_on=START, ends_on=END, **terms)
    return row


def acting_slug(fund, city="101", on=DURING):
    acting = acting_agreement(fund.pk, city, on=on)
    return acting and acting.agreement.slug


def test_an_agreement_acts_from_its_first_day_to_the_day_before_its_end(city, fund):
    agree(city, fund, terms={})
    days = [date(2025, 12, 31), START, date(2026, 12, 31), END]
    assert [acting_slug(fund, on=day) for day in days] == [None, "a", "a", None]


def test_it_acts_for_its_parties_in_its_municipalities_alone(city, fund):
    agree(city, fund, terms={})
    MunicipalityFactory(code="751")
    assert acting_slug(AKasseFactory(slug="foa")) is None
    assert acting_slug(fund, "751") is None


@pytest.mark.parametrize("state", ["draft", "coordinating", "approved", "signed"])
def test_what_is_not_in_force_yet_does_not_act(city, fund, state):
    agree(city, fund, terms={}, state=state)
    assert acting_slug(fund) is None


def test_an_agreement_stands_over_the_declaration_above_it_and_an_addendum_over_both(city, fund):
    above = agree(city, fund, kind="declaration", slug="declaration", terms={"due_soon_days": 3})
    assert acting_slug(fund) == "declaration"
    own = agree(city, fund, slug="own", parent=above, terms={"due_soon_days": 7})
    assert acting_slug(fund) == "own"
    assert due_soon_days_for(fund.pk, "101", on=DURING) == 7
    agree(None, kind="addendum", slug="addendum", parent=own, terms={"due_soon_days": 9})
    assert acting_slug(fund) == "addendum"
    assert due_soon_days_for(fund.pk, "101", on=DURING) == 9


def test_an_agreement_without_terms_has_those_of_the_declaration(city, fund):
    above = agree(city, kind="declaration", slug="declaration", terms={"min_age": 30})
    agree(city, fund, slug="own", parent=above)
    foa = AKasseFactory(slug="foa")
    agree(city, foa, slug="other", parent=above)
    acting = acting_agreement(fund.pk, "101", on=DURING)
    assert (acting.agreement.slug, acting.terms.min_age) == ("own", 30)
    assert acting.terms.a_kasser == ("3f", "foa")


def test_without_any_terms_it_does_not_act(city, fund):
    agree(city, fund)
    assert acting_slug(fund) is None
    assert due_soon_days_for(fund.pk, "101", on=DURING) == 5


def test_terms_are_those_of_the_day(city, fund):
    row = agree(city, fund)
    middle = date(2026, 7, 1)
    for start, end, days in ((START, middle, 8), (middle, None, 4)):
        AgreementTerms.objects.create(
            agreement=row, starts_on=start, ends_on=end, due_soon_days=days
        )
    book = AgreementBook.load()
    assert [
        book.due_soon_days(fund.pk, "101", on=day)
        for day in (START, date(2026, 6, 30), middle, END)
    ] == [8, 8, 4, 5]


def test_a_successor_takes_the_place_of_a_party_that_merged(city, fund):
    old = AKasseFactory(slug="tib", successor=fund, ends_on=DURING)
    agree(city, old, terms={})
    day_before = date(2026, 5, 31)
    assert (acting_slug(old, on=day_before), acting_slug(old, on=DURING)) == ("a", None)
    assert (acting_slug(fund, on=day_before), acting_slug(fund, on=DURING)) == (None, "a")
    assert acting_agreement(fund.pk, "101", on=DURING).terms.a_kasser == ("3f", "tib")


def test_a_ring_of_mergers_does_not_hang(city, fund):
    old = AKasseFactory(slug="tib", successor=fund, ends_on=DURING)
    Organisation.objects.filter(pk=fund.pk).update(successor=old, ends_on=date(2026, 9, 1))
    agree(city, old, terms={})
    assert acting_slug(fund, on=DURING) == "a"


def test_groups_of_young_people_reach_the_law(city, fund):
    young = [{"a_kasse": "3f", "from_age": 25, "to_age": 29}]
    agree(city, fund, terms={"young_groups": young, "min_age": 30})
    terms = acting_agreement(fund.pk, "101", on=DURING).terms
    assert terms.young_groups == (YoungGroup("3f", 25, 29),)


@pytest.mark.parametrize("count", [1, 3])
def test_the_book_is_read_in_the_same_few_queries(city, fund, count, django_assert_num_queries):
    for number in range(count):
        agree(city, AKasseFactory(), slug=f"agreement-{number}", terms={})
    with django_assert_num_queries(5):
        book = AgreementBook.load()
    with django_assert_num_queries(0):
        book.acting(fund.pk, "101", on=DURING)
