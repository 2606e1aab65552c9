"""What is asked when a step in the life of an agreement is taken."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from agreements.notice_page import NoticePage
from meetings.forms.pieces import ActForm
from partnerships.models import Agreement, Organisation, PhaseTwo
from shared.form_fields import DayField, LastDayField, RemarkField

LONGEST_SLUG = 54


class StepForm(ActForm):
    """A step of one agreement."""

    def __init__(self, data: Any, *, agreement: Agreement, on: date) -> None:  # noqa: ANN401
        self.agreement = agreement
        super().__init__(data, initial=self.first(on))

    def first(self, on: date) -> dict[str, Any]:
        """What stands in the form when it is opened."""
        return {"on": on}


class NothingForm(StepForm):
    """Nothing is asked but to press the button."""


class RemarkForm(StepForm):
    """Why, or what is to be done."""

    remark = RemarkField(label=_("Remark"), widget=forms.Textarea(attrs={"rows": 3}))


class CoordinateForm(StepForm):
    """What the others are asked to look at."""

    remark = RemarkField(
        label=_("What the others are asked to look at"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ApproveForm(StepForm):
    """Which body approved it, when, and what its minutes note."""

    body = forms.CharField(label=_("Approved by"), max_length=120)
    on = DayField(label=_("Approved on"))
    minute_notes = forms.CharField(
        label=_("Minute notes"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What single members or parties of the body had noted in its minutes."),
    )


def parties_of(agreement: Agreement) -> QuerySet[Organisation]:
    """The parties of an agreement, or of the one it stands under where it has none itself."""
    one: Agreement | None = agreement
    while one and one.parent and not one.parties.exists():
        one = one.parent
    return Organisation.objects.filter(agreements__agreement=one)


class SignForm(StepForm):
    """Who signed for which party, and when."""

    party = forms.ModelChoiceField(Organisation.objects.none(), label=_("Party"), empty_label=None)
    signed_by = forms.CharField(label=_("Signed by"), max_length=120)
    on = DayField(label=_("Signed on"))

    def __init__(self, data: Any, *, agreement: Agreement, on: date) -> None:  # noqa: ANN401
        super().__init__(data, agreement=agreement, on=on)
        unsigned = agreement.parties.filter(signed_on=None).values("organisation")
        parties = Organisation.objects.filter(pk__in=unsigned)
        self.fields["party"].queryset = parties  # type: ignore[attr-defined]  # of this field


class RenewForm(StepForm):
    """What the agreement that takes over is called, and its days."""

    title = forms.CharField(label=_("Title"), max_length=200)
    starts_on = DayField(label=_("In force from"))
    ends_on = LastDayField(label=_("Last day"), required=False)

    def first(self, on: date) -> dict[str, Any]:
        """The same title, from the day on which the old one is over."""
        return {"title": self.agreement.title, "starts_on": self.agreement.ends_on or on}

    def clean(self) -> dict[str, Any]:
        """An end that does not lie before the start; and an id that nobody has."""
        said: dict[str, Any] = super().clean() or {}
        start, end = said.get("starts_on"), said.get("ends_on")
        if start and end and end <= start:
            self.add_error("ends_on", _("The last day lies before the first."))
        if start:
            said["slug"] = free_slug(f"{said.get('title', '')} {start.year}")
        return said


def free_slug(words: str) -> str:
    """An id for the address that no agreement has."""
    wanted = slugify(words)[:LONGEST_SLUG] or "aftale"
    taken = set(Agreement.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return next(one for one in (wanted, *numbered) if one not in taken)


FOR_RUNNING = [
    ("stay", _("They stay under the agreement until their hand-over")),
    ("move", _("They move at once to what holds without it, on the first day without it")),
]
FOR_REFERRALS = [
    ("run_on", _("They go on to their own end")),
    ("revoke", _("Those that have not started are revoked on the day")),
]


FOR_BELOW = [
    ("stand", _("They go on by themselves; terms that they have from this one stay theirs")),
    ("end", _("They end with it, on the same day; their courses go as those of this one")),
]


def below_field(*, required: bool) -> forms.ChoiceField:
    """What becomes of the agreements below."""
    return forms.ChoiceField(
        label=_("What becomes of the agreements below it?"),
        choices=FOR_BELOW,
        widget=forms.RadioSelect,
        required=required,
    )


def referrals_field(*, required: bool) -> forms.ChoiceField:
    """What becomes of open referrals."""
    return forms.ChoiceField(
        label=_("What becomes of the open referrals?"),
        choices=FOR_REFERRALS,
        widget=forms.RadioSelect,
        required=required,
    )


class SettleForm(StepForm):
    """What becomes of the open referrals."""

    choice = referrals_field(required=True)


class BelowForm(StepForm):
    """What becomes of the agreements below it."""

    choice = below_field(required=True)


class NoticeForm(StepForm):
    """Who gives notice, when, and what becomes of what runs."""

    party = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Who gives notice?"), empty_label=None
    )
    on = DayField(label=_("Notice given on"))
    for_running = forms.ChoiceField(
        label=_("What becomes of the courses that run when it ends?"),
        choices=FOR_RUNNING,
        widget=forms.RadioSelect,
    )
    for_below = below_field(required=False)
    for_referrals = referrals_field(required=False)

    def __init__(
        self,
        data: Any,  # noqa: ANN401 (whatever was sent)
        *,
        agreement: Agreement,
        on: date,
        page: NoticePage,
    ) -> None:
        super().__init__(data, agreement=agreement, on=on)
        self.initial["seen"] = page.code
        self.fields["party"].queryset = parties_of(agreement)  # type: ignore[attr-defined]  # of this field
        if page.below:
            self.fields["for_below"].required = True
        else:
            del self.fields["for_below"]
        if page.open_referrals:
            self.fields["for_referrals"].required = True
        else:
            del self.fields["for_referrals"]


class PhaseTwoForm(StepForm):
    """What is known of the law, the budget and the addendum."""

    law_in_force_on = DayField(label=_("Law in force from"), required=False)
    law_source = forms.CharField(label=_("Law"), max_length=200, required=False)
    budget_in_place_on = DayField(label=_("Budget in place from"), required=False)
    budget_source = forms.CharField(label=_("Budget"), max_length=200, required=False)
    addendum = forms.ModelChoiceField(
        Agreement.objects.none(), label=_("Addendum about phase 2"), required=False
    )

    def __init__(self, data: Any, *, agreement: Agreement, on: date) -> None:  # noqa: ANN401
        super().__init__(data, agreement=agreement, on=on)
        addenda = agreement.below.filter(kind=Agreement.Kind.ADDENDUM)
        self.fields["addendum"].queryset = addenda  # type: ignore[attr-defined]  # of this field

    def first(self, on: date) -> dict[str, Any]:  # noqa: ARG002 (as the base has it)
        """What is recorded already."""
        known = PhaseTwo.objects.filter(agreement=self.agreement).first()
        names = [name for name in self.base_fields if name != "seen"]
        return {name: getattr(known, name) for name in names} if known else {}
