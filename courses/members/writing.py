"""The one place that writes facts, citizens and courses: gathered first, then written by COPY."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from itertools import count
from typing import Any

from django.db import connection, models
from django.utils import timezone

from accounts.models import User
from courses.models import Citizen, Course, Fact
from journal.models import Entry
from shared.copying import copy_rows, update

Row = dict[str, Any]
Model = type[models.Model]

IDS_AT_A_TIME = 500
CITIZEN_COLUMNS = (
    "first_name",
    "last_name",
    "sort_key",
    "email",
    "phone",
    "address_protected",
    "digital_post_exempt",
    "interpreter",
)


class Raced(Exception):
    """Someone else superseded the same fact in between; the work is to be done again."""


class Batch:
    """What is to be written for some citizens, in the order in which the database accepts it."""

    def __init__(self, *, by: User | None, source: str, numbers: "Numbers | None" = None) -> None:
        self.by = by
        self.source = source
        self.at: datetime = timezone.now()
        self.numbers = numbers or Numbers()
        self.added: dict[Model, list[Row]] = defaultdict(list)
        self.changed: dict[Model, list[Row]] = defaultdict(list)
        self.superseded: dict[Model, dict[int, int | None]] = defaultdict(dict)

    def add(self, model: Model, **columns: Any) -> int:  # noqa: ANN401 (whatever the columns hold)
        """Add a row, and say the key that it will have."""
        key = self.numbers.next_of(model)
        row = {name: empty() for name, empty in _empty_row(model)}
        self.added[model].append(row | columns | {"id": key})
        return key

    def add_fact(
        self,
        model: type[Fact],
        *,
        replacing: Iterable[int] = (),
        **columns: Any,  # noqa: ANN401 (whatever the columns hold)
    ) -> int:
        """Add a fact; those it replaces point to it."""
        key = self.add(
            model,
            recorded_at=self.at,
            recorded_by_id=self.by.pk if self.by else None,
            source=self.source,
            **columns,
        )
        self.superseded[model].update(dict.fromkeys(replacing, key))
        return key

    def take_back(self, model: type[Fact], key: int) -> None:
        """Take a fact back; nothing stands in its place."""
        self.superseded[model][key] = None

    def change(self, model: Model, key: int, **columns: Any) -> None:  # noqa: ANN401
        """Change the columns of a citizen or a course."""
        self.changed[model].append({"id": key, **columns})

    def note(self, subject: Model, key: int, what: str, case: int | None, **details: Any) -> None:  # noqa: ANN401
        """One entry in the journal."""
        self.add(
            Entry,
            at=self.at,
            by_id=self.by.pk if self.by else None,
            what=what,
            subject_kind=subject._meta.label_lower,
            subject_pk=key,
            case_pk=case,
            details=details,
        )

    def write(self) -> None:
        """Write everything, in the caller's transaction."""
        self._copy(Citizen)
        self._update(Citizen)
        for model, keys in self.superseded.items():
            _supersede(model, keys, self.at)
        self._update(Course)
        self._copy(Course)
        for model in self.added:
            if model not in (Citizen, Course):
                self._copy(model)

    def _copy(self, model: Model) -> None:
        if rows := self.added.get(model):
            copy_rows(model, list(rows[0]), rows)

    def _update(self, model: Model) -> None:
        """Closing comes first: the days that one course leaves may be another's."""
        for closing in (True, False):
            rows = [row for row in self.changed[model] if bool(row.get("ends_on")) is closing]
            for columns in {tuple(row) for row in rows}:
                alike = [row for row in rows if tuple(row) == columns]
                update(model, alike, ["id"], list(columns)[1:])


@lru_cache
def _empty_row(model: Model) -> list[tuple[str, Callable[[], Any]]]:
    """The columns of a table, each with what stands there when nothing is said."""
    return [(one.attname, one.get_default) for one in model._meta.concrete_fields]


def _supersede(model: Model, keys: dict[int, int | None], at: datetime) -> None:
    """Mark facts as superseded by others, or as taken back."""
    if not keys:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "{model._meta.db_table}" fact '  # noqa: S608 (the name of a model's table)
            "SET superseded_at = %s, superseded_by_id = pair.later "
            "FROM unnest(%s::bigint[], %s::bigint[]) AS pair (earlier, later) "
            "WHERE fact.id = pair.earlier AND fact.superseded_at IS NULL",
            [at, list(keys), list(keys.values())],
        )
        if cursor.rowcount != len(keys):
            raise Raced


class Numbers:
    """Keys fetched from the sequences some at a time; made-up ones when nothing is written."""

    def __init__(self, *, dry: bool = False) -> None:
        self.dry = dry
        self.fetched: dict[Model, Iterator[int]] = {}

    def next_of(self, model: Model) -> int:
        """The key of a row to come."""
        if model not in self.fetched:
            self.fetched[model] = count(-1, -1) if self.dry else _keys_of(model)
        return next(self.fetched[model])


def _keys_of(model: Model) -> Iterator[int]:
    """Keys of a table: one at first, as a single act needs no more, then more at a time."""
    wanted = 1
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [f'"{model._meta.db_table}"', wanted],
            )
            keys = [key for (key,) in cursor.fetchall()]
        yield from keys
        wanted = min(2 * wanted, IDS_AT_A_TIME)
