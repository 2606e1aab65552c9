"""Steps 3 to 6 of the guide: interviews, times, money, and the words."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.forms.pieces import GuideForm, TermsForm
from partnerships.models import Agreement, AgreementTerms
from shared.form_fields import AmountField, DayField, RemarkField
from shared.written import plain_day

JOINT_BY_LAW = date(2016, 7, 1)
WEEKS_AN_INTERVIEW = 13  # R09-02: one interview within every 13 weeks
MOST_POSTPONED = 14


class InterviewsForm(TermsForm):
    """Step 3: interviews and deadlines."""

    first_joint_from = DayField(
        label=gettext_lazy("First joint interview required from"),
        required=False,
        help_text=gettext_lazy("Empty: the law's own day, 1 July 2016."),
    )

    class Meta:
        model = AgreementTerms
        fields = [
            "first_meetings_at_a_kasse", "window_weeks", "first_joint_from", "host",
            "due_soon_days", "rebook_days", "postpone_days", "handover_ahead_days",
            "handover_answer_days",
        ]  # fmt: skip
        widgets = {"host": forms.RadioSelect}
        help_texts = {
            "first_meetings_at_a_kasse": gettext_lazy(
                "How many job interviews lie in the a-kasse."
            ),
            "window_weeks": gettext_lazy("How long the course may stay in the a-kasse."),
            "postpone_days": gettext_lazy("The law lets 14 days at most."),
        }

    def clean_postpone_days(self) -> int:
        """R15-03: an agreement may allow less than the law, never more."""
        days: int = self.cleaned_data["postpone_days"]
        if days > MOST_POSTPONED:
            raise ValidationError(_("The law lets 14 days at most. Did you mean 14?"))
        return days

    def clean_first_joint_from(self) -> date | None:
        """The law asks for it from its own day; an agreement may only ask earlier."""
        day: date | None = self.cleaned_data["first_joint_from"]
        if day and day > JOINT_BY_LAW:
            wrong = _("The law asks for it from %(day)s. Leave it empty, or write an earlier day.")
            raise ValidationError(wrong % {"day": plain_day(JOINT_BY_LAW)})
        return day

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        count, weeks = said.get("first_meetings_at_a_kasse"), said.get("window_weeks")
        if count and not weeks and "window_weeks" not in self.errors:
            wrong = _("Interviews in the a-kasse need a window. Did you mean %(weeks)d weeks?")
            self.add_error("window_weeks", wrong % {"weeks": count * WEEKS_AN_INTERVIEW})
        elif count and weeks and weeks < count * WEEKS_AN_INTERVIEW:
            wrong = _(
                "The window ends before the last of the first interviews is due."
                " Did you mean week %(weeks)d?"
            )
            self.add_error("window_weeks", wrong % {"weeks": count * WEEKS_AN_INTERVIEW})
        return said


class PlacesForm(TermsForm):
    """Step 4: rooms and times."""

    class Meta:
        model = AgreementTerms
        fields = ["participation", "notice_days", "release_days"]
        widgets = {"participation": forms.RadioSelect}

    def clean_notice_days(self) -> int:
        """A day's notice is the least."""
        days: int = self.cleaned_data["notice_days"]
        if days < 1:
            raise ValidationError(_("A day's notice is the least. Did you mean 7?"))
        return days


class MoneyForm(TermsForm):
    """Step 5: the economic frame and the job club."""

    frame_amount = AmountField(
        label=gettext_lazy("Economic frame for each a-kasse, kr."),
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
        help_text=gettext_lazy("Empty: the agreement has no frame."),
    )

    class Meta:
        model = AgreementTerms
        fields = ["max_job_clubs", "frame_amount", "frame_months"]

    def clean_frame_months(self) -> int:
        """A frame has a period."""
        months: int = self.cleaned_data["frame_months"]
        if months < 1:
            raise ValidationError(_("A frame lasts a month at least. Did you mean 12?"))
        return months


class WordsForm(GuideForm):
    """Step 6: what it says and where that is written."""

    source = RemarkField(
        label=gettext_lazy("Source"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("The document that is signed, by its name and number."),
    )

    class Meta:
        model = Agreement
        fields = ["text", "source"]
        help_texts = {"text": gettext_lazy("Read by all who steer; no names of citizens.")}
