"""`make check`: everything a machine can say about the tree without running the tests."""

import base64
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
APPS = (
    "kontaktforloeb", "desk", "portal", "selfservice", "forums", "agreements", "activities",
    "handovers", "slots", "meetings", "frames", "letters",
    "courses", "staffing", "partnerships", "journal", "notices", "accounts", "shared", "law",
)  # fmt: skip
BESIDE = ("servers", "scripts", "benchmarks", "manage.py")
TYPED = [name for name in (*APPS, *BESIDE) if (ROOT / name).exists()]
AT_ONCE = 2
PYTHON = str(BIN / "python")
WITH_SERVERS = [PYTHON, "-m", "servers", "exec", "--apart", "test"]
KEY = base64.b64encode(bytes(range(32))).decode()
AS_IN_PRODUCTION = {
    "DEMO": "0",
    "DEBUG": "0",
    "HTTPS": "1",
    "ALLOWED_HOSTS": "kontaktforloeb.example",
    "CPR_KEYS": f"1:{KEY}",
    "CPR_INDEX_KEY": KEY,
    "SECRET_KEY": "a check of the settings, of a fair length, that signs nothing: 0123456789",
}


def steps() -> Iterator[tuple[str, list[str], dict[str, str]]]:
    """What is run: a name, a command line, and what it finds in its environment."""
    pages = sorted(map(str, ROOT.glob("templates/**/*.html")))
    # The two that take longest come first: the others are done meanwhile.
    yield "there and back", [*WITH_SERVERS, PYTHON, "-m", "scripts.there_and_back"], {"DEMO": "1"}
    yield "types", [tool("mypy"), *TYPED], {}
    yield "format", [tool("ruff"), "format", "--check", "."], {}
    yield "lint", [tool("ruff"), "check", "--output-format", "concise", "."], {}
    yield "template tags", [tool("djade"), "--check", "--target-version", "5.2", *pages], {}
    yield "template layout", [tool("djangofmt"), "--check", "templates"], {}
    yield "imports", [tool("lint-imports"), "--no-logo"], {}
    yield "locks", [PYTHON, "-m", "scripts.locks"], {}
    yield "messages", [PYTHON, "-m", "scripts.messages", "check"], {}
    yield "law in words", [PYTHON, "-m", "law.document", "--check"], {}
    yield "compose file", compose(), {}
    yield "migrations", [*WITH_SERVERS, *manage("makemigrations", "--check", "--dry-run")], {}
    deployed = manage("check", "--deploy", "--fail-level", "WARNING")
    yield "deployment", [*WITH_SERVERS, *deployed], AS_IN_PRODUCTION


def tool(name: str) -> str:
    return str(BIN / name)


def manage(*words: str) -> list[str]:
    return [PYTHON, "manage.py", *words]


def compose() -> list[str]:
    schema = ["--builtin-schema", "vendor.compose-spec"]
    return [tool("check-jsonschema"), *schema, "docker-compose.yml"]


def passes(name: str, line: list[str], more: dict[str, str]) -> bool:
    """Run one step; show what it says when it fails."""
    started = time.monotonic()
    done = subprocess.run(
        line, cwd=ROOT, env=os.environ | more, text=True, check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    word = "FAILED" if done.returncode else "ok"
    said = f"{done.stdout}\n" if done.returncode else ""
    print(f"{name:<16} {word:<7} {time.monotonic() - started:5.1f} s\n{said}", end="", flush=True)
    return done.returncode == 0


def main() -> None:
    wanted = set(sys.argv[1:])
    asked = [step for step in steps() if not wanted or step[0] in wanted]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        results = list(pool.map(lambda step: passes(*step), asked))
    failed = results.count(False)
    print(f"{len(results) - failed} checks passed, {failed} failed")
    sys.exit(bool(failed) or not results)


if __name__ == "__main__":
    main()
