"""Gives free the reserved times that nobody uses, when their day of release has come."""

from typing import Any

from courses.management.job_command import JobCommand
from slots import jobs

HELP = """Give free the times that an a-kasse has reserved and nobody uses, when their day of
release has come, and tell the coordinators of both sides. Runs twice with the same result."""


class Command(JobCommand):
    """`release_reservations [--on DATE] [--json]`."""

    help = HELP
    job = jobs.release_reservations

    def in_words(self, report: dict[str, Any]) -> str:
        """The report as a line for people."""
        return (
            f"{report['on']}: {report['released']} times released in {report['pools']} pools,"
            f" {report['seconds']} s"
        )
