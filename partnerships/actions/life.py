"""The steps of an agreement's life, in their order; each leaves a step, a version and an entry."""

from datetime import date, datetime
from functools import partial

from celery import current_app
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from accounts.models import User
from journal.actions import note
from partnerships.models import Agreement, Organisation, Step
from partnerships.readiness import what_is_missing
from partnerships.versions import keep_version, keep_what_stood
from shared.refusals import Refused

State, Kind = Agreement.State, Step.Kind
BEFORE = {
    Kind.COORDINATE: (State.DRAFT,),
    Kind.APPROVE: (State.COORDINATING,),
    Kind.SEND_BACK: (State.COORDINATING, State.APPROVED, State.SIGNED),
    Kind.SIGN: (State.APPROVED,),
    Kind.ACTIVATE: (State.DRAFT, State.SIGNED),
    Kind.AMEND: (State.ACTIVE, State.UNDER_NOTICE),
    Kind.NOTICE: (State.ACTIVE,),
    Kind.WITHDRAW_NOTICE: (State.UNDER_NOTICE,),
    Kind.RENEW: (State.ACTIVE, State.UNDER_NOTICE, State.ENDED, State.EXPIRED),
}
OUT_OF_ORDER = gettext_noop(
    "“%(title)s” is %(state)s, so this step is not its next. Reload the page to see what is."
)


@transaction.atomic
def agreement_changed(agreement: Agreement, *, changed: list[str], by: User | None) -> None:
    """Journal a change of an agreement, keep how it reads now, and have all dates computed anew."""
    row = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    if row.state != State.DRAFT:
        keep_what_stood(row, by=by, at=timezone.now(), why="changed")
    note(agreement, "agreement-changed", by=by, case=None, changed=changed)
    compute_anew()


def compute_anew() -> None:
    """Have every course's dates computed anew, once what was done is there to be read."""
    transaction.on_commit(partial(current_app.send_task, "courses.jobs.refresh_deadlines"))


def locked(agreement: Agreement, step: Step.Kind) -> Agreement:
    """The agreement as it is now, held until the act is over; refused where it is elsewhere."""
    row = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    if row.state not in BEFORE[step]:
        raise Refused(OUT_OF_ORDER, title=row.title, state=str(row.get_state_display()))
    return row


def record(  # noqa: PLR0913 (a step is these)
    agreement: Agreement,
    kind: Step.Kind,
    *,
    on: date,
    by: User | None,
    at: datetime,
    party: Organisation | None = None,
    remark: str = "",
    computed_end: date | None = None,
) -> Step:
    """Write down a step that was taken, keep how the agreement reads after it, journal it."""
    step = Step.objects.create(
        agreement=agreement,
        kind=kind,
        on=on,
        party=party,
        remark=remark,
        computed_end=computed_end,
        made_at=at,
        made_by=by,
    )
    keep_version(agreement, why=kind, by=by, at=at)
    note(
        agreement,
        f"agreement-{kind.value.replace('_', '-')}",
        by=by,
        case=None,
        on=str(on),
        party=str(party or ""),
        ends_on=str(computed_end or ""),
    )
    return step


@transaction.atomic
def coordinate(agreement: Agreement, *, by: User, at: datetime, remark: str = "") -> Agreement:
    """Put a draft up for coordination with the other agreements of the region."""
    row = locked(agreement, Kind.COORDINATE)
    if not row.text.strip():
        raise Refused(gettext_noop("Write what the agreement says before others comment on it."))
    keep_what_stood(row, by=by, at=at)
    row.state = State.COORDINATING
    row.save(update_fields=["state"])
    record(row, Kind.COORDINATE, on=timezone.localdate(at), by=by, at=at, remark=remark)
    return row


@transaction.atomic
def approve(  # noqa: PLR0913 (a decision is these)
    agreement: Agreement,
    *,
    body: str,
    on: date,
    minute_notes: str = "",
    by: User,
    at: datetime,
) -> Agreement:
    """Record that a political body approved the agreement, and what its minutes note."""
    row = locked(agreement, Kind.APPROVE)
    _not_ahead(on, at)
    if not body.strip():
        raise Refused(gettext_noop("Write which body approved the agreement."))
    row.state, row.approved_on, row.approved_by_body = State.APPROVED, on, body
    row.minute_notes = minute_notes
    row.save(update_fields=["state", "approved_on", "approved_by_body", "minute_notes"])
    record(row, Kind.APPROVE, on=on, by=by, at=at, remark=body)
    return row


