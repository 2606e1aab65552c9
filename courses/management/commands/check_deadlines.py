"""Compares the stored answers with what the law says now."""

from typing import Any

from django.core.management.base import CommandError

from courses import jobs
from courses.management.job_command import DIFFERENT, JobCommand

HELP = """Compare the stored answers with what the law says now; writes nothing.
Exit status 1 when an answer differs, or cannot be given."""


class Command(JobCommand):
    """`check_deadlines [--on DATE] [--json]`."""

    help = HELP
    job = jobs.check_deadlines

    def in_words(self, report: dict[str, Any]) -> str:
        """The report as a line for people."""
        return (
            f"{report['courses']} courses, {report['different']} different; "
            f"{len(report['errors'])} errors"
        )

    def end(self, report: dict[str, Any]) -> None:
        """Fail when the stored answers are not what the law says."""
        if report["different"] or report["errors"]:
            raise CommandError(
                "Stored answers differ from the law; refresh_deadlines mends them.",
                returncode=DIFFERENT,
            )
