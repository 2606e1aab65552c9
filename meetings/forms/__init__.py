"""Forms of the interview pages: each turns a request into the arguments of an act."""

from meetings.forms.booking import BookingForm, MoveForm, ReplyForm
from meetings.forms.notifying import AnswerForm, NotifyForm
from meetings.forms.outcome import CancelForm, ContactForm, OutcomeForm, ReasonForm

__all__ = [
    "AnswerForm",
    "BookingForm",
    "CancelForm",
    "ContactForm",
    "MoveForm",
    "NotifyForm",
    "OutcomeForm",
    "ReasonForm",
    "ReplyForm",
]
