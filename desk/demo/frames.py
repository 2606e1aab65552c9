"""Frames of two a-kasser: last year's, closed, and this year's, nearly used."""

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal

from accounts.models import User
from desk.demo.agreements import COPENHAGEN
from desk.demo.diary import ZONE
from desk.demo.scene import DAY, OTHER_UNION, UNION, Scene
from frames import actions as ledger
from frames.models import Frame

GRANTED = Decimal("500000.00")
HISTORY: dict[
    str, list[tuple[str, str, str, int]]
] = {  # what, bound, billed (nothing yet where it is empty), days ago
    UNION: [
        ("Jobklub i foråret, 12 pladser", "216000.00", "216000.00", 190),
        ("Jobklub før sommeren, 8 pladser", "120000.00", "114000.00", 120),
        ("CV-kursus, 5 pladser", "70000.00", "", 45),
    ],
    OTHER_UNION: [
        ("Jobklub i foråret, 16 pladser", "300000.00", "300000.00", 170),
        ("Jobklub efter sommeren, 9 pladser", "172500.00", "", 60),
    ],
}
LAST_YEAR = ("Jobklubber, 30 pladser", "441000.00", "433500.00")


def open_frames(scene: Scene, slug: str) -> None:
    """Last year's frame, closed, and this year's with its history."""
    by, year = scene.people["controller"], scene.on.year
    if date(year - 1, 1, 1) >= scene.agreement.starts_on:
        last = _frame(scene, slug, year - 1)
        _spend(last, LAST_YEAR, date(year - 1, 5, 4), by)
        ledger.close_year(last, carry=(), on=scene.on, by=by, at=scene.at)
    frame = _frame(scene, slug, year)
    for text, bound, billed, days in HISTORY[slug]:
        _spend(frame, (text, bound, billed), scene.act(days).date(), by)


def _frame(scene: Scene, slug: str, year: int) -> Frame:
    return ledger.open_frame(
        scene.agreement,
        scene.houses[slug],
        scene.houses[COPENHAGEN],
        starts_on=date(year, 1, 1),
        ends_on=date(year + 1, 1, 1),
        amount=GRANTED,
        by=scene.people["controller"],
        at=datetime(year, 1, 1, 8, tzinfo=ZONE),
    )


def _spend(frame: Frame, line: Sequence[str], on: date, by: User) -> None:
    """Reserved, committed a week later, used once the bill came."""
    text, bound, billed = line
    at = datetime.combine(on, time(10), ZONE)
    entry = ledger.reserve(frame, Decimal(bound), text=text, on=on, by=by, at=at)
    entry = ledger.commit(entry, on=on, by=by, at=at + 7 * DAY)
    if billed:
        ledger.use(entry, Decimal(billed), on=on, by=by, at=at + 40 * DAY)
