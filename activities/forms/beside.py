"""Sessions, orders, steps of a flow, turnout of staff, and reviews of CVs, as people write them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.models import (
    Activity,
    Attendance,
    CvReview,
    EmployerOrder,
    FlowTemplateStep,
    Referral,
)
from activities.plans import SessionPlan, TemplateStep
from courses.models import Course, Party
from meetings.forms.pieces import ActForm, ClockField, moment_of
from meetings.models import GroupMeeting
from partnerships.models import Organisation
from shared.form_fields import DayField, RemarkField
from shared.refusals import Refused
from shared.written import moment_text

R = TypeVar("R")
LENGTHS = (60, 90, 120, 180, 240, 360)
STEPS = 8
NEW = "new"
CSS = {"what": "form-input", "party": "form-select", "after_days": "form-input kf-short"}


class SessionForm(ActForm):
    """When and where; and which group meeting it is, if any."""

    day = DayField(label=gettext_lazy("Date"))
    starts = ClockField(label=gettext_lazy("Time"))
    minutes = forms.TypedChoiceField(
        label=gettext_lazy("Length"), coerce=int, initial=180, choices=list
    )
    place = RemarkField(label=gettext_lazy("Place"), max_length=120, required=False)
    group = forms.ChoiceField(
        label=gettext_lazy("Group meeting"),
        required=False,
        choices=list,
        help_text=gettext_lazy("A group meeting has seats, a waiting list and letters."),
    )
    layout = Layout(
        Div(Field("day"), Field("starts"), Field("minutes"), css_class="kf-form-grid"),
        Field("place"),
        Field("group"),
    )

    def __init__(
        self,
        data: Any,  # noqa: ANN401 (a QueryDict or nothing)
        *,
        activity: Activity,
        groups: Sequence[GroupMeeting],
        makes: bool,
    ) -> None:
        super().__init__(data, initial={"day": activity.starts_on, "place": activity.place})
        self.groups = {str(one.pk): one for one in groups}
        self.fields["minutes"].choices = [  # type: ignore[attr-defined]
            (one, _("%(minutes)d minutes") % {"minutes": one}) for one in LENGTHS
        ]
        new = [(NEW, _("plan a new one"))] if makes else []
        known = [
            (key, f"{moment_text(one.starts_at)} {one.title}") for key, one in self.groups.items()
        ]
        self.fields["group"].choices = [("", _("none")), *new, *known]  # type: ignore[attr-defined]
        if not (new or known):
            del self.fields["group"]
            self.layout = Layout(*self.layout.fields[:-1])

    @property
    def plan(self) -> SessionPlan:
        """The session, as the acts take it."""
        said = self.cleaned_data
        starts_at: datetime = moment_of(said["day"], said["starts"])
        return SessionPlan(starts_at, starts_at + timedelta(minutes=said["minutes"]), said["place"])

    @property
    def makes_meeting(self) -> bool:
        return self.cleaned_data.get("group") == NEW

    @property
    def group_meeting(self) -> GroupMeeting | None:
        return self.groups.get(self.cleaned_data.get("group", ""))

    def clean(self) -> dict[str, Any]:
        """A time that summer time skips is no time."""
        said = super().clean() or self.cleaned_data
        if "day" in said and "starts" in said:
            moment_of(said["day"], said["starts"])
        return said


class OrderForm(ActForm):
    """What an employer wants."""

    employer = RemarkField(label=gettext_lazy("Employer"), max_length=120)
    occupation = RemarkField(label=gettext_lazy("Occupation"), max_length=120)
    wanted = forms.IntegerField(label=gettext_lazy("Wanted"), min_value=1, max_value=999)
    layout = Layout(Field("employer"), Field("occupation"), Field("wanted"))


class StepForm(forms.Form):
    """One step of an individual hand; an empty line is no step."""

    what = RemarkField(label=gettext_lazy("What"), max_length=200, required=False)
    party = forms.ChoiceField(
        label=gettext_lazy("Whose step"),
        choices=[(one.value, one.label) for one in (Party.A_KASSE, Party.JOBCENTRE)],
        required=False,
    )
    after_days = forms.IntegerField(
        label=gettext_lazy("Days after the start"), min_value=0, max_value=730, required=False
    )

    def __init__(
        self, data: Mapping[str, Any] | None, *, place: int, step: FlowTemplateStep | None
    ) -> None:
        names = ("what", "party", "after_days")
        now = {name: getattr(step, name) for name in names} if step else {}
        super().__init__(data, prefix=f"t{place}", initial=now)
        self.place = place
        for name, css in CSS.items():
            self.fields[name].widget.attrs["class"] = css

    @property
    def step(self) -> TemplateStep | None:
        said = self.cleaned_data
        if not said["what"]:
            return None
        party = said["party"] or Party.A_KASSE.value
        return TemplateStep(said["what"], party, said["after_days"] or 0)


class SavedTogether:
    """Several small forms that are saved in one go; a refusal stands above them all."""

    forms: Sequence[forms.Form]

    def __init__(self, data: Mapping[str, Any] | None) -> None:
        self.is_bound, self.refusal = data is not None, ""

    def carried_out(self, act: Callable[[], R]) -> R | None:
        """The act's result once every form is right; what was written stays."""
        valid = [one.is_valid() for one in self.forms]  # each, so that all errors are shown
        if not self.is_bound or not all(valid):
            return None
        try:
            return act()
        except Refused as error:
            self.refusal = str(error)
            return None


