"""Raises and resolves flags on interviews that are due soon or were not held in time."""

from typing import Any

from courses import jobs
from courses.management.job_command import JobCommand

HELP = """Raise and resolve flags on interviews that are due soon or were not held in time.
Missed nights are caught up. A day before the last run only reports."""


class Command(JobCommand):
    """`flag_overdue [--on DATE] [--json]`."""

    help = HELP
    job = jobs.flag_overdue

    def in_words(self, report: dict[str, Any]) -> str:
        """The report as a line for people."""
        return (
            f"{report['on']}: {report['raised']} raised, {report['resolved']} resolved; open: "
            f"{report['open']['due_soon']} due soon, {report['open']['overdue']} overdue; "
            f"{len(report['errors'])} errors, {report['seconds']} s"
        )
