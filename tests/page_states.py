"""The states that the pages of the table can be in, for checks that look at all of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.test_access import GET, WHO, World, address

# The first who may open a page looks at it.
READERS = ("case", "job", "plan", "lead", "agre", "fina", "prov", "root", "anon")
NO_PAGES = {  # files and words for machines; tests/test_html.py finds out when one is missing
    "courses:looks",
    "agreements:document",
    "courses:overdue_file",
    "courses:remarks",
    "frames:file",
    "frames:statement",
    "frames:statement_file",
    "forums:pdf",
    "letters:batch_pdf",
    "letters:pdf",
    "livez",
    "meetings:download",
    "meetings:group_file",
    "meetings:letter",
    "readyz",
    "selfservice:calendar_file",
    "slots:capacity_file",
}
EMPTY = {"csrfmiddlewaretoken": "x"}  # what a browser sends of a form with nothing in it


@dataclass(frozen=True, slots=True)
class State:
    """A page as somebody sees it."""

    name: str
    who: str
    body: str
    content_type: str = "text/html"

    @property
    def key(self) -> str:
        """A name to file it under."""
        return f"{self.name}-{self.who}".replace(":", "-")


def readers_of(page: str) -> list[str]:
    """The readers who may open a page."""
    answers = dict(zip(WHO.split(), GET[page].split(), strict=True))
    return [who for who in READERS if answers.get(who) == "200"]


def html_pages() -> list[str]:
    """The pages of the table that answer with HTML, each of which somebody may open."""
    return [name for name in sorted(set(GET) - NO_PAGES) if readers_of(name)]


def refused_when_empty(world: World) -> Iterator[str]:
    """The pages whose form, sent empty, says what is missing."""
    for name in html_pages():
        who = readers_of(name)[0]
        with taken_back():
            answer = world.clients[who].post(address(name, world), EMPTY)
        if is_page(answer) and b"data-error-summary" in answer.content:
            yield name


def is_page(answer: HttpResponse) -> bool:
    """Whether an answer is a page to look at."""
    return answer.status_code == 200 and answer["Content-Type"].startswith("text/html")


@contextmanager
def taken_back() -> Iterator[None]:
    """What a request changes is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def full(world: World) -> Iterator[State]:
    """Every page for each reader: what one side sees, the other may not."""
    for name in html_pages():
        for who in readers_of(name):
            with taken_back():
                answer = world.clients[who].get(address(name, world))
            yield State(name, who, text_of(answer), answer["Content-Type"])


def empty(world: World) -> Iterator[State]:
    """The pages that list something, for people to whom nothing is listed."""
    for name in html_pages():
        answers = dict(zip(WHO.split(), GET[name].split(), strict=True))
        for who in ("case2", "job2"):
            if answers[who] == "200":
                with taken_back():
                    yield State(name, who, text_of(world.clients[who].get(address(name, world))))


def refused(world: World) -> Iterator[State]:
    """Every form, sent empty."""
    for name in refused_when_empty(world):
        who = readers_of(name)[0]
        with taken_back():
            answer = world.clients[who].post(address(name, world), EMPTY)
        yield State(f"{name}-refused", who, text_of(answer))


def gone(world: World) -> Iterator[State]:
    """What stands where there is no page, where someone may not go, and where words are wrong."""
    asks: list[tuple[str, Client, str]] = [
        ("404", world.clients["case2"], world.course.get_absolute_url()),
        ("cpr", world.clients["case"], f"{reverse('courses:search')}?q=010185-1234"),
    ]
    for name, client, url in asks:
        with taken_back():
            yield State(name, "case", text_of(client.get(url)))


def text_of(answer: HttpResponse) -> str:
    return b"".join(answer).decode()
