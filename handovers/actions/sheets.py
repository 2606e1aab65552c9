"""Writing the hand-over sheet and sending it; a version that was sent stays as it was."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from courses.actions.facts import record_choice
from courses.audience import told_of
from courses.choices import choices_for
from courses.models import Choice, ChoiceKind, Course, Party
from handovers.access import may_write_sheet
from handovers.letters_to_citizen import letter_of
from handovers.models import Handover, Sheet
from journal.actions import note
from letters import actions as post
from notices.actions import tell
from shared.refusals import Refused

State = Handover.State
NEEDED = ("next_actions", "citizen_told_on", "participation")
CHOSEN = {
    Sheet.Participation.WANTED.value: ChoiceKind.WANT_OTHER_PARTY,
    Sheet.Participation.DECLINED.value: ChoiceKind.DECLINE_OTHER_PARTY,
}


def locked(handover: Handover) -> Handover:
    """The hand-over as it now stands; its course is locked first, as the night job does."""
    course = (
        Course.objects.select_for_update(of=("self",))
        .select_related("citizen", "a_kasse__successor", "jobcentre__successor")
        .get(pk=handover.course_id)
    )
    found = Handover.objects.select_for_update(of=("self",)).get(pk=handover.pk)
    found.course = course
    return found


@transaction.atomic
def save_draft(handover: Handover, said: Mapping[str, Any], *, by: User, at: datetime) -> Sheet:
    """Keep what is written so far; the other side does not see it."""
    handover = locked(handover)
    if not may_write_sheet(by, handover, on=timezone.localdate(at)):
        raise Refused(_("Only the a-kasse writes the sheet, and only until it is accepted."))
    draft = handover.sheets.drafts().first()
    if draft is None:
        draft = Sheet(handover=handover, version=handover.sheets.count() + 1)
    for name, value in said.items():
        setattr(draft, name, value)
    draft.written_at, draft.written_by = at, by
    draft.save()
    return draft


@transaction.atomic
def send_sheet(
    handover: Handover,
    said: Mapping[str, Any],
    *,
    by: User,
    at: datetime,
    with_letter: bool = True,
) -> Sheet:
    """Send the sheet to the jobcentre, and tell the citizen by letter the first time."""
    sheet = save_draft(handover, said, by=by, at=at)
    handover, today = locked(handover), timezone.localdate(at)
    _check(sheet, handover, at=at)
    sheet.sent_at = at
    sheet.save(update_fields=["sent_at"])
    handover.state = State.SHEET_READY
    handover.save(update_fields=["state"])
    note(handover, "handover-sheet-sent", by=by, case=handover.course_id, version=sheet.version)
    _record_participation(handover.course, sheet, by=by)
    if with_letter and sheet.version == 1:
        post.queue(handover.course, letter_of(handover), by=by, at=at)
    people = told_of(handover.course, Party.JOBCENTRE, on=today)
    url = handover.get_absolute_url()
    number = handover.course.case_number
    tell(people, "handover-sheet", case_number=number, url=url, at=at, by=by)
    return sheet


def missing_in(said: Mapping[str, Any], *, on: date) -> Iterator[tuple[str, str]]:
    """What a sheet needs before it is sent, by the field that lacks it."""
    if not (said.get("next_actions") or "").strip():
        yield "next_actions", _("Write the next steps: the other side begins there.")
    told_on = said.get("citizen_told_on")
    if told_on is None:
        yield "citizen_told_on", _("Say when the citizen was told what will happen.")
    elif told_on > on:
        words = _("The citizen cannot have been told on a day that lies ahead.")
        yield "citizen_told_on", words
    if not said.get("participation"):
        words = _("Ask the citizen whether the a-kasse is to take part, and say the answer.")
        yield "participation", words


def _check(sheet: Sheet, handover: Handover, *, at: datetime) -> None:
    said = {name: getattr(sheet, name) for name in NEEDED}
    for _name, sentence in missing_in(said, on=timezone.localdate(at)):
        raise Refused(sentence)
    last = handover.sheets.sent().order_by("-version").first()
    if last and handover.state == State.SHEET_READY and _same(last, sheet):
        raise Refused(_("Nothing has changed since the sheet was sent."))


def _same(one: Sheet, other: Sheet) -> bool:
    skipped = {"id", "version", "written_at", "written_by", "sent_at"}
    names = [one.name for one in Sheet._meta.fields if one.name not in skipped]
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _record_participation(course: Course, sheet: Sheet, *, by: User) -> None:
    """What the citizen answered is a choice of the course, where its rules ask for it."""
    kind = CHOSEN.get(sheet.participation)
    if kind is None or kind not in choices_for(course, Party.A_KASSE) or not sheet.citizen_told_on:
        return
    if not Choice.objects.standing().filter(course=course, kind=kind).exists():
        record_choice(
            course=course,
            kind=kind,
            chosen_on=sheet.citizen_told_on,
            by_party=Party.CITIZEN,
            by=by,
        )
