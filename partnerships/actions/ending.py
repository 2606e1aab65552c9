"""How an agreement ends: by notice of a party, by its term, or because another renews it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_noop

from accounts.models import User
from partnerships.actions.life import agreement_changed, compute_anew, locked, record
from partnerships.audience import tell_parties
from partnerships.models import Agreement, Organisation, Step
from partnerships.models.agreements import AgreementQuerySet
from partnerships.notice import end_after_notice
from partnerships.versions import keep_what_stood
from shared.refusals import Refused

State, Kind = Agreement.State, Step.Kind
CHOSEN = ("for_running", "for_referrals", "for_below")
CHOOSE_FOR_BELOW = gettext_noop("Choose what becomes of the agreements that stand below it.")
GIVEN = gettext_noop(
    "Notice has been given already, by %(party)s on %(day)s. The agreement ends on %(end)s."
)


@transaction.atomic
def give_notice(  # noqa: PLR0913 (a notice is these)
    agreement: Agreement,
    party: Organisation,
    *,
    on: date,
    for_running: str,
    by: User,
    at: datetime,
    for_referrals: str = "",
    for_below: str = "",
) -> Agreement:
    """Record a party's notice; the end follows from it and from the agreement's own term."""
    _say_who_came_first(agreement)
    row = locked(agreement, Kind.NOTICE)
    _check_party(row, party)
    ends_on = end_of(row, on=on, today=timezone.localdate(at))
    if for_running not in Agreement.ForRunning.values:
        raise Refused(gettext_noop("Choose what becomes of the running courses."))
    if outlasting(row, ends_on) and for_below not in Agreement.ForBelow.values:
        raise Refused(CHOOSE_FOR_BELOW)
    keep_what_stood(row, by=by, at=at)
    row.state, row.ends_on = State.UNDER_NOTICE, ends_on
    row.for_running, row.for_referrals = for_running, for_referrals
    row.for_below = for_below
    row.save(update_fields=["state", "ends_on", *CHOSEN])
    record(row, Kind.NOTICE, on=on, by=by, at=at, party=party, computed_end=ends_on)
    agreement_changed(row, changed=["state", "ends_on", "for_running"], by=by)
    tell_parties(row, "agreement-notice", on=timezone.localdate(at), at=at, by=by)
    return row


def end_of(agreement: Agreement, *, on: date, today: date) -> date:
    """The first day without the agreement if notice is given on a day; refused where it cannot."""
    if agreement.notice_months is None:
        said = gettext_noop("The agreement says nothing of notice: it ends by its term alone.")
        raise Refused(said)
    if on > today:
        raise Refused(gettext_noop("The day lies ahead. Write it down when it has happened."))
    if on < agreement.starts_on:
        said = gettext_noop("The agreement begins on %(day)s; no notice can lie before that.")
        raise Refused(said, day=agreement.starts_on)
    ends_on = end_after_notice(on, agreement.notice_months, agreement.ends_on)
    if ends_on <= today:
        said = gettext_noop(
            "By a notice of that day the agreement would have ended on %(day)s. Courses have been"
            " under it since, so it cannot end in the past."
        )
        raise Refused(said, day=ends_on)
    return ends_on


@transaction.atomic
def withdraw_notice(
    agreement: Agreement, *, remark: str, by: User, at: datetime, party: Organisation | None = None
) -> Agreement:
    """Take a notice back before it has ended the agreement, which then stands as before it."""
    row = locked(agreement, Kind.WITHDRAW_NOTICE)
    today = timezone.localdate(at)
    if row.ends_on and row.ends_on <= today:
        raise Refused(gettext_noop("The agreement has ended; a notice is taken back before that."))
    if not remark.strip():
        raise Refused(gettext_noop("Write why the notice is taken back."))
    row.state, row.ends_on = State.ACTIVE, _end_before_notice(row)
    row.for_running = row.for_referrals = row.for_below = ""
    row.save(update_fields=["state", "ends_on", *CHOSEN])
    record(row, Kind.WITHDRAW_NOTICE, on=today, by=by, at=at, party=party, remark=remark)
    agreement_changed(row, changed=["state", "ends_on", "for_running"], by=by)
    tell_parties(row, "agreement-notice", on=today, at=at, by=by)
    return row


def expire_and_end(
    on: date,
    *,
    at: datetime,
    by: User | None = None,
    settled: Callable[[Agreement], bool] = lambda _agreement: True,
) -> list[Agreement]:
    """Say of each agreement whose days are over that it ended, expired or was renewed.

    `settled` answers whether nothing is left open that hangs on an agreement; where something
    is, it waits. Asked twice it writes nothing more.
    """
    acting = (State.ACTIVE, State.UNDER_NOTICE)
    over = Agreement.objects.filter(state__in=acting, ends_on__lte=on).order_by("pk")
    ended: list[Agreement | None] = []
    seen: set[int] = set()
    while found := [one for one in over.all() if one.pk not in seen]:  # an end takes others along
        seen.update(one.pk for one in found)
        ended += [_end(one, at=at, by=by) for one in found if settled(one)]
    return [one for one in ended if one]


@transaction.atomic
def _end(agreement: Agreement, *, at: datetime, by: User | None) -> Agreement | None:
    row = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    if row.state not in (State.ACTIVE, State.UNDER_NOTICE) or row.ends_on is None:
        return None  # somebody else ended it just now
    keep_what_stood(row, by=by, at=at)
    row.state = _how(row, row.ends_on)
    row.save(update_fields=["state"])
    kind = Kind.EXPIRE if row.state == State.EXPIRED else Kind.END
    record(row, kind, on=row.ends_on, by=by, at=at)
    _take_along(row, row.ends_on, at=at, by=by)
    compute_anew()
    tell_parties(row, "agreement-ended", on=timezone.localdate(at), at=at, by=by)
    return row


def outlasting(agreement: Agreement, ends_on: date) -> list[Agreement]:
    """The agreements below one that would stand after it; an addendum never does."""
    return list(_below(agreement, ends_on).exclude(kind=Agreement.Kind.ADDENDUM))


def _below(agreement: Agreement, ends_on: date) -> AgreementQuerySet:
    later = Q(ends_on=None) | Q(ends_on__gt=ends_on)
    rows = Agreement.objects.filter(later, parent=agreement)
    return rows.filter(state__in=(State.ACTIVE, State.UNDER_NOTICE)).order_by("starts_on", "pk")


@transaction.atomic
def settle_below(agreement: Agreement, *, choice: str, by: User, at: datetime) -> Agreement:
    """Say what becomes of the agreements below one when it ends."""
    row = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    if row.state not in (State.ACTIVE, State.UNDER_NOTICE) or row.ends_on is None:
        raise Refused(gettext_noop("The agreement has no end that is not over yet."))
    if choice not in Agreement.ForBelow.values:
        raise Refused(CHOOSE_FOR_BELOW)
    keep_what_stood(row, by=by, at=at)
    row.for_below = choice
    row.save(update_fields=["for_below"])
    agreement_changed(row, changed=["for_below"], by=by)
    return row


def _take_along(row: Agreement, ends_on: date, *, at: datetime, by: User | None) -> None:
    """Give what ends with an agreement its end; the same run then ends it, and says so."""
    ends_too = row.for_below == Agreement.ForBelow.END
    for one in _below(row, ends_on).select_for_update(of=("self",)):
        if not ends_too and one.kind != Agreement.Kind.ADDENDUM:
            continue
        keep_what_stood(one, by=by, at=at)
        one.state, one.ends_on = State.UNDER_NOTICE, ends_on
        one.for_running = row.for_running or one.for_running
        one.for_referrals = one.for_referrals or row.for_referrals
        one.for_below = one.for_below or row.for_below
        one.save(update_fields=["state", "ends_on", *CHOSEN])
        agreement_changed(one, changed=["state", "ends_on", "for_running"], by=by)


def _how(row: Agreement, ends_on: date) -> Agreement.State:
    """Renewed where another goes on from it; expired where its own term came first (case 26)."""
    later = row.renewals.filter(state__in=Agreement.ACTING, starts_on__lte=ends_on)
    if later.exists():
        return State.RENEWED
    if row.state == State.UNDER_NOTICE and _end_before_notice(row) != ends_on:
        return State.ENDED
    return State.EXPIRED


def _end_before_notice(row: Agreement) -> date | None:
    """The end that the agreement had before its last notice, as its versions tell."""
    kept = row.versions.exclude(content__state=State.UNDER_NOTICE).order_by("-number").first()
    ends_on = kept.content["ends_on"] if kept else None
    return date.fromisoformat(ends_on) if ends_on else None


def _say_who_came_first(agreement: Agreement) -> None:
    """The second of two who give notice is told of the first; both wait for the same row."""
    row = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    step = row.steps.filter(kind=Kind.NOTICE).order_by("-made_at", "-pk").first()
    if row.state == State.UNDER_NOTICE and step and row.ends_on:
        raise Refused(GIVEN, party=str(step.party), day=step.on, end=row.ends_on)


def _check_party(row: Agreement, party: Organisation) -> None:
    one: Agreement | None = row
    while one:
        if one.parties.exists():
            if one.parties.filter(organisation=party).exists():
                return
            break
        one = one.parent
    raise Refused(gettext_noop("%(party)s is not a party."), party=str(party))


def last_day(agreement: Agreement) -> date | None:
    """The last day on which an agreement holds."""
    return agreement.ends_on - timedelta(1) if agreement.ends_on else None
