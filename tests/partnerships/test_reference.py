"""The reference data: loaded twice, names by date, areas by date, succession."""

import json
from datetime import date, timedelta

import pytest
from django.core.management import call_command

from law.agreements import LO_COPENHAGEN_2009
from partnerships.coverage import CoverageBook
from partnerships.models import Agreement, Coverage, Municipality, Organisation, OrganisationName
from partnerships.reference import load_reference
from partnerships.terms import AgreementBook, terms_of_day

JOBCENTRES_NEED_NOT_BE = date(2026, 2, 1)


@pytest.fixture
def reference(db):
    return load_reference()


def key(slug):
    return Organisation.objects.get(slug=slug).pk


def test_everything_of_the_files_is_there(reference):
    assert Municipality.objects.count() == 98
    assert Organisation.objects.a_kasser().count() == 32
    assert Organisation.objects.jobcentres().count() == 95
    assert {file: counts["new"] for file, counts in reference.files.items()} == {
        "municipality": 98,
        "organisation": 134,
        "succession": 0,
        "names": 243,
        "coverage": 99,
        "agreements": 9,
    }


def test_loading_again_changes_nothing(reference, capsys):
    call_command("load_reference", "--json")
    again = json.loads(capsys.readouterr().out)
    assert [counts["new"] + counts["changed"] for counts in again.values()] == [0] * 6
    assert again["names"]["same"] == 243


def test_a_changed_row_is_put_right_and_reported(reference):
    Municipality.objects.filter(code="101").update(name="Copenhagen")
    assert load_reference().files["municipality"] == {"new": 0, "changed": 1, "same": 97, "kept": 0}
    assert Municipality.objects.get(code="101").name == "København"


def test_a_municipality_may_keep_the_word_jobcentre(reference):
    aarhus = key("jc-751")
    OrganisationName.objects.filter(organisation=aarhus, ends_on=None).update(
        name="Jobcenter Aarhus"
    )
    assert load_reference().files["names"]["kept"] == 2
    assert Organisation.objects.get(pk=aarhus).name_on(date(2026, 6, 1)) == "Jobcenter Aarhus"
    load_reference(replace=True)
    assert Organisation.objects.get(pk=aarhus).name_on(date(2026, 6, 1)) == "Aarhus Kommune"


@pytest.mark.parametrize(
    ("slug", "day", "name"),
    [
        ("jc-101", JOBCENTRES_NEED_NOT_BE - timedelta(1), "Jobcenter København"),
        ("jc-101", JOBCENTRES_NEED_NOT_BE, "Københavns Kommune"),
        ("jc-400", JOBCENTRES_NEED_NOT_BE, "Bornholms Regionskommune"),
        ("dfh", date(2011, 2, 28), "Danske Lønmodtageres A-kasse"),
        ("dfh", date(2011, 3, 1), "Det Faglige Hus A-kasse"),
        ("ak-samvirke", date(2009, 11, 1), "AK-Samvirke"),
        ("ak-samvirke", date(2020, 1, 1), "Danske A-kasser"),
    ],
)
def test_what_an_organisation_is_called_depends_on_the_day(reference, slug, day, name):
    assert Organisation.objects.get(slug=slug).name_on(day) == name


def test_an_organisation_has_a_name_on_every_day_it_exists(reference):
    for row in Organisation.objects.prefetch_related("names"):
        spans = sorted((one.starts_on, one.ends_on) for one in row.names.all())
        assert [end for _, end in spans[:-1]] == [start for start, _ in spans[1:]], row.slug
        assert spans[-1][1] == row.ends_on, row.slug
        assert row.starts_on is None or spans[0][0] == row.starts_on, row.slug


@pytest.mark.parametrize(
    ("code", "day", "jobcentre"),
    [
        ("183", date(2021, 12, 31), "jc-187"),
        ("183", date(2022, 1, 1), "jc-183"),
        ("155", date(2026, 1, 1), "jc-185"),
        ("563", date(2015, 7, 1), "jc-561"),
        ("825", date(2015, 7, 1), "jc-813"),
        ("101", date(2009, 8, 1), "jc-101"),
    ],
)
def test_which_jobcentre_serves_a_municipality_depends_on_the_day(reference, code, day, jobcentre):
    assert CoverageBook.load().jobcentre_of(code, on=day) == key(jobcentre)


