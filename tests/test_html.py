"""The pages as HTML: nothing that html-validate knows is wrong with them, in any state."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import transaction

from tests import page_states
from tests.e2e.looking import told
from tests.page_states import State
from tests.test_access import NOW, World, made

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ROOT = Path(__file__).parent.parent
CONFIG = ROOT / ".htmlvalidate.mjs"
VALIDATE = ROOT / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[World]:
    with django_db_blocker.unblock(), time_machine.travel(NOW, tick=False), transaction.atomic():
        yield made()
        transaction.set_rollback(True)


def states(world: World) -> Iterator[State]:
    """Every state of every page; in Danish for one half of them, in English for the other."""
    for number, kind in enumerate(
        (page_states.full, page_states.empty, page_states.refused, page_states.gone)
    ):
        for client in world.clients.values():
            client.cookies["django_language"] = "da" if number % 2 == 0 else "en"
        yield from kind(world)


def validated(folder: Path) -> dict[str, list[str]]:
    """What html-validate says of the pages in a folder, by file."""
    said = folder / "said.json"  # a file, because the program ends before a pipe has it all
    wanted = ["--config", CONFIG, "--formatter", f"json={said}", *sorted(folder.glob("*.html"))]
    done = subprocess.run(
        ["node", VALIDATE, *wanted], capture_output=True, text=True, check=False, timeout=120
    )
    assert said.exists(), done.stderr
    return {Path(one["filePath"]).stem: lines_of(one) for one in json.loads(said.read_text())}


def lines_of(page: dict[str, Any]) -> list[str]:
    """One line for each fault of a page."""
    return [f"{one['line']}: {one['ruleId']}: {one['message']}" for one in page["messages"]]


def test_no_page_has_a_fault_in_any_state(world: World, tmp_path: Path) -> None:
    seen = list(states(world))
    for state in seen:
        (tmp_path / f"{state.key}.html").write_text(state.body)

    found = validated(tmp_path)

    assert {state.name for state in seen if not state.content_type.startswith("text/html")} == set()
    assert len(seen) > 70
    assert told(found) == ""


def test_the_validator_knows_a_fault_when_it_sees_one(tmp_path: Path) -> None:
    """Or the test above could not fail."""
    (tmp_path / "wrong.html").write_text("<p><button>Send</button><div></div></p>")
    (tmp_path / "right.html").write_text("<p>Fine</p>")

    found = validated(tmp_path)

    assert any("no-implicit-button-type" in one for one in found["wrong"])
    assert found.get("right", []) == []
