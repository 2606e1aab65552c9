"""What an agreement still lacks before it can act on courses, and what each of its terms does."""

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.models import Agreement, Organisation

EXPLAINED: dict[str, str | Promise] = {
    "starts_on": gettext_lazy("The first day on which these terms act. Courses are counted anew."),
    "ends_on": gettext_lazy(
        "The first day without them; empty while they have no end. Terms are followed by new ones,"
        " not overwritten, so that old dates keep their reason."
    ),
    "min_age": gettext_lazy(
        "Members below this age on the day they become unemployed are not under the agreement."
    ),
    "exclude_special_effort": gettext_lazy(
        "Members under the jobcentre's special effort are not under the agreement."
    ),
    "first_joint_from": gettext_lazy(
        "From this day on the first joint interview is required. Empty: the law's own day."
        " Acts in the rules of 2015 only."
    ),
    "free_municipality": gettext_lazy(
        "The municipality may keep a contact course of its own. Said as a note on the course;"
        " it moves no date."
    ),
}


def what_is_missing(agreement: Agreement) -> Iterator[str]:
    """Sentences that each say what to do before the agreement can be put in force."""
    above = agreement.parent
    if above is None:  # what stands under another may leave parties and places to that one
        yield from _parties_and_places(agreement)
    if not agreement.terms.exists() and not (above and above.terms.exists()):
        yield _("Add terms: without them no course is touched.")
    if not agreement.text:
        yield _("Write what it says, so that those who steer can read it.")
    if not agreement.made_up:
        yield from _evidence(agreement)


def _parties_and_places(agreement: Agreement) -> Iterator[str]:
    kinds = set(agreement.parties.values_list("organisation__kind", flat=True))
    if Organisation.Kind.A_KASSE not in kinds:
        yield _("Add an a-kasse as a party, below on this page.")
    if Organisation.Kind.JOBCENTRE not in kinds:
        yield _("Add a jobcentre as a party, below on this page.")
    if not agreement.municipalities.exists():
        yield _("Choose the municipalities in which it holds.")


def _evidence(agreement: Agreement) -> Iterator[str]:
    """What shows that somebody agreed on it."""
    if not agreement.source:
        yield _("Name the source: the signed document, or mark the agreement as made up.")
    unsigned = agreement.parties.filter(signed_on=None).select_related("organisation")
    if unsigned:
        names = ", ".join(str(one) for one in unsigned)
        yield _("Fill in the day of signature of %(parties)s.") % {"parties": names}
