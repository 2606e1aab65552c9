"""Reads the calendars that workers subscribe to, as every hour does."""

from typing import Any

from django.core.management.base import BaseCommand

from staffing import jobs


class Command(BaseCommand):
    """`read_calendars`."""

    help = (
        "Read the calendars that workers subscribe to, and keep the times at which they are busy."
    )

    def handle(self, **_options: Any) -> None:
        """Run the job, and say what it did."""
        done = jobs.read_calendars()
        self.stdout.write(
            f"{done['read']} calendars read, {done['same']} as before, {done['failed']} failed,"
            f" {done['left']} left for the next run, {done['seconds']} s"
        )
