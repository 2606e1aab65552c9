"""What the page of an activity has for its kind: orders, steps, staff, candidates, stationing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from activities.actions.beside import LOOKS_AT_CVS
from activities.activity_page import ActivityPage
from activities.models import Activity, EmployerOrder, FlowTemplateStep, Turnout
from activities.ordered import counted_orders
from partnerships.access import reach_of

Kind = Activity.Kind
COUNTS = ("wanted", "invited", "met", "hired", "missing")


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a page of the kind."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel: its title, what hangs on it, and where one goes from there."""

    key: str
    title: str
    lead: str = ""
    orders: Sequence[EmployerOrder] = ()
    total: Sequence[int] = ()
    steps: Sequence[FlowTemplateStep] = ()
    turnouts: Sequence[Turnout] = ()
    links: Sequence[Link] = ()
    nothing: str = ""


def panels_of(activity: Activity, user: User, page: ActivityPage, *, on: date) -> list[Panel]:
    """The panels of an activity's kind; one query each at most."""
    kind = Kind(activity.kind)
    if kind == Kind.RECRUITMENT:
        return [_orders(activity, user, page, on=on)]
    if kind == Kind.HAND:
        return [_flow(activity, user, page, on=on)]
    if activity.is_for_staff:
        return [_staff(activity, page)]
    if kind == Kind.STATIONING:
        return [_stationing(user, on=on)]
    if kind in LOOKS_AT_CVS and reach_of(user, on=on).reads_citizens:
        return [_candidates(activity)]
    return []


def _orders(activity: Activity, user: User, page: ActivityPage, *, on: date) -> Panel:
    """Each order with those invited, met and hired: counted from the referrals to it."""
    orders = list(counted_orders(activity.orders.all()).order_by("employer", "pk"))
    links = []
    if page.plans:
        url = reverse("activities:add_order", args=[activity.pk])
        links.append(Link(_("Add an order"), url))
    if reach_of(user, on=on).reads_citizens:
        url = reverse("activities:invited", args=[activity.pk])
        links.append(Link(_("Who is invited for what"), url))
    return Panel(
        key="orders",
        title=_("Employers' orders"),
        orders=orders,
        total=_total(orders),
        links=links,
        nothing=_("No employer has ordered anybody yet."),
    )


def _total(orders: Sequence[EmployerOrder]) -> list[int]:
    """The numbers of all orders together, where there are several."""
    if len(orders) < 2:  # noqa: PLR2004 (one is its own sum)
        return []
    return [sum(getattr(one, name) for one in orders) for name in COUNTS]


def _flow(activity: Activity, user: User, page: ActivityPage, *, on: date) -> Panel:
    links = []
    if reach_of(user, on=on).reads_citizens:
        links.append(
            Link(_("Who is where in the steps"), reverse("activities:flows", args=[activity.pk]))
        )
    if page.plans:
        links.append(Link(_("Write the steps"), reverse("activities:steps", args=[activity.pk])))
    return Panel(
        key="steps",
        title=_("Steps"),
        steps=list(activity.flow_template.order_by("order")),
        links=links,
        nothing=_(
            "No steps are written yet: what each citizen goes through, and whose step it is."
        ),
    )


def _staff(activity: Activity, page: ActivityPage) -> Panel:
    over = activity.state == Activity.State.CANCELLED
    record = Link(_("Record who took part"), reverse("activities:turnout", args=[activity.pk]))
    hosts = page.plans or (activity.state == Activity.State.DONE and page.hosts)
    return Panel(
        key="staff",
        title=_("Took part"),
        turnouts=list(activity.turnouts.select_related("organisation")),
        links=[record] if hosts and not over else [],
        nothing=_("Nobody is counted yet. Organisations are counted, no names and no citizens."),
    )


def _stationing(user: User, *, on: date) -> Panel:
    reach = reach_of(user, on=on)
    links = []
    if reach.jobcentres:
        links.append(Link(_("My stationing"), reverse("slots:stationing")))
    if reach.booking_at:
        links.append(Link(_("Pools of times"), reverse("slots:pools")))
    if reach.jobcentres or reach.booking_at or reach.a_kasser:
        links.append(Link(_("Calendar"), reverse("slots:calendar")))
    lead = _(
        "The stationed day's times are a pool of the jobcentre at the a-kasse; talks are booked"
        " there at short notice."
    )
    return Panel(key="stationing", title=_("Times of the stationing"), lead=lead, links=links)


def _candidates(activity: Activity) -> Panel:
    verdicts = activity.cv_reviews.aggregate(
        looked=Count("pk"), fits=Count("pk", filter=Q(verdict="fits"))
    )
    lead = _("%(looked)d CVs are looked at; %(fits)d fit.") % verdicts
    link = Link(_("Look for candidates"), reverse("activities:candidates", args=[activity.pk]))
    return Panel(key="candidates", title=_("Candidates"), lead=lead, links=[link])
