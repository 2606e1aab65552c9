"""The demo's page of caught mail."""

from datetime import UTC, datetime

import pytest
from django.core.mail import EmailMultiAlternatives

from notices.models import Mail
from notices.sending import NO_SERVER
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def demo(settings, tmp_path, client):
    """A signed-in browser where mail is caught in a folder."""
    settings.DEMO, settings.CAUGHT_MAIL = True, str(tmp_path)
    settings.LANGUAGE_CODE = "en"
    client.force_login(UserFactory())
    return client, tmp_path


def test_a_mail_stands_there_with_its_text_and_its_calendar_part(demo):
    client, folder = demo
    message = EmailMultiAlternatives("Sag K-000001", "Æ <b>ø</b> å", to=["x@example.org"])
    message.attach_alternative(
        "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "text/calendar; method=REQUEST"
    )
    (folder / "1.eml").write_bytes(message.message().as_bytes())
    page = client.get("/demo/post/").content.decode()
    assert "Sag K-000001" in page
    assert "Æ &lt;b&gt;ø&lt;/b&gt; å" in page
    assert "Calendar part (REQUEST)" in page
    assert "BEGIN:VCALENDAR" in page


def test_what_waits_says_why(demo):
    client, _folder = demo
    Mail.objects.create(
        message_id="<1@x>", user=UserFactory(), kind="daily", subject="Today", text="…",
        queued_at=NOW, next_at=NOW, failure=NO_SERVER,
    )  # fmt: skip
    assert NO_SERVER in client.get("/demo/post/").content.decode()


def test_without_a_catcher_the_page_says_so(demo, settings):
    settings.CAUGHT_MAIL = ""
    assert "No mail is caught here." in demo[0].get("/demo/post/").content.decode()


def test_there_is_no_such_page_where_people_work(demo, settings):
    settings.DEMO = False
    assert demo[0].get("/demo/post/").status_code == 404
