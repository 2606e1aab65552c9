import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.requests import sender_of
from tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough word 7"
SIGN_IN = "/log-ind/"
COOKIE = settings.LANGUAGE_COOKIE_NAME


@pytest.fixture
def person() -> User:
    return UserFactory(username="kim", password=PASSWORD, language="en")


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_the_right_password_opens_the_page_that_was_asked_for(client: Client, person: User) -> None:
    response = client.post(SIGN_IN, {"username": "kim", "password": PASSWORD, "next": "/profil/"})

    assert response.status_code == 302
    assert response["Location"] == "/profil/"
    assert client.get("/profil/").status_code == 200


def test_a_fragment_after_the_session_leads_to_the_sign_in_as_a_page(client: Client) -> None:
    stood_on = "http://testserver/jobcenter/?hvis=team"
    headers = {"HX-Request": "true", "HX-Current-URL": stood_on}

    response = client.post("/jobcenter/", headers=headers)

    assert response.status_code == 200
    assert response.content == b""
    assert response["HX-Redirect"] == "/log-ind/?next=/jobcenter/%3Fhvis%3Dteam&gemt=nej"
    client.cookies[COOKIE] = "en"
    assert "Nothing was saved." in client.get(response["HX-Redirect"]).content.decode()
    elsewhere = client.get("/jobcenter/", headers=headers | {"HX-Current-URL": "http://a.example/"})
    assert elsewhere["HX-Redirect"] == "/log-ind/?next=/"


def test_a_form_after_the_session_leads_back_to_the_page_it_was_sent_from(
    client: Client, person: User
) -> None:
    response = client.post("/beskeder/laest/", headers={"Referer": "http://testserver/beskeder/"})

    assert response["Location"] == "/log-ind/?next=/beskeder/&gemt=nej"
    said = {"username": "kim", "password": PASSWORD, "next": "/beskeder/"}
    assert client.post(response["Location"], said)["Location"] == "/beskeder/"
    assert client.get("/beskeder/").status_code == 200


def test_pages_speak_the_persons_language_from_the_sign_in_on(client: Client, person: User) -> None:
    assert 'lang="da"' in client.get(SIGN_IN).content.decode()

    client.post(SIGN_IN, {"username": "kim", "password": PASSWORD})

    assert client.cookies[COOKIE].value == "en"
    assert 'lang="en"' in client.get("/profil/").content.decode()


def test_the_sign_in_page_says_why_it_did_not_open(client: Client, person: User) -> None:
    response = client.post(SIGN_IN, {"username": "kim", "password": "wrong"})

    assert response.status_code == 200
    assert "data-error-summary" in response.content.decode()
    assert "wrong" not in response.content.decode()


@pytest.mark.parametrize("wanted", ["https://elsewhere.example/", "//elsewhere.example/", ""])
def test_nobody_is_sent_to_another_site(client: Client, person: User, wanted: str) -> None:
    response = client.post(SIGN_IN, {"username": "kim", "password": PASSWORD, "next": wanted})

    assert response["Location"] == "/"


def test_after_five_wrong_passwords_the_right_one_is_locked_out(
    client: Client, person: User, settings
) -> None:
    settings.AXES_ENABLED = True
    for _ in range(settings.AXES_FAILURE_LIMIT):
        client.post(SIGN_IN, {"username": "kim", "password": "wrong"})

    response = client.post(SIGN_IN, {"username": "kim", "password": PASSWORD})

    assert response.status_code == 429
    assert client.get("/profil/").status_code == 302


def test_behind_a_proxy_wrong_passwords_lock_only_the_sender_out(
    client: Client, person: User, settings
) -> None:
    settings.AXES_ENABLED, settings.PROXIES = True, 1

    def sent(sender: str, password: str) -> int:
        headers = {"X-Forwarded-For": sender}
        said = {"username": "kim", "password": password}
        return client.post(SIGN_IN, said, headers=headers).status_code

    for made_up in range(settings.AXES_FAILURE_LIMIT):
        sent(f"192.0.2.{made_up}, 198.51.100.7", "wrong")

    assert sent("198.51.100.7", PASSWORD) == 429
    assert sent("198.51.100.8", PASSWORD) == 302


@pytest.mark.parametrize(
    ("proxies", "passed", "sender"),
    [
        (0, "192.0.2.1", "127.0.0.1"),  # nobody in front: whatever is written is made up
        (1, "192.0.2.1", "192.0.2.1"),
        (1, "203.0.113.9, 192.0.2.1", "192.0.2.1"),
        (2, "203.0.113.9, 192.0.2.1, 10.0.0.1", "192.0.2.1"),
        (1, "2001:db8::1", "2001:db8::1"),
        (2, "192.0.2.1", "127.0.0.1"),  # did not come through both
        (1, "'; drop", "127.0.0.1"),
        (1, "", "127.0.0.1"),
    ],
)
def test_the_sender_is_whom_the_outermost_proxy_saw(
    rf, settings, proxies: int, passed: str, sender: str
) -> None:
    settings.PROXIES = proxies
    assert sender_of(rf.get("/", headers={"X-Forwarded-For": passed})) == sender


