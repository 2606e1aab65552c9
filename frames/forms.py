"""What is asked when a frame is granted or raised."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from frames.access import granting_jobcentres
from frames.actions import RAISES, open_frame, raise_frame
from frames.agreed import agreed_frame
from frames.models import Frame
from partnerships.models import Agreement, AgreementParty, Organisation
from shared.form_fields import AmountField, DayField, LastDayField
from shared.money import kroner_in_words

SMALLEST = Decimal("0.01")
LIVING = (Agreement.State.ACTIVE, Agreement.State.UNDER_NOTICE, Agreement.State.SIGNED)


class KronerField(AmountField):
    """An amount in kroner; points between thousands are understood: 500.000,00."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 (Django's own options)
        options.setdefault("label", gettext_lazy("Amount, kr."))
        super().__init__(min_value=SMALLEST, max_digits=12, decimal_places=2, **options)

    def to_python(self, value: Any) -> Any:  # noqa: ANN401 (whatever the browser sent)
        written = value.replace(" ", "").replace("\u00a0", "") if isinstance(value, str) else value
        if isinstance(written, str) and _has_thousands(written):
            written = written.replace(".", "")
        return super().to_python(written)


class GrantForm(forms.Form):
    """A frame under an agreement for one of its a-kasser."""

    pair = forms.ChoiceField(label=gettext_lazy("Agreement and a-kasse"))
    starts_on = DayField(label=gettext_lazy("First day"))
    ends_on = LastDayField(label=gettext_lazy("Last day"))
    amount = KronerField()

    def __init__(
        self,
        data: Any,  # noqa: ANN401 (Django's own)
        *,
        user: User,
        on: date,
        after: Frame | None,
    ) -> None:
        super().__init__(data)
        self.pairs = {
            _key(party.agreement_id, party.organisation_id, house.pk): (party, house)
            for house in granting_jobcentres(user, on=on)
            for party in _parties(house, on)
        }
        field = self.fields["pair"]
        field.choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (key, f"{party.organisation.short} – {party.agreement.title}")
            for key, (party, _house) in self.pairs.items()
        ]
        first = next(iter(self.pairs.values()), None)
        if after:
            self.initial = _following(after)
        elif first:
            self.initial = _as_agreed(first[0].agreement, on)

    def save(self, *, by: User, at: Any) -> Frame:  # noqa: ANN401 (a moment)
        """Grant the frame."""
        said = self.cleaned_data
        party, house = self.pairs[said["pair"]]
        return open_frame(
            party.agreement, party.organisation, house, starts_on=said["starts_on"],
            ends_on=said["ends_on"], amount=said["amount"], by=by, at=at,
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A frame ends after it starts."""
        said = super().clean() or {}
        first, end = said.get("starts_on"), said.get("ends_on")
        if first and end and end <= first:
            self.add_error("ends_on", _("The last day cannot come before the first."))
        return said


class RaiseForm(forms.Form):
    """More money for a frame, by a signed addendum."""

    addendum = forms.ModelChoiceField(
        Agreement.objects.none(), label=gettext_lazy("Signed addendum"), empty_label=None
    )
    amount = KronerField(
        label=gettext_lazy("The frame is raised by, kr."),
    )

    def __init__(self, data: Any, *, frame: Frame, remaining: Decimal) -> None:  # noqa: ANN401 (Django's own)
        super().__init__(data)
        self.frame = frame
        field = self.fields["addendum"]
        field.queryset = signed_addenda(frame)  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["amount"].help_text = _("%(amount)s remain now.") % {
            "amount": kroner_in_words(remaining)
        }

    def save(self, *, by: User, at: Any) -> None:  # noqa: ANN401 (a moment)
        """Raise the frame."""
        said = self.cleaned_data
        raise_frame(self.frame, said["addendum"], said["amount"], by=by, at=at)


def signed_addenda(frame: Frame) -> Any:  # noqa: ANN401 (a QuerySet of agreements)
    """The addenda that may raise a frame: signed by all, and not used for it yet."""
    rows = Agreement.objects.filter(
        parent=frame.agreement_id, kind=Agreement.Kind.ADDENDUM, state__in=RAISES
    )
    rows = rows.filter(parties__isnull=False).exclude(parties__signed_on=None)
    return rows.exclude(grants__frame=frame).distinct()


def _parties(house: Organisation, on: date) -> list[AgreementParty]:
    """The a-kasser that a jobcentre, or its municipality, has agreements with."""
    ours = Q(parties__organisation=house) | Q(municipalities__coverages__jobcentre=house)
    living = Agreement.objects.filter(ours, state__in=LIVING).exclude(ends_on__lte=on)
    rows = AgreementParty.objects.filter(
        organisation__kind=Organisation.Kind.A_KASSE,
        agreement__in=living.exclude(kind=Agreement.Kind.ADDENDUM),
    )
    return list(
        rows.select_related("organisation", "agreement").order_by(
            "organisation__sort_key", "agreement__title"
        )
    )


def _key(agreement: int, a_kasse: int, jobcentre: int) -> str:
    return f"{agreement}-{a_kasse}-{jobcentre}"


def _following(frame: Frame) -> dict[str, Any]:
    """A frame as long as the one before, with the amount that it began with."""
    first = frame.grants.order_by("granted_at", "pk").first()
    days = frame.ends_on - frame.starts_on
    whole_year = (frame.starts_on.month, frame.starts_on.day) == (
        frame.ends_on.month, frame.ends_on.day,
    )  # fmt: skip
    end = (
        frame.ends_on.replace(year=frame.ends_on.year + frame.ends_on.year - frame.starts_on.year)
        if whole_year
        else frame.ends_on + days
    )
    return {
        "pair": _key(frame.agreement_id, frame.a_kasse_id, frame.jobcentre_id),
        "starts_on": frame.ends_on,
        "ends_on": end - timedelta(1),
        "amount": first.amount if first else None,
    }


def _as_agreed(agreement: Agreement, on: date) -> dict[str, Any]:
    """The amount that an agreement names, in the calendar year of a day."""
    agreed = agreed_frame(agreement, on)
    return {
        "starts_on": date(on.year, 1, 1),
        "ends_on": date(on.year, 12, 31),
        "amount": agreed.frame_amount if agreed else None,
    }


def _has_thousands(written: str) -> bool:
    """Whether points stand between thousands: `500.000` or `500.000,00`."""
    whole = written.partition(",")[0]
    head, *groups = whole.split(".")
    return bool(groups) and head.isdecimal() and all(len(g) == 3 and g.isdecimal() for g in groups)  # noqa: PLR2004
