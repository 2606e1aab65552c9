"""`manage.py load_agreed`: activities and forums that the shipped agreements speak of."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from activities.reference import load_activities
from forums.reference import load_forums


class Command(BaseCommand):
    """Load activities, as drafts, and forums; run `load_reference` first. Can run again."""

    help = (
        "Load the activities, as drafts, and the forums that the shipped agreements speak of."
        " Run `load_reference` first. What is there already stands as it was edited."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Load what is missing."""
        activities, forums = load_activities(at=timezone.now()), load_forums()
        self.stdout.write(f"{activities} activities and {forums} forums are new.")
