"""Forms of the interview pages: each turns a request into the arguments of an act."""

from meetings.forms.afterwards import (
    AnswerQuestionForm,
    CancelForm,
    ContactForm,
    QuestionForm,
    ReasonForm,
)
from meetings.forms.booking import BookingForm, MoveForm
from meetings.forms.notifying import AnswerForm, NotifyForm
from meetings.forms.outcome import OutcomeForm
from meetings.forms.replying import ReplyForm

__all__ = [
    "AnswerForm",
    "AnswerQuestionForm",
    "BookingForm",
    "CancelForm",
    "ContactForm",
    "MoveForm",
    "NotifyForm",
    "OutcomeForm",
    "QuestionForm",
    "ReasonForm",
    "ReplyForm",
]
