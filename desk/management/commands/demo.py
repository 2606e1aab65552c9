"""`manage.py demo`: fill an empty database with the demo world."""

import json
from dataclasses import asdict
from datetime import date
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from desk.demo.world import is_empty, make_world


class Command(BaseCommand):
    help = (
        "Fill an empty database with the demo world: real organisations, made-up people, every "
        "situation the screens can show. The same day and number make the same world. "
        "The job club with its frame is not in it yet."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--members", type=int, default=400, help="how many citizens (400)")
        parser.add_argument(
            "--today", type=date.fromisoformat, help="the day of the world (default: today)"
        )
        parser.add_argument(
            "--reset", action="store_true", help="empty the database first; never in production"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo world is made only where DEMO=1; this is no such place.")
        if options["reset"]:
            call_command("flush", interactive=False, verbosity=0)
        if not is_empty():
            raise CommandError("The database is not empty. Use --reset to empty it first.")
        started = monotonic()
        today = options["today"] or timezone.localdate()
        made = make_world(today=today, members=options["members"])
        seconds = round(monotonic() - started, 1)
        if options["json"]:
            self.stdout.write(json.dumps({**asdict(made), "seconds": seconds}))
            return
        self.stdout.write(
            f"Demo world of {today}: {made.citizens} citizens, {made.courses} courses, "
            f"{made.meetings} interviews, {made.flags['overdue']} overdue and "
            f"{made.flags['due_soon']} due soon, in {seconds} s."
        )
