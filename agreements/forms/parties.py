"""Step 1 of the guide: who agrees, where it holds, and from when to when."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.forms.pieces import GuideForm
from partnerships.agreement_rules import parent_fault
from partnerships.models import Agreement, Municipality, Organisation
from partnerships.models.agreements import AgreementQuerySet
from shared.form_fields import DayField, LastDayField
from shared.written import plain_day

DAY = timedelta(1)


class PartiesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # no parameter at run time
    """The parties, as ticks."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Organisation) -> str:
        return obj.short


class PartiesForm(GuideForm):
    """Step 1: who agrees, where it holds, and from when to when."""

    starts_on = DayField(label=gettext_lazy("In force from"))
    ends_on = LastDayField(
        label=gettext_lazy("Last day"),
        required=False,
        help_text=gettext_lazy("That day included; empty while it has no end."),
    )
    evaluated_on = DayField(
        label=gettext_lazy("To be evaluated"),
        required=False,
        help_text=gettext_lazy("The parties are reminded on that day."),
    )
    a_kasser = PartiesField(Organisation.objects.none(), label=gettext_lazy("A-kasser"))
    others = PartiesField(
        Organisation.objects.none(), label=gettext_lazy("Jobcentres"), required=False
    )

    class Meta:
        model = Agreement
        fields = [
            "title",
            "kind",
            "parent",
            "starts_on",
            "ends_on",
            "notice_months",
            "evaluated_on",
            "municipalities",
        ]
        help_texts = {
            "municipalities": gettext_lazy(
                "None chosen: those that the jobcentres serve, or those of the agreement above."
            ),
            "parent": gettext_lazy("An addendum changes it; an agreement is made under it."),
        }

    field_order = [
        "title", "kind", "parent", "a_kasser", "others", "starts_on", "ends_on", "notice_months",
        "evaluated_on", "municipalities",
    ]  # fmt: skip

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 (Django's own arguments)
        own: list[Organisation],
        above: AgreementQuerySet,
        on: date,
        **options: Any,  # noqa: ANN401 (likewise)
    ) -> None:
        super().__init__(*args, **options)
        there = Organisation.objects.filter(agreements__agreement=self.instance.pk or 0)
        self.there = list(there.order_by("sort_key")) if self.instance.pk else []
        keys = [one.pk for one in self.there]
        existing = Organisation.objects.existing(on=on)
        jobcentres = [one.pk for one in own if one.kind == Organisation.Kind.JOBCENTRE]
        alone = Organisation.objects.filter(pk__in=[*jobcentres, *keys])
        rows = {
            "a_kasser": existing.a_kasser() | there.a_kasser(),
            "others": alone.exclude(kind=Organisation.Kind.A_KASSE)
            if jobcentres
            else existing.jobcentres(),
            "parent": above.exclude(pk=self.instance.pk),
            "municipalities": Municipality.objects.all(),
        }
        self.fields["parent"].empty_label = _("none")  # type: ignore[attr-defined]  # likewise
        for name, found in rows.items():
            self.fields[name].queryset = found.distinct()  # type: ignore[attr-defined]  # of these fields' class
        self.fields["notice_months"].widget.attrs["class"] = "kf-short"
        self.fields["municipalities"].widget.attrs["size"] = "6"
        if self.instance.pk:
            self.initial["a_kasser"] = self.initial["others"] = keys
            if self.instance.ends_on:
                self.initial["ends_on"] = self.instance.ends_on - DAY
        else:
            self.initial["others"] = jobcentres
            self.initial.setdefault("a_kasser", [one.pk for one in own])

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        starts_on, ends_on = said.get("starts_on"), said.get("ends_on")
        if starts_on and ends_on and ends_on <= starts_on:
            wrong = _("The last day lies before the first. Did you mean %(day)s?")
            said.pop("ends_on")
            self.add_error("ends_on", wrong % {"day": plain_day(_year_after(starts_on) - DAY)})
        if said.get("kind") == Agreement.Kind.ADDENDUM and not said.get("parent"):
            self.add_error("parent", _("Choose the agreement that the addendum changes."))
            said["kind"] = Agreement.Kind.AGREEMENT
        if wrong := parent_fault(self.instance, said.get("parent")):
            self.add_error("parent", wrong)
        return said

    @property
    def a_kasser_there(self) -> list[Organisation]:
        """The a-kasser that are parties already."""
        return [one for one in self.there if one.kind == Organisation.Kind.A_KASSE]

    @property
    def organisations(self) -> list[Organisation]:
        """All parties, those of the a-kasser first."""
        return [*self.cleaned_data["a_kasser"], *self.cleaned_data["others"]]

    @property
    def places(self) -> list[Municipality]:
        """The municipalities chosen, else those that the jobcentres serve on the first day."""
        chosen = list(self.cleaned_data["municipalities"])
        if chosen or self.cleaned_data.get("parent"):
            return chosen
        day = self.cleaned_data["starts_on"]
        lasting = Q(coverages__ends_on=None) | Q(coverages__ends_on__gt=day)
        return list(
            Municipality.objects.filter(
                lasting,
                coverages__starts_on__lte=day,
                coverages__jobcentre__in=self.cleaned_data["others"],
            ).distinct()
        )


def _year_after(day: date) -> date:
    """The same day a year later; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)
