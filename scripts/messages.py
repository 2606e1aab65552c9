"""The Danish messages: collected from the source, compiled, and checked for gaps.

Babel does what Debian's gettext would: `collect` brings the catalogue up to date with the source,
`compile` makes what Django reads, `check` says what is missing, empty, doubtful or out of use.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation import templatize

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = sorted(ROOT.glob("locale/*/LC_MESSAGES/django.po"))
APPS = (
    "kontaktforloeb", "law", "shared", "accounts", "journal", "notices", "partnerships", "staffing",
    "courses", "letters", "meetings", "slots", "handovers", "activities", "agreements",
    "forums", "frames", "selfservice", "desk", "portal", "templates",
)  # fmt: skip
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}


def sources() -> Iterator[tuple[Path, str]]:
    """Each file that may hold messages, as Python that Babel can read."""
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path, path.read_text()
        for path in sorted([*(ROOT / app).rglob("*.html"), *(ROOT / app).rglob("*.txt")]):
            yield path, template_as_python(path.read_text())


def template_as_python(text: str) -> str:
    """A template's messages as calls, without the indentation that Python would stumble over."""
    return "\n".join(line.lstrip() for line in templatize(text).splitlines())


def found() -> Catalog:
    """All messages of the source."""
    catalogue = Catalog()
    for path, text in sources():
        for _line, message, comments, context in extract(
            "python", io.BytesIO(text.encode()), KEYWORDS, ["Translators:"]
        ):
            place = (path.relative_to(ROOT).as_posix(), 0)
            catalogue.add(message, None, [place], auto_comments=comments, context=context)
    return catalogue


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3])


def collect() -> None:
    """Add what is new to each catalogue and drop what is gone."""
    source = found()
    for path in CATALOGUES:
        catalogue = read(path)
        catalogue.update(source, no_fuzzy_matching=True)
        with path.open("wb") as file:
            file.write(header(catalogue).encode())
            write_po(
                file,
                catalogue,
                width=100,
                sort_output=True,
                omit_header=True,
                ignore_obsolete=True,
                include_lineno=False,
            )


def header(catalogue: Catalog) -> str:
    """What Django must know of a catalogue; neither persons nor times, which change at each run."""
    fields = {
        "Project-Id-Version": "Kontaktforløb",
        "Language": str(catalogue.locale_identifier),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": catalogue.plural_forms,
    }
    lines = [f'"{name}: {value}\\n"' for name, value in fields.items()]
    return "\n".join(
        [*catalogue.header_comment.splitlines(), 'msgid ""', 'msgstr ""', *lines, "", ""]
    )


def compile_all() -> None:
    for path in CATALOGUES:
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, read(path))


def gaps() -> Iterator[str]:
    """What is wrong with each catalogue, one line each."""
    source = {(message.context, message.id) for message in found() if message.id}
    for path in CATALOGUES:
        catalogue = read(path)
        known = {(message.context, message.id) for message in catalogue if message.id}
        name = path.relative_to(ROOT)
        yield from (f"{name}: missing {text!r}" for _, text in sorted(source - known, key=str))
        yield from (f"{name}: out of use {text!r}" for _, text in sorted(known - source, key=str))
        for message in catalogue:
            yield from (f"{name}: {word} {message.id!r}" for word in doubts(message))


def doubts(message: Message) -> Iterator[str]:
    """Why one translation cannot stand."""
    translations = message.string if isinstance(message.string, tuple | list) else [message.string]
    if not message.id:
        return
    if not all(translations):
        yield "empty"
    if message.fuzzy:
        yield "fuzzy"
    yield from (str(error) for error in message.check())


def check() -> None:
    lines = list(gaps())
    print("\n".join(lines) or f"messages: {len(CATALOGUES)} catalogue(s) complete")
    sys.exit(bool(lines) or not CATALOGUES)


WORDS = {"collect": collect, "compile": compile_all, "check": check}

if __name__ == "__main__":
    settings.configure()
    for word in sys.argv[1:]:
        WORDS[word]()
