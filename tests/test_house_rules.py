"""The conventions of CONTRIBUTING.md that a machine can check."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
APPS = (
    "shared",
    "accounts",
    "journal",
    "notices",
    "partnerships",
    "staffing",
    "courses",
    "letters",
    "meetings",
    "slots",
    "handovers",
    "activities",
    "agreements",
    "forums",
    "frames",
    "selfservice",
    "desk",
    "portal",
)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
LINES_OF_A_FILE, LINES_OF_A_TEMPLATE, LINES_OF_A_VIEW = 400, 150, 30
STATES = {"state", "outcome", "resolution"}
JUNK_DRAWERS = {"utils", "helpers", "common", "managers", "services", "constants", "misc"}
DOORS = {"visible_to", "forecast_to", "in_rooms_of"}


def modules(name: str = "*.py", *, within: tuple[str, ...] = APPS) -> list[Path]:
    """The project's modules with a name; migrations are generated and left out."""
    found = (path for app in within for path in sorted((ROOT / app).rglob(name)))
    return [path for path in found if "migrations" not in path.parts]


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def is_of(path: Path, word: str) -> bool:
    """Whether a module is `word.py` or lies in a package `word`."""
    return path.stem == word or word in path.parts


VIEWS = [path for path in modules() if is_of(path, "views")]
ACTS = [path for path in modules() if is_of(path, "actions") and path.name != "__init__.py"]


