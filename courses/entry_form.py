"""What a person writes down who decides whether an agreement takes one member in."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models import Course, EntryDecision, Party
from courses.party_words import word_form
from partnerships.models import Agreement
from partnerships.terms import AgreementBook
from shared.form_fields import DayField, RemarkField

Ground = EntryDecision.Ground
IN, OUT = "in", "out"


class EntryForm(forms.Form):
    """Which agreement, in or out, from when, and why; `cleaned_data` are the act's arguments."""

    agreement = forms.ModelChoiceField(
        Agreement.objects.none(), label=_("Agreement"), empty_label=None
    )
    takes_in = forms.TypedChoiceField(
        label=_("What do you decide?"), widget=forms.RadioSelect, coerce=lambda value: value == IN
    )
    decided_from = DayField(
        label=_("Counts from"), help_text=_("Today, or an earlier day of the course.")
    )
    ground = forms.ChoiceField(label=_("Ground"))
    reason = RemarkField(
        label=_("Reason"),
        help_text=_("Few and neutral words, with who agreed to it. Write no diagnosis."),
    )

    def __init__(self, data: Any, *, course: Course, side: Party, on: date) -> None:  # noqa: ANN401
        offered = offered_agreements(course, on=on)
        here = next((one.pk for one in offered if one.pk == course.agreement_id), None)
        super().__init__(
            data, initial={"decided_from": on, "agreement": here, "takes_in": _usual(course)}
        )
        self.offered = offered
        chosen: Any = self.fields["agreement"]
        chosen.queryset = Agreement.objects.filter(pk__in=[one.pk for one in offered])
        decided: Any = self.fields["takes_in"]
        decided.choices = _decisions(course)
        grounds: Any = self.fields["ground"]
        grounds.choices = [("", _("choose the ground")), *_grounds(course, side)]
        word_form(self, side)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        takes_in, ground = given.get("takes_in"), given.get("ground")
        if takes_in is not None and ground:
            fitting = EntryDecision.FOR if takes_in else EntryDecision.AGAINST
            if ground not in fitting:
                self.add_error("ground", _("Choose a ground that speaks for what you decide."))
        return given


class WithdrawEntryForm(forms.Form):
    """Why a decision on entry is taken back."""

    reason = RemarkField(label=_("Why is the decision taken back?"))


def offered_agreements(course: Course, *, on: date) -> list[Agreement]:
    """The agreement of the course, and those that act for members of its a-kasse today."""
    found = AgreementBook.load().of_members(course.a_kasse_id, on=on)
    own = course.agreement
    return found if own is None or own in found else [own, *found]


def _usual(course: Course) -> str:
    return OUT if course.eligible else IN


def _decisions(course: Course) -> list[tuple[str, Any]]:
    """In, and out of the agreement that acts; without one there is nothing to keep out of."""
    taken = (IN, _("The citizen is taken into the agreement"))
    kept = (OUT, _("The citizen is kept out of the agreement"))
    return [taken, kept] if course.agreement_id else [taken]


def _grounds(course: Course, side: Party) -> list[tuple[str, Any]]:
    """All that can be said; only the jobcentre says who is under special effort."""
    hidden = set() if course.agreement_id and side == Party.JOBCENTRE else {Ground.SPECIAL_EFFORT}
    return [(one.value, str(one.label).capitalize()) for one in Ground if one not in hidden]
