"""Brings the shipped texts of letters into the database; can run again."""

from typing import Any

from django.core.management.base import BaseCommand

from letters.shipped import load_texts


class Command(BaseCommand):
    """`load_letter_texts`."""

    help = "Write the shipped texts of letters that are missing or say something new, as versions."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load them, and say how many."""
        self.stdout.write(f"{load_texts()} texts written")
