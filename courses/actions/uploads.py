"""Sending an a-kasse's files: looked through first, taken in when confirmed, stopped, reported."""

from collections.abc import Iterable
from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from courses import tasks
from courses.members import uploads
from courses.members.report import retold
from courses.members.sources import Unreadable
from courses.members.uploads import Uploaded
from courses.models import MemberFile
from journal.actions import note
from partnerships.access import reach_of
from partnerships.models import Organisation
from shared.refusals import Refused
from shared.spreadsheets import as_csv

State = MemberFile.State

LOOKED_THROUGH_AT_ONCE = 2**17  # packed, some 2,000 members; the worker looks larger ones through
FORGOTTEN_AFTER = timedelta(days=30)
MAY_BE_TAKEN_IN = (State.PREVIEWED, State.STOPPED)
MAY_BE_STOPPED = (State.WAITING, State.RUNNING)


def receive(*, a_kasse: Organisation, files: Iterable[Uploaded], by: User) -> MemberFile:
    """Keep the files sealed and look them through; nothing is taken in before it is confirmed."""
    if a_kasse.pk not in reach_of(by).a_kasser:
        raise Refused(_("You can only send the files of your own a-kasse."))
    upload, size = _kept(a_kasse, list(files), by)
    if size <= LOOKED_THROUGH_AT_ONCE:
        uploads.look_through(upload)
    return upload


@transaction.atomic
def _kept(a_kasse: Organisation, files: list[Uploaded], by: User) -> tuple[MemberFile, int]:
    _forget_old(a_kasse)
    upload = MemberFile(a_kasse=a_kasse, uploaded_by=by, name=uploads.name_of(files))
    upload.state = State.LOOKING
    try:
        content = uploads.packed(files)
    except Unreadable as error:
        raise Refused(str(error)) from error
    uploads.seal(upload, content)
    upload.save()
    note(upload, "member-file-received", by=by, case=None, a_kasse=a_kasse.slug)
    if len(content) > LOOKED_THROUGH_AT_ONCE:
        transaction.on_commit(partial(tasks.look_through.delay, member_file_pk=upload.pk))
    return upload, len(content)


def _forget_old(a_kasse: Organisation) -> None:
    """The content of files that nobody took in is not kept for ever."""
    MemberFile.objects.filter(
        a_kasse=a_kasse, uploaded_at__lt=timezone.now() - FORGOTTEN_AFTER
    ).exclude(content_sealed=None).exclude(state__in=MAY_BE_STOPPED).update(content_sealed=None)


@transaction.atomic
def take_in(upload: MemberFile, *, by: User) -> MemberFile:
    """Confirm an upload: the worker takes it in; one that was stopped goes on."""
    upload = _locked(upload, by=by)
    if upload.state not in MAY_BE_TAKEN_IN:
        raise Refused(_("These files are being taken in already, or were."))
    if upload.content_sealed is None:
        raise Refused(_("The files are no longer kept. Send them again."))
    upload.state = State.WAITING
    upload.save(update_fields=["state"])
    note(upload, "member-file-confirmed", by=by, case=None, a_kasse=upload.a_kasse.slug)
    transaction.on_commit(partial(tasks.take_in.delay, member_file_pk=upload.pk))
    return upload


@transaction.atomic
def stop(upload: MemberFile, *, by: User) -> MemberFile:
    """Stop taking an upload in; what was taken stands, and it can go on later."""
    upload = _locked(upload, by=by)
    if upload.state not in MAY_BE_STOPPED:
        raise Refused(_("These files are not being taken in just now."))
    upload.state = State.STOPPED
    upload.save(update_fields=["state"])
    note(upload, "member-file-stopped", by=by, case=None, a_kasse=upload.a_kasse.slug)
    return upload


def _locked(upload: MemberFile, *, by: User) -> MemberFile:
    visible = MemberFile.objects.visible_to(by).select_related("a_kasse")
    found = visible.select_for_update(of=("self",)).filter(pk=upload.pk).first()
    if found is None:
        raise Refused(_("You can only send the files of your own a-kasse."))
    return found


def remarks_as_csv(upload: MemberFile) -> str:
    """The refused rows and the warnings of an upload, to be opened as a spreadsheet."""
    report = upload.report or upload.preview
    heading = [_("File"), _("Row"), _("Column"), _("What is wrong")]
    rows = [
        (remark["file"], remark["row"], remark["field"], retold(remark))
        for remark in [*report.get("errors", []), *report.get("warnings", [])]
    ]
    return as_csv([heading, *rows])
