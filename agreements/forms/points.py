"""What is written about points of the check-list and steps of workflows."""

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.forms.pieces import ActForm
from partnerships.models import Point


class PointForm(ActForm):
    """What became of a point."""

    state = forms.ChoiceField(
        label=_("What became of it?"), choices=Point.State.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("What was agreed"), required=False, widget=forms.Textarea(attrs={"rows": 6})
    )


class OwnPointForm(ActForm):
    """A point of the parties' own."""

    title = forms.CharField(label=_("Point"), max_length=160)
    guide = forms.CharField(
        label=_("Guide text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What the parties should talk about."),
    )


class WorkflowForm(ActForm):
    """A step of a workflow."""

    workflow = forms.CharField(label=_("Workflow"), max_length=80)
    who = forms.CharField(label=_("Who"), max_length=80)
    what = forms.CharField(label=_("What"), max_length=300)
    registered_in = forms.CharField(label=_("Registered in"), max_length=120, required=False)
