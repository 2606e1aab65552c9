"""Steps 3 to 6 of the guide: interviews, times, money, and the words."""

from django import forms
from django.utils.translation import gettext_lazy

from agreements.forms.pieces import GuideForm, TermsForm
from partnerships.models import Agreement, AgreementTerms
from shared.form_fields import AmountField, DayField, RemarkField


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
            "host": gettext_lazy(
                "Booking a joint interview begins with that place; the law says nothing of places."
                " In turn: the jobcentre has a course's first one, the a-kasse the next, and so on."
            ),
            "first_meetings_at_a_kasse": gettext_lazy(
                "How many job interviews lie in the a-kasse."
            ),
            "window_weeks": gettext_lazy("How long the course may stay in the a-kasse."),
            "postpone_days": gettext_lazy("The law lets 14 days at most."),
        }


class PlacesForm(TermsForm):
    """Step 4: rooms and times."""

    class Meta:
        model = AgreementTerms
        fields = ["participation", "notice_days", "release_days"]
        widgets = {"participation": forms.RadioSelect}


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
