"""Bulk writes by COPY: rows stream to the database, and only those that differ are written."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, cast

from django.db import connection, models, transaction
from django.db.backends.utils import CursorWrapper

NULL = r"\N"
LINES_A_READ = 1000

Row = Mapping[str, Any]
Writer = Callable[[Any], str]


def copy_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Row]) -> int:
    """Add rows to a model's table; `columns` are those of the rows (`course_id`, not `course`)."""
    with transaction.atomic(), connection.cursor() as cursor:
        return _copy(cursor, model, model._meta.db_table, columns, rows)


def upsert(
    model: type[models.Model],
    rows: Iterable[Row],
    unique_fields: Sequence[str],
    update_fields: Sequence[str],
) -> int:
    """Add rows, or update those with the same key that say something else; how many were written.

    The key is one that the database keeps unique, and no two of the rows share it.
    """
    names = _named(model, [*unique_fields, *update_fields])
    merging = (
        f'INSERT INTO "{model._meta.db_table}" AS kept ({names}) '  # noqa: S608 (names of models)
        f'SELECT {names} FROM "{_incoming(model)}" '
        f"ON CONFLICT ({_named(model, unique_fields)}) {_settling(model, update_fields)}"
    )
    return _merged(model, rows, [*unique_fields, *update_fields], merging)


def update(
    model: type[models.Model],
    rows: Iterable[Row],
    unique_fields: Sequence[str],
    update_fields: Sequence[str],
) -> int:
    """Update the rows with these keys that say something else; how many were written."""
    kept, new = _named(model, unique_fields, "kept."), _named(model, unique_fields, "new.")
    merging = (
        f'UPDATE "{model._meta.db_table}" AS kept '  # noqa: S608 (names of models)
        f"SET {_setting(model, update_fields, 'new.')} "
        f'FROM "{_incoming(model)}" AS new WHERE ({kept}) = ({new}) '
        f"AND {_differing(model, update_fields, 'new.')}"
    )
    return _merged(model, rows, [*unique_fields, *update_fields], merging)


def _incoming(model: type[models.Model]) -> str:
    """The table that rows wait in, for the length of one call."""
    return f"incoming_{model._meta.db_table}"


def _merged(
    model: type[models.Model], rows: Iterable[Row], columns: Sequence[str], merging: str
) -> int:
    """Copy rows beside the table, then move them there by one statement; how many it wrote."""
    incoming = _incoming(model)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f'CREATE TEMP TABLE "{incoming}" ON COMMIT DROP AS '  # noqa: S608 (names of models)
            f'SELECT {_named(model, columns)} FROM "{model._meta.db_table}" WITH NO DATA'
        )
        _copy(cursor, model, incoming, columns, rows)
        cursor.execute(merging)
        written = int(cursor.rowcount)
        cursor.execute(f'DROP TABLE "{incoming}"')
    return written


def _settling(model: type[models.Model], update_fields: Sequence[str]) -> str:
    """What to do with a row whose key is there already."""
    if not update_fields:
        return "DO NOTHING"
    return (
        f"DO UPDATE SET {_setting(model, update_fields, 'EXCLUDED.')} "
        f"WHERE {_differing(model, update_fields, 'EXCLUDED.')}"
    )


def _setting(model: type[models.Model], columns: Sequence[str], new: str) -> str:
    return f"({_named(model, columns)}) = ROW ({_named(model, columns, new)})"


def _differing(model: type[models.Model], columns: Sequence[str], new: str) -> str:
    return f"({_named(model, columns, 'kept.')}) IS DISTINCT FROM ({_named(model, columns, new)})"


def _named(model: type[models.Model], columns: Iterable[str], of: str = "") -> str:
    """Columns as SQL writes them; each is known to the model."""
    return ", ".join(f'{of}"{_field(model, column).column}"' for column in columns)


def _field(model: type[models.Model], column: str) -> "models.Field[Any, Any]":
    return cast("models.Field[Any, Any]", model._meta.get_field(column))


def _copy(
    cursor: CursorWrapper,
    model: type[models.Model],
    table: str,
    columns: Sequence[str],
    rows: Iterable[Row],
) -> int:
    lines = _Lines(rows, {column: _writer(_field(model, column)) for column in columns})
    with connection.wrap_database_errors:
        cursor.copy_expert(f'COPY "{table}" ({_named(model, columns)}) FROM STDIN', lines)
    return int(cursor.rowcount)


class _Lines:
    """Rows as a file that COPY reads: a few at a time, so that memory does not grow with them."""

    def __init__(self, rows: Iterable[Row], writers: Mapping[str, Writer]) -> None:
        self.lines = self._written(rows, list(writers), list(writers.values()))

    @staticmethod
    def _written(
        rows: Iterable[Row], columns: Sequence[str], writers: Sequence[Writer]
    ) -> Iterator[str]:
        for row in rows:
            values = zip(writers, map(row.__getitem__, columns), strict=True)
            yield "\t".join([NULL if it is None else write(it) for write, it in values]) + "\n"

    def read(self, _size: int) -> bytes:
        """The next lines, or nothing at the end."""
        return "".join(islice(self.lines, LINES_A_READ)).encode()


def _writer(field: "models.Field[Any, Any]") -> Writer:
    """How a column's values are spelled; numbers, days, moments and truths need no escape."""
    if isinstance(field, models.JSONField):
        return _json
    if isinstance(field, models.BinaryField):
        return _binary
    return _text if isinstance(field, models.CharField | models.TextField) else str


def _text(value: object) -> str:
    text = str(value).replace("\\", r"\\").replace("\n", r"\n")
    return text.replace("\r", r"\r").replace("\t", r"\t")


def _binary(value: bytes | memoryview) -> str:
    return rf"\\x{bytes(value).hex()}"


def _json(value: object) -> str:
    return json.dumps(value).replace("\\", r"\\")
