"""Brings the reference data in `partnerships/data` into the database; can run again."""

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.db import models, transaction

from partnerships.checklist import template_points
from partnerships.models import (
    Agreement,
    AgreementParty,
    AgreementTerms,
    Coverage,
    Municipality,
    Organisation,
    OrganisationName,
    PhaseTwo,
    Point,
    WorkflowStep,
)
from shared.danish_order import sort_key

DATA = Path(__file__).parent / "data"
COUNTED = ("new", "changed", "same", "kept")
ROWS = ("parent", "municipalities", "parties", "terms", "points", "workflows", "phase_two")

Row = Mapping[str, str]
Columns = dict[str, Any]


@dataclass(slots=True)
class Loaded:
    """What loading came to, by file: rows that are new, changed, the same, or left as edited."""

    files: dict[str, dict[str, int]] = field(default_factory=dict)

    def count(self, file: str, outcome: str, number: int = 1) -> None:
        """Count rows of a file."""
        self.files.setdefault(file, dict.fromkeys(COUNTED, 0))[outcome] += number


@transaction.atomic
def load_reference(*, replace: bool = False) -> Loaded:
    """Load municipalities, organisations, names, areas and agreements.

    Names and areas that someone edited stand unless `replace`; so do agreements that are there.
    """
    loaded = Loaded()
    municipalities = map(_municipality, read("municipalities"))
    _load(Municipality.objects.all(), "code", municipalities, loaded)
    names = _by(read("organisation_names"), "slug")
    rows = read("organisations")
    organisations = (_organisation(row, names[row["slug"]]) for row in rows)
    _load(Organisation.objects.all(), "slug", organisations, loaded)
    _load_successors(rows, loaded)
    keys = dict(Organisation.objects.values_list("slug", "pk"))
    _load_names(names, keys, loaded, replace=replace)
    _load_areas(keys, loaded, replace=replace)
    _load_agreements(keys, loaded)
    return loaded


def read(name: str) -> list[dict[str, str]]:
    """The rows of one of the project's data files."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _by(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[column]].append(row)
    return found


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _municipality(row: Row) -> Columns:
    return {**row, "sort_key": sort_key(row["name"])}


def _organisation(row: Row, names: Sequence[Row]) -> Columns:
    name = names[-1]["name"]
    return {
        "slug": row["slug"],
        "kind": row["kind"],
        "name": name,
        "short_name": row["short_name"],
        "sort_key": sort_key(row["short_name"] or name),
        "town": row["town"],
        "register_code": row["register_code"],
        "starts_on": _day(row["starts_on"]),
        "ends_on": _day(row["ends_on"]),
    }


def _load(rows: models.QuerySet[Any], key: str, wanted: Iterable[Columns], loaded: Loaded) -> None:
    """Create the rows that are missing, and change those that say something else."""
    file = rows.model._meta.db_table.rpartition("_")[2]
    stored = {getattr(row, key): row for row in rows}
    new = []
    for columns in wanted:
        row = stored.get(columns[key])
        if row is None:
            new.append(rows.model(**columns))
        else:
            loaded.count(file, "changed" if _changed(row, columns) else "same")
    loaded.count(file, "new", len(rows.bulk_create(new)))


def _changed(row: models.Model, columns: Columns) -> bool:
    differing = [name for name, value in columns.items() if getattr(row, name) != value]
    for name in differing:
        setattr(row, name, columns[name])
    if differing:
        row.save(update_fields=differing)
    return bool(differing)


def _load_successors(rows: Iterable[Row], loaded: Loaded) -> None:
    stored = {row.slug: row for row in Organisation.objects.all()}
    for row in rows:
        merged_into = stored[row["merged_into"]].pk if row["merged_into"] else None
        changed = _changed(stored[row["slug"]], {"successor_id": merged_into})
        loaded.count("succession", "changed" if changed else "same")


def _load_names(
    names: Mapping[str, Sequence[Row]], keys: Mapping[str, int], loaded: Loaded, *, replace: bool
) -> None:
    wanted = {
        keys[slug]: [(row["name"], _day(row["starts_on"]), _day(row["ends_on"])) for row in rows]
        for slug, rows in names.items()
    }
    spans = _Spans(OrganisationName.objects.all(), "organisation_id", "name")
    spans.load(wanted, "names", loaded, replace=replace)


def _load_areas(keys: Mapping[str, int], loaded: Loaded, *, replace: bool) -> None:
    wanted = {
        code: [
            (keys[row["jobcentre"]], _day(row["starts_on"]), _day(row["ends_on"])) for row in rows
        ]
        for code, rows in _by(read("coverage"), "municipality").items()
    }
    spans = _Spans(
        Coverage.objects.all(), "municipality_id", "jobcentre_id", number="municipality_number"
    )
    spans.load(wanted, "coverage", loaded, replace=replace)


@dataclass(frozen=True, slots=True)
class _Spans:
    """Rows that say what holds for an owner over time; loaded as one set an owner."""

    rows: models.QuerySet[Any]
    owner: str
    value: str
    number: str = ""

    def load(
        self, wanted: Mapping[Any, Sequence[Any]], file: str, loaded: Loaded, *, replace: bool
    ) -> None:
        """Write the sets of owners that have none; others' sets only to replace them."""
        stored = self._stored()
        written: dict[Any, Sequence[Any]] = {}
        for owner, spans in wanted.items():
            outcome = self._outcome(stored[owner], spans, replace=replace)
            loaded.count(file, outcome, len(spans))
            if outcome in ("new", "changed"):
                written[owner] = spans
        self._write(written)

    def _stored(self) -> dict[Any, list[Any]]:
        found: dict[Any, list[Any]] = defaultdict(list)
        rows = self.rows.order_by("starts_on")
        for owner, *span in rows.values_list(self.owner, self.value, "starts_on", "ends_on"):
            found[owner].append(tuple(span))
        return found

    def _outcome(self, stored: Sequence[Any], wanted: Sequence[Any], *, replace: bool) -> str:
        if not stored:
            return "new"
        if list(stored) == list(wanted):
            return "same"
        return "changed" if replace else "kept"

    def _write(self, wanted: Mapping[Any, Sequence[Any]]) -> None:
        self.rows.filter(**{f"{self.owner}__in": list(wanted)}).delete()
        self.rows.bulk_create(
            self.rows.model(
                **{self.owner: owner, self.value: value},
                **({self.number: int(owner)} if self.number else {}),
                starts_on=starts_on,
                ends_on=ends_on,
            )
            for owner, spans in wanted.items()
            for value, starts_on, ends_on in spans
        )


