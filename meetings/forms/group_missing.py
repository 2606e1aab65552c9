"""What is known of who stayed away from a group meeting."""

from typing import Any

from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from courses.models import Party
from meetings.forms.afterwards import ContactForm
from meetings.models import NoShow
from meetings.plans import Missed
from shared.form_fields import RemarkField


class GroupNoShowForm(ContactForm):
    """Why the citizen did not come, and contact since: the argument of `record_no_show`."""

    lawful_absence = forms.ChoiceField(
        label=gettext_lazy("Lawful absence"), choices=NoShow.Lawful, initial=NoShow.Lawful.NONE
    )
    contact_attempts = RemarkField(
        label=gettext_lazy("Attempts at contact"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("When and how you tried to reach the citizen."),
    )
    layout = Layout(
        Field("lawful_absence"),
        Field("contact_attempts"),
        Div(Field("contact_day"), Field("contact_time"), css_class="kf-form-grid"),
        Field("explanation"),
        Field("seen"),
    )

    def __init__(self, data: Any, *, known: NoShow | None, side: Party | None) -> None:  # noqa: ANN401 (a QueryDict or nothing)
        super().__init__(data, initial=_now(known) if known else {})
        for name in ("contact_day", "contact_time"):
            self.fields[name].required = False
        self.worded_for(side)

    @property
    def missed(self) -> Missed:
        """What is known, as the act takes it."""
        said = self.cleaned_data
        return Missed(
            lawful_absence=said["lawful_absence"],
            contact_attempts=said["contact_attempts"],
            contact_again_at=self.contact_again_at,
            explanation=said["explanation"],
        )


def _now(known: NoShow) -> dict[str, object]:
    """What has been written of it before."""
    contact = timezone.localtime(known.contact_again_at) if known.contact_again_at else None
    return {
        "lawful_absence": known.lawful_absence,
        "contact_attempts": known.contact_attempts,
        "contact_day": contact.date() if contact else None,
        "contact_time": contact.time() if contact else None,
        "explanation": known.explanation,
    }
