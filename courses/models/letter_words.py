"""What a letter is and how it goes; the journal of a course says so too."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LetterKind(models.TextChoices):
    """What a letter tells."""

    SUMMONS = "summons", _("summons")
    CHANGE = "change", _("change of an interview")
    CANCELLATION = "cancellation", _("cancellation")
    MINUTES = "minutes", _("minutes")
    HANDOVER = "handover", _("hand-over")
    CONFIRMATION = "confirmation", _("confirmation")
    ANSWER = "answer", _("answer to the citizen")
    BOOK_BY = "book_by", _("deadline for booking")
    REMINDER = "reminder", _("reminder to book")
    ACTIVITY = "activity", _("invitation to an activity")


class LetterChannel(models.TextChoices):
    """How a letter goes."""

    DIGITAL_POST = "digital_post", _("Digital Post")
    EMAIL = "email", _("e-mail")
    PRINT = "print", _("print and post")
