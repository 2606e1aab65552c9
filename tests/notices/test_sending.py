"""Mail leaves the outbox at most once, inside the hours, through a real mail server."""

import os
import signal
import smtplib
import subprocess
import sys
from datetime import date, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.contrib.admin.models import LogEntry

from notices import outbox, sending
from notices.hours import Hours
from notices.models import Mail
from notices.sending import send_waiting
from partnerships.models import Role
from servers import catcher
from servers.places import ROOT
from tests.factories import UserFactory, moment
from tests.worker import database_url

DAY = date(2026, 11, 23)
NOON = moment(DAY, 12)
State = Mail.State


@pytest.fixture
def server(tmp_path: Path, settings):
    """A real mail server on this machine, and where it keeps what it got."""
    with catcher.opened() as line:
        process = subprocess.Popen(
            catcher.command(line, tmp_path), cwd=ROOT, pass_fds=[line.fileno()]
        )
        where = catcher.environment_of(line, tmp_path)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = where["EMAIL_HOST"], int(where["EMAIL_PORT"])
    yield tmp_path
    process.terminate()
    process.wait(10)


def queued(key="a", *, at=NOON, hours=outbox.ALWAYS, user=None, **more) -> Mail:
    draft = outbox.Draft(
        user=user or UserFactory(), kind=Mail.Kind.DAILY, key=key, subject="Sag K-000001",
        text="Æ ø å\n.\nslut", hours=hours, **more,
    )  # fmt: skip
    [message_id] = outbox.queue([draft], at=at)
    return Mail.objects.get(message_id=message_id)


def received(folder: Path) -> list:
    paths = sorted(folder.glob("*.eml"))
    return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in paths]


@pytest.mark.django_db
def test_a_mail_arrives_as_it_was_written(server):
    mail = queued()
    assert send_waiting(at=NOON).sent == 1
    [got] = received(server)
    assert (got["Message-ID"], got["To"]) == (mail.message_id, mail.user.email)
    assert got.get_content().splitlines() == ["Æ ø å", ".", "slut"]
    mail.refresh_from_db()
    assert (mail.state, mail.sent_at, mail.failure) == (State.SENT, NOON, "")


@pytest.mark.django_db
def test_the_same_queued_again_is_sent_once(server):
    user = UserFactory()
    queued(user=user)
    send_waiting(at=NOON)
    queued(user=user)
    send_waiting(at=NOON)
    assert len(received(server)) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("queued_at", "goes_at"),
    [
        (moment(DAY, 6, 59), moment(DAY, 7)),
        (moment(DAY, 7), moment(DAY, 7)),
        (moment(DAY, 17, 59), moment(DAY, 17, 59)),
        (moment(DAY, 18), moment(DAY + timedelta(1), 7)),
        (moment(DAY, 23, 59), moment(DAY + timedelta(1), 7)),
        (moment(date(2026, 3, 28), 20), moment(date(2026, 3, 29), 7)),
        (moment(date(2026, 10, 24), 20), moment(date(2026, 10, 25), 7)),
    ],
)
def test_mail_waits_for_the_hours_of_the_party(server, queued_at, goes_at):
    mail = queued(at=queued_at, hours=Hours(7, 18))
    assert mail.next_at == goes_at
    assert send_waiting(at=goes_at - timedelta(seconds=1)).sent == 0
    assert send_waiting(at=goes_at).sent == 1


@pytest.mark.django_db
def test_a_mail_put_off_into_the_night_waits_for_the_morning(server):
    mail = queued(at=moment(DAY, 17, 59), hours=Hours(7, 18))
    assert send_waiting(at=moment(DAY, 18, 1)).sent == 0
    mail.refresh_from_db()
    assert (mail.state, mail.next_at) == (State.WAITING, moment(DAY + timedelta(1), 7))


@pytest.mark.django_db
def test_while_no_server_is_named_mail_waits_and_says_why(settings):
    settings.EMAIL_HOST = ""
    mail = queued()
    done = send_waiting(at=NOON)
    assert (done.sent, done.failed, done.waiting) == (0, 0, 1)
    mail.refresh_from_db()
    assert (mail.state, mail.failure) == (State.WAITING, sending.NO_SERVER)


