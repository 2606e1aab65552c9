"""The mail that a trial caught, and what still waits: so that one sees what would be sent."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import MIMEPart
from email.policy import default
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from notices.models import Mail
from shared.written import moment_text

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Caught:
    """A mail as it arrived."""

    subject: str
    to: str
    when: str
    text: str
    calendar: str
    method: str
    attachments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A mail in the outbox that has not gone."""

    subject: str
    to: str
    state: str
    until: str
    why: str


def caught() -> list[Caught]:
    """The newest mails in the catcher's folder."""
    if not settings.CAUGHT_MAIL:
        return []
    paths = sorted(Path(settings.CAUGHT_MAIL).glob("*.eml"), reverse=True)[:SHOWN]
    return [_read(path) for path in paths]


def waiting() -> list[Waiting]:
    """The mails that wait for their hour or for a server, and those that could not be sent."""
    rows = Mail.objects.exclude(state=Mail.State.SENT).select_related("user")
    return [_waiting(one) for one in rows.order_by("next_at", "pk")[:SHOWN]]


def _read(path: Path) -> Caught:
    message = message_from_bytes(path.read_bytes(), policy=default)
    text = message.get_body(("plain",))
    parts = list(message.walk())
    calendar = next((one for one in parts if one.get_content_type() == "text/calendar"), None)
    return Caught(
        subject=str(message["Subject"] or ""),
        to=str(message["To"] or ""),
        when=moment_text(datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)),
        text=_text(text),
        calendar=_text(calendar),
        method=str(calendar.get_param("method") or "") if calendar else "",
        attachments=tuple(_names(message)),
    )


def _text(part: MIMEPart | None) -> str:
    return str(part.get_content()).replace("\r\n", "\n") if part else ""


def _names(message: MIMEPart) -> Iterator[str]:
    for one in message.iter_attachments():
        if one.get_content_type() != "text/calendar":
            yield one.get_filename() or one.get_content_type()


def _waiting(mail: Mail) -> Waiting:
    goes = mail.state == Mail.State.WAITING
    return Waiting(
        subject=mail.subject,
        to=mail.to,
        state=str(mail.get_state_display()),
        until=moment_text(mail.next_at) if goes else "",
        why=_(mail.failure) if mail.failure else "",
    )