class StepForms(SavedTogether):
    """The steps of an individual hand, with lines to spare."""

    def __init__(self, data: Mapping[str, Any] | None, steps: Sequence[FlowTemplateStep]) -> None:
        super().__init__(data)
        lines = max(STEPS, len(steps) + 2)
        padded = [*steps, *[None] * (lines - len(steps))]
        self.forms: list[StepForm] = [
            StepForm(data, place=place, step=one) for place, one in enumerate(padded, 1)
        ]

    @property
    def steps(self) -> list[TemplateStep]:
        return [step for step in (one.step for one in self.forms) if step]


class CameForm(forms.Form):
    """Whether one participant came to a session."""

    came = forms.ChoiceField(
        label=gettext_lazy("Attendance"),
        choices=Attendance.Came,
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, data: Mapping[str, Any] | None, *, row: Referral, came: str) -> None:
        self.row = row
        super().__init__(data, prefix=f"r{row.pk}", initial={"came": came})


class CameForms(SavedTogether):
    """The list of a session; who is not marked is left open."""

    def __init__(
        self, data: Mapping[str, Any] | None, rows: Iterable[Referral], known: Mapping[int, str]
    ) -> None:
        super().__init__(data)
        self.forms: list[CameForm] = [
            CameForm(data, row=row, came=known.get(row.pk, "")) for row in rows
        ]

    @property
    def came(self) -> dict[int, str]:
        said = ((one.row.pk, one.cleaned_data["came"]) for one in self.forms)
        return {key: came for key, came in said if came}


class InvitedForm(forms.Form):
    """Which employer's order one referral answers."""

    order = forms.TypedChoiceField(
        label=gettext_lazy("Employer's order"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=list,
    )

    def __init__(
        self, data: Mapping[str, Any] | None, *, row: Referral, orders: Sequence[EmployerOrder]
    ) -> None:
        super().__init__(data, prefix=f"o{row.pk}", initial={"order": row.order_id})
        self.row = row
        known = [(one.pk, str(one)) for one in orders]
        self.fields["order"].choices = [("", "–"), *known]  # type: ignore[attr-defined]
        self.fields["order"].widget.attrs["class"] = "form-select"


class InvitedForms(SavedTogether):
    """Those referred to a recruitment event, each to an order."""

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        rows: Iterable[Referral],
        orders: Sequence[EmployerOrder],
    ) -> None:
        super().__init__(data)
        self.forms: list[InvitedForm] = [InvitedForm(data, row=row, orders=orders) for row in rows]

    @property
    def orders(self) -> dict[int, int | None]:
        return {one.row.pk: one.cleaned_data["order"] for one in self.forms}


class TurnoutForm(ActForm):
    """How many of each organisation took part."""

    def __init__(
        self,
        data: Any,  # noqa: ANN401 (a QueryDict or nothing)
        *,
        houses: Sequence[Organisation],
        known: Mapping[int, int],
    ) -> None:
        super().__init__(data)
        self.houses = houses
        for one in houses:
            self.fields[f"house{one.pk}"] = forms.IntegerField(
                label=one.name,
                min_value=0,
                max_value=9999,
                required=False,
                initial=known.get(one.pk),
            )
        self.layout = Layout(*(Field(f"house{one.pk}") for one in houses))

    @property
    def people(self) -> dict[Organisation, int]:
        return {one: self.cleaned_data[f"house{one.pk}"] or 0 for one in self.houses}


class ReviewForm(forms.Form):
    """Whether an activity fits one citizen."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("Verdict"),
        choices=[("", "–"), *CvReview.Verdict.choices],
        required=False,
    )
    remark = RemarkField(label=gettext_lazy("Remark"), max_length=200, required=False)

    def __init__(
        self, data: Mapping[str, Any] | None, *, row: Course, known: CvReview | None
    ) -> None:
        now = {"verdict": known.verdict, "remark": known.remark} if known else {}
        super().__init__(data, prefix=f"c{row.pk}", initial=now)
        self.row, self.fits = row, bool(known and known.verdict != CvReview.Verdict.NOT_NOW)
        self.fields["verdict"].widget.attrs["class"] = "form-select"
        self.fields["remark"].widget.attrs["class"] = "form-input"


class ReviewForms(SavedTogether):
    """The candidates on a page, saved in one go; only what changed is written down."""

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        rows: Iterable[Course],
        known: Mapping[int, CvReview],
    ) -> None:
        super().__init__(data)
        self.forms: list[ReviewForm] = [
            ReviewForm(data, row=row, known=known.get(row.pk)) for row in rows
        ]

    @property
    def reviews(self) -> list[tuple[Course, str, str]]:
        changed = (one for one in self.forms if one.has_changed())
        said = (
            (one.row, one.cleaned_data["verdict"], one.cleaned_data["remark"]) for one in changed
        )
        return [one for one in said if one[1]]
