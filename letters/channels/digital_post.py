"""Digital Post: the MeMo message, left in a folder where no access to Digital Post is configured.

The recipient's CPR number must stand inside the message. It stands there only: the file is named
by the letter's key and is readable by its owner alone.
"""

import base64
import contextlib
import os
import uuid
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

from django.conf import settings

from letters.channels.way import Delivered, NotSent
from letters.models import Letter, Route
from letters.placeholders import filled
from letters.shipped import words_of

MEMO = "https://DigitalPost.dk/MeMo-1"
VERSION = "1.2"
SYSTEM = "Kontaktforløb"
ONLY_OWNER, OWNERS_FOLDER = 0o600, 0o700
LONGEST_LABEL, LONGEST_NOTIFICATION = 100, 150
Failure = Letter.Failure

ET.register_namespace("memo", MEMO)


class DigitalPost:
    """One message a letter, by its key: the same letter again is the same file.

    What lies in the mailbox has arrived (domain A11); the folder stands for it.
    """

    repeatable = True

    def send(self, letter: Letter, pdf: bytes, *, at: datetime) -> Delivered:
        """Put the message where it is fetched from."""
        route = Route.objects.winning(letter.sender_id, letter.course.agreement_id)
        if route is None or not route.cvr:
            raise NotSent(Failure.NO_SENDER)
        try:
            _put(Path(settings.DIGITAL_POST_OUTBOX), letter.key, message_of(letter, pdf, route, at))
        except OSError as error:
            raise NotSent(Failure.UNREACHABLE) from error
        return Delivered(arrived_at=at)


def _put(folder: Path, key: uuid.UUID, message: bytes) -> None:
    """Write a file that is there whole or not at all; one that is there already stays."""
    folder.mkdir(mode=OWNERS_FOLDER, parents=True, exist_ok=True)
    part = folder / f".{key}.{os.getpid()}.part"
    with contextlib.suppress(FileNotFoundError):
        part.unlink()
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, ONLY_OWNER)
    with os.fdopen(handle, "wb") as file:
        file.write(message)
        file.flush()
        os.fsync(file.fileno())
    try:
        with contextlib.suppress(FileExistsError):
            os.link(part, folder / f"{key}.xml")
    finally:
        part.unlink()


def message_of(letter: Letter, pdf: bytes, route: Route, at: datetime) -> bytes:
    """The message in XML; what it must say, and in which order, is in docs/letters.md."""
    message = ET.Element(_name("Message"), {"memoVersion": VERSION})
    _header(ET.SubElement(message, _name("MessageHeader")), letter, route)
    _body(ET.SubElement(message, _name("MessageBody")), letter, pdf, at)
    written: bytes = ET.tostring(message, encoding="utf-8", xml_declaration=True)
    return written


def _header(header: ET.Element, letter: Letter, route: Route) -> None:
    _say(header, "messageType", "DIGITALPOST")
    _say(header, "messageUUID", str(letter.key))
    _say(header, "label", letter.subject[:LONGEST_LABEL])
    _say(header, "notification", _notification(letter))
    _say(header, "mandatory", "false")
    _say(header, "legalNotification", "false")
    sender = ET.SubElement(header, _name("Sender"))
    _say(sender, "senderID", route.cvr)
    _say(sender, "idType", "CVR")
    _say(sender, "label", letter.sender.name)
    recipient = ET.SubElement(header, _name("Recipient"))
    _say(recipient, "recipientID", letter.course.citizen.cpr)
    _say(recipient, "idType", "CPR")
    content = ET.SubElement(ET.SubElement(header, _name("ContentData")), _name("CaseID"))
    _say(content, "caseID", letter.course.case_number)
    _say(content, "caseSystem", SYSTEM)


def _notification(letter: Letter) -> str:
    """What an e-mail or SMS tells of it; an organisation of a very long name goes unnamed."""
    words, number = words_of(letter.language), letter.course.case_number
    for organisation in (letter.sender.name, letter.sender.short, ""):
        values = {"case_number": number, "organisation": organisation}
        said = filled(words["notice" if organisation else "notice_unnamed"], values)
        if len(said) <= LONGEST_NOTIFICATION:
            break
    return said


def _body(body: ET.Element, letter: Letter, pdf: bytes, at: datetime) -> None:
    _say(body, "createdDateTime", f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}")
    document = ET.SubElement(body, _name("MainDocument"))
    _say(document, "label", letter.subject[:LONGEST_LABEL])
    file = ET.SubElement(document, _name("File"))
    _say(file, "encodingFormat", "application/pdf")
    _say(file, "filename", f"{letter.course.case_number}.pdf")
    _say(file, "language", letter.language)
    _say(file, "content", base64.b64encode(pdf).decode())


def _say(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, _name(name)).text = text


def _name(tag: str) -> str:
    return f"{{{MEMO}}}{tag}"
