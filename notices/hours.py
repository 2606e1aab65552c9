"""The hours of the day in which a party wants mail."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone


@dataclass(frozen=True, slots=True)
class Hours:
    """From a full hour until before another, in Denmark."""

    first: int = 0
    end: int = 24

    def open_at(self, at: datetime) -> bool:
        """Whether mail may go at a moment."""
        return self.first <= timezone.localtime(at).hour < self.end

    def next_open(self, at: datetime) -> datetime:
        """The moment itself, or the next one at which mail may go."""
        if self.open_at(at):
            return at
        local = timezone.localtime(at)
        later = timedelta(1 if local.hour >= self.end else 0)
        return self._opens_on(local.date() + later)

    def _opens_on(self, day: date) -> datetime:
        return timezone.make_aware(datetime.combine(day, time(self.first)))
