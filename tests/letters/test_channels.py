"""Each way a letter goes, against real things: a mail server, a folder, the printer's page."""

import base64
import smtplib
import socket
import stat
from email import message_from_bytes, policy
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import time_machine
from aiosmtpd.controller import Controller
from django.urls import reverse

from letters.actions import mark_printed, open_batch, take_back
from letters.models import Letter, Route
from letters.outbox import work_off
from tests.letters.test_outbox import LATER, queued

pytestmark = pytest.mark.django_db
MEMO = {"memo": "https://DigitalPost.dk/MeMo-1"}


class Catcher:
    """A mail server that keeps what it gets, or refuses it."""

    def __init__(self):
        self.caught, self.answer = [], "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 (the library's name)
        if self.answer.startswith("250"):
            self.caught.append(message_from_bytes(envelope.content, policy=policy.default))
        return self.answer


def free_port():
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


@pytest.fixture
def catcher(settings):
    kept = Catcher()
    controller = Controller(kept, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = controller.port
    settings.DEFAULT_FROM_EMAIL = "Kontaktforløb <post@kontaktforloeb.example>"
    yield kept
    controller.stop()


@pytest.fixture
def by_email(world):
    Route.objects.filter(organisation=world.course.jobcentre).update(usual="email")
    world.course.citizen.email = "citizen@example.org"
    world.course.citizen.save(update_fields=["email"])
    return world


def sent(letter):
    with time_machine.travel(LATER, tick=False):
        work_off(at=LATER)
    letter.refresh_from_db()
    return letter


def nothing_personal(text, world):
    citizen = world.course.citizen
    return not any(part in text for part in (citizen.name, citizen.last_name, citizen.cpr))


def test_an_e_mail_carries_the_letter_and_says_nothing_personal_beside_it(by_email, catcher):
    letter = sent(queued(by_email))

    [mail] = catcher.caught
    assert (letter.state, letter.arrived_at) == ("sent", None)
    assert mail["To"] == "citizen@example.org"
    assert mail["Message-ID"] == f"<{letter.key}@kontaktforloeb.example>"
    assert by_email.course.case_number in mail["Subject"]
    [attached] = mail.iter_attachments()
    assert attached.get_filename() == f"{by_email.course.case_number}.pdf"
    assert attached.get_content() == bytes(letter.pdf.content)
    outside = mail["Subject"] + mail.get_body().get_content() + attached.get_filename()
    assert nothing_personal(outside, by_email)


def test_a_mail_server_that_refuses_leaves_a_letter_not_sent(by_email, catcher):
    catcher.answer = "550 no such mailbox"

    letter = sent(queued(by_email))

    assert (letter.state, letter.failure) == ("failed", "refused")


def test_a_mail_server_that_is_not_there_leaves_a_letter_not_sent(by_email, catcher, settings):
    settings.EMAIL_PORT = 1

    assert sent(queued(by_email)).failure == "unreachable"
    with pytest.raises(OSError, match="refused"):
        smtplib.SMTP("127.0.0.1", 1)


def test_a_citizen_without_an_address_gets_no_e_mail(by_email, catcher):
    by_email.course.citizen.email = ""
    by_email.course.citizen.save(update_fields=["email"])

    assert sent(queued(by_email)).failure == "no_address"
    assert catcher.caught == []


def test_digital_post_is_a_message_with_the_pdf_that_only_its_owner_reads(world, settings, caplog):
    letter = sent(queued(world))

    [path] = Path(settings.DIGITAL_POST_OUTBOX).iterdir()
    cpr = world.course.citizen.cpr
    message = ET.parse(path).getroot()  # noqa: S314 (our own)
    said = {
        name: message.findtext(f".//memo:{name}", namespaces=MEMO)
        for name in ("messageUUID", "senderID", "recipientID", "caseID", "encodingFormat", "label")
    }
    assert said == {
        "messageUUID": str(letter.key),
        "senderID": "11111111",
        "recipientID": cpr,
        "caseID": world.course.case_number,
        "encodingFormat": "application/pdf",
        "label": letter.subject,
    }
    content = message.findtext(".//memo:File/memo:content", namespaces=MEMO)
    assert base64.b64decode(content) == bytes(letter.pdf.content)
    assert path.name == f"{letter.key}.xml"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert nothing_personal(said["label"], world)
    assert path.read_text().count(cpr) == 1
    assert cpr not in caplog.text


def test_a_folder_that_cannot_be_written_leaves_a_letter_not_sent(world, settings, tmp_path):
    (tmp_path / "file").write_text("in the way")
    settings.DIGITAL_POST_OUTBOX = str(tmp_path / "file" / "digital-post")

    assert sent(queued(world)).failure == "unreachable"


def exempt(world):
    world.course.citizen.digital_post_exempt = True
    world.course.citizen.save(update_fields=["digital_post_exempt"])
    return queued(world)


def test_who_is_exempt_gets_paper_put_together_printed_and_marked(world, client):
    letter = sent(exempt(world))
    assert (letter.channel, letter.state, letter.arrived_at) == ("print", "to_print", None)
    client.force_login(world.caseworker)
    page = reverse("letters:printing")
    shown = client.get(page).content.decode()
    assert world.course.citizen.name in shown
    assert "They are not sent yet" in shown

    client.post(page, {"organisation": world.course.jobcentre.pk})
    letter.refresh_from_db()
    assert client.get(reverse("letters:batch_pdf", args=[letter.batch_id])).content[:4] == b"%PDF"
    letter.refresh_from_db()
    assert (letter.state, letter.sent_at) == ("to_print", None)  # opening the file posts nothing
    client.post(reverse("letters:printed", args=[letter.batch_id]))

    letter.refresh_from_db()
    assert (letter.state, letter.sent_at) == ("sent", letter.batch.printed_at)
    assert not Letter.objects.to_print().exists()
    assert "No letters wait" in client.get(page).content.decode()


def test_who_is_exempt_where_nobody_prints_gets_nothing_and_somebody_hears_of_it(world):
    Route.objects.filter(organisation=world.course.jobcentre).update(prints=False)

    assert sent(exempt(world)).failure == "no_print"


def listed(client, which):
    return client.get(reverse("letters:list"), {"vis": which}).content.decode()


def test_a_letter_on_paper_waits_in_the_lists_until_it_is_posted(world, client):
    letter = sent(exempt(world))
    client.force_login(world.caseworker)

    assert world.course.case_number in listed(client, "venter")
    assert world.course.case_number not in listed(client, "sendt")
    page = client.get(letter.get_absolute_url()).content.decode()
    assert "Waits for the printer" in page
    assert "Not yet: it counts as sent when" in page

    batch = open_batch(world.course.jobcentre, by=world.caseworker, at=LATER)
    mark_printed(batch, by=world.caseworker, at=LATER)
    assert world.course.case_number in listed(client, "sendt")
    assert "In the post" in client.get(letter.get_absolute_url()).content.decode()


def test_a_letter_on_paper_is_taken_back_until_somebody_takes_it_to_the_printer(world):
    first, second = sent(exempt(world)), sent(queued(world))

    assert take_back(first, by=world.caseworker, at=LATER)
    batch = open_batch(world.course.jobcentre, by=world.caseworker, at=LATER)
    assert not take_back(second, by=world.caseworker, at=LATER)
    assert list(batch.letters.all()) == [second]
