"""Asks the law anew about every course."""

from typing import Any

from courses import jobs
from courses.management.job_command import JobCommand


class Command(JobCommand):
    """`refresh_deadlines [--on DATE] [--json]`."""

    help = "Ask the law anew about every course: rules, agreements and areas change."
    job = jobs.refresh_deadlines

    def in_words(self, report: dict[str, Any]) -> str:
        """The report as a line for people."""
        return (
            f"{report['courses']} courses, {report['changed']} changed; "
            f"{len(report['errors'])} errors, {report['seconds']} s"
        )
