"""Sends the daily mail to workers, and on Mondays the weekly one to those who lead."""

from typing import Any

from courses.management.job_command import JobCommand
from meetings import jobs

HELP = """Send the digests of a working day: daily to workers, on Mondays weekly to those who lead.
Each goes once. A day before the last run only reports; on a day off nobody gets any."""


class Command(JobCommand):
    """`send_digests [--on DATE] [--json]`."""

    help = HELP
    job = jobs.send_digests

    def in_words(self, report: dict[str, Any]) -> str:
        """The report as a line for people."""
        return f"{report['people']} people, {report['sent']} of them sent a digest"
