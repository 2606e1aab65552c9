"""Prepares hand-overs 30, 14 and 7 days ahead, and escalates those that nobody accepted."""

from typing import Any

from courses.management.job_command import JobCommand
from handovers import jobs

HELP = """Prepare hand-overs 30, 14 and 7 days ahead, follow those whose day moved, and escalate
those whose day has come although nobody accepted. Runs twice with the same result."""


class Command(JobCommand):
    """`prepare_handovers [--on DATE] [--json]`."""

    help = HELP
    job = jobs.prepare_handovers

    def in_words(self, report: dict[str, Any]) -> str:
        """The report as a line for people."""
        return (
            f"{report['on']}: {report['created']} coming, {report['moved']} moved, "
            f"{report['lapsed']} lapsed, {report['done']} done, {report['overdue']} overdue, "
            f"{report['told']} told; {len(report['errors'])} errors, {report['seconds']} s"
        )
