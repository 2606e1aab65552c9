"""Activities and forums of the shipped agreements: drafts, once, with phase 2 shut."""

from datetime import date

import pytest
from django.core.management import call_command

from activities.agreed_on import what_phase_two_lacks
from activities.models import Activity
from forums.models import Forum
from partnerships.models import Agreement
from partnerships.reference import load_reference


@pytest.fixture
def agreed(db):
    load_reference()
    call_command("load_agreed")
    return Agreement.objects.get(slug="det-faglige-hus-koebenhavn-2023")


def test_the_note_of_2023_has_four_activities_and_two_ideas_and_all_are_drafts(agreed):
    rows = Activity.objects.filter(agreements=agreed)
    assert {one.state for one in rows} == {"draft"}
    assert rows.filter(phase=1).count() == 4
    assert rows.filter(phase=2).count() == 2
    hand = rows.get(kind="hand")
    assert [one.party for one in hand.flow_template.all()] == [
        "a_kasse", "a_kasse", "jobcentre", "a_kasse",
    ]  # fmt: skip


def test_the_ideas_lack_budget_and_addendum_and_before_2024_the_law_too(agreed):
    assert len(what_phase_two_lacks(agreed, on=date(2023, 12, 31))) == 3
    assert len(what_phase_two_lacks(agreed, on=date(2024, 1, 1))) == 2


def test_the_directors_meet_twice_a_year_at_least(agreed):
    directors = Forum.objects.get(kind="directors")
    assert directors.agreement.slug == "beskaeftigelsesregioner-ak-samvirke-2009"
    assert directors.meetings_a_year == 2


def test_what_is_there_stands_as_edited_when_loaded_again(agreed):
    Activity.objects.filter(kind="workshop").update(purpose="Rettet")
    Forum.objects.filter(kind="directors").update(name="Direktørkreds")
    call_command("load_agreed")
    assert Activity.objects.filter(agreements=agreed).count() == 6
    assert Activity.objects.get(kind="workshop").purpose == "Rettet"
    assert Forum.objects.count() == 4
