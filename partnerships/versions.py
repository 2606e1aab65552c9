"""An agreement as it reads and as it read: kept after each step, on a day, and compared."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from partnerships.checklist import in_readers_language
from partnerships.models import (
    Agreement,
    AgreementTerms,
    AgreementVersion,
    PhaseTwo,
    Point,
)
from shared.written import plain_day

Content = dict[str, Any]
HEAD = (
    "title", "kind", "state", "starts_on", "ends_on", "notice_months", "approved_on",
    "approved_by_body", "evaluated_on", "for_running", "for_referrals", "for_below", "made_up",
    "source", "text", "minute_notes",
)  # fmt: skip
TERMS = tuple(
    one.name for one in AgreementTerms._meta.fields if one.name not in ("id", "agreement")
)
POINT = ("order", "template_key", "title", "state", "text")
WORKFLOW = ("workflow", "order", "who", "what", "registered_in")
PHASE_TWO = ("law_in_force_on", "law_source", "budget_in_place_on", "budget_source")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that reads otherwise in two versions, in words; empty where it is missing."""

    field: str
    before: str
    after: str


def content_of(agreement: Agreement) -> Content:
    """Everything that an agreement says, as plain names and values."""
    parties = agreement.parties.select_related("organisation").order_by("pk")
    phase_two = PhaseTwo.objects.filter(agreement=agreement).select_related("addendum").first()
    return {
        **_plain(agreement, HEAD),
        "parent": agreement.parent.slug if agreement.parent else None,
        "renews": agreement.renews.slug if agreement.renews else None,
        "parties": [
            {
                "organisation": one.organisation.slug,
                "name": one.organisation.name,
                **_plain(one, ("signed_on", "signed_by")),
            }
            for one in parties
        ],
        "municipalities": [
            {"code": one.code, "name": one.name} for one in agreement.municipalities.all()
        ],
        "terms": _rows(agreement.terms.order_by("starts_on"), TERMS),
        "points": _rows(agreement.points.order_by("order", "pk"), POINT),
        "workflows": _rows(agreement.workflow_steps.order_by("workflow", "order"), WORKFLOW),
        "phase_two": phase_two and _phase_two(phase_two),
    }


def keep_version(
    agreement: Agreement, *, why: str, by: User | None, at: datetime
) -> AgreementVersion:
    """Keep how an agreement reads now; the caller holds its row, so that numbers follow."""
    last = agreement.versions.aggregate(last=Max("number"))["last"] or 0
    return AgreementVersion.objects.create(
        agreement=agreement,
        number=last + 1,
        made_at=at,
        made_by=by,
        why=why[:200],
        content=content_of(agreement),
    )


def keep_what_stood(
    agreement: Agreement, *, by: User | None, at: datetime, why: str = "as-it-stood"
) -> None:
    """Keep how an agreement reads, before or after a change, where no version says so yet."""
    newest = agreement.versions.order_by("-number").first()
    if newest is None or newest.content != content_of(agreement):
        keep_version(agreement, why=why, by=by, at=at)


def version_of(agreement: Agreement, on: date) -> AgreementVersion | None:
    """The version that stood at the end of a day; before the first one, the first."""
    after = timezone.make_aware(datetime.combine(on + timedelta(1), time.min))
    versions = agreement.versions.order_by("number")
    return versions.filter(made_at__lt=after).last() or versions.first()


def as_of(agreement: Agreement, on: date) -> Content:
    """What an agreement said at the end of a day; without any version, what it says now."""
    version = version_of(agreement, on)
    return version.content if version else content_of(agreement)


def terms_in(content: Content, on: date) -> Content | None:
    """The terms that hold on a day, of a version."""
    day = on.isoformat()
    for terms in content["terms"]:
        if terms["starts_on"] <= day and (terms["ends_on"] is None or day < terms["ends_on"]):
            found: Content = terms
            return found
    return None


def differences(one: Content, other: Content) -> list[Difference]:
    """What reads otherwise in two contents, in the order in which an agreement is read."""
    before, after = dict(lines_of(one)), dict(lines_of(other))
    fields = [*before, *(field for field in after if field not in before)]
    return [
        Difference(field, before.get(field, ""), after.get(field, ""))
        for field in fields
        if before.get(field, "") != after.get(field, "")
    ]


def lines_of(content: Content) -> Iterator[tuple[str, str]]:
    """A content line by line: what it is called, and what it says, in the reader's language."""
    yield from _named(Agreement, HEAD, content)
    yield _("Stands under"), content["parent"] or ""
    yield from map(_party_line, content["parties"])
    yield _("Municipalities"), ", ".join(one["name"] for one in content["municipalities"])
    for terms in content["terms"]:
        head = _("Terms from %(day)s") % {"day": _day(terms["starts_on"])}
        for label, said in _named(AgreementTerms, TERMS[1:], terms):
            yield f"{head}: {label}", said
    yield from map(_point_line, content["points"])
    yield from map(_workflow_line, content["workflows"])
    for label, said in _named(PhaseTwo, PHASE_TWO, content["phase_two"] or {}):
        phase = _("Phase 2")
        yield f"{phase}: {label}", said


def _party_line(party: Content) -> tuple[str, str]:
    name = _("Party: %(name)s") % {"name": party["name"]}
    if not party["signed_on"]:
        by = party["signed_by"]
        return name, ", ".join((_("day not known"), by)) if by else _("not signed")
    signed = _("signed %(day)s") % {"day": _day(party["signed_on"])}
    return name, ", ".join(filter(None, [signed, party["signed_by"]]))


def _point_line(point: Content) -> tuple[str, str]:
    title = in_readers_language(point["template_key"], "title", point["title"])
    words = {"number": point["order"], "title": title}
    state = str(Point.State(point["state"]).label)
    said = f"{state}. {point['text']}" if point["text"] else state
    return _("Point %(number)s: %(title)s") % words, said


def _workflow_line(step: Content) -> tuple[str, str]:
    where = f" ({step['registered_in']})" if step["registered_in"] else ""
    return f"{step['workflow']}, {step['order']}", f"{step['who']}: {step['what']}{where}"


def _named(
    model: type[models.Model], names: Iterable[str], content: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    for name in names:
        field = model._meta.get_field(name)
        yield str(getattr(field, "verbose_name", name)), _said(field, content.get(name))


def _said(field: Any, value: Any) -> str:  # noqa: ANN401 (any column)
    """A kept value as people read it."""
    if value in (None, "", []):
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(field, models.DateField):
        return _day(value)
    words = dict(field.flatchoices)
    return str(words.get(value, value))


def _day(value: str | None) -> str:
    return plain_day(date.fromisoformat(value)) if value else ""


def _phase_two(row: PhaseTwo) -> Content:
    return _plain(row, PHASE_TWO) | {"addendum": row.addendum.slug if row.addendum else None}


def _rows(rows: Iterable[models.Model], names: Iterable[str]) -> list[Content]:
    names = tuple(names)
    return [_plain(row, names) for row in rows]


def _plain(row: models.Model, names: Iterable[str]) -> Content:
    return {name: _json(getattr(row, name)) for name in names}


def _json(value: Any) -> Any:  # noqa: ANN401 (any column)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value
