"""Statements that pages ask again and again, compiled once: only their values change.

To build a query set and to compile it costs many times what the database takes to answer. A
`Kept` statement is written as a query set, made once with stand-ins for its values, and asked
from then on with the values put where the stand-ins stood. Each connection prepares it once, so
that the database does not plan it anew either; so it does with one that is written out (`answer`).
"""

from collections.abc import Callable, Container, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler
from psycopg2.extensions import AsIs

MOST_SHAPES = 200
NUMBERS = 2**62  # no key of a table is as high
FIRST = datetime(1, 1, 1, tzinfo=UTC)  # no day of a case is as early
PLAN_ONCE = "SET plan_cache_mode = force_generic_plan"
SETS = (0, 5000)  # of stand-ins; what differs between them came from a value by some other way
Making = Callable[..., QuerySet[Any, Any]]
Shape = tuple[tuple[str, Hashable], ...]


class Kept:
    """A query set as `make` builds it from values by name, compiled once for each shape of them.

    Whole numbers, days, moments and tuples of numbers are values and change; anything else is
    part of the shape, as is the length of a tuple, and what is named as `fixed`. A statement that
    does something else with a value (moves a day by a week, looks at the clock) is not kept but
    made anew each time. `reckons` says that days may come from what is fixed: such a maker never
    looks at the clock itself.
    """

    def __init__(
        self,
        make: Callable[..., QuerySet[Any, Any]],
        *,
        fixed: Sequence[str] = (),
        reckons: bool = False,
    ) -> None:
        self.make = make
        self.fixed = frozenset(fixed)
        self.reckons = reckons
        self._known: dict[Shape, _Statement | None] = {}

    def ask(self, **values: Any) -> list[Any]:  # noqa: ANN401 (what query sets take)
        """The rows: models, or tuples where the query set asks for values."""
        shape = tuple(
            (name, value if name in self.fixed else _shape(value)) for name, value in values.items()
        )
        if shape in self._known:
            statement = self._known.get(shape)
        else:
            if len(self._known) >= MOST_SHAPES:
                self._known.clear()
            statement = self._known[shape] = self._compiled(values)
        return list(self.make(**values)) if statement is None else statement.rows(values)

    def _compiled(self, values: Mapping[str, Any]) -> "_Statement | None":
        """The statement, or None where it does not follow from the values alone."""
        first, second = (
            _with_stand_ins(self.make, values, fixed=self.fixed, start=start) for start in SETS
        )
        known = {values[name] for name in self.fixed}
        timed = not self.reckons and any(
            isinstance(one, date) and one not in known for one in first.params
        )
        alike = (first.sql, first.params) == (second.sql, second.params)
        return first if alike and not timed else None


@dataclass(frozen=True, slots=True)
class _Slot:
    """Where a value goes: its name, its place in a tuple, and what the database calls its type."""

    name: str
    place: int | None = None
    type: str = "bigint"

    @property
    def cast(self) -> str:
        """The type in SQL, where it does not follow from where the value stands."""
        return f"::{self.type}" if self.type else ""

    def of(self, values: Mapping[str, Any]) -> Any:  # noqa: ANN401
        """The value that goes here."""
        value = values[self.name]
        return value if self.place is None else value[self.place]


@dataclass(frozen=True, slots=True)
class _Statement:
    """A compiled statement; without SQL it is one that cannot have rows."""

    sql: str
    params: tuple[Any, ...]
    database: str
    read: Callable[[Iterable[Sequence[Any]]], list[Any]]
    number: int = field(default_factory=count().__next__)  # its text alone does not name it

    def rows(self, values: Mapping[str, Any]) -> list[Any]:
        """What the database answers for these values."""
        if not self.sql:
            return []
        asked = [one.of(values) if isinstance(one, _Slot) else one for one in self.params]
        return self.read(_answered(self.number, self.database, self.sql, self.params, asked))


