"""Which times are withdrawn, and why."""

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from meetings.forms.pieces import ActForm
from meetings.models import Room
from partnerships.models import Membership, Role
from shared.form_fields import DayField, LastDayField, RemarkField
from slots.access import publishes_at
from slots.models import Pool


class FilterForm(forms.Form):
    """The times of a pool, a room or a worker, in some days; each field may stay empty."""

    pulje = forms.ModelChoiceField(
        Pool.objects.none(), label=_("Pool"), required=False, empty_label=_("all pools")
    )
    lokale = forms.ModelChoiceField(
        Room.objects.none(), label=_("Room"), required=False, empty_label=_("all rooms")
    )
    medarbejder = forms.ModelChoiceField(
        User.objects.none(), label=_("Worker"), required=False, empty_label=_("all workers")
    )
    fra = DayField(label=_("First day"), required=False, help_text="")
    til = LastDayField(label=_("Last day"), required=False, help_text="")

    def __init__(self, data: QueryDict | None, *, user: User) -> None:
        super().__init__(data)
        houses = publishes_at(user)
        for name, rows in (
            ("pulje", Pool.objects.visible_to(user).filter(jobcentre__in=houses).order_by("name")),
            ("lokale", Room.objects.filter(pools__jobcentre__in=houses).distinct()),
            ("medarbejder", _workers(houses)),
        ):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]  # of these fields' class
        for one in self.fields.values():
            css = "form-select" if isinstance(one.widget, forms.Select) else "form-input"
            one.widget.attrs["class"] = f"{one.widget.attrs.get('class', '')} {css}".strip()

    @property
    def asks(self) -> bool:
        """Whether somebody asked: with empty fields for all times ahead."""
        return self.is_bound and self.is_valid()


def _workers(houses: list[int]) -> QuerySet[User]:
    works = Membership.objects.filter(organisation__in=houses, role=Role.CASEWORKER)
    rows = User.objects.filter(pk__in=works.values("user"), is_active=True)
    return rows.order_by("first_name", "last_name", "pk")


class WithdrawForm(ActForm):
    """Why times are withdrawn."""

    reason = RemarkField(
        label=_("Why"),
        max_length=200,
        help_text=_("Such as: the room is closed. Colleagues read it in the cases."),
    )
