"""Ends agreements whose days are over, and reminds of ends and evaluations."""

from typing import Any

from agreements import jobs
from courses.management.job_command import JobCommand

HELP = """End agreements whose days are over, remind of an end 90, 60 and 30 days ahead, and of
evaluations that are due. Runs twice with the same result."""


class Command(JobCommand):
    """`agreements_of_the_day [--on DATE] [--json]`."""

    help = HELP
    job = jobs.agreements_of_the_day

    def in_words(self, report: dict[str, Any]) -> str:
        """The report as a line for people."""
        return (
            f"{report['on']}: {report['ended']} ended, {report['waiting']} wait for a choice, "
            f"{report['reminded']} reminded, {report['evaluated']} to be evaluated; "
            f"{len(report['errors'])} errors, {report['seconds']} s"
        )
