"""Notifying the a-kasse of a no-show, and the a-kasse's answer."""

from crispy_forms.layout import Field, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.evidence import Delivery
from meetings.forms.pieces import ActForm
from shared.form_fields import RemarkField


class NotifyForm(ActForm):
    """What is known of the summons' way: the argument of `actions.notify_a_kasse`."""

    delivery = forms.TypedChoiceField(
        label=_("The summons"),
        choices=Delivery,
        coerce=Delivery,
        initial=Delivery.NOT_RECORDED,
        widget=forms.RadioSelect,
        help_text=_("A summons that never reached the citizen must be cleared first."),
    )
    layout = Layout(Field("delivery"), Field("seen"))


class AnswerForm(ActForm):
    """The a-kasse's code and words: the arguments of `actions.answer_notification`."""

    code = RemarkField(
        label=_("Code"),
        max_length=40,
        help_text=_("The code of what you decided, whatever was assumed at first."),
        widget=forms.TextInput(attrs={"class": "kf-short"}),
    )
    answer = RemarkField(
        label=_("Answer"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    layout = Layout(Field("code"), Field("answer"), Field("seen"))
