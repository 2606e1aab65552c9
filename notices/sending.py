"""Taking mail out of the outbox: each goes to the mail server at most once.

A mail is claimed (`sending`, committed) before the server is spoken to. A process that dies in
between leaves it claimed: nobody knows whether the server took it, so it is not sent again but
said to have failed, and a person decides. Only what the server surely did not take is tried anew.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.utils.translation import gettext_noop as _

from notices.hours import Hours
from notices.models import Mail

State = Mail.State
BATCH = 200  # a run is over well before the next minute's begins
TRIES = 8
FIRST_PAUSE = timedelta(minutes=2)  # then 4, 8, 16 …: the eighth try is four hours after the first
CLAIM = timedelta(minutes=10)  # longer than any conversation with a mail server
PERMANENT = 500
NO_SERVER = _("No mail server is named (EMAIL_HOST).")
INTERRUPTED = _("Sending was interrupted. It may have arrived, so it is not sent again.")
NO_ADDRESS = _("The person has no e-mail address, or no longer works here.")


@dataclass(slots=True)
class Sent:
    """What a run did; `people` are the keys of those whom something was sent to."""

    people: set[int] = field(default_factory=set)
    sent: int = 0
    failed: int = 0
    waiting: int = 0


def send_waiting(*, at: datetime, only: list[str] | None = None) -> Sent:
    """Send what may go at a moment; `only` these Message-IDs when said."""
    done = Sent(failed=_give_up_claims(at))
    if not settings.EMAIL_HOST:
        Mail.objects.waiting().exclude(failure=NO_SERVER).update(failure=NO_SERVER)
    else:
        _send_all(done, at, only)
    done.waiting = Mail.objects.waiting().count()
    return done


def _send_all(done: Sent, at: datetime, only: list[str] | None) -> None:
    for _number in range(BATCH if only is None else len(only)):
        mail = _claimed(at, only)
        if mail is None:
            return
        _send(mail, at)
        if mail.state == State.SENT:
            done.sent += 1
            done.people |= {mail.user_id} if mail.user_id else set()
        done.failed += mail.state == State.FAILED


@transaction.atomic
def _claimed(at: datetime, only: list[str] | None) -> Mail | None:
    """The next mail, from here on nobody else's."""
    rows = Mail.objects.ready(at=at).select_related("user")
    if only is not None:
        rows = rows.filter(message_id__in=only)
    for mail in rows.select_for_update(skip_locked=True, of=("self",))[:1]:
        mail.state, mail.next_at, mail.tries = State.SENDING, at + CLAIM, mail.tries + 1
        mail.save(update_fields=["state", "next_at", "tries"])
        return mail
    return None


def _send(mail: Mail, at: datetime) -> None:
    """Hand a claimed mail to the server, and write down what came of it."""
    hours = Hours(mail.hours_from, mail.hours_until)
    if not hours.open_at(at):  # it was put off by a failure into the night
        _put_off(mail, hours.next_open(at), mail.failure, tries=mail.tries - 1)
    elif not mail.to:
        _fail(mail, NO_ADDRESS)
    else:
        _hand_over(mail, at, hours)


def _hand_over(mail: Mail, at: datetime, hours: Hours) -> None:
    server = get_connection()
    try:
        server.open()
    except OSError as error:  # nothing was said yet (smtplib's errors are OSErrors)
        _try_later(mail, at, hours, error)
        return
    try:
        server.send_messages([_message(mail)])
    except (SMTPResponseException, SMTPRecipientsRefused) as error:  # it said that it did not
        (_fail_with if _is_permanent(error) else _try_later)(mail, at, hours, error)
    except OSError:
        _fail(mail, INTERRUPTED)
    else:
        mail.state, mail.sent_at, mail.failure, mail.address = State.SENT, at, "", ""
        mail.save(update_fields=["state", "sent_at", "failure", "address"])
    finally:
        server.close()


def _message(mail: Mail) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        to=[mail.to],
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
    )
    if mail.calendar:
        kind = f"text/calendar; method={mail.calendar_method}"
        message.attach_alternative(mail.calendar, kind)
    return message


def _is_permanent(error: Exception) -> bool:
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= PERMANENT for code, _said in error.recipients.values())
    return isinstance(error, SMTPResponseException) and error.smtp_code >= PERMANENT


def _try_later(mail: Mail, at: datetime, hours: Hours, error: Exception) -> None:
    if mail.tries >= TRIES:
        _fail_with(mail, at, hours, error)
        return
    again = hours.next_open(at + FIRST_PAUSE * 2 ** (mail.tries - 1))
    _put_off(mail, again, _reason(error), tries=mail.tries)


def _put_off(mail: Mail, again: datetime, reason: str, *, tries: int) -> None:
    mail.state, mail.next_at, mail.tries, mail.failure = State.WAITING, again, tries, reason
    mail.save(update_fields=["state", "next_at", "tries", "failure"])


def _fail_with(mail: Mail, _at: datetime, _hours: Hours, error: Exception) -> None:
    _fail(mail, _reason(error))


def _fail(mail: Mail, reason: str) -> None:
    mail.state, mail.failure = State.FAILED, reason
    mail.save(update_fields=["state", "failure"])


def _reason(error: Exception) -> str:
    """What went wrong, without the address that the server may repeat."""
    if isinstance(error, SMTPResponseException):
        return f"{type(error).__name__} {error.smtp_code}"
    if isinstance(error, SMTPRecipientsRefused):
        return f"{type(error).__name__} {sorted({code for code, _ in error.recipients.values()})}"
    return f"{type(error).__name__}: {getattr(error, 'strerror', '') or ''}".rstrip(": ")[:300]


def _give_up_claims(at: datetime) -> int:
    """Say of mail whose sender died that nobody knows; how many those are."""
    lost = Mail.objects.filter(state=State.SENDING, next_at__lte=at)
    return lost.update(state=State.FAILED, failure=INTERRUPTED)