@pytest.mark.django_db
def test_a_server_that_is_away_is_tried_later_and_later_and_then_given_up(settings):
    with catcher.opened() as line:
        port = line.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port  # nobody listens any more
    mail, at, pauses = queued(), NOON, []
    for _try in range(sending.TRIES):
        send_waiting(at=at)
        mail.refresh_from_db()
        pauses.append(int((mail.next_at - at).total_seconds() / 60))
        at = mail.next_at
    assert pauses[:4] == [2, 4, 8, 16]
    assert mail.state == State.FAILED
    assert "Refused" in mail.failure


@pytest.mark.django_db
def test_nobody_is_written_to_who_left_or_has_no_address(server):
    left, nowhere = queued("left"), queued("nowhere")
    left.user.is_active = False
    left.user.save()
    nowhere.user.email = ""
    nowhere.user.save()
    assert send_waiting(at=NOON).failed == 2
    assert received(server) == []
    left.refresh_from_db()
    assert left.failure == sending.NO_ADDRESS


@pytest.mark.django_db
def test_a_refusal_by_the_server_keeps_its_code_and_not_the_address(monkeypatch, server):
    def refused(self, *_args, **_options):
        raise smtplib.SMTPRecipientsRefused({"x@example.org": (550, b"no such x@example.org")})

    monkeypatch.setattr(smtplib.SMTP, "sendmail", refused)
    monkeypatch.setattr(smtplib.SMTP, "send_message", refused)
    mail = queued()
    send_waiting(at=NOON)
    mail.refresh_from_db()
    assert (mail.state, mail.failure) == (State.FAILED, "SMTPRecipientsRefused [550]")


def _process(port: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "manage.py", "send_mails", "--json"],
        cwd=ROOT, text=True, stdout=subprocess.PIPE,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "kontaktforloeb.settings",
            "DATABASE_URL": database_url(),
            "REDIS_URL": django_settings.REDIS_URL,
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": port,
        },
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_processes_at_once_send_each_mail_once(server, settings):
    for number in range(30):
        queued(str(number), at=NOON - timedelta(500))
    both = [_process(str(settings.EMAIL_PORT)) for _ in range(2)]
    for process in both:
        process.communicate(timeout=60)
    ids = [got["Message-ID"] for got in received(server)]
    assert len(ids) == len(set(ids)) == 30
    assert Mail.objects.filter(state=State.SENT).count() == 30


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_process_killed_while_the_server_takes_its_time_sends_nothing_twice(settings):
    """The server has the mail's first words when the process is killed."""
    mail = queued(at=NOON - timedelta(500))
    with catcher.opened() as line:
        process = _process(str(line.getsockname()[1]))
        talk, _ = line.accept()  # connected, and never greeted
        process.send_signal(signal.SIGKILL)
        process.communicate()
        talk.close()
    mail.refresh_from_db()
    assert mail.state == State.SENDING
    later = mail.next_at
    assert send_waiting(at=later).failed == 1
    mail.refresh_from_db()
    assert (mail.state, mail.failure) == (State.FAILED, sending.INTERRUPTED)
    assert send_waiting(at=later + timedelta(days=1)).sent == 0


@pytest.mark.django_db
def test_a_system_administrator_sees_what_failed_and_why_and_sends_it_again(client, settings):
    settings.LANGUAGE_CODE = "en"
    mail = queued()
    Mail.objects.filter(pk=mail.pk).update(state=State.FAILED, failure=sending.INTERRUPTED)
    administrator = UserFactory(role=Role.SYSTEM_ADMINISTRATOR, is_staff=True)
    client.force_login(administrator)
    page = client.get("/admin/notices/mail/").content.decode()
    assert "Sending was interrupted." in page
    again = {"action": "send_again", "_selected_action": [mail.pk]}
    assert (
        "1 mail waits again."
        in client.post("/admin/notices/mail/", again, follow=True).content.decode()
    )
    mail.refresh_from_db()
    assert mail.state == State.WAITING
    assert LogEntry.objects.filter(user=administrator, object_id=str(mail.pk)).exists()
