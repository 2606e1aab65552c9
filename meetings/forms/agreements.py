"""Lines for what was agreed: who does what, by which day; empty lines are left out."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.models import Party
from meetings.meeting_page import party_name
from meetings.models import Meeting
from meetings.plans import Agreement
from meetings.words import the_citizen
from shared.form_fields import DayField, RemarkField

PREFIX = "aftale"
EMPTY_LINES, MOST_LINES = 2, 20


class AgreementLine(forms.Form):
    """One line; it counts when it says what."""

    who = forms.ChoiceField(label=gettext_lazy("Who"), initial=Party.CITIZEN, required=False)
    what = RemarkField(label=gettext_lazy("What"), required=False)
    by_day = DayField(label=gettext_lazy("By"), required=False, help_text="")

    def __init__(self, *args: Any, people: list[tuple[str, str]], **options: Any) -> None:  # noqa: ANN401 (Django's own)
        super().__init__(*args, **options)
        self.fields["who"].choices = people  # type: ignore[attr-defined]  # of this field's class
        for name, looks in (("who", "form-select"), ("what", "form-input"), ("by_day", "")):
            attrs = self.fields[name].widget.attrs
            attrs["class"] = looks or "form-input kf-short"

    def clean(self) -> dict[str, Any]:
        """A day alone is no agreement."""
        said = self.cleaned_data
        if said.get("by_day") and not said.get("what") and "what" not in self.errors:
            self.add_error("what", _("Write what was agreed, or leave the line empty."))
        return said


class AgreementRows(forms.BaseFormSet):  # type: ignore[type-arg]
    """The lines of one interview."""

    @property
    def written(self) -> list[Agreement]:
        """What was agreed, as `hold` takes it."""
        if not self.is_bound:
            return []
        said = [line.cleaned_data for line in self.forms if line.cleaned_data.get("what")]
        return [
            Agreement(Party(one.get("who") or Party.CITIZEN), one["what"], one.get("by_day"))
            for one in said
        ]

    def is_valid(self) -> bool:
        """Whether each line can be read; a form that was sent without lines has none."""
        return not self.is_bound or super().is_valid()


Rows = forms.formset_factory(
    AgreementLine, formset=AgreementRows, extra=EMPTY_LINES, max_num=MOST_LINES
)


def agreement_rows(data: Any, meeting: Meeting) -> AgreementRows:  # noqa: ANN401 (a QueryDict)
    """The lines as they were sent, with more if that was asked; else those that are known."""
    people = [
        (Party.CITIZEN.value, the_citizen(Party(meeting.held_by))),
        (Party.JOBCENTRE.value, party_name(meeting, Party.JOBCENTRE)),
        (Party.A_KASSE.value, party_name(meeting, Party.A_KASSE)),
    ]
    total = f"{PREFIX}-TOTAL_FORMS"
    sent = data if data and total in data else None
    if sent is not None and "more_rows" in sent and sent[total].isdecimal():
        more = min(int(sent[total]) + EMPTY_LINES, MOST_LINES)
        sent = {**sent.dict(), total: str(more)}
    known = [
        {"who": one.who, "what": one.what, "by_day": one.by_day}
        for one in (meeting.agreements.all() if sent is None else ())
    ]
    rows = Rows(sent, prefix=PREFIX, initial=known, form_kwargs={"people": people})
    return cast("AgreementRows", rows)  # the factory makes a subclass of it
