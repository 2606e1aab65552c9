"""Takes in the files that an a-kasse sends of its members."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from courses.members.columns import KINDS, file_of
from courses.members.report import Report
from courses.members.sources import Unreadable, files_at
from courses.members.taking_in import TakingIn, Watch, go_on
from partnerships.models import Organisation
from shared.refusals import Refused

UNREADABLE = 1
STOPPED = 130
HELP = """Take in the files that an a-kasse sends of its members.

FOLDER (or a .zip of the same) holds members.csv and, where there is something to say,
absences.csv, hours.csv and meetings.csv. It can be stopped at any time and run again; the same
files a second time change nothing. Exit status 0: every row was taken; 3: some were refused;
1: nothing could be read."""


class Command(BaseCommand):
    """`import_members FOLDER --a-kasse 3f`."""

    help = HELP

    def create_parser(self, prog_name: str, subcommand: str, **options: Any) -> CommandParser:
        """Keep the lines of the help as they are written."""
        parser = super().create_parser(prog_name, subcommand, **options)
        parser.formatter_class = argparse.RawDescriptionHelpFormatter
        return parser

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what to read, whose it is, and how to report."""
        parser.add_argument("folder", type=Path, metavar="FOLDER", help="a folder, or a .zip")
        parser.add_argument("--a-kasse", required=True, metavar="ID", help="such as 3f")
        parser.add_argument("--dry-run", action="store_true", help="compare and write nothing")
        parser.add_argument("--json", action="store_true", help="print the report as one object")
        parser.add_argument(
            "--language", default="en", choices=("en", "da"), help="of the messages (en)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Take the files in, and report."""
        with translation.override(options["language"]):
            progress = Progress(shown=sys.stderr.isatty())
            try:
                report = _take_in(options, progress)
            except (Unreadable, Refused, OSError) as error:
                raise CommandError(str(error), returncode=UNREADABLE) from error
            except KeyboardInterrupt:
                progress.clear()
                said = _("Stopped. What was taken stands; run it again to take the rest.")
                raise CommandError(said, returncode=STOPPED) from None
            progress.clear()
            if options["json"]:
                self.stderr.write("".join(f"{one.line}\n" for one in report.warnings), ending="")
            lines = [json.dumps(report.as_json())] if options["json"] else _told(report)
            self.stdout.write("\n".join(lines))
            if report.exit_status:
                sys.exit(report.exit_status)


class Progress:
    """A line on the terminal that counts the rows."""

    def __init__(self, *, shown: bool) -> None:
        self.watch: Watch = self._show if shown else go_on

    def _show(self, report: Report) -> bool:
        rows = _("%(done)s of %(rows)s rows") % {"done": report.rows_done, "rows": report.rows}
        sys.stderr.write(f"\r\x1b[K{rows}")
        sys.stderr.flush()
        return True

    def clear(self) -> None:
        """Leave the line empty, when there is one."""
        if self.watch is not go_on:
            sys.stderr.write("\r\x1b[K")


def _take_in(options: dict[str, Any], progress: Progress) -> Report:
    a_kasse = Organisation.objects.a_kasser().filter(slug=options["a_kasse"]).first()
    if a_kasse is None:
        raise Refused(_("There is no a-kasse of that id."))
    today = timezone.localdate()
    run = TakingIn(a_kasse, by=None, on=today, dry_run=options["dry_run"])
    with files_at(options["folder"]) as files:
        return run.run(files, watch=progress.watch)


def _told(report: Report) -> list[str]:
    """The report for people: a line a remark, then the counts."""
    lines = [remark.line for remark in (*report.errors, *report.warnings)]
    for kind in KINDS:
        tally = report.tallies[kind]
        counts = _("%(new)d new, %(changed)d changed, %(same)d the same, %(refused)d refused") % {
            "new": tally.new,
            "changed": tally.changed,
            "same": tally.same,
            "refused": tally.refused,
        }
        lines.append(f"{file_of(kind)}: {counts}")
    rest = _("%(opened)d courses opened, %(missing)d not in this file, %(seconds).1f seconds")
    return [
        *lines,
        rest
        % {
            "opened": report.courses_opened,
            "missing": report.not_in_file,
            "seconds": report.seconds,
        },
    ]
