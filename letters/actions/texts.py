"""Writing a new version of a text; the earlier ones stay as they are."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from journal.actions import note
from letters.access import may_write_text
from letters.models import LetterText
from shared.refusals import Refused


def write_text(text: LetterText, *, by: User, at: datetime) -> LetterText:
    """Save a text, not saved yet, as the next version of its kind, sender, agreement, language."""
    if not may_write_text(by, text, on=timezone.localdate(at)):
        raise Refused(_("You may write texts for your own side of your own agreements."))
    last = LetterText.objects.beside(text).order_by("-version").first()
    text.version = last.version + 1 if last else 1
    text.written_by = by
    try:
        with transaction.atomic():
            text.save(force_insert=True)
            note(
                text,
                "letter-text-written",
                by=by,
                case=None,
                letter=text.kind,
                language=text.language,
                version=text.version,
            )
    except IntegrityError as error:
        raise Refused(_("Somebody else has just written a new version. Look at theirs.")) from error
    return text
