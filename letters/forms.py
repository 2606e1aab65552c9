"""Writing a text: what it is for, what it says, and what it may leave open."""

from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from courses.models import MeetingKind
from letters.access import agreements_of, senders_of
from letters.models import LANGUAGES, SENDERS, LetterKind, LetterText
from letters.placeholders import IMPERSONAL, KNOWN, refusal, unknown_in
from partnerships.models import Agreement
from shared.form_fields import RemarkField


class SayingForm(forms.Form):
    """What a text says: subject, heading and body."""

    subject = RemarkField(
        label=_("Subject"),
        max_length=120,
        help_text=_(
            "A mailbox shows it. Nothing personal: {organisation} and {case_number} at most."
        ),
    )
    heading = RemarkField(label=_("Heading"), max_length=120)
    body = RemarkField(
        label=_("Text"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "true"}),
        help_text=_(
            "An empty line parts paragraphs, “## ” begins a heading, “- ” an item, {facts} alone"
            " is the table."
        ),
    )
    in_use = forms.BooleanField(
        label=_("In use"),
        required=False,
        initial=True,
        help_text=_("Without the tick, letters are written from the more general text again."),
    )
    saying = (Field("subject"), Field("heading"), Field("body"), Field("in_use"))

    @property
    def helper(self) -> FormHelper:
        """How crispy-forms lays it out: the page brings its own form tag."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.layout = self.layout
        return helper

    @property
    def layout(self) -> Layout:
        """The fields in order."""
        return Layout(*self.saying)

    def clean(self) -> dict[str, Any]:
        """Nothing may stay open that no letter fills in."""
        said = self.cleaned_data
        for name, allowed in (
            ("subject", IMPERSONAL),
            ("heading", tuple(KNOWN)),
            ("body", tuple(KNOWN)),
        ):
            wrong = unknown_in(said.get(name, ""), allowed)
            if wrong:
                self.add_error(name, refusal(wrong, allowed))
        return said

    def text(self, like: LetterText) -> LetterText:
        """The next version of a text, not saved yet."""
        said = self.cleaned_data
        return LetterText(
            kind=like.kind,
            sender=like.sender,
            meeting_kind=like.meeting_kind,
            agreement=like.agreement,
            language=like.language,
            subject=said["subject"],
            heading=said["heading"],
            body=said["body"],
            in_use=said["in_use"],
        )


class NewTextForm(SayingForm):
    """A text of an agreement's own: what it is for, and what it says."""

    agreement = forms.ModelChoiceField(
        Agreement.objects.none(), label=_("Agreement"), empty_label=_("choose an agreement")
    )
    sender = forms.ChoiceField(label=_("Sender"), choices=list)
    kind = forms.ChoiceField(label=_("Letter"), choices=LetterKind)
    meeting_kind = forms.ChoiceField(
        label=_("Interview"),
        choices=[("", _("every kind")), *MeetingKind.choices],
        required=False,
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    field_order = ("agreement", "sender", "kind", "meeting_kind", "language")

    def __init__(self, data: Any, *, user: User, on: date, initial: dict[str, Any]) -> None:  # noqa: ANN401 (a QueryDict)
        super().__init__(data, initial=initial)
        own = [one.pk for one in agreements_of(user, on=on)]
        self.fields["agreement"].queryset = Agreement.objects.filter(pk__in=own)  # type: ignore[attr-defined]
        senders = senders_of(user, on=on)
        self.fields["sender"].choices = [one for one in SENDERS if one[0] in senders]  # type: ignore[attr-defined]

    @property
    def layout(self) -> Layout:
        """What it is for stands first."""
        return Layout(
            Div(Field("agreement"), Field("sender"), css_class="kf-form-grid"),
            Div(Field("kind"), Field("meeting_kind"), Field("language"), css_class="kf-form-grid"),
            *self.saying,
        )

    def purpose(self) -> LetterText:
        """What the text is for."""
        said = self.cleaned_data
        return LetterText(
            kind=said["kind"],
            sender=said["sender"],
            meeting_kind=said["meeting_kind"],
            agreement=said["agreement"],
            language=said["language"],
        )
