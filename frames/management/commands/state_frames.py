"""Tells that the monthly statements of frames are ready, as each morning does."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from frames import jobs


class Command(BaseCommand):
    """`state_frames [--on DATE]`."""

    help = (
        "Tell finance and the a-kasser's coordinators, each once, that the statement of the month"
        " before is ready."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Say the day."""
        parser.add_argument(
            "--on",
            type=date.fromisoformat,
            metavar="DATE",
            help="the day it is done for, as 2026-11-22 (today in Denmark)",
        )

    def handle(self, **options: Any) -> None:
        """Run the job, and say what it did."""
        done = jobs.state_frames(options["on"])
        self.stdout.write(
            f"{done['month']}: {done['a_kasser']} a-kasser with a frame, {done['told']} people"
            f" told, {done['seconds']} s"
        )
