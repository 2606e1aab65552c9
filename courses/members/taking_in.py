"""Takes an a-kasse's files in: chunk by chunk, each one transaction, so that it can be stopped."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import date
from itertools import islice

from django.db import Error, connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import User
from courses.case_numbers import written
from courses.deadlines import Asked, refresh_many
from courses.flag_changes import flag_changed
from courses.members.absence_rows import take_absences
from courses.members.columns import ABSENCES, HOURS, MEETINGS, MEMBERS, file_of
from courses.members.fact_rows import take_hours, take_meetings
from courses.members.opening import take_members
from courses.members.people import Person, people_of
from courses.members.report import Remark, Report
from courses.members.rows import Desk, Fault, Row, Sender
from courses.members.sources import Files, shown_name
from courses.members.staging import OneOfEach, Staged, staged
from courses.members.writing import Batch, Numbers, Raced
from courses.models import Course, Fact
from partnerships.coverage import CoverageBook
from partnerships.models import Organisation
from shared.refusals import Refused

PEOPLE_A_CHUNK = 500
TRIES = 3
ONE_AT_A_TIME = 0x6D656D62  # "memb", the family of locks; the a-kasse's key tells them apart

NOT_IN_FILE = gettext_noop("%(case)s is not in this file")
NOT_READ = gettext_noop("this file was not read; it is none of the four")
NOT_STORED = gettext_noop("could not be stored; send it again, and tell us if it happens again")
NOT_DATED = gettext_noop("the dates of %(case)s cannot be computed: %(why)s")

Chunk = dict[bytes, OneOfEach]
Watch = Callable[[Report], bool]
logger = logging.getLogger(__name__)


def go_on(_report: Report) -> bool:
    """Nobody watches, nobody stops it."""
    return True


class TakingIn:
    """One run over the files of one a-kasse; a dry one compares and writes nothing."""

    def __init__(
        self, a_kasse: Organisation, *, by: User | None, on: date, dry_run: bool = False
    ) -> None:
        own = Organisation.objects.with_predecessors(a_kasse.pk).values_list("pk", flat=True)
        self.sender = Sender(a_kasse.pk, frozenset(own), on, CoverageBook.load())
        self.by = by
        self.dry_run = dry_run
        self.numbers = Numbers(dry=dry_run)
        self.asked = Asked.now("member-file", by=by, on=on)
        self.report = Report()

    def run(self, files: Files, *, watch: Watch = go_on) -> Report:
        """Take everything in, or as much as there is until `watch` says no; say what came of it."""
        started = time.monotonic()
        alone = nullcontext() if self.dry_run else _alone(self.sender.a_kasse)
        with alone, staged(files, self.report) as waiting:
            contested = waiting.contested_numbers(self.sender.own)
            self.sender = replace(self.sender, contested=contested)
            watch(self.report)
            for chunk in waiting.chunks(PEOPLE_A_CHUNK):
                self._take(chunk)
                if not watch(self.report):
                    self.report.stopped = True
                    break
            self._remark(waiting, files)
        if not self.dry_run:
            flag_changed()
        self.report.seconds = time.monotonic() - started
        return self.report

    def _remark(self, waiting: Staged, files: Files) -> None:
        """List what is in the database and not in the file, and files that nobody asked for."""
        missing = waiting.not_in_file(self.sender.own, on=self.sender.on)
        remarks = [Remark(shown_name(name), None, "", NOT_READ) for name in files.others]
        remarks += [
            Remark(file_of(MEMBERS), None, "", NOT_IN_FILE, {"case": written(key)})
            for key in missing
        ]
        self.report.add(Report(not_in_file=len(missing), warnings=remarks))
        self.report.in_order()

    def _take(self, chunk: Chunk) -> None:
        """Take some citizens; when the database refuses one of them, the others are taken."""
        for _try in range(TRIES):
            try:
                self.report.add(self._taken(chunk))
            except (Error, Raced) as error:
                logger.warning("member file: %s, trying again", type(error).__name__)
            else:
                return
        if len(chunk) > 1:
            people = iter(chunk.items())
            self._take(dict(islice(people, len(chunk) // 2)))
            self._take(dict(people))
        else:
            self.report.add(self._refused(chunk))

    def _refused(self, chunk: Chunk) -> Report:
        """A citizen whom the database refuses, whatever the reason: named by row, and left out."""
        part = Report()
        desk = Desk(self.sender, self._batch(), part)
        for rows in chunk.values():
            for row in (one for of_kind in rows.values() for one in of_kind):
                desk.refuse(Row(row.kind, row.line, {}), Fault("", NOT_STORED))
                part.rows_done += 1
        return part

    def _taken(self, chunk: Chunk) -> Report:
        """What came of some citizens' rows, which stand in the database then."""
        desk = Desk(self.sender, self._batch(), Report())
        if self.dry_run:
            self._settle(chunk, desk, lock=False)
            return desk.report
        with transaction.atomic():
            changed = self._settle(chunk, desk, lock=True)
            desk.batch.write()
            self._refresh(changed, desk.report)
        return desk.report

    def _batch(self) -> Batch:
        return Batch(by=self.by, source=Fact.Source.FILE, numbers=self.numbers)

    def _settle(self, chunk: Chunk, desk: Desk, *, lock: bool) -> list[Person]:
        """Compare the rows with what is known; the people of whom something changes."""
        known = people_of(Q(cpr_index__in=list(chunk)), own=self.sender.own, lock=lock)
        changed = []
        for index, rows in chunk.items():
            person = known.get(index) or Person(index)
            if _settled(person, rows, desk):
                changed.append(person)
            desk.report.rows_done += sum(map(len, rows.values()))
        return changed

    def _refresh(self, people: list[Person], report: Report) -> None:
        """Ask for the dates of all courses of these people: the clock follows the person."""
        keys = [course.pk for person in people for course in person.courses]
        done = refresh_many(keys, cause="member-file", by=self.by, asked=self.asked)
        for error in done.errors:
            values: dict[str, str | int] = {"case": error["course"], "why": error["message"]}
            report.warnings.append(Remark(file_of(MEMBERS), None, "", NOT_DATED, values))


def _settled(person: Person, rows: OneOfEach, desk: Desk) -> bool:
    """Take one citizen's rows; whether anything of it is new."""
    desk.changes.clear()
    if rows[MEMBERS]:
        take_members(person, rows[MEMBERS], desk)
    take_absences(person, rows[ABSENCES], desk)
    take_hours(person, rows[HOURS], desk)
    take_meetings(person, rows[MEETINGS], desk)
    facts = {kind: desk.changes[kind] for kind in (ABSENCES, HOURS, MEETINGS) if desk.changes[kind]}
    if facts:
        latest = person.own[-1].pk
        desk.batch.note(Course, latest, "facts-from-file", latest, **facts)
    return bool(desk.changes)


@contextmanager
def _alone(a_kasse: int) -> Iterator[None]:
    """One file of an a-kasse at a time; the lock goes with the connection if the process dies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [ONE_AT_A_TIME, a_kasse])
        if cursor.fetchone() != (True,):
            raise Refused(_("Another file of this a-kasse is being taken in. Try again later."))
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [ONE_AT_A_TIME, a_kasse])
