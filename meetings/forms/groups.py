"""Planning a group meeting, who comes, enrolling citizens, talks, and how each one came."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, TypeVar

from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from courses.models import Course, MeetingForm, Party
from letters.models import LANGUAGES
from meetings.cautions import Caution, suggested_day
from meetings.forms.booking import workers_at
from meetings.forms.pieces import ActForm, ClockField, moment_of
from meetings.group_cautions import enrolling_cautions, planning_cautions, staffing_cautions
from meetings.group_plans import Came, GroupPlan
from meetings.models import Enrolment, GroupMeeting, Meeting, Room
from partnerships.models import Organisation
from shared.form_fields import DayField, RemarkField
from shared.refusals import Refused

R = TypeVar("R")
LENGTHS = (30, 45, 60, 90, 120, 180)
TALKS = (15, 20, 30, 45)
MOST_SEATS = 200
OTHER_KIND = {
    Organisation.Kind.JOBCENTRE: Organisation.Kind.A_KASSE,
    Organisation.Kind.A_KASSE: Organisation.Kind.JOBCENTRE,
}


class GroupForm(ActForm):
    """What, when, where and for how many: a plan as the acts take it."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=GroupMeeting.Kind,
        initial=GroupMeeting.Kind.INFORMATION,
        widget=forms.RadioSelect,
    )
    title = RemarkField(label=gettext_lazy("Title"), max_length=120)
    about = RemarkField(
        label=gettext_lazy("What happens"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Stands in the summons."),
    )
    invited = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("Together with"),
        required=False,
        empty_label=gettext_lazy("nobody"),
        help_text=gettext_lazy("The other party is asked who comes, and enrols its own citizens."),
    )
    host = forms.ModelChoiceField(
        User.objects.none(),
        label=gettext_lazy("Our consultant"),
        required=False,
        empty_label=gettext_lazy("not decided yet"),
        help_text=gettext_lazy("Follows the citizens up, and may decide and grant on the spot."),
    )
    day = DayField(label=gettext_lazy("Date"))
    starts = ClockField(label=gettext_lazy("Time"))
    minutes = forms.TypedChoiceField(
        label=gettext_lazy("Joint part"), coerce=int, initial=60, choices=list
    )
    form = forms.ChoiceField(
        label=gettext_lazy("Form"),
        choices=MeetingForm,
        initial=MeetingForm.IN_PERSON,
        widget=forms.RadioSelect,
    )
    room = forms.ModelChoiceField(
        Room.objects.none(),
        label=gettext_lazy("Room"),
        required=False,
        empty_label=gettext_lazy("no room"),
        help_text=gettext_lazy("Or write the place."),
    )
    place = RemarkField(label=gettext_lazy("Other place"), max_length=200, required=False)
    seats = forms.IntegerField(
        label=gettext_lazy("Seats"),
        min_value=1,
        max_value=MOST_SEATS,
        initial=12,
        help_text=gettext_lazy("Whoever comes later waits in a list."),
    )
    is_mandatory = forms.BooleanField(
        label=gettext_lazy("Attendance is mandatory"),
        required=False,
        initial=True,
        help_text=gettext_lazy("The summons says what it means to stay away."),
    )
    agreed_short_notice = forms.BooleanField(
        label=gettext_lazy("The citizens agreed to the short notice"),
        required=False,
        help_text=gettext_lazy(
            "The individual talks go along with the meeting. Tick only where they move to today."
        ),
    )
    layout = Layout(
        Field("kind"),
        Field("title"),
        Field("about"),
        Div(Field("invited"), Field("host"), css_class="kf-form-grid"),
        Div(Field("day"), Field("starts"), Field("minutes"), css_class="kf-form-grid"),
        Field("form"),
        Div(Field("room"), Field("place"), Field("seats"), css_class="kf-form-grid"),
        Field("is_mandatory"),
        Field("agreed_short_notice"),
        Field("seen"),
    )

    def __init__(
        self,
        data: Any,  # noqa: ANN401 (a QueryDict or nothing)
        *,
        house: Organisation,
        user: User,
        on: date,
        group: GroupMeeting | None = None,
    ) -> None:
        self.house, self.group = house, group
        super().__init__(data, initial=_now(group) if group else self._first(user, on))
        side = Party(house.kind)
        if not (group and has_talks(group)):
            del self.fields["agreed_short_notice"]
            self.layout = Layout(*self.layout.fields[:-2], Field("seen"))
        self._offer("invited", partners_of(house))
        self._offer("host", workers_at(user, side, on=on))
        self._offer("room", Room.objects.filter(organisation=house, is_active=True))
        own = round((group.ends_at - group.starts_at).total_seconds() / 60) if group else 60
        self.fields["minutes"].choices = [  # type: ignore[attr-defined]
            (one, _("%(minutes)d minutes") % {"minutes": one}) for one in sorted({*LENGTHS, own})
        ]
        self.worded_for(side)

    def _offer(self, name: str, rows: QuerySet[Any]) -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]

    @staticmethod
    def _first(user: User, on: date) -> dict[str, object]:
        return {"day": suggested_day(None, on=on), "host": user.pk}

    @property
    def plan(self) -> GroupPlan:
        """The plan, as the acts take it."""
        said = self.cleaned_data
        starts_at = moment_of(said["day"], said["starts"])
        names = ("title", "about", "invited", "host", "form", "room", "place", "seats")
        return GroupPlan(
            kind=GroupMeeting.Kind(said["kind"]),
            organisation=self.house,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=said["minutes"]),
            is_mandatory=said["is_mandatory"],
            agreed_short_notice=said.get("agreed_short_notice", False),
            **{name: said[name] for name in names},
        )

    def cautions(self) -> list[Caution]:
        """What to think of before it is sent for good; nothing while it is not right."""
        if not self.is_valid():
            return []
        return planning_cautions(self.plan, self.group)

    def clean(self) -> dict[str, object]:
        """A time that summer time skips is no time; people who meet, meet somewhere."""
        said = self.cleaned_data
        if "day" in said and "starts" in said:
            moment_of(said["day"], said["starts"])
        meets = said.get("form") == MeetingForm.IN_PERSON
        if meets and not said.get("room") and said.get("place") == "":
            self.add_error("room", _("Say where you meet: choose a room or write the place."))
        return said


