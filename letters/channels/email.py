"""E-mail: the PDF attached, and nothing personal outside it."""

import smtplib
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage

from letters.channels.way import Delivered, NotSent
from letters.models import Letter
from letters.placeholders import filled
from letters.shipped import words_of

Failure = Letter.Failure


class Email:
    """Handed to the mail server once; a server that took it may deliver it at any time.

    The Message-ID is the letter's key. A server need not drop a second message of the same
    name, so a sending that broke off is not repeated by itself.
    """

    repeatable = False

    def send(self, letter: Letter, pdf: bytes, *, at: datetime) -> Delivered:  # noqa: ARG002 (the interface)
        """Hand it to the mail server."""
        if not letter.course.citizen.email:
            raise NotSent(Failure.NO_ADDRESS)
        if not settings.EMAIL_HOST:
            raise NotSent(Failure.UNREACHABLE)
        try:
            message_of(letter, pdf).send()
        except smtplib.SMTPServerDisconnected as error:
            raise NotSent(Failure.INTERRUPTED) from error
        except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as error:
            raise NotSent(Failure.REFUSED) from error
        except (smtplib.SMTPException, OSError) as error:
            raise NotSent(Failure.UNREACHABLE) from error
        return Delivered()


def message_of(letter: Letter, pdf: bytes) -> EmailMessage:
    """The message: a case number, a sender, and the letter as its attachment."""
    _name, sender = parseaddr(settings.DEFAULT_FROM_EMAIL)
    words = words_of(letter.language)
    values = {"case_number": letter.course.case_number, "organisation": letter.sender.name}
    said = [filled(words["notice"], values)]
    if address := letter.content.get("address"):
        said.append(filled(words["own_page"], {"address": address}))
    message = EmailMessage(
        subject=letter.subject,
        body="\n\n".join(said),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[letter.course.citizen.email],
        reply_to=[letter.sender.email] if letter.sender.email else None,
        headers={
            "Message-ID": f"<{letter.key}@{sender.rpartition('@')[2]}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach(f"{letter.course.case_number}.pdf", pdf, "application/pdf")
    return message
