"""Sends the letters that have waited in the outbox for ten minutes."""

from typing import Any

from courses.management.job_command import JobCommand
from letters import jobs

HELP = """Send the letters that have waited in the outbox for ten minutes.
A day before the last run only reports."""


class Command(JobCommand):
    """`send_summonses [--on DATE] [--json]`."""

    help = HELP
    job = jobs.send_summonses

    def in_words(self, report: dict[str, Any]) -> str:
        """The report as a line for people."""
        return f"{report['sent']} sent, {report['failed']} failed, {report['waiting']} waiting"
