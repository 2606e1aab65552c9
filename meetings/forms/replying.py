"""Replying to the other party's invitation to an interview."""

from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from courses.models import Party
from meetings.forms.booking import workers_at
from meetings.forms.pieces import ActForm
from meetings.models import Meeting, Participant
from meetings.plans import OTHER, Reply
from shared.form_fields import RemarkField


class ReplyForm(ActForm):
    """Whether the invited party comes: the argument of `actions.reply`."""

    YES, NO = "yes", "no"

    comes = forms.ChoiceField(
        label=gettext_lazy("Do you take part?"),
        choices=[
            (YES, gettext_lazy("Yes, we come")),
            (NO, gettext_lazy("No, we do not take part")),
        ],
        widget=forms.RadioSelect,
    )
    worker = forms.ModelChoiceField(
        User.objects.none(),
        label=gettext_lazy("Who comes"),
        required=False,
        empty_label=gettext_lazy("not decided yet"),
    )
    reason = RemarkField(
        label=gettext_lazy("Why not"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Write it when you do not come: the other party plans by it."),
    )

    def __init__(self, data: object, *, meeting: Meeting, user: User, on: date) -> None:
        side = OTHER[Party(meeting.held_by)]
        row = meeting.participants.filter(role=side).first()
        said = row.attendance if row else ""
        now = {
            "comes": self.NO if said == Participant.Attendance.EXCUSED else self.YES,
            "worker": row.worker_id if row and row.worker_id else user.pk,
        }
        super().__init__(data, initial=now)  # type: ignore[arg-type]
        self.fields["worker"].queryset = workers_at(user, side, on=on)  # type: ignore[attr-defined]
        self.worded_for(side)

    @property
    def reply(self) -> Reply:
        """The reply as the act takes it."""
        said = self.cleaned_data
        return Reply(said["comes"] == self.YES, said["worker"], said["reason"])

    def clean(self) -> dict[str, object]:
        """One who does not come says why."""
        if self.cleaned_data.get("comes") == self.NO and not self.cleaned_data.get("reason"):
            self.add_error("reason", _("Write why you do not come: the other party plans by it."))
        return self.cleaned_data
