"""What the worker does for people who wait: looking uploads through and taking them in."""

from celery import Task, shared_task
from django.db import transaction

from courses.members import uploads
from courses.models import MemberFile
from shared.refusals import Refused

State = MemberFile.State
SECONDS_UNTIL_AGAIN = 20
TRIES = 180


@shared_task
def look_through(*, member_file_pk: int) -> None:
    """Make the preview of an upload."""
    upload = MemberFile.objects.select_related("a_kasse", "uploaded_by").get(pk=member_file_pk)
    if upload.state == State.LOOKING:
        uploads.look_through(upload)


@shared_task(bind=True, max_retries=TRIES)
def take_in(self: "Task", *, member_file_pk: int) -> None:
    """Take an upload in. Given out twice, the second finds it done or waits for its turn."""
    upload = _started(member_file_pk)
    if upload is None:
        return
    try:
        uploads.take_in(upload)
    except Refused as error:  # another file of this a-kasse is being taken in
        raise self.retry(exc=error, countdown=SECONDS_UNTIL_AGAIN) from error
    except Exception:  # whatever it is, a person may let it go on
        MemberFile.objects.filter(pk=member_file_pk).update(state=State.STOPPED)
        raise


@transaction.atomic
def _started(member_file_pk: int) -> MemberFile | None:
    """The upload, marked as running; None when it is done, or was stopped before it began."""
    rows = MemberFile.objects.select_related("a_kasse", "uploaded_by")
    upload = rows.select_for_update(of=("self",)).get(pk=member_file_pk)
    if upload.state not in (State.WAITING, State.RUNNING):
        return None
    upload.state = State.RUNNING
    upload.save(update_fields=["state"])
    return upload