def _now(group: GroupMeeting) -> dict[str, object]:
    """What stands in the form of a meeting that is planned."""
    starts_at = timezone.localtime(group.starts_at)
    names = ("kind", "title", "about", "form", "place", "seats", "is_mandatory")
    return {
        "day": starts_at.date(),
        "starts": starts_at.time(),
        "minutes": round((group.ends_at - group.starts_at).total_seconds() / 60),
        "invited": group.invited_id,
        "host": group.host_id,
        "room": group.room_id,
        **{name: getattr(group, name) for name in names},
    }


def has_talks(group: GroupMeeting) -> bool:
    """Whether individual talks are booked after the joint part."""
    return Meeting.objects.booked().filter(enrolments__group=group).exists()


def partners_of(house: Organisation) -> QuerySet[Organisation]:
    """The parties of the other kind that share an agreement with one."""
    shared = Organisation.objects.filter(
        kind=OTHER_KIND[Organisation.Kind(house.kind)],
        agreements__agreement__parties__organisation=house,
    )
    return shared.distinct().order_by("name")


class StaffForm(ActForm):
    """Who comes for the invited party."""

    worker = forms.ModelChoiceField(
        User.objects.none(),
        label=gettext_lazy("Our consultant"),
        required=False,
        empty_label=gettext_lazy("not decided yet"),
        help_text=gettext_lazy("Takes part in the joint part and in the talks."),
    )
    layout = Layout(Field("worker"), Field("seen"))

    def __init__(self, data: Any, *, group: GroupMeeting, user: User, on: date) -> None:  # noqa: ANN401
        self.group = group
        super().__init__(data, initial={"worker": group.guest_id or user.pk})
        house = group.invited
        side = Party(house.kind) if house else Party.A_KASSE
        self.fields["worker"].queryset = workers_at(user, side, on=on)  # type: ignore[attr-defined]

    def cautions(self) -> list[Caution]:
        """What the choice overrules or lacks."""
        if not self.is_valid():
            return []
        return staffing_cautions(self.group, self.cleaned_data["worker"])


class GroupCancelForm(ActForm):
    """Why a meeting is cancelled, or a citizen withdrawn."""

    reason = RemarkField(
        label=gettext_lazy("Why"), max_length=300, help_text=gettext_lazy("Both parties read it.")
    )
    layout = Layout(Field("reason"))


