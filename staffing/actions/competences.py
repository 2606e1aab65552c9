"""Competences and languages of staff: given and ended by the coordinator of the organisation."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from journal.actions import note
from partnerships.models import Organisation
from shared.dates import lasting
from shared.refusals import Refused
from staffing.access import coordinated, workplaces
from staffing.models import Competence

LANGUAGE = Competence.Kind.LANGUAGE


@transaction.atomic
def give_competence(  # noqa: PLR0913 (whom, where, what and from when)
    worker: User,
    house: Organisation,
    kind: str,
    *,
    language: str = "",
    starts_on: date,
    by: User,
    at: datetime,
) -> Competence:
    """Say that somebody may decide or grant for an organisation, or speaks a language."""
    today = timezone.localdate(at)
    _check_coordinator(house, by, today)
    if house not in workplaces(worker, on=today):
        raise Refused(_("%(worker)s holds no interviews here.") % {"worker": worker})
    if (kind == LANGUAGE) != bool(language):
        raise Refused(_("Choose a language for the kind that speaks one, and for no other."))
    User.objects.select_for_update().get(pk=worker.pk)
    same = Competence.objects.filter(
        lasting(starts_on), user=worker, organisation=house, kind=kind, language=language
    )
    if same.exists():
        raise Refused(_("%(worker)s has this competence already.") % {"worker": worker})
    competence = Competence.objects.create(
        user=worker, organisation=house, kind=kind, language=language, starts_on=starts_on
    )
    _note(competence, "competence-given", by)
    return competence


@transaction.atomic
def end_competence(competence: Competence, *, by: User, at: datetime) -> None:
    """End a competence with today; one that has not begun goes."""
    today = timezone.localdate(at)
    rows = Competence.objects.select_for_update(of=("self",)).select_related("organisation")
    found = rows.filter(lasting(today), pk=competence.pk).first()
    if found is None:
        raise Refused(_("This competence has ended already."))
    _check_coordinator(found.organisation, by, today)
    _note(found, "competence-ended", by)
    if found.starts_on > today:
        found.delete()
    else:
        found.ends_on = today + timedelta(1)
        found.save(update_fields=["ends_on"])


def _check_coordinator(house: Organisation, by: User, today: date) -> None:
    if house not in coordinated(by, on=today):
        raise Refused(_("Only the coordinator of the organisation writes competences."))


def _note(competence: Competence, what: str, by: User) -> None:
    note(
        competence,
        what,
        by=by,
        case=None,
        worker=competence.user_id,
        kind=competence.kind,
        language=competence.language,
    )