def answer(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows of a statement that is written out, with `%s` for each of its values."""
    return _answered(sql, DEFAULT_DB_ALIAS, sql, [_Slot("", type="")] * len(values), values)


def _answered(
    key: Hashable, database: str, sql: str, params: Sequence[Any], asked: Sequence[Any]
) -> list[tuple[Any, ...]]:
    """What the database answers; `params` says which of the values it is prepared without."""
    connection = connections[database]
    with connection.cursor() as cursor:
        if connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"):  # there is a pool
            cursor.execute(sql, asked)
        else:
            name = _prepared(connection.connection, key, sql, params)
            given = [
                value
                for param, value in zip(params, asked, strict=True)
                if isinstance(param, _Slot)
            ]
            places = f"({', '.join(['%s'] * len(given))})" if given else ""
            cursor.execute(f"EXECUTE {name}{places}", given)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _prepared(line: Any, key: Hashable, sql: str, params: Sequence[Any]) -> str:  # noqa: ANN401 (psycopg's)
    """What a statement is called on a connection, where it is prepared when first asked.

    It is planned then, and not again for other values: to plan costs more than to answer.
    """
    names = _prepared_on.setdefault(line, {})
    if key not in names:
        name = f"kept_{len(names)}"
        numbers = count(1)
        places = [
            AsIs(f"${next(numbers)}{one.cast}") if isinstance(one, _Slot) else one for one in params
        ]
        with line.cursor() as cursor:
            if not names:
                cursor.execute(PLAN_ONCE)
            cursor.execute(f"PREPARE {name} AS {sql}", places)
        names[key] = name
    return names[key]


_prepared_on: WeakKeyDictionary[Any, dict[Hashable, str]] = WeakKeyDictionary()


def _shape(value: Any) -> Hashable:  # noqa: ANN401
    if isinstance(value, tuple):
        return len(value)
    if isinstance(value, bool) or not isinstance(value, int | date):
        return (type(value), value)
    return str(type(value))


def _with_stand_ins(
    make: Making,
    values: Mapping[str, Any],
    *,
    fixed: Container[str],
    start: int,
) -> _Statement:
    slots: dict[Any, _Slot] = {}

    def stand_in(value: Any, slot: _Slot) -> Any:  # noqa: ANN401
        if slot.name in fixed or isinstance(_shape(value), tuple):
            return value
        if isinstance(value, tuple):
            return tuple(stand_in(one, _Slot(slot.name, place)) for place, one in enumerate(value))
        number = start + len(slots)
        made: Any = NUMBERS + number
        kind = "bigint"
        if isinstance(value, date):
            moment = FIRST + timedelta(days=number, minutes=number)
            timed = isinstance(value, datetime)
            made, kind = (moment, "timestamptz") if timed else (moment.date(), "date")
        slots[made] = replace(slot, type=kind)
        return made

    rows = make(**{name: stand_in(value, _Slot(name)) for name, value in values.items()})
    compiler = rows.query.get_compiler(rows.db)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return _Statement("", (), rows.db, list)
    found = tuple(slots.get(one, one) if isinstance(one, Hashable) else one for one in params)
    return _Statement(sql, found, rows.db, _reader(rows, compiler))


def _reader(
    rows: QuerySet[Any, Any], compiler: SQLCompiler
) -> Callable[[Iterable[Sequence[Any]]], list[Any]]:
    """What makes rows of the database into those of the query set."""
    converters = compiler.get_converters([one[0] for one in compiler.select or ()])

    def converted(found: Iterable[Sequence[Any]]) -> Iterable[Sequence[Any]]:
        return compiler.apply_converters(found, converters) if converters else found

    if rows._fields is not None:  # type: ignore[attr-defined]  # values, and no models
        return lambda found: [tuple(one) for one in converted(found)]
    return _model_reader(compiler, rows.db, converted)


def _model_reader(
    compiler: SQLCompiler,
    database: str,
    converted: Callable[[Iterable[Sequence[Any]]], Iterable[Sequence[Any]]],
) -> Callable[[Iterable[Sequence[Any]]], list[Any]]:
    about: Any = compiler.klass_info
    select: Any = compiler.select
    places = about["select_fields"]
    first, past = places[0], places[-1] + 1
    names = [one[0].target.attname for one in select[first:past]]
    related = get_related_populators(about, select, database)  # type: ignore[call-arg]  # stubs of 6.0
    more = tuple((compiler.annotation_col_map or {}).items())

    def read(found: Iterable[Sequence[Any]]) -> list[Any]:
        made = []
        for row in converted(found):
            one = about["model"].from_db(database, names, row[first:past])
            for populator in related:
                populator.populate(row, one)
            for name, place in more:
                setattr(one, name, row[place])
            made.append(one)
        return made

    return read
