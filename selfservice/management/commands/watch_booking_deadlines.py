"""Reminds of deadlines for booking, and tells of those that nobody met."""

from typing import Any

from courses.management.job_command import JobCommand
from selfservice import jobs

HELP = """Remind citizens whose deadline for booking a time comes near, settle the deadlines that
are met, and tell whoever holds the interview of those that are not. Runs twice with the same
result."""


class Command(JobCommand):
    """`watch_booking_deadlines [--on DATE] [--json]`."""

    help = HELP
    job = jobs.watch_booking_deadlines

    def in_words(self, report: dict[str, Any]) -> str:
        """The report as a line for people."""
        return (
            f"{report['on']}: {report['reminded']} reminded, {report['met']} met,"
            f" {report['missed']} missed, {report['seconds']} s"
        )
