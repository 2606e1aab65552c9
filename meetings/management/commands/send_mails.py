"""Sends the mail in the outbox whose hour has come."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from notices.jobs import send_mails


class Command(BaseCommand):
    """`send_mails [--json]`; the calendar does the same every minute."""

    help = "Send the mail in the outbox whose hour has come, each at most once."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say who reads the report."""
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run it, and report."""
        report = send_mails()
        words = f"{report['sent']} sent, {report['failed']} failed, {report['waiting']} waiting"
        self.stdout.write(json.dumps(report) if options["json"] else words)
