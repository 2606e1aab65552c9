"""An upload's content, sealed and opened again, and the two runs over it."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from typing import BinaryIO, Protocol

from django.utils import timezone, translation
from django.utils.translation import gettext_noop

from courses import kept_counts
from courses.members.fields import shown
from courses.members.report import Report
from courses.members.sources import Files, Unreadable, files_in_zip
from courses.members.taking_in import TakingIn, Watch, go_on
from courses.models import MemberFile
from shared.cpr import opened, sealed

State = MemberFile.State

MOST_UPLOADED = 30 * 2**20
LONGEST_NAME = 200
ZIP, CSV = ".zip", ".csv"


class Uploaded(Protocol):
    """A file as a form hands it over."""

    name: str | None
    size: int | None

    def read(self) -> bytes:
        """The content."""


def name_of(files: Sequence[Uploaded]) -> str:
    """What the upload is called; a name that may hold a CPR number is not repeated."""
    return ", ".join(shown(one.name or "") for one in files)[:LONGEST_NAME]


def packed(files: Sequence[Uploaded]) -> bytes:
    """The content as one zip: the one that was sent, or one made of the files."""
    if sum(one.size or 0 for one in files) > MOST_UPLOADED:
        raise Unreadable(gettext_noop("The files are too large to send here."))
    ends = {(one.name or "").lower()[-4:] for one in files}
    if len(files) == 1 and ends == {ZIP}:
        return files[0].read()
    if ends != {CSV}:
        raise Unreadable(gettext_noop("Choose the CSV files, or one zip of them."))
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as made:
        for one in files:
            made.writestr(one.name or "", one.read())
    return content.getvalue()


def seal(upload: MemberFile, content: bytes) -> None:
    """Keep the content so that it opens in this upload only."""
    upload.content_sealed = sealed(content, bound_to=_binding(upload))


def _binding(upload: MemberFile) -> bytes:
    return sha256(f"{upload.a_kasse_id} {upload.name}".encode()).digest()


@contextmanager
def _files(upload: MemberFile) -> Iterator[Files]:
    if upload.content_sealed is None:
        raise Unreadable(gettext_noop("The files are no longer kept. Send them again."))
    content = opened(bytes(upload.content_sealed), bound_to=_binding(upload))
    stream: BinaryIO = io.BytesIO(content)
    with files_in_zip(stream) as files:
        yield files


def look_through(upload: MemberFile) -> None:
    """Compare the files with what is known, write nothing of them, and keep the report."""
    report = _run(upload, dry_run=True)
    if report is None:
        return
    upload.preview = report.as_stored()
    upload.state = State.PREVIEWED
    upload.rows_total = report.rows
    upload.save(update_fields=["preview", "state", "rows_total"])


def take_in(upload: MemberFile) -> None:
    """Take the files in; run again after a stop or a crash it takes the rest."""

    def watch(report: Report) -> bool:
        progress = {"rows_total": report.rows, "rows_done": report.rows_done}
        running = MemberFile.objects.filter(pk=upload.pk, state=State.RUNNING)
        return bool(running.update(**progress))

    report = _run(upload, dry_run=False, watch=watch)
    if report is None:
        return
    upload.state = State.STOPPED if report.stopped else State.DONE
    upload.report = report.as_stored()
    upload.rows_total, upload.rows_done = report.rows, report.rows_done
    upload.finished_at = timezone.now()
    if not report.stopped:
        upload.content_sealed = None
    upload.save()
    kept_counts.changed()


def _run(upload: MemberFile, *, dry_run: bool, watch: Watch = go_on) -> Report | None:
    """The report, said in the sender's language; None when nothing can be read."""
    by = upload.uploaded_by
    run = TakingIn(upload.a_kasse, by=by, on=timezone.localdate(), dry_run=dry_run)
    with translation.override(by.language):
        try:
            with _files(upload) as files:
                report = run.run(files, watch=watch)
                report.as_stored()
        except Unreadable as error:
            _fail(upload, error)
            return None
        return report


def _fail(upload: MemberFile, error: Unreadable) -> None:
    upload.state = State.FAILED
    upload.report = {"message": str(error), "text": error.text, "values": error.values}
    upload.content_sealed = None
    upload.finished_at = timezone.now()
    upload.save()