def test_every_municipality_is_served_without_a_gap(reference):
    for municipality in Municipality.objects.prefetch_related("coverages"):
        spans = sorted((one.starts_on, one.ends_on) for one in municipality.coverages.all())
        assert spans[0][0] == date(2007, 1, 1)
        assert [end for _, end in spans[:-1]] == [start for start, _ in spans[1:]]
        assert spans[-1][1] is None
    assert Coverage.objects.count() == 99


def test_merged_a_kasser_name_their_successor_and_their_last_day(reference):
    tib = Organisation.objects.get(slug="tib")
    assert (tib.successor.slug, tib.ends_on) == ("3f", date(2011, 1, 1))
    assert set(
        Organisation.objects.filter(successor__slug="min").values_list("slug", flat=True)
    ) == {
        "sta",
        "prosa",
        "bd",
        "fsa",
    }
    ended = Organisation.objects.a_kasser().exclude(ends_on=None)
    assert not ended.filter(successor=None).exists()
    assert len(ended) == 11
    in_2009 = Organisation.objects.a_kasser().existing(on=date(2009, 11, 1)).count()
    in_2026 = Organisation.objects.a_kasser().existing(on=date(2026, 6, 1)).count()
    assert (in_2009, in_2026) == (29, 21)


def test_the_declaration_of_2009_is_what_the_law_ships(reference):
    """But for its end: the law leaves it open, here it ends with the rules it belonged to."""
    book = AgreementBook.load()
    for slug in LO_COPENHAGEN_2009.a_kasser:
        acting = book.acting(key(slug), "101", on=date(2009, 8, 3))
        assert acting.agreement.parent.slug == "lo-koebenhavn-2009"
        assert set(acting.terms.a_kasser) == set(LO_COPENHAGEN_2009.a_kasser)
        for name in (
            "municipalities",
            "in_force_from",
            "first_meetings_at_a_kasse",
            "window_weeks",
            "min_age",
            "exclude_special_effort",
            "young_groups",
            "first_joint_from",
            "free_municipality",
            "due_soon_days",
        ):
            assert getattr(acting.terms, name) == getattr(LO_COPENHAGEN_2009, name), name


def test_historic_agreements_have_ended_and_the_one_in_force_says_that_it_is_made_up(reference):
    today = date(2026, 11, 22)
    [made_up] = Agreement.objects.in_force(on=today)
    assert made_up.made_up
    assert made_up.title.startswith("Eksempel")
    assert not Agreement.objects.exclude(pk=made_up.pk).filter(made_up=True).exists()
    assert terms_of_day(made_up, on=today).due_soon_days == 5
    assert terms_of_day(made_up, on=date(2026, 6, 30)).due_soon_days == 8


def test_the_minutes_of_2009_are_kept(reference):
    notes = Agreement.objects.get(slug="lo-koebenhavn-2009").minute_notes
    assert "Venstre og Dansk Folkeparti" in notes
    assert "Enhedslisten" in notes


def test_the_documents_are_there_point_by_point_and_open_where_nobody_read_them(reference):
    house = Agreement.objects.get(slug="det-faglige-hus-koebenhavn-2023")
    said = {one.template_key or one.title: one for one in house.points.all()}
    assert said["term"].text.endswith(
        "en måneds varsel. Aktiviteterne justeres, som parterne bliver klogere."
    )
    assert said["term"].title == "Løbetid, evaluering, ændring og opsigelse"
    assert {one.state for one in said.values()} == {"agreed"}
    for_tib = Agreement.objects.get(slug="lo-koebenhavn-2009-tib")
    assert {one.state for one in for_tib.points.all()} == {"open"}
    workflow = house.workflow_steps.filter(workflow="En individuel hånd")
    assert [one.order for one in workflow] == [1, 2, 3]


def test_phase_two_of_2023_still_waits_for_budget_and_addendum_when_the_law_has_come(reference):
    house = Agreement.objects.get(slug="det-faglige-hus-koebenhavn-2023")
    assert house.phase_two.law_in_force_on == date(2024, 1, 1)
    assert (house.phase_two.budget_in_place_on, house.phase_two.addendum) == (None, None)


def test_the_declaration_of_2009_grants_each_a_kasse_its_frame(reference):
    for slug in ("3f", "foa", "tib", "metal"):
        agreement = Agreement.objects.get(slug=f"lo-koebenhavn-2009-{slug}")
        terms = terms_of_day(agreement, on=date(2009, 9, 1))
        assert (terms.frame_amount, terms.frame_months) == (500_000, 12)
