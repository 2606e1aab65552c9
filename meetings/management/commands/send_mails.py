"""Sends the mail in the outbox whose hour has come."""

from typing import Any

from courses.management.job_command import JobCommand
from notices import jobs


class Command(JobCommand):
    """`send_mails [--on DATE] [--json]`."""

    help = "Send the mail in the outbox whose hour has come; a day that is not today only reports."
    job = jobs.send_mails

    def in_words(self, report: dict[str, Any]) -> str:
        """The report as a line for people."""
        return f"{report['sent']} sent, {report['failed']} failed, {report['waiting']} waiting"