def test_a_person_signs_out_by_a_button_not_by_a_link(person: User) -> None:
    client = signed_in(person)

    assert client.get(reverse("sign-out")).status_code == 405
    assert client.get("/profil/").status_code == 200
    client.post(reverse("sign-out"))
    assert client.get("/profil/").status_code == 302


def test_the_profile_keeps_what_was_written_and_speaks_the_language_at_once(person: User) -> None:
    client = signed_in(person)
    said = {"first_name": "Åse", "last_name": "Øst", "email": "aase@example.org", "language": "da"}

    client.post("/profil/", said)

    person.refresh_from_db()
    assert (person.first_name, person.last_name, person.language) == ("Åse", "Øst", "da")
    assert client.cookies[COOKIE].value == "da"


def test_nobody_writes_more_than_the_profile_through_the_profile(person: User) -> None:
    said = {"first_name": "Kim", "last_name": "P", "email": "", "language": "da"}

    signed_in(person).post("/profil/", said | {"is_superuser": "on", "username": "root"})

    person.refresh_from_db()
    assert (person.is_superuser, person.username) == (False, "kim")


def test_the_switch_in_the_menu_is_remembered_at_the_next_sign_in(person: User) -> None:
    client = signed_in(person)

    response = client.post(reverse("set_language"), {"language": "da", "next": "/profil/"})

    person.refresh_from_db()
    assert person.language == "da"
    assert response["Location"] == "/profil/"
    assert client.cookies[COOKIE].value == "da"


def test_the_switch_leads_back_to_the_page_it_was_used_on(person: User) -> None:
    referer = {"Referer": "http://testserver/profil/?x=1"}

    response = signed_in(person).post(reverse("set_language"), {"language": "da"}, headers=referer)

    assert response["Location"] == "http://testserver/profil/?x=1"


def test_an_unknown_language_changes_nothing(person: User) -> None:
    signed_in(person).post(reverse("set_language"), {"language": "xx", "next": "/"})

    person.refresh_from_db()
    assert person.language == "en"


def test_a_new_password_takes_the_old_one_and_keeps_the_session(person: User) -> None:
    client, new = signed_in(person), "another long word 8"
    said = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}

    assert client.post("/profil/adgangskode/", said | {"old_password": "x"}).status_code == 200
    client.post("/profil/adgangskode/", said)

    person.refresh_from_db()
    assert person.check_password(new)
    assert client.get("/profil/").status_code == 200


def test_the_menu_has_only_the_sections_that_the_roles_open(person: User) -> None:
    page = signed_in(person).get("/profil/").content.decode()

    assert reverse("desk:today") not in page
    assert reverse("portal:today") not in page
    assert reverse("courses:search") not in page


@pytest.mark.parametrize("path", ["/findes-ikke/", "/log-ind/"])
def test_every_answer_forbids_inline_style_and_script(client: Client, path: str) -> None:
    policy = client.get(path)["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_the_sign_in_speaks_another_language_and_still_knows_where_to_go(client: Client) -> None:
    asked = client.get(SIGN_IN, {"next": "/profil/"})
    assert 'value="/log-ind/?next=%2Fprofil%2F"' in asked.content.decode()

    client.post("/sprog/", {"language": "en", "next": "/log-ind/?next=/profil/"})

    assert 'lang="en"' in client.get(SIGN_IN).content.decode()


def test_who_asked_for_a_page_reads_why_they_must_sign_in(client: Client, person: User) -> None:
    assert client.get(SIGN_IN, {"next": "/profil/"}).context["waits"]
    assert not client.get(SIGN_IN, {"next": "/"}).context["waits"]
    assert client.post(SIGN_IN, {"username": "kim", "next": "/profil/"}).context["waits"]


def test_every_field_of_the_profile_stands_in_a_section(person: User) -> None:
    """A box that is not on the page would be cleared whenever somebody saves."""
    form = signed_in(person).get("/profil/").context["form"]

    shown = [field.name for section in form.sections() for field in section.fields]

    assert sorted(shown) == sorted(form.fields)


def test_the_profile_says_what_a_person_may_do_and_where(person: User) -> None:
    give = MembershipFactory(user=person, role="caseworker")

    page = signed_in(person).get("/profil/").content.decode()

    assert "Caseworker" in page or "Sagsbehandler" in page
    assert give.organisation.name in page


def test_the_statement_names_whom_to_tell_of_barriers(client: Client, settings) -> None:
    settings.ACCESSIBILITY_MAIL = "adgang@eksempel.dk"
    settings.ACCESSIBILITY_PHONE = "+45 33 66 33 66"

    page = client.get("/tilgaengelighed/").content.decode()

    assert "mailto:adgang@eksempel.dk" in page
    assert "+45 33 66 33 66" in page
