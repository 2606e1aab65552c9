"""The life of an agreement on its page: where it stands, what comes next, who may do it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from partnerships.access import reach_of
from partnerships.actions.ending import outlasting
from partnerships.agreement_pages import SOON_DAYS
from partnerships.models import Agreement, Role, Step
from partnerships.phases import Condition, phase_two_conditions
from partnerships.readiness import what_is_missing
from shared.written import plain_day

State, Kind = Agreement.State, Step.Kind
LINE: tuple[tuple[str, str | Promise, str], ...] = (
    (State.DRAFT, gettext_lazy("Draft"), ""),
    (State.COORDINATING, gettext_lazy("In coordination"), Kind.COORDINATE),
    (State.APPROVED, gettext_lazy("Politically approved"), Kind.APPROVE),
    (State.SIGNED, gettext_lazy("Signed"), Kind.SIGN),
    (State.ACTIVE, gettext_lazy("In force"), Kind.ACTIVATE),
)
LAST_STOPS: dict[str, tuple[str | Promise, str]] = {
    State.UNDER_NOTICE: (gettext_lazy("Under notice"), Kind.NOTICE),
    State.ENDED: (gettext_lazy("Ended"), Kind.END),
    State.EXPIRED: (gettext_lazy("Expired"), Kind.EXPIRE),
    State.RENEWED: (gettext_lazy("Renewed"), Kind.RENEW),
}
NEXT: dict[str, tuple[str, str | Promise, str | Promise]] = {
    State.DRAFT: (
        "koordinering",
        gettext_lazy("Put up for coordination"),
        gettext_lazy("The draft is yours. Put it up so that the region's others can comment."),
    ),
    State.COORDINATING: (
        "godkendelse",
        gettext_lazy("Record the approval"),
        gettext_lazy("The parties coordinate. When the body has decided, record its approval."),
    ),
    State.APPROVED: (
        "underskrift",
        gettext_lazy("Record a signature"),
        gettext_lazy("It is approved. Each party signs."),
    ),
    State.SIGNED: (
        "i-kraft",
        gettext_lazy("Put in force"),
        gettext_lazy("All have signed. Put it in force, and it acts on courses from its day."),
    ),
}
BESIDE: dict[str, tuple[tuple[str, str | Promise], ...]] = {
    State.COORDINATING: (("tilbage", gettext_lazy("Send back to draft")),),
    State.APPROVED: (("tilbage", gettext_lazy("Send back to draft")),),
    State.SIGNED: (("tilbage", gettext_lazy("Send back to draft")),),
    State.UNDER_NOTICE: (("fortryd-opsigelse", gettext_lazy("Take the notice back")),),
}
STANDING = (State.ACTIVE, State.UNDER_NOTICE)
RENEWABLE = (State.ACTIVE, State.UNDER_NOTICE, State.ENDED, State.EXPIRED)


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop on the line of an agreement's life."""

    label: str | Promise
    note: str
    is_done: bool
    is_current: bool


@dataclass(frozen=True, slots=True)
class Button:
    """Something to do, and where."""

    label: str | Promise
    url: str


@dataclass(frozen=True, slots=True)
class LifePage:
    """Where an agreement stands and what comes next."""

    line: tuple[Stop, ...]
    lead: str | Promise
    primary: Button | None
    others: tuple[Button, ...]
    missing: tuple[str, ...]
    history: tuple[Step, ...]
    below: tuple[Agreement, ...]
    phase_two: tuple[Condition, ...]
    may_write: bool

    @property
    def phase_two_may_start(self) -> bool:
        """Whether law, budget and addendum are all in place."""
        return all(one.is_met for one in self.phase_two)


def may_write(user: User) -> bool:
    """Whether somebody takes the steps of agreements."""
    return user.is_superuser or reach_of(user).has(Role.AGREEMENT_ADMINISTRATOR)


def life_of(agreement: Agreement, user: User, *, on: date) -> LifePage:
    """Everything that the page says of an agreement's life."""
    steps = tuple(agreement.steps.select_related("party", "made_by").order_by("made_at", "pk"))
    writes = may_write(user)
    buttons = list(_buttons(agreement, on=on)) if writes else []
    has_primary = bool(buttons) and buttons[0][0]
    return LifePage(
        line=tuple(_line(agreement, steps)),
        lead=_lead(agreement),
        primary=buttons[0][1] if has_primary else None,
        others=tuple(one for _first, one in buttons[1 if has_primary else 0 :]),
        missing=_missing(agreement) if writes else (),
        history=steps,
        below=tuple(agreement.below.order_by("starts_on", "pk")),
        phase_two=_phase_two(agreement, on),
        may_write=writes,
    )


def step_url(agreement: Agreement, step: str) -> str:
    """The page on which a step is taken."""
    return reverse("agreements:take_step", args=[agreement.slug, step])


