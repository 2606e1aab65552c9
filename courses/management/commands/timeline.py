"""Every date of a course, from a file of facts; needs no database."""

import json
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext, override

from law.contract import BadInput, as_json, object_of, read_course
from law.plain import as_text
from law.timeline import answer
from law.words import render

STANDARD_INPUT = "-"
BAD_INPUT, BAD_LINES = 1, 3


class Command(BaseCommand):
    """Answer one course, or one course a line."""

    help = """Every date of a contact course, with its reason, from its facts.

FILE.json holds one course; - reads one course from standard input. FILE.jsonl
holds one course a line, and one answer a line comes out, in the same order; - with
--lines reads such lines from standard input. A bad course is refused in one line
on standard error that names the field (exit status 1); a bad line of many is
answered by {"error": "..."} in its place, and the exit status is 3."""
    requires_system_checks = ()
    requires_migrations_checks = False

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        """Keep the lines of the help as they are written."""
        kwargs["formatter_class"] = RawDescriptionHelpFormatter
        return super().create_parser(prog_name, subcommand, **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take one file, and in what shape and language to answer."""
        parser.add_argument("file", metavar="FILE", help="FILE.json, FILE.jsonl or -")
        parser.add_argument("--text", action="store_true", help="plain text, one line a duty")
        parser.add_argument(
            "--lines", action="store_true", help="one course a line, whatever the file is called"
        )
        parser.add_argument(
            "--language",
            choices=[code for code, _ in settings.LANGUAGES],
            default=settings.LANGUAGE_CODE,
            help="of reasons and notes (default: %(default)s, the project's setting)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Answer in the language asked for; the exit status says how it went."""
        file = options["file"]
        many = options["lines"] or file.endswith(".jsonl")
        with override(options["language"]):
            # One language for the whole run: each template is looked up once.
            self.say = partial(render, translate=cache(gettext))
            try:
                with _opened(file) as source:
                    answer_it = self._answer_lines if many else self._answer_one
                    status = answer_it(source, text=options["text"])
            except BadInput as error:
                self.stderr.write(str(error), style_func=str)
                status = BAD_INPUT
        if status:
            sys.exit(status)

    def _answer_one(self, source: BinaryIO, *, text: bool) -> int:
        self.stdout.write(self._said(source.read(), text=text, indent=2), ending="")
        return 0

    def _answer_lines(self, source: BinaryIO, *, text: bool) -> int:
        """One answer a line, written as it is read: nothing is kept."""
        status = 0
        for line in source:
            try:
                said = self._said(line.strip(), text=text, indent=None)
                self.stdout.write(said, ending="")
            except BadInput as error:
                self.stdout.write(json.dumps({"error": str(error)}, ensure_ascii=False))
                status = BAD_LINES
        return status

    def _said(self, course: bytes, *, text: bool, indent: int | None) -> str:
        """The answer for one course, as JSON or as text."""
        answered = answer(read_course(_parsed(course)))
        if text:
            return as_text(answered, self.say)
        said = as_json(answered, say=self.say)
        return json.dumps(said, ensure_ascii=False, indent=indent) + "\n"


@contextmanager
def _opened(file: str) -> Iterator[BinaryIO]:
    """The file, or standard input; a file that cannot be read is bad input."""
    if file == STANDARD_INPUT:
        yield sys.stdin.buffer
        return
    try:
        with Path(file).open("rb") as source:
            yield source
    except OSError as error:
        raise BadInput(file, error.strerror or "cannot be read") from None


def _parsed(course: bytes) -> object:
    try:
        return json.loads(course, object_pairs_hook=object_of)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno} column {error.colno}"
        raise BadInput("input", f"is no JSON: {error.msg}, {where}") from None
    except UnicodeDecodeError:
        raise BadInput("input", "is not UTF-8") from None
    except (ValueError, RecursionError) as error:
        raise BadInput("input", f"is no JSON: {str(error).splitlines()[0]}") from None
