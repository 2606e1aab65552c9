"""What people write about a provider's bill."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from activities.matching import Compared, Line
from shared.form_fields import AmountField, DayField, RemarkField

SEAT = "seat-%d"
PART = "part-%d"


class InvoiceForm(forms.Form):
    """A bill as it came."""

    number = RemarkField(label=_("Invoice number"), max_length=40)
    amount = AmountField(
        label=_("Amount, kr."), min_value=Decimal("0.01"), max_digits=12, decimal_places=2
    )
    received_on = DayField(label=_("When did it come?"))


class MatchForm(forms.Form):
    """What the bill asks for each seat; empty where it asks nothing."""

    remark = RemarkField(
        label=_("Why the differences are right"),
        required=False,
        max_length=200,
        help_text=_("Needed where something is other than agreed."),
    )

    def __init__(self, data: Any, *, found: Compared, remark: str = "") -> None:  # noqa: ANN401 (whatever was sent)
        super().__init__(data, initial={"remark": remark})
        self._lines = found.lines
        for line in found.lines:
            begun = line.asked if found.asked else max(line.agreed, Decimal(0)) * line.is_owed
            said = {"case": line.case_number}
            self.fields[SEAT % line.key] = AmountField(
                label=gettext("Amount for %(case)s, kr.") % said,
                required=False,
                initial=begun or None,
                min_value=Decimal("0.00"),
                max_digits=12,
                decimal_places=2,
            )
            self.fields[SEAT % line.key].widget.attrs["class"] = "form-input kf-short"
            self.fields[PART % line.key] = forms.BooleanField(
                label=gettext("More to come for %(case)s") % said,
                required=False,
                initial=line.more_to_come,
            )
            self.fields[PART % line.key].widget.attrs["class"] = "form-checkbox"

    @property
    def seats(self) -> Iterator[tuple[Line, forms.BoundField, forms.BoundField]]:
        """Each seat with its fields: the amount, and whether more is to come."""
        for line in self._lines:
            yield line, self[SEAT % line.key], self[PART % line.key]

    @property
    def amounts(self) -> dict[int, Decimal]:
        """What was written, by the key of the referral."""
        return {one.key: self.cleaned_data.get(SEAT % one.key) or Decimal(0) for one in self._lines}

    @property
    def in_part(self) -> set[int]:
        """The keys of the referrals for which more bills are to come."""
        return {one.key for one in self._lines if self.cleaned_data.get(PART % one.key)}
