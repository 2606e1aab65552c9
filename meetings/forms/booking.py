"""Booking an interview and moving it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from courses.agreed import agreed_terms
from courses.models import Course, Duty, MeetingForm, MeetingKind, Party
from courses.wording import interview_name
from letters.models import LANGUAGES
from meetings.access import kinds_for, workplaces
from meetings.actions.booking import OWED
from meetings.agreed_manners import (
    place_agreed,
    said_of_participation,
    writes_beforehand,
)
from meetings.availability import Availability, Who
from meetings.cautions import (
    AFTER_DUE,
    NOTICE_DAYS,
    Caution,
    booking_cautions,
    deadline_passed,
    suggested_day,
)
from meetings.forms.pieces import (
    ActForm,
    ClockField,
    Consent,
    last_short_day,
    moment_of,
)
from meetings.models import Meeting, Room
from meetings.plans import Purpose, Sitting, purpose_of
from partnerships.access import READS_CITIZENS
from partnerships.models import Organisation
from shared.form_fields import DayField, RemarkField
from shared.written import plain_day

LENGTHS = (15, 30, 45, 60, 90)
DUTY, KIND = "duty", "kind"


def workers_at(user: User, side: Party, *, on: date) -> QuerySet[User]:
    """The colleagues of a side who meet citizens."""
    kind = Organisation.Kind(side.value)
    return (
        User.objects.filter(
            memberships__organisation__in=workplaces(user, side),
            memberships__role__in=READS_CITIZENS[kind],
            memberships__starts_on__lte=on,
            is_active=True,
        )
        .exclude(memberships__ends_on__lte=on)
        .order_by("first_name", "last_name", "pk")
        .distinct()
    )


class SittingForm(ActForm):
    """When, where, how and with whom."""

    day = DayField(label=gettext_lazy("Date"))
    starts = ClockField(label=gettext_lazy("Time"))
    minutes = forms.TypedChoiceField(
        label=gettext_lazy("Length"), coerce=int, initial=45, choices=list
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
        help_text=gettext_lazy("People who meet need a room, or another place."),
    )
    place = RemarkField(
        label=gettext_lazy("Other place"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("The address, the phone number or the link, if it is no room."),
    )
    worker = forms.ModelChoiceField(
        User.objects.none(),
        label=gettext_lazy("Who holds it"),
        required=False,
        empty_label=gettext_lazy("not decided yet"),
    )
    agreed_short_notice = forms.BooleanField(
        label=gettext_lazy("The citizen agreed to the short notice"),
        required=False,
        help_text=gettext_lazy(
            "For a time today, or for an interview that has already taken place."
        ),
    )
    own: Meeting | None = None
    layout = Layout(
        Div(Field("day"), Field("starts"), Field("minutes"), css_class="kf-form-grid"),
        Field("form"),
        Div(Field("room"), Field("place"), Field("worker"), css_class="kf-form-grid"),
        Consent(),
        Field("seen"),
    )

    def offer(self, user: User, side: Party, *, on: date) -> None:
        """Offer the rooms and the people of the own organisation."""
        self.short_until = last_short_day(on)
        rooms = Room.objects.filter(organisation__in=workplaces(user, side), is_active=True)
        self.fields["room"].queryset = rooms.order_by("name")  # type: ignore[attr-defined]
        workers = workers_at(user, side, on=on)
        self.fields["worker"].queryset = workers  # type: ignore[attr-defined]
        self.worded_for(side)

    def suggest_room(self, starts_at: datetime, ends_at: datetime) -> None:
        """Begin with a room that is free then, the one it has if that is: people mostly meet.

        A place that was agreed on takes the place of a room.
        """
        if self.initial.get("place") and not self.initial.get("room"):
            return
        rooms = [one.pk for one in self.fields["room"].queryset]  # type: ignore[attr-defined]
        days = timezone.localdate(starts_at), timezone.localdate(ends_at)
        availability = Availability.load(
            first=days[0], last=days[1], rooms=rooms, apart_from=self.own
        )
        said = {key: availability.obstacles(starts_at, ends_at, room=key) for key in rooms}
        free = [key for key, found in said.items() if all(one.who != Who.ROOM for one in found)]
        if self.initial.get("room") not in free:
            self.initial["room"] = free[0] if free else None

    def begin_with(self, times: Sequence[datetime], duty: Duty | None, *, on: date) -> None:
        """Begin with the first of the times found, and with nothing to agree to a second time."""
        if times:
            local = timezone.localtime(times[0])
            self.begin_at(f"{local:%Y-%m-%d}", f"{local:%H.%M}")
        if deadline_passed(duty, on=on):  # the page says so, and no time can mend it
            self.initial["seen"] = AFTER_DUE

    def begin_at(self, day: str, clock: str) -> None:
        """Begin with a time that the address says, if it says one that can be read."""
        try:
            said = {
                "day": self.fields["day"].clean(day),
                "starts": self.fields["starts"].clean(clock),
            }
        except ValidationError:
            return
        self.initial.update(said)
        starts_at = moment_of(said["day"], said["starts"])
        usual = timedelta(
            minutes=self.get_initial_for_field(self.fields["minutes"], "minutes") or LENGTHS[0]
        )
        self.suggest_room(starts_at, starts_at + usual)

    @property
    def asks_consent(self) -> bool:  # type: ignore[override]  # reckoned from the day
        """Whether the day that stands in the form leaves the citizen too short notice."""
        return self.short_until is not None and self.day_shown <= self.short_until

    @property
    def day_shown(self) -> date:
        """The day that stands in the form, or that it began with."""
        said = getattr(self, "cleaned_data", {}).get("day") or self.initial["day"]
        return said if isinstance(said, date) else date.fromisoformat(said)

    def offer_lengths(self, own: int | None = None) -> None:
        """Offer the usual lengths, and the one that the interview has."""
        lengths = sorted({*LENGTHS, *([own] if own else [])})
        field = self.fields["minutes"]
        field.choices = [  # type: ignore[attr-defined]
            (length, _("%(minutes)d minutes") % {"minutes": length}) for length in lengths
        ]

    def cautions(self, course: Course, *, on: date) -> list[Caution]:
        """What to think of before it is sent for good; nothing while it is not right."""
        if not self.is_valid():
            return []
        return booking_cautions(course, self.purpose, self.sitting, on=on)

    @property
    def purpose(self) -> Purpose:
        """Which interview it is."""
        raise NotImplementedError

    @property
    def sitting(self) -> Sitting:
        """When and where, as the act takes it."""
        said = self.cleaned_data
        starts_at = moment_of(said["day"], said["starts"])
        return Sitting(
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=said["minutes"]),
            form=MeetingForm(said["form"]),
            room=said["room"],
            place=said["place"],
            worker=said["worker"],
            agreed_short_notice=said["agreed_short_notice"],
        )

    def clean(self) -> dict[str, object]:
        """A time that summer time skips is no time; people who meet, meet somewhere."""
        said = self.cleaned_data
        if "day" in said and "starts" in said:
            moment_of(said["day"], said["starts"])
        meets = said.get("form") == MeetingForm.IN_PERSON
        if meets and not said.get("room") and said.get("place") == "":
            self.add_error("room", _("Say where you meet: choose a room or write the place."))
        return said


class BookingForm(SittingForm):
    """Which interview, when, where and with whom: the arguments of `actions.book`."""

    what = forms.ChoiceField(label=gettext_lazy("Interview"))
    with_other_party = forms.BooleanField(
        label=gettext_lazy("The a-kasse takes part"),
        required=False,
        help_text=gettext_lazy("The a-kasse is asked to say whether it comes, and who."),
    )
    summon = forms.BooleanField(
        label=gettext_lazy("Send the citizen a summons"),
        required=False,
        initial=True,
        help_text=gettext_lazy("It goes after ten minutes; until then it can be taken back."),
    )
    letter_language = forms.ChoiceField(
        label=gettext_lazy("Language of the letter"), choices=LANGUAGES, required=False
    )
    tail = (Field("summon"), Field("letter_language"))
    layout = Layout(Field("what"), Field("with_other_party"), *SittingForm.layout, *tail)
    field_order = ("what", "with_other_party")

    def __init__(  # noqa: PLR0913 (who books what for whom, and when)
        self,
        data: object,
        *,
        course: Course,
        side: Party,
        user: User,
        duty: Duty | None,
        on: date,
    ) -> None:
        self.duties = {one.pk: one for one in duties_to_book(course, side)}
        self.side = side
        self.begins_with = duty or next(iter(self.duties.values()), None)
        self.course, self.agreed = course, agreed_terms(course, on=on)
        super().__init__(data, initial=self._first_guess(user, on))  # type: ignore[arg-type]
        self.fields["what"].choices = self._interviews()  # type: ignore[attr-defined]
        self.offer(user, side, on=on)
        self.offer_lengths()
        if self.agreed:
            self.fields["with_other_party"].help_text = said_of_participation(self.agreed)
        if side != Party.JOBCENTRE:
            del self.fields["with_other_party"]
            self.layout = Layout(Field("what"), *SittingForm.layout, *self.tail)

    def _first_guess(self, user: User, on: date) -> dict[str, object]:
        duty, agreed = self.begins_with, self.agreed
        notice = agreed.notice_days if agreed else NOTICE_DAYS
        if duty is None:
            return {"worker": user.pk, "day": suggested_day(None, on=on, notice_days=notice)}
        return {
            "what": f"{DUTY}:{duty.pk}",
            "worker": user.pk,
            "day": suggested_day(duty.due_on, on=on, notice_days=notice),
            "with_other_party": bool(duty.with_party) and not writes_beforehand(agreed),
            "place": place_agreed(self.course, duty, agreed),
        }

    def _interviews(self) -> list[tuple[str, str] | tuple[str, list[tuple[str, str]]]]:
        owed = [(f"{DUTY}:{one.pk}", duty_name(one)) for one in self.duties.values()]
        others = [(f"{KIND}:{kind}", str(kind.label)) for kind in kinds_for(self.side)]
        return [(_("Interviews that are owed"), owed), (_("Other interviews"), others)]

    @property
    def sitting(self) -> Sitting:
        """When and where, and whether the citizen is written to."""
        said = self.cleaned_data
        language = said["letter_language"] or LANGUAGES[0][0]
        return replace(super().sitting, summon=said["summon"], letter_language=language)

    @property
    def purpose(self) -> Purpose:
        """Which interview, as the act takes it."""
        sort, key = self.cleaned_data["what"].split(":")
        duty = self.duties[int(key)] if sort == DUTY else None
        return Purpose(
            kind=MeetingKind(duty.kind if duty else key),
            held_by=self.side,
            duty=duty,
            with_other_party=self.cleaned_data.get("with_other_party", False),
        )


def duties_to_book(course: Course, side: Party) -> list[Duty]:
    """The interviews that a side still owes a course, or may offer, and has not booked."""
    booked = Meeting.objects.booked().filter(course=course, duty__isnull=False)
    owed = course.duties.filter(outcome__in=OWED).exclude(pk__in=booked.values("duty"))
    kinds = kinds_for(side)
    return [
        duty
        for duty in owed
        if duty.kind in kinds and (duty.kind == MeetingKind.JOINT or duty.responsible == side)
    ]


def duty_name(duty: Duty) -> str:
    """An interview that is owed, with its last day."""
    name = {"kind": interview_name(duty.rule, duty.ordinal, duty.kind)}
    if duty.due_on is None:
        return _("%(kind)s, no date yet") % name
    return _("%(kind)s, at latest %(due)s") % {**name, "due": plain_day(duty.due_on)}


class MoveForm(SittingForm):
    """Another time, place, form or worker: the argument of `actions.move`."""

    def __init__(self, data: object, *, meeting: Meeting, user: User, on: date) -> None:
        starts_at = timezone.localtime(meeting.starts_at)
        minutes = round((meeting.ends_at - meeting.starts_at).total_seconds() / 60)
        own = meeting.participants.filter(role=meeting.held_by).first()
        now = {
            "day": starts_at.date(),
            "starts": starts_at.time(),
            "minutes": minutes,
            "form": meeting.form,
            "room": meeting.room_id,
            "place": meeting.place,
            "worker": own.worker_id if own else None,
        }
        self.meeting = self.own = meeting
        super().__init__(data, initial=now)  # type: ignore[arg-type]
        self.offer(user, Party(meeting.held_by), on=on)
        self.offer_lengths(minutes)

    @property
    def purpose(self) -> Purpose:
        """The same interview as before."""
        return purpose_of(self.meeting)
