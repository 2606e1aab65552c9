"""`manage.py load_reference`: municipalities, organisations and agreements from the data files."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from partnerships.reference import load_reference


class Command(BaseCommand):
    help = (
        "Load municipalities, jobcentres, a-kasser and agreements from the project's data files. "
        "Run a second time it changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument(
            "--replace",
            action="store_true",
            help="bring back the files' names and areas where someone edited them",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        files = load_reference(replace=options["replace"]).files
        if options["json"]:
            self.stdout.write(json.dumps(files))
            return
        for file, counts in files.items():
            said = ", ".join(f"{number} {what}" for what, number in counts.items() if number)
            self.stdout.write(f"{file}: {said}")
