"""The page of an organisation's week: whom it shows, and where its links lead."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import User
from partnerships.models import Organisation
from slots.calendar_address import WEEK, Asked, week_key
from slots.calendar_staff import StaffWeek


@dataclass(frozen=True, slots=True)
class StaffPage:
    """One organisation's people in one week."""

    asked: Asked
    houses: Sequence[Organisation]
    everybody: Sequence[User]
    week: StaffWeek

    @property
    def one(self) -> User | None:
        """The only worker that is shown, if it is one alone."""
        shown = self.week.workers
        return shown[0] if len(shown) == 1 else None

    @property
    def week_key(self) -> str:
        """The week that is shown, as the address says it."""
        return week_key(self.asked.monday)

    @property
    def before_url(self) -> str:
        return self._url(uge=week_key(self.asked.monday - WEEK))

    @property
    def after_url(self) -> str:
        return self._url(uge=week_key(self.asked.monday + WEEK))

    @property
    def today_url(self) -> str:
        return self._url(uge="")

    @property
    def everybody_url(self) -> str:
        return self._url(hvem="")

    @property
    def rows(self) -> list[tuple[object, str]]:
        """Each worker's week, with the address that shows it alone."""
        return [(one, self._url(hvem=str(one.worker.pk))) for one in self.week.weeks]

    def _url(self, **changed: str) -> str:
        said = {
            "uge": week_key(self.asked.monday),
            "hvem": str(self.one.pk) if self.one else "",
            "sted": self.week.house.slug if len(self.houses) > 1 else "",
        } | changed
        query = urlencode({name: value for name, value in said.items() if value})
        address = reverse("slots:staff_calendar")
        return f"{address}?{query}" if query else address