def _load_agreements(keys: Mapping[str, int], loaded: Loaded) -> None:
    stored = set(Agreement.objects.values_list("slug", flat=True))
    for entry in json.loads((DATA / "agreements.json").read_text(encoding="utf-8")):
        if entry["slug"] in stored:
            loaded.count("agreements", "kept")
            continue
        _create_agreement(entry, keys)
        loaded.count("agreements", "new")


def _create_agreement(entry: Columns, keys: Mapping[str, int]) -> None:
    plain = {name: value for name, value in entry.items() if name not in ROWS}
    parent = Agreement.objects.get(slug=entry["parent"]) if entry["parent"] else None
    agreement = Agreement.objects.create(**plain, parent=parent)
    agreement.municipalities.set(entry["municipalities"])
    for party in entry["parties"]:
        AgreementParty.objects.create(
            agreement=agreement,
            organisation_id=keys[party["organisation"]],
            signed_by=party.get("signed_by", ""),
        )
    for terms in entry["terms"]:
        AgreementTerms.objects.create(agreement=agreement, **terms)
    _create_contents(agreement, entry)


def _create_contents(agreement: Agreement, entry: Columns) -> None:
    """What the parties agreed on point by point, how they work, and what phase 2 waits for."""
    templates = {one["key"]: one for one in template_points()}
    Point.objects.bulk_create(
        _point(agreement, number, said, templates)
        for number, said in enumerate(entry.get("points", ()), start=1)
    )
    orders: dict[str, int] = defaultdict(int)
    for step in entry.get("workflows", ()):
        orders[step["workflow"]] += 1
        WorkflowStep.objects.create(agreement=agreement, order=orders[step["workflow"]], **step)
    if "phase_two" in entry:
        PhaseTwo.objects.create(agreement=agreement, **entry["phase_two"])


def _point(
    agreement: Agreement, number: int, said: Row, templates: Mapping[str, Mapping[str, str]]
) -> Point:
    """A point of the template or of the parties' own; one without a word about it is open."""
    template = templates.get(said.get("template_key", ""), {})
    return Point(
        agreement=agreement,
        order=number,
        template_key=said.get("template_key", ""),
        title=said.get("title") or template["title"],
        guide=said.get("guide") or template.get("guide", ""),
        state=said.get("state") or (Point.State.AGREED if said["text"] else Point.State.OPEN),
        text=said["text"],
    )
