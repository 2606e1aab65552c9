"""What becomes of the agreements below one that ends."""

from datetime import date, datetime, time, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from partnerships import actions
from partnerships.models import Agreement, Role
from partnerships.terms import AgreementBook
from shared.refusals import Refused
from tests.factories import AgreementFactory, AKasseFactory, CoverageFactory, UserFactory

pytestmark = pytest.mark.django_db
GIVEN = date(2026, 3, 15)
END = date(2026, 4, 15)
State = Agreement.State


def at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10)))


@pytest.fixture(autouse=True)
def _no_queue(monkeypatch) -> None:
    monkeypatch.setattr("celery.current_app.send_task", lambda name: None)


@pytest.fixture
def place():
    return CoverageFactory()


@pytest.fixture
def a_kasse():
    return AKasseFactory()


@pytest.fixture
def editor(place):
    return UserFactory(role=Role.AGREEMENT_ADMINISTRATOR, organisation=place.jobcentre)


@pytest.fixture
def above(place) -> Agreement:
    return AgreementFactory(
        kind="declaration", slug="above", starts_on=date(2026, 1, 1), notice_months=1,
        parties=[place.jobcentre], municipalities=[place.municipality],
        terms={"due_soon_days": 9},
    )  # fmt: skip


@pytest.fixture
def below(above, a_kasse, place) -> Agreement:
    return AgreementFactory(
        slug="below", parent=above, starts_on=date(2026, 1, 1), parties=[place.jobcentre, a_kasse]
    )


@pytest.fixture
def addendum(below) -> Agreement:
    return AgreementFactory(
        slug="addendum", kind="addendum", parent=below, starts_on=date(2026, 2, 1)
    )


def give(above, editor, place, for_below: str) -> Agreement:
    return actions.give_notice(
        above, place.jobcentre, on=GIVEN, for_running="move", for_below=for_below,
        by=editor, at=at(GIVEN),
    )  # fmt: skip


def acts(a_kasse, place, day: date) -> bool:
    return bool(AgreementBook.load().acting(a_kasse.pk, place.municipality_id, on=day))


def test_a_notice_needs_a_choice_for_what_would_stand_after_it(above, below, editor, place) -> None:
    with pytest.raises(Refused):
        give(above, editor, place, "")

    below.ends_on = END
    below.save()
    assert give(above, editor, place, "").state == State.UNDER_NOTICE


def test_what_ends_with_it_acts_to_its_last_day_and_no_longer(
    above, addendum, editor, place, a_kasse
) -> None:
    give(above, editor, place, "end")

    assert acts(a_kasse, place, END - timedelta(1))
    assert not acts(a_kasse, place, END)
    ended = actions.expire_and_end(END, at=at(END))

    assert [one.slug for one in ended] == ["above", "below", "addendum"]
    for one in Agreement.objects.exclude(pk=above.pk):
        assert (one.state, one.ends_on, one.for_running) == (State.ENDED, END, "move")
        assert one.steps.filter(kind="end").exists()
    assert not actions.expire_and_end(END, at=at(END))


def test_what_goes_on_by_itself_acts_on_with_the_terms_it_has_from_above(
    above, below, editor, place, a_kasse
) -> None:
    give(above, editor, place, "stand")
    actions.expire_and_end(END, at=at(END))

    below.refresh_from_db()
    assert (below.state, below.ends_on) == (State.ACTIVE, None)
    assert acts(a_kasse, place, END)


def test_a_notice_that_is_taken_back_leaves_what_stands_below_as_it_was(
    above, below, editor, place, a_kasse
) -> None:
    give(above, editor, place, "end")
    actions.withdraw_notice(above, remark="Wrong", by=editor, at=at(GIVEN))

    assert acts(a_kasse, place, END)
    above.refresh_from_db()
    assert above.for_below == ""


def test_an_agreement_that_ends_by_its_term_can_be_asked_what_becomes_of_those_below(
    above, below, editor, place, a_kasse
) -> None:
    above.ends_on = END
    above.save()

    assert acts(a_kasse, place, END)
    actions.settle_below(above, choice="end", by=editor, at=at(GIVEN))
    assert not acts(a_kasse, place, END)


def test_the_page_of_the_notice_names_what_stands_below_and_asks(
    above, below, editor, place
) -> None:
    client = Client()
    client.force_login(editor)

    page = client.get("/aftaler/above/opsigelse/")

    assert below.title in page.content.decode()
    assert page.context["form"].fields["for_below"].required


def test_the_page_of_the_one_below_says_that_it_ends_with_the_other(
    above, below, editor, place
) -> None:
    client = Client()
    client.force_login(editor)
    client.cookies["django_language"] = "en"
    give(above, editor, place, "end")

    facts = dict(client.get("/aftaler/below/").context["shown"].facts)

    assert facts["Ends with that one"] == "14 Apr 2026"