@transaction.atomic
def send_back(agreement: Agreement, *, remark: str, by: User, at: datetime) -> Agreement:
    """Make it a draft again; what was approved and signed of the old text falls away."""
    row = locked(agreement, Kind.SEND_BACK)
    if not remark.strip():
        raise Refused(gettext_noop("Write what is to be changed."))
    row.state, row.approved_on, row.approved_by_body = State.DRAFT, None, ""
    row.save(update_fields=["state", "approved_on", "approved_by_body"])
    row.parties.update(signed_on=None, signed_by="")
    record(row, Kind.SEND_BACK, on=timezone.localdate(at), by=by, at=at, remark=remark)
    return row


@transaction.atomic
def sign(  # noqa: PLR0913 (a signature is these)
    agreement: Agreement,
    party: Organisation,
    *,
    signed_by: str,
    on: date,
    by: User,
    at: datetime,
) -> Agreement:
    """Record who signed for a party, and when; the last signature makes it signed."""
    row = locked(agreement, Kind.SIGN)
    signature = row.parties.filter(organisation=party).first()
    if signature is None:
        raise Refused(gettext_noop("%(party)s is not a party."), party=str(party))
    if signature.signed_on:
        raise Refused(gettext_noop("%(party)s has signed already."), party=str(party))
    _not_ahead(on, at)
    if row.approved_on and on < row.approved_on:
        said = gettext_noop("It was approved on %(day)s; a signature cannot lie before that.")
        raise Refused(said, day=row.approved_on)
    if not signed_by.strip():
        raise Refused(gettext_noop("Write who signed."))
    signature.signed_on, signature.signed_by = on, signed_by
    signature.save(update_fields=["signed_on", "signed_by"])
    if not row.parties.filter(signed_on=None).exists():
        row.state = State.SIGNED
        row.save(update_fields=["state"])
    record(row, Kind.SIGN, on=on, by=by, at=at, party=party, remark=signed_by)
    return row


@transaction.atomic
def put_in_force(agreement: Agreement, *, by: User, at: datetime | None = None) -> Agreement:
    """Let an agreement act on courses; refused with what it still lacks.

    A draft gets here only as an example, or where it was entered with all its signatures.
    """
    at = at or timezone.now()
    row = locked(agreement, Kind.ACTIVATE)
    if missing := list(what_is_missing(row)):
        said = gettext_noop("“%(title)s” is not ready: %(missing)s")
        raise Refused(said, title=row.title, missing=" ".join(missing))
    above = _above(row) if row.kind == Agreement.Kind.ADDENDUM else None
    keep_what_stood(row, by=by, at=at)
    row.state = agreement.state = State.ACTIVE
    row.save(update_fields=["state"])
    record(row, Kind.ACTIVATE, on=timezone.localdate(at), by=by, at=at)
    if above:
        record(above, Kind.AMEND, on=row.starts_on, by=by, at=at, remark=row.title)
    if row.renews:
        _follow_on(row.renews, row, by=by, at=at)
    agreement_changed(row, changed=["state"], by=by)
    return row


@transaction.atomic
def amend(agreement: Agreement, addendum: Agreement, *, by: User, at: datetime) -> Agreement:
    """Let a signed addendum change the agreement that it stands under."""
    locked(agreement, Kind.AMEND)
    if addendum.kind != Agreement.Kind.ADDENDUM or addendum.parent_id != agreement.pk:
        said = gettext_noop("“%(title)s” is no addendum to this agreement.")
        raise Refused(said, title=addendum.title)
    return put_in_force(addendum, by=by, at=at)


def _above(addendum: Agreement) -> Agreement:
    """What an addendum changes; it must be in force, and not over before the addendum begins."""
    above = locked(addendum.parent or addendum, Kind.AMEND)
    if above.ends_on and above.ends_on <= addendum.starts_on:
        said = gettext_noop("The agreement ends on %(day)s, before the addendum begins.")
        raise Refused(said, day=above.ends_on)
    return above


def _follow_on(before: Agreement, after: Agreement, *, by: User, at: datetime) -> None:
    """The renewed agreement stops where the new one begins, so that one holds at a time."""
    row = locked(before, Kind.RENEW)
    if row.ends_on is None or row.ends_on > after.starts_on:
        row.ends_on = after.starts_on
        row.save(update_fields=["ends_on"])
    record(row, Kind.RENEW, on=after.starts_on, by=by, at=at, remark=after.title)


def _not_ahead(on: date, at: datetime) -> None:
    if on > timezone.localdate(at):
        raise Refused(gettext_noop("The day lies ahead. Write it down when it has happened."))
