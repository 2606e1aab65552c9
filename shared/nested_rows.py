"""Rows that hang on another row, read in the same statement and made into models again."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    F,
    ForeignKey,
    Func,
    IntegerField,
    JSONField,
    Model,
    QuerySet,
    TextField,
)
from django.db.models.functions import JSONObject
from django.db.models.sql.compiler import SQLCompiler

SomeRow = TypeVar("SomeRow", bound=Model)


class WholeRow(Func):
    """All columns of a row as one JSON value; to name each would cost more than to read it."""

    output_field = JSONField()

    def __init__(self) -> None:
        super().__init__(F("pk"))

    def as_sql(  # type: ignore[override]  # no template and no arguments
        self,
        compiler: SQLCompiler,
        connection: BaseDatabaseWrapper,  # noqa: ARG002 (Django's signature)
    ) -> tuple[str, tuple[()]]:
        """`to_jsonb(alias)`: the key says what the table is called where the rows are nested."""
        [key] = self.get_source_expressions()
        return f"TO_JSONB({compiler.quote_name_unless_alias(key.alias)})", ()


class Merged(Func):
    """Two JSON values as one."""

    template, arg_joiner = "(%(expressions)s)", " || "
    output_field = JSONField()


def nested(
    rows: QuerySet[Any], *, only: tuple[str, ...] = (), **joined: tuple[str, ...]
) -> ArraySubquery:
    """All columns of rows, or `only` some, as one value of the row they hang on, in their order.

    `joined` names references and the columns of theirs that are wanted, the key among them.
    """
    row: Func = JSONObject(**{one: F(one) for one in only}) if only else WholeRow()
    for name, wanted in joined.items():
        columns = {one: F(f"{name}__{one}") for one in wanted}
        row = Merged(row, JSONObject(**{name: JSONObject(**columns)}))
    return ArraySubquery(rows.values(nested_row=row))


def restored(model: type[SomeRow], told: Iterable[dict[str, Any]]) -> list[SomeRow]:
    """The models again, with those they were joined to."""
    return [_restored(model, one) for one in told]


def _restored(model: type[SomeRow], told: dict[str, Any]) -> SomeRow:
    columns = _columns(model)
    names = [name for name in columns if name in told]
    row: SomeRow = model.from_db(
        "default",
        names,
        [made(told[name]) if (made := columns[name]) else told[name] for name in names],
    )
    if len(told) > len(names):
        for name in told.keys() - columns.keys():
            there = told[name]["id"] is not None
            reference: Any = model._meta.get_field(name)
            other = _other(reference.related_model, told[name]) if there else None
            reference.set_cached_value(row, other)  # also where the key stands in the other row
    return row


def _other(model: type[Model], told: dict[str, Any]) -> Model:
    """A row with the columns that were wanted of it; the others are as of a new one."""
    makers = _columns(model)
    values = {
        name: made(value) if (made := makers[name]) else value for name, value in told.items()
    }
    return model(**values)


@cache
def _columns(model: type[Model]) -> dict[str, Callable[[Any], Any] | None]:
    """What makes each column's JSON into its value; None where it is the value already."""
    return {one.attname: _maker(one) for one in model._meta.concrete_fields}


def _maker(field: Any) -> Callable[[Any], Any] | None:  # noqa: ANN401 (any kind of column)
    if isinstance(field, DateTimeField):
        return _moment
    if isinstance(field, DateField):
        return _day
    if isinstance(field, ForeignKey):
        return _maker(field.target_field)
    plain = (CharField, TextField, BooleanField, IntegerField, JSONField)
    return None if isinstance(field, plain) else field.to_python


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None


def _moment(told: str | None) -> datetime | None:
    return datetime.fromisoformat(told) if told else None
