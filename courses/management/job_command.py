"""How a job of the calendar is run by hand: for a day, with a report for people or for programs."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandParser

DIFFERENT = 1


class JobCommand(BaseCommand):
    """Runs `job`; with `--json` nothing but its report stands on standard output."""

    job: ClassVar[Callable[[date | None], dict[str, Any]]]

    def add_arguments(self, parser: CommandParser) -> None:
        """Say the day, and who reads the report."""
        parser.add_argument(
            "--on",
            type=date.fromisoformat,
            metavar="DATE",
            help="the day it is done for, as 2026-11-22 (today in Denmark)",
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run it, and report."""
        report = type(self).job(options["on"])
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
        else:
            self.stdout.write(self.in_words(report))
        for error in report.get("errors", ()):
            self.stderr.write(" ".join(error.values()))
        self.end(report)

    def in_words(self, report: dict[str, Any]) -> str:
        """The report as a line for people."""
        raise NotImplementedError

    def end(self, report: dict[str, Any]) -> None:
        """Whatever the exit status should tell."""
