"""What is asked of a forum, its members, its meetings and its decisions."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from forums.access import OVER, own_agreements
from forums.models import Forum, Member
from meetings.forms.pieces import ActForm, ClockField, moment_of
from partnerships.models import Agreement, Organisation
from shared.form_fields import DayField, RemarkField

MOST_MEETINGS = 12


class ForumForm(ActForm):
    """A new forum of an agreement."""

    agreement = forms.ModelChoiceField(
        Agreement.objects.none(), label=_("Agreement"), empty_label=None
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Forum.Kind)
    name = RemarkField(label=_("Name"), max_length=120)
    meetings_a_year = forms.IntegerField(
        label=_("Meetings a year at least"), min_value=1, max_value=MOST_MEETINGS, initial=2
    )

    def __init__(self, data: Any, *, user: User) -> None:  # noqa: ANN401 (a QueryDict or nothing)
        super().__init__(data)
        field: Any = self.fields["agreement"]
        field.queryset = own_agreements(user).exclude(state__in=OVER)
        kind: Any = self.fields["kind"]
        kind.choices = [(key, str(label).capitalize()) for key, label in Forum.Kind.choices]


class MemberForm(ActForm):
    """A seat in a forum."""

    name = RemarkField(label=_("Name"), max_length=120)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Organisation"), empty_label=None
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_(
            "Who signs in here with this address is told on screen of meetings and decisions;"
            " others get the agenda by mail."
        ),
    )
    is_chair = forms.BooleanField(label=_("Chair"), required=False)

    def __init__(self, data: Any, *, forum: Forum) -> None:  # noqa: ANN401 (a QueryDict or nothing)
        super().__init__(data)
        field: Any = self.fields["organisation"]
        field.queryset = Organisation.objects.filter(agreements__agreement=forum.agreement_id)


class MeetingForm(ActForm):
    """When and where a forum meets."""

    day = DayField(label=_("Day"))
    clock = ClockField(label=_("Time"))
    place = RemarkField(label=_("Place"), max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        """A time that summer time skips is a form error."""
        said = super().clean() or {}
        if said.get("day") and said.get("clock"):
            try:
                said["starts_at"] = moment_of(said["day"], said["clock"])
            except ValidationError as error:
                self.add_error("clock", error)
        return said

    @property
    def arguments(self) -> dict[str, Any]:
        """What the act takes."""
        starts_at: datetime = self.cleaned_data["starts_at"]
        return {"starts_at": starts_at, "place": self.cleaned_data["place"]}


class AgendaForm(ActForm):
    """A point of one's own."""

    title = RemarkField(label=_("Point"), max_length=160)
    text = RemarkField(
        label=_("Text"), max_length=4000, required=False, widget=forms.Textarea({"rows": 4})
    )


class MinutesForm(ActForm):
    """The minutes of a meeting."""

    minutes = RemarkField(
        label=_("Minutes"),
        max_length=20_000,
        widget=forms.Textarea({"rows": 16}),
        help_text=_("Who was there, and what was said. No citizen is named in minutes."),
    )


class DecisionForm(ActForm):
    """A decision with its owner and its day."""

    text = RemarkField(label=_("Decision"), max_length=2000, widget=forms.Textarea({"rows": 3}))
    owner = forms.ModelChoiceField(Member.objects.none(), label=_("Owner"), empty_label=None)
    due_on = DayField(label=_("Carried out by"))

    def __init__(self, data: Any, *, forum: Forum) -> None:  # noqa: ANN401 (a QueryDict or nothing)
        super().__init__(data)
        field: Any = self.fields["owner"]
        field.queryset = forum.members.select_related("organisation")
        field.label_from_instance = lambda one: f"{one.name}, {one.organisation.short}"


class EvaluationForm(ActForm):
    """What the parties found, and when they look again."""

    text = RemarkField(
        label=_("What was found"),
        max_length=8000,
        widget=forms.Textarea({"rows": 10}),
        help_text=_("What works, what does not, and what is changed. No citizen is named."),
    )
    next_on = DayField(label=_("Next evaluation"), required=False)


class OutcomeForm(ActForm):
    """What came of a decision."""

    outcome = RemarkField(
        label=_("What came of it"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )
