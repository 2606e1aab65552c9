"""Races 200 clients for 50 slots over 80 connections, and counts bookings a second.

    python -m benchmarks.slot_race [--rounds 20]

Every other round the slots are withdrawn, moved and released meanwhile, and what is booked in them
is cancelled and moved away. The exit status says whether a slot was taken twice or stayed free
though somebody wanted it, somebody in two places, a loser not told why, or anything locked up.
"""

import argparse
import os
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import django
from django.db import connection, transaction

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kontaktforloeb.settings")
django.setup()

from django.conf import settings  # noqa: E402 (after set-up)

from journal.models import Entry  # noqa: E402
from letters.models import Letter  # noqa: E402
from meetings.models import Meeting, Participant  # noqa: E402
from slots.models import Slot, SlotBooking  # noqa: E402
from tests.slots.conftest import new_place  # noqa: E402
from tests.slots.race import (  # noqa: E402
    Act,
    Outcome,
    Race,
    deadlocks,
    live,
    overlaps,
    still_free,
    together,
)

NAME = "kontaktforloeb_race"
CLIENTS, SLOTS, CONNECTIONS, ROUNDS = 200, 50, 80, 20
DISTURBED = 25  # of the slots, in every other round
ONE_BY_ONE = 200
TRIES_AGAIN = 5
BUSY = "Many are booking at this moment"


@contextmanager
def empty_database() -> Iterator[None]:
    """A database of its own on the server that the settings name; it goes afterwards."""
    usual = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = NAME
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(usual, verbosity=0)


class Patient:
    """A client who is told to wait a little, and does; counts how often."""

    def __init__(self, act: Act) -> None:
        self.act, self.waited = act, 0

    def __call__(self) -> object:
        """Try a few times; the last answer counts."""
        while True:
            try:
                return self.act()
            except Exception as error:
                if BUSY not in str(error) or self.waited == TRIES_AGAIN:
                    raise
                self.waited += 1


class Rounds:
    """What the rounds came to, all told."""

    def __init__(self, race: Race) -> None:
        self.race = race
        self.seconds: dict[bool, list[float]] = {False: [], True: []}
        self.lost: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.won = self.waited = 0

    def run(self, number: int) -> None:
        """One round; the slots of it lie on a day of their own."""
        is_disturbed = number % 2 == 1
        slots = self.race.slots(SLOTS, day=7 * number)
        acts: list[Act] = []
        if is_disturbed:
            spare = self.race.slots(DISTURBED // 5, day=7 * number + 1)
            acts = self.race.disturbing(slots[:DISTURBED], spare)
        clients = [Patient(act) for act in self.race.wanting(slots)]
        began = time.perf_counter()
        results = together([*acts, *clients], CONNECTIONS)
        self.seconds[is_disturbed].append(time.perf_counter() - began)
        self._count(Outcome.of(results[len(acts) :]), clients)
        self._count_errors(Outcome.of(results))
        self._check(slots, results[len(acts) :], is_disturbed=is_disturbed)
        self.race.clear()

    def _count(self, outcome: Outcome, clients: Sequence[Patient]) -> None:
        self.won += len(outcome.won)
        self.lost += outcome.lost
        self.waited += sum(one.waited for one in clients)
        if len(outcome.won) + sum(outcome.lost.values()) != len(clients):
            self.wrong.append("a client got neither an interview nor a reason")
        if outcome.lost[""]:
            self.wrong.append("a loser was not told why")

    def _count_errors(self, outcome: Outcome) -> None:
        self.wrong += [f"{type(one).__name__}: {one}" for one in outcome.errors]

    def _check(
        self, slots: Sequence[Slot], results: Sequence[object], *, is_disturbed: bool
    ) -> None:
        taken = live(slots)
        if set(taken.values()) - {1}:
            self.wrong.append(f"a slot was taken twice: {taken.most_common(1)}")
        if overlaps():
            self.wrong.append("somebody is in two places at once")
        winners = {one.pk for one in results if isinstance(one, Meeting)}
        seated = SlotBooking.objects.filter(is_live=True, meeting__in=winners)
        if seated.count() != len(winners):
            self.wrong.append("a winner has no seat")
        free = list(still_free(slots))
        if free and not is_disturbed:
            self.wrong.append(f"{len(free)} slots stayed free")
        for slot in free:  # what became free too late for everybody can be booked
            self.race.place.book(slot, self.race.place.course())

    def tell(self) -> None:
        """Print how long rounds took, and what the losers were told."""
        for is_disturbed, seconds in self.seconds.items():
            if seconds:
                name = "slots change" if is_disturbed else "slots stay"
                middle, longest = statistics.median(seconds), max(seconds)
                print(f"  {name:13} {middle:6.1f} s median, {longest:6.1f} s the longest")
        print(f"  booked {self.won}, told to wait and tried again {self.waited} times")
        for said, count in self.lost.most_common():
            print(f"  {count:6} {said}")
        for one in self.wrong:
            print(f"  WRONG {one}")


def peers(meetings: Sequence[Meeting]) -> float:
    """Seconds to insert the rows of these bookings into like tables, a transaction each."""
    keys = [one.pk for one in meetings]
    whose = {
        Meeting._meta.db_table: "id = %(meeting)s",
        Participant._meta.db_table: "meeting_id = %(meeting)s",
        SlotBooking._meta.db_table: "meeting_id = %(meeting)s",
        Meeting.letters.through._meta.db_table: "meeting_id = %(meeting)s",
        Letter._meta.db_table: "course_id = %(course)s",
        Entry._meta.db_table: "case_pk = %(course)s",
    }
    with connection.cursor() as cursor:
        for table in whose:
            cursor.execute(f"CREATE TABLE peer_{table} (LIKE {table} INCLUDING ALL)")
        began = time.perf_counter()
        for one in Meeting.objects.filter(pk__in=keys).only("pk", "course_id"):
            with transaction.atomic():
                for table, condition in whose.items():
                    cursor.execute(
                        f"INSERT INTO peer_{table} SELECT * FROM {table} WHERE {condition}",  # noqa: S608 (constants)
                        {"meeting": one.pk, "course": one.course_id},
                    )
        seconds = time.perf_counter() - began
        for table in whose:
            cursor.execute(f"SELECT count(*) FROM peer_{table}")  # noqa: S608 (constants)
            print(f"    {table:30} {cursor.fetchone()[0] / len(keys):5.1f} rows a booking")
            cursor.execute(f"DROP TABLE peer_{table}")
    return seconds


def one_by_one(race: Race) -> None:
    """Bookings a second with nobody else there, beside the bare insert of their rows."""
    slots = [slot for week in range(4) for slot in race.slots(SLOTS, day=210 + 7 * week)]
    pairs = list(zip(slots, race.courses[:ONE_BY_ONE], strict=True))
    began = time.perf_counter()
    meetings = [race.place.book(slot, course) for slot, course in pairs]
    act = time.perf_counter() - began
    print(f"one by one: {len(meetings)} bookings")
    bare = peers(meetings)
    print(f"  by the act    {len(meetings) / act:7.1f} a second")
    print(f"  bare inserts  {len(meetings) / bare:7.1f} a second")
    print(f"  ratio         {act / bare:7.1f}")


def main() -> int:
    """Run the rounds; the exit status says whether anything happened that must not."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=ROUNDS)
    rounds = asked.parse_known_args()[0].rounds
    settings.LANGUAGE_CODE = "en"
    with empty_database():
        race = Race(new_place())
        race.prepare(CLIENTS)
        race.place.book(*race.a_first_one())  # so that everything is loaded
        one_by_one(race)
        race.clear()
        before, told = deadlocks(), Rounds(race)
        for number in range(rounds):
            told.run(number)
        connection.close()
        locked_up = deadlocks() - before
        connection.close()
    print(f"race: {rounds} rounds, {CLIENTS} clients, {SLOTS} slots, {CONNECTIONS} connections")
    told.tell()
    print(f"  deadlocks {locked_up}")
    return int(bool(locked_up or told.wrong))


if __name__ == "__main__":
    sys.exit(main())
