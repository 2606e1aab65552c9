"""Reminds of meetings and decisions of forums, as each morning does."""

from typing import Any

from courses.management.job_command import JobCommand
from forums import jobs

HELP = """Remind the members of a forum of a meeting within a week, and owners of decisions that
are due within a week or overdue. Runs twice with the same result."""


class Command(JobCommand):
    """`remind_forums [--on DATE] [--json]`."""

    help = HELP
    job = jobs.remind_forums

    def in_words(self, report: dict[str, Any]) -> str:
        """The report as a line for people."""
        return (
            f"{report['on']}: reminded of {report['meetings']} meetings and "
            f"{report['decisions']} decisions, {report['late']} forums meet too seldom; "
            f"{report['seconds']} s"
        )
