"""The address of a survey: random, kept as a fingerprint, open once and for the survey's days."""

import hashlib
from datetime import date

from forums.models import SurveyLink


def fingerprint(token: str) -> str:
    """What is kept of a link's address."""
    return hashlib.sha256(token.encode()).hexdigest()


def link_behind(token: str, *, on: date) -> SurveyLink | None:
    """The link of an address; none when it is wrong, used or out of its days, whichever it is."""
    standing = SurveyLink.objects.filter(
        used_on=None, survey__opens_on__lte=on, survey__closes_on__gt=on
    )
    return standing.select_related("survey").filter(key=fingerprint(token)).first()
