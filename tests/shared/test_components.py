from datetime import date

import pytest
from django.template import Context, Template
from django.utils.translation import override

from shared.templatetags import components

MONDAY = date(2026, 11, 23)


def rendered(text: str, **values: object) -> str:
    with override("en"):
        return Template("{% load components %}" + text).render(Context(values))


def test_a_status_has_a_shape_a_colour_and_a_word() -> None:
    html = rendered('{% status "over" "4 working days over" %}')

    assert 'class="kf-st kf-st--over"' in html
    assert "status.svg#over" in html
    assert "4 working days over" in html


def test_a_status_that_is_not_in_the_vocabulary_is_refused() -> None:
    with pytest.raises(ValueError, match="fine is no status"):
        components.status("fine", "Fine")


def test_text_from_people_is_escaped() -> None:
    html = rendered("{% status 'held' said %}{% initials said 'AB' %}", said="<b>x</b>")

    assert "<b>" not in html
    assert html.count("&lt;b&gt;") == 3


def test_a_deadline_says_the_distance_and_the_day() -> None:
    html = rendered("{% deadline day on=today %}", day=date(2026, 11, 17), today=MONDAY)

    assert "4 working days over" in html
    assert "Due Tue 17 Nov" in html


def test_a_deadline_without_a_day_says_so() -> None:
    assert "No date yet" in rendered("{% deadline day on=today %}", day=None, today=MONDAY)


@pytest.mark.parametrize(
    ("weeks", "of", "width"),
    [(6.5, 13, "26.0"), (0, 26, "0.0"), (30, 26, "52"), (5, 0, "0")],
)
def test_the_bar_of_weeks_never_leaves_its_track(weeks, of, width) -> None:
    html = components.week_bar(weeks, of=of)

    assert f'class="kf-fill" width="{width}"' in html


def test_a_jobcentre_is_called_a_municipality_from_february_2026() -> None:
    with override("en"):
        assert components.party_word("jobcentre", on=date(2026, 1, 31)) == "jobcentre"
        assert components.party_word("jobcentre", on=date(2026, 2, 1)) == "municipality"
        assert components.party_word("a_kasse", on=date(2026, 2, 1)) == "a-kasse"


def test_a_panel_holds_its_body_under_its_title() -> None:
    html = rendered('{% panel title="Deadlines" count="7" tone="over" %}<p>body</p>{% endpanel %}')

    assert "<h2>Deadlines</h2>" in html
    assert "kf-panel--over" in html
    assert "<p>body</p>" in html
    assert ">7<" in html


def test_dates_of_nothing_are_nothing() -> None:
    text = "{{ none|day }}{{ none|day_year }}{{ none|plain_day }}{{ none|clock }}{{ none|moment }}"

    assert rendered(text, none=None) == ""


def test_what_a_template_escaped_is_not_escaped_again_in_a_status():
    said = Template(
        "{% load components i18n %}{% blocktranslate asvar word %}by {{ who }}{% endblocktranslate %}"
        "{% status 'held' word %}"
    ).render(Context({"who": "O'Hara"}))
    assert ">By O&#x27;Hara<" in said
