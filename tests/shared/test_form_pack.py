"""The form pack gives every kind of field a label, its errors, and ids that belong together."""

import re

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms
from django.template import Context, Template
from django.utils.translation import override

CHOICES = [("a", "First"), ("b", "Second")]


class Everything(forms.Form):
    """One field of each kind."""

    name = forms.CharField(help_text="As in the passport.")
    remark = forms.CharField(widget=forms.Textarea, required=False)
    day = forms.DateField()
    kind = forms.ChoiceField(choices=CHOICES)
    one = forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect)
    many = forms.MultipleChoiceField(choices=CHOICES, widget=forms.CheckboxSelectMultiple)
    agreed = forms.BooleanField()
    file = forms.FileField()
    secret = forms.CharField(widget=forms.HiddenInput)


def drawn(form: forms.Form) -> str:
    """The fields of a form as the pack draws them, with one space between words."""
    with override("en"):
        text = Template("{% load crispy_forms_tags %}{{ form|crispy }}")
        return " ".join(text.render(Context({"form": form})).split())


@pytest.fixture
def bound() -> Everything:
    return Everything({"name": ""})


@pytest.mark.parametrize(
    "name", [name for name in Everything.base_fields if name not in ("one", "many", "secret")]
)
def test_each_control_has_a_label_of_its_own(name: str, bound: Everything) -> None:
    assert f'<label class="form-label" for="id_{name}">' in drawn(bound)


@pytest.mark.parametrize("name", ["one", "many"])
def test_choices_stand_in_a_group_with_a_legend_and_a_label_each(name: str, bound) -> None:
    html = drawn(bound)

    assert f'<fieldset id="id_{name}"' in html
    assert html.count(f'for="id_{name}_0"') == html.count(f'id="id_{name}_0"') == 1
    assert html.count(f'for="id_{name}_1"') == html.count(f'id="id_{name}_1"') == 1


def test_what_a_control_says_it_is_described_by_is_on_the_page(bound: Everything) -> None:
    html = drawn(bound)
    described = " ".join(re.findall(r'aria-describedby="([^"]+)"', html)).split()

    assert "id_name_helptext" in described
    assert "id_name_error" in described
    assert all(f'id="{key}"' in html for key in described)


def test_no_id_stands_twice(bound: Everything) -> None:
    ids = re.findall(r'\bid="([^"]+)"', drawn(bound))

    assert len(ids) == len(set(ids))


def test_the_summary_links_to_each_field_with_the_words_at_the_field(bound: Everything) -> None:
    html = drawn(bound)
    links = re.findall(r'class="function-link" href="#([^"]+)"', html)

    assert links == [
        f"id_{name}" for name in ("name", "day", "kind", "one", "many", "agreed", "file")
    ]
    assert all(f'id="{key}"' in html for key in links)
    assert "data-error-summary" in html


def test_a_form_without_errors_has_no_summary() -> None:
    assert "data-error-summary" not in drawn(Everything())


def test_fields_that_may_be_left_out_say_so(bound: Everything) -> None:
    assert drawn(bound).count("(optional)") == 1


def test_text_from_people_is_escaped() -> None:
    form = Everything({"name": "<script>"})

    assert "<script>" not in drawn(form)


def test_a_helpers_layout_is_drawn_with_its_buttons_and_its_token() -> None:
    form = Everything()
    form.helper = FormHelper()
    form.helper.layout = Layout(Fieldset("Who", "name", "day"))
    form.helper.add_input(Submit("save", "Save"))
    with override("en"):
        html = Template("{% load crispy_forms_tags %}{% crispy form %}").render(
            Context({"form": form, "csrf_token": "token"})
        )

    assert "Who</legend>" in html
    assert 'class="button button-primary' in html
    assert 'name="csrfmiddlewaretoken" value="token"' in html
    assert " style=" not in html


def test_a_table_of_forms_labels_every_cell() -> None:
    formset = forms.formset_factory(Everything, extra=2)()
    formset.helper = FormHelper()
    formset.helper.form_tag = False
    with override("en"):
        html = Template("{% load crispy_forms_tags %}{% crispy formset %}").render(
            Context({"formset": formset, "csrf_token": "token"})
        )

    assert html.count('for="id_form-0-name"') == html.count('for="id_form-1-name"') == 1
