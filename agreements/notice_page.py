"""What a notice leads to, before it is given: the end, the running courses, the open referrals."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from activities.models import Referral
from agreements.settling import open_referrals
from courses.models import Course
from partnerships.actions.ending import end_of, outlasting
from partnerships.agreement_pages import masked
from partnerships.models import Agreement
from partnerships.notice import ends_by_its_term
from shared.form_fields import DayField
from shared.refusals import Refused
from shared.written import plain_day


@dataclass(frozen=True, slots=True)
class NoticePage:
    """The end that a notice of a day leads to, and what runs then."""

    ends_on: date | None
    sentence: str
    refusal: str
    running: str
    open_referrals: int
    referrals: tuple[Referral, ...]
    below: tuple[Agreement, ...]

    @property
    def code(self) -> str:
        """The end as the page showed it, so that no other one is given unseen."""
        return f"end-{self.ends_on}"


def notice_page(agreement: Agreement, user: User, *, asked: str, on: date) -> NoticePage:
    """What a notice of the day that was written leads to; of today when none was."""
    given_on, ends_on, refusal = _day(asked, on), None, ""
    try:
        ends_on = end_of(agreement, on=given_on, today=on)
    except Refused as error:
        refusal = str(error)
    found = open_referrals(agreement, on=ends_on or on)
    mine = Referral.objects.visible_to(user).filter(pk__in=found.values("pk"))
    return NoticePage(
        ends_on=ends_on,
        sentence=_sentence(agreement, given_on, ends_on) if ends_on else "",
        refusal=refusal,
        running=masked(_running(agreement, ends_on or on)),
        open_referrals=found.count(),
        below=tuple(outlasting(agreement, ends_on)) if ends_on else (),
        referrals=tuple(mine.select_related("activity", "course")[:50]),
    )


def _day(asked: str, on: date) -> date:
    try:
        return DayField(required=False).clean(asked) or on
    except ValidationError:
        return on


def _sentence(agreement: Agreement, given_on: date, ends_on: date) -> str:
    """The computed end in words: the last day with the agreement, and the first without."""
    words = {
        "given": plain_day(given_on),
        "last": plain_day(ends_on - timedelta(1)),
        "first": plain_day(ends_on),
    }
    if ends_by_its_term(given_on, agreement.notice_months or 0, agreement.ends_on):
        said = _(
            "A notice of %(given)s shortens nothing: the agreement ends by its own term. Its last"
            " day is %(last)s; %(first)s is the first day without it."
        )
    else:
        said = _(
            "With a notice of %(given)s the last day of the agreement is %(last)s; %(first)s is"
            " the first day without it."
        )
    return said % words


def _running(agreement: Agreement, ends_on: date) -> int:
    """How many courses are under the agreement and have no end before its own."""
    lasting = Q(ends_on=None) | Q(ends_on__gt=ends_on)
    return Course.objects.filter(lasting, agreement=agreement, eligible=True).count()
