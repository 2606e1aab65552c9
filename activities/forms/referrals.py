"""What people write about a referral."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activities.fitting import seats_left
from activities.models import Activity, EmployerOrder, Referral
from activities.ordered import counted_orders
from courses.case_numbers import course_pk_of
from courses.models import Course
from handovers.forms import PlainTextField
from shared.form_fields import DayField, LastDayField
from shared.money import kroner
from shared.written import plain_day


def offer_in_words(activity: Activity) -> str:
    """An activity as a choice: what, from when, at what price, how many seats are left."""
    left = seats_left(activity)
    said = [
        activity.title,
        gettext("from %(day)s") % {"day": plain_day(activity.starts_on)},
        kroner(activity.price) if activity.price else gettext("free of charge"),
    ]
    if left is not None:
        said.append(
            gettext("%(left)d of %(all)d seats left") % {"left": left, "all": activity.seats}
        )
    if activity.target_group:
        said.append(activity.target_group)
    return " · ".join(said)


class ActivityChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # no parameter at run time
    """Choose an activity by what it offers."""

    def label_from_instance(self, obj: Activity) -> str:
        """What the choice says."""
        return offer_in_words(obj)


class WhyForm(forms.Form):
    """Why a citizen is referred."""

    reason = PlainTextField(
        label=_("Why is this right for the citizen?"),
        required=True,
        max_length=1000,
        help_text=_("The other party reads it. Write no diagnosis and nothing of health."),
    )
    expected_effect = PlainTextField(
        label=_("What do you expect it to lead to?"), rows=2, max_length=200
    )


class OrderChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # no parameter at run time
    """Choose an employer's order by who wants whom, and how many are invited already."""

    def label_from_instance(self, obj: EmployerOrder) -> str:
        """What the choice says."""
        said = {"wanted": obj.wanted, "invited": getattr(obj, "invited", 0)}
        counts = gettext("%(wanted)d wanted, %(invited)d invited") % said
        return f"{obj.employer} · {obj.occupation} · {counts}"


def order_field(activities: Iterable[Activity]) -> OrderChoice | None:
    """The choice among the orders of these activities; None where nobody has ordered."""
    keys = [one.pk for one in activities if one.kind == Activity.Kind.RECRUITMENT]
    orders = counted_orders(EmployerOrder.objects.filter(activity__in=keys))
    if not (keys and orders.exists()):
        return None
    return OrderChoice(
        orders.order_by("employer", "pk"),
        label=_("Employer's order"),
        required=False,
        empty_label=_("none"),
        help_text=_("For a recruitment event: which order the citizen is invited for."),
    )


class ReferForm(WhyForm):
    """To which of the activities that fit, for which employer's order if any, and why."""

    activity = ActivityChoice(
        Activity.objects.none(), label=_("Activity"), widget=forms.RadioSelect, empty_label=None
    )
    field_order = ("activity", "order", "reason", "expected_effect")

    def __init__(self, data: Any, *, activities: QuerySet[Activity]) -> None:  # noqa: ANN401 (whatever was sent)
        super().__init__(data)
        if field := order_field(activities):
            self.fields["order"] = field
            self.order_fields(self.field_order)
        self.fields["activity"].queryset = activities  # type: ignore[attr-defined]  # of this field

    def clean(self) -> dict[str, Any]:
        """An event with orders is for one of them, and an order for its own event."""
        said = super().clean() or self.cleaned_data
        activity, order = said.get("activity"), said.get("order")
        if "order" in self.fields and activity:
            known = {one.activity_id for one in self.fields["order"].queryset}  # type: ignore[attr-defined]
            if order and order.activity_id != activity.pk:
                self.add_error("order", _("This order belongs to another activity."))
            elif not order and activity.pk in known:
                self.add_error("order", _("Choose which employer's order it is for."))
        return said


class ReferToForm(WhyForm):
    """Whom to refer to an activity, by case number, and why."""

    case_number = forms.CharField(
        label=_("Case number"), max_length=18, help_text=_("Such as K-000123.")
    )
    field_order = ("case_number", "order", "reason", "expected_effect")

    def __init__(self, data: Any, *, activity: Activity, user: User, on: date) -> None:  # noqa: ANN401 (whatever was sent)
        super().__init__(data)
        if field := order_field([activity]):
            field.required, field.empty_label = True, None
            self.fields["order"] = field
            self.order_fields(self.field_order)
        self._user, self._on = user, on

    def clean_case_number(self) -> Course:
        """The course that the person may read under that number."""
        key = course_pk_of(self.cleaned_data["case_number"])
        rows = Course.objects.visible_to(self._user, on=self._on).for_page()
        found: Course | None = rows.filter(pk=key).first() if key else None
        if found is None:
            raise ValidationError(_("No course with this number is yours. Check the number."))
        return found


class AcceptForm(forms.Form):
    """Whether another a-kasse's member is charged too, and a remark."""

    charge_others = forms.BooleanField(
        label=_("It is agreed that the frame also pays for this citizen"),
        required=False,
        help_text=_(
            "The citizen is a member of another a-kasse: the seat counts, and costs the frame"
            " nothing unless that is agreed."
        ),
    )
    remark = PlainTextField(label=_("Remark"), rows=2, max_length=300)

    def __init__(self, data: Any, *, asks_to_charge: bool) -> None:  # noqa: ANN401 (whatever was sent)
        super().__init__(data)
        if not asks_to_charge:
            del self.fields["charge_others"]


class RejectForm(forms.Form):
    """Why not."""

    reason = PlainTextField(label=_("Why is it rejected?"), required=True, max_length=500)


class StartForm(forms.Form):
    """When the citizen began."""

    on = DayField(label=_("When did the citizen begin?"))


class FinishForm(forms.Form):
    """When it ended, and what it came to."""

    ended_on = LastDayField(label=_("Last day"))
    result = forms.ChoiceField(
        label=_("What did it come to?"), choices=Referral.Result, widget=forms.RadioSelect
    )
    remark = PlainTextField(label=_("Remark"), rows=2, max_length=200)


class RevokeForm(forms.Form):
    """Why the citizen is taken out."""

    reason = PlainTextField(label=_("Why is it revoked?"), required=True, max_length=500)