class TalksForm(ActForm):
    """How long each talk lasts."""

    minutes = forms.TypedChoiceField(
        label=gettext_lazy("Length of each talk"),
        coerce=int,
        initial=20,
        choices=list,
        help_text=gettext_lazy(
            "One after the other after the joint part, with both consultants. Each citizen gets"
            " a summons with the time."
        ),
    )
    agreed_short_notice = forms.BooleanField(
        label=gettext_lazy("The citizens agreed to the short notice"),
        required=False,
        help_text=gettext_lazy(
            "The talks are today: a citizen need only be able to come the day after the summons."
        ),
    )
    layout = Layout(Field("minutes"), Field("agreed_short_notice"))

    def __init__(self, data: Any, *, is_short: bool, side: Party | None) -> None:  # noqa: ANN401
        super().__init__(data)
        if not is_short:
            del self.fields["agreed_short_notice"]
            self.layout = Layout(Field("minutes"))
        self.worded_for(side)
        self.fields["minutes"].choices = [  # type: ignore[attr-defined]
            (one, _("%(minutes)d minutes") % {"minutes": one}) for one in TALKS
        ]


class EnrolForm(ActForm):
    """In which meeting, and how the citizen is written to."""

    group = forms.ChoiceField(label=gettext_lazy("Meeting"), widget=forms.RadioSelect)
    summon = forms.BooleanField(
        label=gettext_lazy("Send the citizen a summons"),
        required=False,
        initial=True,
        help_text=gettext_lazy("With a seat; whoever waits is summoned when a seat is free."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the letter"), choices=LANGUAGES)
    layout = Layout(Field("group"), Field("summon"), Field("language"), Field("seen"))

    def __init__(
        self,
        data: Any,  # noqa: ANN401 (a QueryDict or nothing)
        *,
        groups: Sequence[GroupMeeting],
        chosen: str,
        named: Callable[[GroupMeeting], str],
    ) -> None:
        self.groups = {str(one.pk): one for one in groups}
        first = chosen if chosen in self.groups else next(iter(self.groups), "")
        super().__init__(data, initial={"group": first})
        self.fields["group"].choices = [  # type: ignore[attr-defined]
            (key, named(one)) for key, one in self.groups.items()
        ]

    def cautions(self, course: Course) -> list[Caution]:
        """What to think of before the citizen is enrolled."""
        if not self.is_valid():
            return []
        return enrolling_cautions(self.arguments["group"], course)

    @property
    def arguments(self) -> dict[str, Any]:
        """The arguments of the act."""
        said = super().arguments
        return {**said, "group": self.groups[said["group"]]}


class AttendanceForm(forms.Form):
    """How one citizen came, and the next step."""

    attendance = forms.ChoiceField(
        label=gettext_lazy("Attendance"), choices=Enrolment.Attendance, widget=forms.RadioSelect
    )
    next_step = RemarkField(label=gettext_lazy("Next step"), max_length=300, required=False)

    def __init__(self, data: Mapping[str, Any] | None, *, row: Enrolment) -> None:
        self.row = row
        now = {"attendance": row.attendance, "next_step": row.next_step}
        super().__init__(data, prefix=f"e{row.pk}", initial=now)
        self.fields["next_step"].widget.attrs["class"] = "form-input"

    @property
    def came(self) -> Came:
        """How it went, as the act takes it."""
        said = self.cleaned_data
        return Came(self.row, said["attendance"], said["next_step"])


class AttendanceForms:
    """A form for each citizen, saved in one go; a refusal stands above them all."""

    def __init__(self, data: Mapping[str, Any] | None, rows: Iterable[Enrolment]) -> None:
        self.is_bound = data is not None
        self.forms = [AttendanceForm(data, row=row) for row in rows]
        self.refusal = ""

    @property
    def came(self) -> list[Came]:
        """How it went for each."""
        return [one.came for one in self.forms]

    def carried_out(self, act: Callable[[], R]) -> R | None:
        """The act's result once every form is right; what was written stays."""
        valid = [one.is_valid() for one in self.forms]  # each, so that all errors are shown
        if not self.is_bound or not all(valid):
            return None
        try:
            return act()
        except Refused as error:
            self.refusal = str(error)
            return None
