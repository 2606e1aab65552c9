"""What stands where something is not possible: it says what to do next, in both languages."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import translation
from django.views.csrf import csrf_failure
from django.views.defaults import bad_request, server_error

from tests.factories import JobcentreFactory, UserFactory

ASKED = RequestFactory().get("/hvor/")
LANGUAGES = pytest.mark.parametrize("language", ["da", "en"])


@LANGUAGES
@pytest.mark.parametrize(
    ("answered", "status"),
    [
        (lambda: server_error(ASKED), 500),
        (lambda: bad_request(ASKED, ValueError()), 400),
        (lambda: csrf_failure(ASKED), 403),
    ],
    ids=["500", "400", "csrf"],
)
def test_a_fault_is_told_without_the_database(
    answered: Callable[[], HttpResponse], status: int, language: str
) -> None:
    """No database is open to this test: a page that asked one would fail here."""
    with translation.override(language):
        answer = answered()
        page = answer.content.decode()

    assert answer.status_code == status
    assert f'<html lang="{language}">' in page
    assert 'class="button button-primary" href="/"' in page


@LANGUAGES
@pytest.mark.django_db
def test_a_page_that_is_not_there_offers_a_way_on(client: Client, language: str) -> None:
    client.cookies["django_language"] = language
    assert 'href="/"' in client.get("/intet/her/").content.decode()
    client.force_login(UserFactory(role="caseworker", organisation=JobcentreFactory()))

    page = client.get("/intet/her/").content.decode()

    assert f'<html lang="{language}">' in page
    assert 'href="/hjaelp/"' in page
    assert 'action="/soeg/"' in page


@pytest.mark.django_db
def test_a_form_from_before_the_sign_out_is_refused_in_words() -> None:
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/log-ind/", {"username": "kim", "password": "x"})

    assert answer.status_code == 403
    assert 'class="button button-primary" href="/"' in answer.content.decode()
