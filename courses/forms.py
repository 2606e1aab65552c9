"""What people write down on the pages of a course; `cleaned_data` are the arguments of an act."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from courses.access import Viewer, consultants_of
from courses.choices import DECIDED_BY, choices_for, deciders
from courses.exemptions import in_words, quota_of
from courses.models import AbsenceKind, ChoiceKind, Course, Duty, Flag, Party
from courses.party_words import party_choices, word_form
from courses.wording import duty_name
from partnerships.models import Organisation, Role
from shared.form_fields import AmountField, DayField, LastDayField, RemarkField
from shared.written import month_text, plain_day

MOST_HOURS = Decimal(250)
MONTHS_SHOWN = 24


class RevealForm(forms.Form):
    """Why the CPR number is needed."""

    reason = RemarkField(label=_("Why do you need the number?"))


class CaseworkerForm(forms.Form):
    """Who of the jobcentre takes the course."""

    caseworker = forms.ModelChoiceField(
        User.objects.none(), label=_("Caseworker"), required=False, empty_label=_("nobody")
    )

    def __init__(self, data: Any, *, course: Course, on: date) -> None:  # noqa: ANN401
        super().__init__(data, initial={"caseworker": course.caseworker_id})
        field = self.fields["caseworker"]
        field.queryset = User.objects.filter(  # type: ignore[attr-defined]  # of this field's class
            memberships__in=course.jobcentre.memberships.standing(on=on).filter(
                role=Role.CASEWORKER
            )
        ).order_by("first_name", "last_name")


class ConsultantForm(forms.Form):
    """Who of the a-kasse takes the course."""

    consultant = forms.ModelChoiceField(
        User.objects.none(), label=_("Job consultant"), required=False, empty_label=_("nobody")
    )

    def __init__(self, data: Any, *, course: Course, on: date) -> None:  # noqa: ANN401
        super().__init__(data, initial={"consultant": course.consultant_id})
        found = consultants_of(course, on=on).order_by("first_name", "last_name", "pk")
        self.fields["consultant"].queryset = found  # type: ignore[attr-defined]  # of this field's class


class AbsenceForm(forms.Form):
    """Days on which the citizen is not plainly unemployed; the last day is included."""

    kind = forms.ChoiceField(label=_("What kind of absence?"), choices=AbsenceKind)
    starts_on = DayField(label=_("First day"))
    ends_on = LastDayField(
        label=_("Last day"),
        required=False,
        help_text=_("The last day included. Leave it empty while nobody knows it."),
    )
    hours = AmountField(
        label=_("Benefit hours a week still paid"),
        required=False,
        min_value=0,
        max_value=37,
        max_digits=4,
        decimal_places=2,
        help_text=_("For a part-time job only."),
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        starts_on, ends_on = given.get("starts_on"), given.get("ends_on")
        if starts_on and ends_on and ends_on <= starts_on:
            self.add_error("ends_on", _("The last day must not lie before the first day."))
        part_time = given.get("kind") == AbsenceKind.PART_TIME_JOB
        if part_time and given.get("hours") is None and "hours" not in self.errors:
            self.add_error("hours", _("Say how many benefit hours a week are still paid."))
        if not part_time:
            given["hours"] = None
        return given


class HoursForm(forms.Form):
    """The benefit hours that the a-kasse paid in a month."""

    month = forms.TypedChoiceField(label=_("Month"), coerce=date.fromisoformat)
    hours = AmountField(
        label=_("Benefit hours paid"),
        min_value=0,
        max_value=MOST_HOURS,
        max_digits=5,
        decimal_places=2,
        help_text=_("From 0 to 250. They replace what was reported for the month before."),
    )

    def __init__(
        self,
        data: Any,  # noqa: ANN401 (whatever was sent)
        *,
        course: Course,
        on: date,
        initial: dict[str, str] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        months = _months(course.placed_on, min(on, course.ends_on or on))
        self.fields["month"].choices = [  # type: ignore[attr-defined]  # of this field's class
            (month.isoformat(), month_text(month)) for month in months
        ]


class ChoiceForm(forms.Form):
    """What the citizen, the a-kasse or the jobcentre decided."""

    kind = forms.ChoiceField(label=_("What was chosen?"))
    decided_by = forms.ChoiceField(label=_("Who chose?"), widget=forms.RadioSelect)
    chosen_on = DayField(label=_("When?"))
    duty = forms.ModelChoiceField(
        Duty.objects.none(),
        label=_("Which interview is postponed?"),
        required=False,
        empty_label=_("none"),
        help_text=_("For a postponement only."),
    )
    postponed_to = DayField(label=_("Postponed to"), required=False)
    reason = RemarkField(
        label=_("Reason"),
        required=False,
        help_text=_("Needed for a postponement and for an exemption. Write no diagnosis."),
    )

    def __init__(self, data: Any, *, course: Course, viewer: Viewer) -> None:  # noqa: ANN401
        side = viewer.side or Party.CITIZEN
        self.side, self.on = side, viewer.on
        super().__init__(data, initial={"chosen_on": viewer.on, "decided_by": Party.CITIZEN})
        offered = choices_for(course, side)
        self.fields["kind"].choices = [(kind, kind.label) for kind in offered]  # type: ignore[attr-defined]
        parties = party_choices(side, deciders(side), on=viewer.on)
        self.fields["decided_by"].choices = parties  # type: ignore[attr-defined]
        self.fields["duty"].queryset = course.duties.pending()  # type: ignore[attr-defined]
        self.fields["duty"].label_from_instance = _owed  # type: ignore[attr-defined]
        if ChoiceKind.POSTPONE not in offered:
            del self.fields["duty"], self.fields["postponed_to"]
        if ChoiceKind.EXEMPT in offered and (quota := quota_of(course, side)):
            self.fields["kind"].help_text = in_words(quota)
        word_form(self, side)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if kind := given.get("kind"):
            self._check(ChoiceKind(kind), given)
        return given

    @property
    def arguments(self) -> dict[str, Any]:
        """What the act is told: a postponed interview is named by its rule and number."""
        given = dict(self.cleaned_data)
        duty = given.pop("duty", None)
        given["by_party"] = given.pop("decided_by")
        if given["kind"] != ChoiceKind.POSTPONE:
            given["postponed_to"] = None
        elif duty:
            given |= {"rule": duty.rule, "ordinal": duty.ordinal}
        return given

    def _check(self, kind: ChoiceKind, given: dict[str, Any]) -> None:
        by = given.get("decided_by")
        if by and by not in DECIDED_BY[kind]:
            parties = party_choices(self.side, DECIDED_BY[kind], on=self.on)
            names = ", ".join(name for _value, name in parties)
            self.add_error(
                "decided_by", gettext("This is decided by: %(names)s.") % {"names": names}
            )
        if kind in (ChoiceKind.POSTPONE, ChoiceKind.EXEMPT) and not given.get("reason"):
            self.add_error("reason", _("Write the reason: the choice rests on it."))
        if kind == ChoiceKind.POSTPONE:
            for name in ("duty", "postponed_to"):
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, _("Say which interview is postponed, and to which day."))


class WithdrawForm(forms.Form):
    """Why something that was written down is taken back."""

    reason = RemarkField(label=_("Why?"), required=False)


class AcknowledgeForm(forms.Form):
    """Why an interview was late, whose it was, and when that was said."""

    cause = forms.ChoiceField(
        label=_("Cause"), choices=[("", _("choose the cause")), *Flag.Cause.choices]
    )
    responsible_side = forms.ChoiceField(
        label=_("Responsible side"), choices=Party, widget=forms.RadioSelect
    )
    acknowledged_on = DayField(label=_("Acknowledged on"))
    remark = RemarkField(label=_("Remark"), required=False)

    def __init__(self, data: Any, *, side: Party | None, on: date) -> None:  # noqa: ANN401
        super().__init__(data, initial={"acknowledged_on": on})
        parties = party_choices(side, on=on)
        self.fields["responsible_side"].choices = parties  # type: ignore[attr-defined]
        word_form(self, side)


class AccessForm(forms.Form):
    """Which case an administrator must see, and why."""

    case_number = forms.CharField(
        label=_("Case number"), max_length=20, help_text=_("Such as K-000123.")
    )
    reason = RemarkField(
        label=_("Why must you see it?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The reason is logged, and the parties can read it."),
    )


class SeveralFilesInput(forms.ClearableFileInput):
    """A file input that takes several files at once."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class SeveralFilesField(forms.FileField):
    """One file or several."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:  # noqa: ANN401 (whatever was sent)
        if not isinstance(data, list | tuple):
            return [super().clean(data, initial)]
        return [super(SeveralFilesField, self).clean(one, initial) for one in data or [None]]


class FilesForm(forms.Form):
    """The files of one a-kasse."""

    a_kasse = forms.ModelChoiceField(Organisation.objects.none(), label=_("A-kasse"))
    files = SeveralFilesField(  # type: ignore[assignment]  # the form's own files are its data
        label=_("Files"),
        help_text=_(
            "members.csv, and absences.csv, hours.csv and meetings.csv where there is something"
            " to say; or all of them in one zip."
        ),
    )

    def __init__(self, *data: Any, a_kasser: list[Organisation]) -> None:  # noqa: ANN401
        super().__init__(*data)
        mine = Organisation.objects.filter(pk__in=[one.pk for one in a_kasser])
        field = self.fields["a_kasse"]
        field.queryset = mine.order_by("sort_key")  # type: ignore[attr-defined]  # of this field
        if len(a_kasser) == 1:
            field.initial = a_kasser[0].pk
            field.widget = field.hidden_widget()


def _owed(duty: Duty) -> str:
    name = duty_name(duty)
    return f"{name}, {plain_day(duty.due_on)}" if duty.due_on else name


def _months(first: date, last: date) -> list[date]:
    """The months from one day to another, the latest first, two years at most."""
    months: list[date] = []
    month = last.replace(day=1)
    while month >= first.replace(day=1) and len(months) < MONTHS_SHOWN:
        months.append(month)
        month = (month.replace(day=1) - date.resolution).replace(day=1)
    return months