# --- What acts alone may do ---------------------------------------------------------------------
def assigned(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Every attribute that a module assigns, and where."""
    for node in ast.walk(tree):
        targets = node.targets if isinstance(node, ast.Assign) else []
        targets += [node.target] if isinstance(node, ast.AugAssign | ast.AnnAssign) else []
        flat = [one for t in targets for one in (t.elts if isinstance(t, ast.Tuple) else [t])]
        yield from ((t.attr, t.lineno) for t in flat if isinstance(t, ast.Attribute))


WRITERS = (
    "actions",
    "deadlines",
    "flagging",
    "flag_changes",
    "sending",
    "tasks",
    "uploads",
    "demo",
)


@pytest.mark.parametrize(
    "path", [one for one in modules() if not any(is_of(one, word) for word in WRITERS)], ids=short
)
def test_only_acts_and_jobs_change_a_state(path: Path) -> None:
    assert [(name, line) for name, line in assigned(parsed(path)) if name in STATES] == []


@pytest.mark.parametrize("path", ACTS, ids=short)
def test_every_act_says_who_did_it_by_name(path: Path) -> None:
    public = [
        node
        for node in parsed(path).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]
    unsigned = [
        node.name
        for node in public
        if "by" in {one.arg for one in node.args.args} or not is_signed_or_a_question(node)
    ]
    assert unsigned == []


def is_signed_or_a_question(act: ast.FunctionDef) -> bool:
    """An act has a keyword-only `by`; what only reads or computes says so by returning no row."""
    if "by" in {one.arg for one in act.args.kwonlyargs}:
        return True
    return not writes(act)


def writes(act: ast.FunctionDef) -> bool:
    """Whether a function saves, creates, updates, deletes or notes anything by itself."""
    called = {
        node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for node in ast.walk(act)
        if isinstance(node, ast.Call)
    }
    return bool(called & {"save", "create", "bulk_create", "update", "delete", "note"})


# --- Doors --------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", VIEWS, ids=short)
def test_views_reach_rows_through_a_door(path: Path) -> None:
    reached = [
        f"{path.name}:{node.lineno} .objects.{node.attr}"
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Attribute)
        and node.value.attr == "objects"
        and node.attr not in DOORS
    ]
    assert reached == []


@pytest.mark.parametrize("path", VIEWS, ids=short)
def test_a_view_is_short_and_names_its_methods(path: Path) -> None:
    views = [node for node in parsed(path).body if isinstance(node, ast.FunctionDef)]
    asked = [node for node in views if node.args.args and node.args.args[0].arg == "request"]
    pages = [node for node in asked if not node.name.startswith("_") and "doors" not in path.stem]

    assert [one.name for one in views if lines_of(one) > LINES_OF_A_VIEW] == []
    assert [one.name for one in pages if not names_its_methods(one)] == []


def lines_of(node: ast.FunctionDef) -> int:
    return (node.end_lineno or 0) - node.lineno + 1


def names_its_methods(view: ast.FunctionDef) -> bool:
    return any("require_" in ast.unparse(one) for one in view.decorator_list)


# --- Where things are, and how long -------------------------------------------------------------
EVERYWHERE = (*APPS, "law", "kontaktforloeb")


@pytest.mark.parametrize("path", modules(within=EVERYWHERE), ids=short)
def test_a_file_can_be_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= LINES_OF_A_FILE


@pytest.mark.parametrize("path", TEMPLATES, ids=short)
def test_a_template_can_be_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= LINES_OF_A_TEMPLATE


def test_no_module_is_a_junk_drawer() -> None:
    assert [short(path) for path in modules(within=EVERYWHERE) if path.stem in JUNK_DRAWERS] == []


def untranslatable(tree: ast.Module) -> list[int]:
    """The lines of texts that the extractor does not find: inside a string that is put together."""
    found = (
        part for one in ast.walk(tree) if isinstance(one, ast.JoinedStr) for part in ast.walk(one)
    )
    calls = (one for one in found if isinstance(one, ast.Call) and isinstance(one.func, ast.Name))
    return [one.lineno for one in calls if one.func.id == "_" or "gettext" in one.func.id]


def test_every_text_can_be_found_by_the_extractor() -> None:
    found = {short(path): untranslatable(parsed(path)) for path in modules()}
    assert {path: lines for path, lines in found.items() if lines} == {}
    assert untranslatable(ast.parse("said = f\"{_('Late')}: {count}\"")) == [1]


def test_nothing_is_wired_by_signals() -> None:
    """Signals hide order and transactions; apps call downwards."""
    found = [
        short(path)
        for path in modules(within=EVERYWHERE)
        if re.search(r"\bdjango\.dispatch\b|\b(pre|post)_(save|delete)\b", path.read_text())
    ]
    assert found == []


# --- Templates ----------------------------------------------------------------------------------
INLINE = re.compile(
    r"<style\b|\sstyle=|\son(?!e=)[a-z]+=|<script(?![^>]*\bsrc=)|javascript:", re.IGNORECASE
)


@pytest.mark.parametrize("path", TEMPLATES, ids=short)
def test_no_template_needs_an_exception_from_the_content_policy(path: Path) -> None:
    assert INLINE.findall(path.read_text()) == []


def test_the_check_for_inline_code_knows_it_when_it_sees_it() -> None:
    for text in ("<style>", '<p style="x">', '<a onclick="x()">', "<script>x</script>"):
        assert INLINE.search(text), text
    assert not INLINE.search('<script src="x.js" defer></script>')


def test_every_template_is_used() -> None:
    """By a view, another template, the form pack's own look-up, or Django's error pages."""
    text = "".join(path.read_text() for path in [*modules(within=EVERYWHERE), *TEMPLATES])
    by_django = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}
    names = {path.relative_to(ROOT / "templates").as_posix() for path in TEMPLATES}
    unused = {
        name
        for name in names - by_django
        if f'"{name}' not in text and not name.startswith(("dkfds/", "admin/"))
    }
    assert unused == set()


ICON = re.compile(r'\{% icon "([^"]+)" %\}')


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    sprite = ROOT / "build" / "static" / "dkfds" / "img" / "all-svg-icons.svg"
    known = set(re.findall(r'\bid="([^"]+)"', sprite.read_text()))
    named = {name for path in TEMPLATES for name in ICON.findall(path.read_text())}

    assert named - known == set()


# --- Tests --------------------------------------------------------------------------------------
SAY_SO = {"raises", "expect", "fail", "django_assert_num_queries", "django_assert_max_num_queries"}
Tests = dict[str, list[ast.FunctionDef]]


def functions_of_tests() -> Tests:
    """Every function below tests/, by name."""
    found: Tests = {}
    for path in sorted((ROOT / "tests").rglob("*.py")):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.FunctionDef):
                found.setdefault(node.name, []).append(node)
    return found


def asserts(function: ast.FunctionDef, others: Tests) -> bool:
    """Whether a function asserts something, itself or in one that it calls."""
    names = {
        node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
        for node in ast.walk(function)
    }
    if names & SAY_SO or any(isinstance(one, ast.Assert) for one in ast.walk(function)):
        return True
    called = [one for name in names - {function.name} for one in others.get(name, [])]
    return any(isinstance(one, ast.Assert) for each in called for one in ast.walk(each))


def test_no_test_is_without_an_assertion() -> None:
    found = functions_of_tests()
    tests = [(name, one) for name in found if name.startswith("test_") for one in found[name]]

    assert len(tests) > 1000
    assert [name for name, one in tests if not asserts(one, found)] == []


def test_the_check_for_assertions_misses_them_where_there_are_none() -> None:
    silent, loud = ast.parse("def test_a():\n  go()\n\ndef test_b():\n  assert go()").body
    assert isinstance(silent, ast.FunctionDef)
    assert isinstance(loud, ast.FunctionDef)
    assert not asserts(silent, {})
    assert asserts(loud, {})
