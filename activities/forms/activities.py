"""What the parties write of an activity: what it is to be, the answer, its end, other seats."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from activities.activity_list import capital
from activities.models import Activity
from activities.plans import COLUMNS, ActivityPlan
from meetings.forms.pieces import ActForm
from partnerships.models import Agreement, Organisation
from shared.form_fields import AmountField, DayField, LastDayField, RemarkField

MOST_SEATS = 999
PHASES = [(1, gettext_lazy("Phase 1")), (2, gettext_lazy("Phase 2"))]
ANSWERS = [("yes", gettext_lazy("Approve")), ("no", gettext_lazy("Reject"))]
CONSENT = [("yes", pgettext_lazy("a proposal", "Accept")), ("no", gettext_lazy("Decline"))]
ROWS = forms.Textarea({"rows": 3})


class ActivityForm(ActForm):
    """What an activity is to be; `plan` is what the acts take."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Activity.Kind)
    title = RemarkField(label=gettext_lazy("Title"), max_length=160)
    host = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("Held by"), empty_label=None
    )
    agreements = forms.ModelMultipleChoiceField(
        Agreement.objects.none(),
        label=gettext_lazy("Agreements"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Tick each agreement that the activity belongs to."),
    )
    phase = forms.TypedChoiceField(
        label=gettext_lazy("Phase"),
        choices=PHASES,
        coerce=int,
        initial=1,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "Phase 2 starts only with the law in force, the budget in place and a signed addendum."
        ),
    )
    provider = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("Other provider"),
        required=False,
        empty_label=gettext_lazy("none"),
        help_text=gettext_lazy("A recognised other provider, or an education institution."),
    )
    purpose = RemarkField(
        label=gettext_lazy("Purpose"), max_length=1000, required=False, widget=ROWS
    )
    target_group = RemarkField(
        label=gettext_lazy("Target group"), max_length=1000, required=False, widget=ROWS
    )
    place = RemarkField(label=gettext_lazy("Place"), max_length=120, required=False)
    starts_on = DayField(label=gettext_lazy("First day"))
    ends_on = LastDayField(label=gettext_lazy("Last day"))
    seats = forms.IntegerField(
        label=gettext_lazy("Seats"),
        min_value=1,
        max_value=MOST_SEATS,
        required=False,
        help_text=gettext_lazy("Empty: no limit. A job club has a number."),
    )
    price = AmountField(
        label=gettext_lazy("Price a seat, kr."),
        min_value=0,
        max_digits=12,
        decimal_places=2,
        required=False,
        help_text=gettext_lazy("Bound in the economic frame when a referral is accepted."),
    )
    refers = forms.ChoiceField(
        label=gettext_lazy("Who may refer"),
        choices=Activity.Refers,
        initial=Activity.Refers.BOTH,
        widget=forms.RadioSelect,
    )
    open_to_others = forms.BooleanField(
        label=gettext_lazy("Open to others than the a-kasse's own members"),
        required=False,
        help_text=gettext_lazy("Their seats count, but are not charged to the a-kasse's frame."),
    )
    mandatory = forms.BooleanField(label=gettext_lazy("Attendance is mandatory"), required=False)
    layout = Layout(
        Div(Field("kind"), Field("title"), css_class="kf-form-grid"),
        Field("host"),
        Field("agreements"),
        Field("phase"),
        Field("purpose"),
        Field("target_group"),
        Div(Field("starts_on"), Field("ends_on"), Field("place"), css_class="kf-form-grid"),
        Div(Field("provider"), Field("seats"), Field("price"), css_class="kf-form-grid"),
        Field("refers"),
        Field("open_to_others"),
        Field("mandatory"),
    )

    def __init__(
        self,
        data: Any,  # noqa: ANN401 (a QueryDict or nothing)
        *,
        houses: Sequence[Organisation],
        on: date,
        activity: Activity | None = None,
    ) -> None:
        super().__init__(data, initial=_now(activity) if activity else {"host": houses[0].pk})
        for name in ("kind", "refers"):
            known: Any = self.fields[name]
            known.choices = [(value, capital(label)) for value, label in known.choices]
        keys = [one.pk for one in houses]
        over = (Agreement.State.ENDED, Agreement.State.EXPIRED)
        own = Agreement.objects.filter(parties__organisation__in=keys).exclude(state__in=over)
        providers = Organisation.objects.filter(kind=Organisation.Kind.PROVIDER)
        hosts = {*keys, activity.host_id} if activity else {*keys}
        for name, rows in (
            ("host", Organisation.objects.filter(pk__in=hosts)),
            ("agreements", own.distinct().order_by("title")),
            ("provider", providers.existing(on=on).order_by("sort_key")),
        ):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        said = super().clean() or self.cleaned_data
        first, after = said.get("starts_on"), said.get("ends_on")
        if first and after and after <= first:
            self.add_error("ends_on", _("The last day lies before the first."))
        return said

    @property
    def plan(self) -> ActivityPlan:
        """The plan, as the acts take it."""
        said = self.cleaned_data
        words = {name: said[name] for name in COLUMNS}
        return ActivityPlan(agreements=list(said["agreements"]), **words)


def _now(activity: Activity) -> dict[str, Any]:
    """What stands in the form of an activity that is written down."""
    words = {name: getattr(activity, name) for name in COLUMNS}
    return words | {
        "host": activity.host_id,
        "provider": activity.provider_id,
        "ends_on": activity.ends_on - timedelta(1),
        "agreements": list(activity.agreements.values_list("pk", flat=True)),
    }


class DecideForm(ActForm):
    """Yes or no to what the other party proposes; a no says why."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Answer"), choices=ANSWERS, widget=forms.RadioSelect
    )
    remark = RemarkField(
        label=gettext_lazy("Remark, or why not"),
        max_length=1000,
        required=False,
        widget=ROWS,
        help_text=gettext_lazy("The other party reads it. A rejection needs a reason."),
    )
    layout = Layout(Field("answer"), Field("remark"))

    def clean(self) -> dict[str, Any]:
        """A rejection says why."""
        said = super().clean() or self.cleaned_data
        if said.get("answer") == "no" and not said.get("remark"):
            self.add_error("remark", _("Write why the activity is rejected."))
        return said


class FinishForm(ActForm):
    """What was learnt."""

    evaluation = RemarkField(
        label=gettext_lazy("Evaluation"),
        max_length=4000,
        widget=forms.Textarea({"rows": 6}),
        help_text=gettext_lazy(
            "What worked, what did not, and what follows. The parties of the agreement read it:"
            " name no citizen."
        ),
    )
    layout = Layout(Field("evaluation"))


class CancelForm(ActForm):
    """Why an activity is cancelled."""

    reason = RemarkField(
        label=gettext_lazy("Why"), max_length=200, help_text=gettext_lazy("Both parties read it.")
    )
    layout = Layout(Field("reason"))


class CopyForm(ActForm):
    """When the copy starts."""

    starts_on = DayField(label=gettext_lazy("First day of the copy"))
    layout = Layout(Field("starts_on"))


class VolumeForm(ActForm):
    """Another number of seats, and why."""

    seats = forms.IntegerField(label=gettext_lazy("Seats"), min_value=1, max_value=MOST_SEATS)
    reason = RemarkField(
        label=gettext_lazy("Why"),
        max_length=200,
        help_text=gettext_lazy("The other party answers by that."),
    )
    layout = Layout(Field("seats"), Field("reason"))


class ConsentForm(ActForm):
    """Whether the other party consents to another number of seats."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Answer"), choices=CONSENT, widget=forms.RadioSelect
    )
    layout = Layout(Field("answer"))
