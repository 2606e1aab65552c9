"""`manage.py load_travel`: minutes by car between jobcentres from the project's data file."""

from typing import Any

from django.core.management.base import BaseCommand

from slots.reference import load_travel


class Command(BaseCommand):
    help = (
        "Load the minutes by car between jobcentres. Run `load_reference` first. "
        "Run a second time it changes nothing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        counts = load_travel()
        self.stdout.write(", ".join(f"{number} {what}" for what, number in counts.items()))
