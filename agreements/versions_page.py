"""The versions of an agreement, and two of them side by side."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.models import Agreement, AgreementVersion, Step
from partnerships.versions import Difference, content_of, differences

WHY: Mapping[str, str | Promise] = {
    "changed": gettext_lazy("changed in the administration"),
    "as-it-stood": gettext_lazy("as it stood"),
    "renewal-drafted": gettext_lazy("drafted as a renewal"),
    "evaluated": gettext_lazy("evaluated"),
    "referrals-settled": gettext_lazy("open referrals settled"),
    "point-settled": gettext_lazy("point settled"),
    "point-added": gettext_lazy("points added"),
    "workflow-changed": gettext_lazy("workflow changed"),
    "phase-two": gettext_lazy("phase 2 recorded"),
    **dict(Step.Kind.choices),
}
NOW = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """A version to choose."""

    number: int
    label: str


@dataclass(frozen=True, slots=True)
class VersionsPage:
    """All versions, and what reads otherwise between two of them."""

    versions: tuple[AgreementVersion, ...]
    choices: tuple[Choice, ...]
    one: int
    other: int
    differences: tuple[Difference, ...]


def why_in_words(why: str) -> str:
    """What made a version."""
    return str(WHY.get(why, why))


def versions_page(agreement: Agreement, *, one: str, other: str) -> VersionsPage:
    """The versions with two compared: what was asked for, else the last two; 0 is now."""
    versions = tuple(agreement.versions.select_related("made_by").order_by("-number"))
    for row in versions:
        row.why = why_in_words(row.why)  # shown, never saved
    by_number = {row.number: row.content for row in versions}
    numbers = [row.number for row in versions]
    before = _asked(one, by_number, numbers[1] if len(numbers) > 1 else NOW)
    after = _asked(other, by_number, numbers[0] if numbers else NOW)
    now = content_of(agreement) if NOW in (before, after) else {}
    found = differences(by_number.get(before, now), by_number.get(after, now))
    choices = [Choice(row.number, f"{row.number}: {row.why}") for row in versions]
    return VersionsPage(
        versions=versions,
        choices=(Choice(NOW, _("as it reads now")), *choices),
        one=before,
        other=after,
        differences=tuple(found),
    )


def _asked(text: str, known: Mapping[int, object], otherwise: int) -> int:
    """The version that was asked for, where there is such a one."""
    number = int(text) if text.isdecimal() and len(text) < 6 else -1  # noqa: PLR2004 (as many digits as a version has)
    return number if number == NOW or number in known else otherwise