def _line(agreement: Agreement, steps: tuple[Step, ...]) -> Iterator[Stop]:
    """The stops; one that was passed without a trace of it is not ticked."""
    order = [state for state, _label, _kind in LINE]
    reached = order.index(agreement.state) if agreement.state in order else len(order)
    for number, (state, label, kind) in enumerate(LINE):
        day = _reached_on(agreement, state, kind, steps)
        passed = number < reached
        traced = _left_a_trace(agreement, state)
        known = state in (State.DRAFT, State.ACTIVE) or traced or day is not None
        missing = _("day not known") if traced else "" if known else _("not recorded")
        note = plain_day(day) if day else missing if passed else ""
        yield Stop(label, note, passed and known, number == reached)
    if agreement.state in LAST_STOPS:
        label, kind = LAST_STOPS[agreement.state]
        day = _reached_on(agreement, agreement.state, kind, steps)
        yield Stop(label, plain_day(day) if day else "", is_done=False, is_current=True)


def _left_a_trace(agreement: Agreement, state: str) -> bool:
    """Whether somebody is named who approved it, or who signed for each party."""
    if state == State.APPROVED:
        return bool(agreement.approved_by_body)
    signed = [one.signed_by for one in agreement.parties.all()]
    return state == State.SIGNED and bool(signed) and all(signed)


def _reached_on(
    agreement: Agreement, state: str, kind: str, steps: tuple[Step, ...]
) -> date | None:
    """When a stop was reached last: as recorded as a step, else as the agreement says."""
    days = [step.on for step in steps if step.kind == kind]
    if state == State.APPROVED:
        return agreement.approved_on
    if state == State.SIGNED:
        signed = [one.signed_on for one in agreement.parties.all()]
        dated = [day for day in signed if day]
        return max(dated) if dated and len(dated) == len(signed) else None
    return days[-1] if days else None


def _lead(agreement: Agreement) -> str | Promise:
    if agreement.state in NEXT:
        return NEXT[agreement.state][2]
    last = plain_day(agreement.ends_on) if agreement.ends_on else ""
    if agreement.state == State.UNDER_NOTICE:
        return _("Notice has been given. The first day without it is %(day)s.") % {"day": last}
    if agreement.state == State.ACTIVE:
        return _("It acts on courses.")
    return _("It is over; what it said can still be read.")


def _buttons(agreement: Agreement, *, on: date) -> Iterator[tuple[bool, Button]]:
    """What may be done now, the one that comes next first, and whether there is such a one."""
    if agreement.state in NEXT:
        step, label, _lead_text = NEXT[agreement.state]
        yield True, Button(label, step_url(agreement, step))
    ending = agreement.state == State.UNDER_NOTICE or _is_near_its_end(agreement, on)
    if ending and _has_open_referrals(agreement):
        yield True, Button(_("Settle the open referrals"), step_url(agreement, "henvisninger"))
    if agreement.ends_on and agreement.state in STANDING and _outlasted(agreement):
        yield False, Button(_("Settle what stands below it"), step_url(agreement, "under-den"))
    if agreement.state in RENEWABLE:
        yield _is_near_its_end(agreement, on), Button(_("Renew"), step_url(agreement, "fornyelse"))
    for one in _beside(agreement):
        yield False, one


def _beside(agreement: Agreement) -> Iterator[Button]:
    """What may be done beside the next step."""
    if agreement.state == State.DRAFT:
        yield Button(_("Go on writing"), reverse("agreements:step", args=[agreement.slug, 1]))
    for step, label in BESIDE.get(agreement.state, ()):
        yield Button(label, step_url(agreement, step))
    if agreement.state == State.ACTIVE:
        new = f"{reverse('agreements:new')}?tillaeg={agreement.slug}"
        yield Button(_("Write an addendum"), new)
        if agreement.notice_months is not None:
            notice = reverse("agreements:notice", args=[agreement.slug])
            yield Button(_("Give notice"), notice)


def _is_near_its_end(agreement: Agreement, on: date) -> bool:
    ends_on = agreement.ends_on
    near = ends_on is not None and (ends_on - on).days <= SOON_DAYS
    return near and agreement.state == State.ACTIVE


def _has_open_referrals(agreement: Agreement) -> bool:
    """Whether what was not settled still hangs on it; read backwards, as referrals lie above."""
    waiting = agreement.activities.filter(referrals__state__in=["proposed", "accepted", "started"])
    return not agreement.for_referrals and waiting.exists()


def _outlasted(agreement: Agreement) -> bool:
    """Whether what stands below it would outlast it, and nobody has said what becomes of that."""
    return not agreement.for_below and bool(outlasting(agreement, agreement.ends_on or date.max))


def _missing(agreement: Agreement) -> tuple[str, ...]:
    if agreement.state in (State.DRAFT, State.COORDINATING, State.APPROVED, State.SIGNED):
        return tuple(what_is_missing(agreement))
    return ()


def _phase_two(agreement: Agreement, on: date) -> tuple[Condition, ...]:
    """What phase 2 waits for, where an agreement has such; nothing is asked where it has none."""
    return phase_two_conditions(agreement, on=on) if hasattr(agreement, "phase_two") else ()
