"""What the list of group meetings and the page of one show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.models import User
from courses.models import Course
from meetings.cautions import Caution
from meetings.group_access import may_enrol, may_plan, may_staff, may_tell_why
from meetings.models import Enrolment, GroupMeeting, Meeting, Notification
from partnerships.models import Organisation
from shared.templatetags.components import status
from shared.written import clock_text, day_with_year, moment_text

State = Enrolment.State
Attendance = Enrolment.Attendance
TONES = {
    GroupMeeting.State.PLANNED: "booked",
    GroupMeeting.State.HELD: "held",
    GroupMeeting.State.CANCELLED: "none",
}
CAME = {
    Attendance.EXPECTED: "booked",
    Attendance.CAME: "held",
    Attendance.ABSENT: "missed",
    Attendance.EXCUSED: "none",
}
PAST = 100  # rows of the list of what is over


@dataclass(frozen=True, slots=True)
class ActShown:
    """A page with one form and one button about a group meeting, or about a case and one."""

    title: str
    button: str
    back: str
    cautions: Sequence[Caution] = ()
    group: GroupMeeting | None = None
    course: Course | None = None
    lead: str = ""


def talks_lead(group: GroupMeeting) -> str:
    """What giving talks does: to how many, from when, with whom."""
    rows = Enrolment.objects.filter(group=group, state=State.SEATED)
    without = rows.exclude(talk__state=Meeting.State.BOOKED)
    workers = ", ".join(str(one) for one in (group.host, group.guest) if one) or "–"
    return _(
        "%(count)d get a talk from %(clock)s on, in the order of the seats, with %(workers)s."
        " Their summonses leave in ten minutes."
    ) % {"count": without.count(), "clock": clock_text(group.ends_at), "workers": workers}


def cancelling_lead(group: GroupMeeting) -> str:
    """What cancelling does: to how many, in words."""
    standing = Enrolment.objects.standing().filter(group=group)
    words = {
        "seated": standing.filter(state=State.SEATED).count(),
        "waiting": standing.filter(state=State.WAITING).count(),
        "talks": Meeting.objects.booked().filter(enrolments__group=group).count(),
    }
    return (
        _(
            "%(seated)d have a seat and are told by letter, %(waiting)d wait in the list, and"
            " %(talks)d individual talks are cancelled along."
        )
        % words
    )


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group meeting in the list."""

    url: str
    title: str
    kind: str
    when: str
    held_by: str
    place: str
    seats: str
    waiting: int
    status: SafeString


@dataclass(frozen=True, slots=True)
class SeatRow:
    """One citizen who has a seat or waits for one."""

    number: str
    name: str
    case: str
    url: str
    status: SafeString
    talk: str
    talk_url: str
    next_step: str
    withdraw_url: str
    missed_url: str = ""
    is_told: bool = False


@dataclass(frozen=True, slots=True)
class Button:
    """A link to what may be done with the meeting."""

    label: str
    url: str
    is_primary: bool = False


@dataclass(frozen=True, slots=True)
class GroupPage:
    """One group meeting: what it is, who has a seat, who waits, and what may be done."""

    status: SafeString
    when: str
    facts: Sequence[tuple[str, str]]
    seated: Sequence[SeatRow]
    waiting: Sequence[SeatRow]
    withdrawn: Sequence[SeatRow]
    unseen: int
    taken: int
    enrolled: str
    buttons: Sequence[Button]


def counted(rows: QuerySet[GroupMeeting]) -> QuerySet[GroupMeeting]:
    """The meetings with how many have a seat and how many wait."""
    seated, waiting = Q(enrolments__state=State.SEATED), Q(enrolments__state=State.WAITING)
    return rows.annotate(
        taken=Count("enrolments", filter=seated, distinct=True),
        waits=Count("enrolments", filter=waiting, distinct=True),
    ).select_related("organisation", "invited", "room")


def with_told(rows: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """Enrolments with whether the a-kasse has been notified of a no-show."""
    told = Notification.objects.filter(enrolment=OuterRef("pk"), withdrawn_at=None)
    return rows.annotate(is_told=Exists(told))


def listed_groups(rows: QuerySet[GroupMeeting], *, past: bool, on: date) -> list[GroupRow]:
    """What comes, the nearest first; or what is over, the latest first."""
    found = counted(rows)
    if past:
        over = found.filter(starts_at__date__lt=on).order_by("-starts_at", "-pk")
        return [_row(one, on) for one in over[:PAST]]
    return [
        _row(one, on) for one in found.filter(starts_at__date__gte=on).order_by("starts_at", "pk")
    ]


def _row(group: GroupMeeting, on: date) -> GroupRow:
    return GroupRow(
        url=group.get_absolute_url(),
        title=group.title,
        kind=_capital(group.get_kind_display()),
        when=f"{moment_text(group.starts_at, on=on)}–{clock_text(group.ends_at)}",
        held_by=" · ".join(str(one) for one in (group.organisation, group.invited) if one),
        place=place_of(group),
        seats=seats_text(group),
        waiting=group.waits,  # type: ignore[attr-defined]  # annotated
        status=_status(group),
    )


def named(group: GroupMeeting) -> str:
    """A meeting that one may enrol in: when, what, and whether a seat is free."""
    when = moment_text(group.starts_at, on=timezone.localdate())
    return f"{when} · {group.title} ({group.get_kind_display()}) · {seats_text(group)}"


def seats_text(group: GroupMeeting) -> str:
    """How many of the seats are taken, and that one waits where all are."""
    words = {"taken": group.taken, "seats": group.seats}  # type: ignore[attr-defined]  # annotated
    if words["taken"] >= group.seats:
        return _("%(taken)d of %(seats)d seats taken: waiting list") % words
    return _("%(taken)d of %(seats)d seats taken") % words


def place_of(group: GroupMeeting) -> str:
    """The room, the place as written, or how one meets."""
    room = group.room
    told = [room.name, room.place, group.place] if room else [group.place]
    return ", ".join(part for part in told if part) or str(group.get_form_display())


def group_page(
    group: GroupMeeting, rows: Iterable[Enrolment], user: User, *, at: datetime
) -> GroupPage:
    """The page of a meeting, with the citizens that its reader may see."""
    seen, today = list(rows), timezone.localdate(at)
    is_open = group.state == GroupMeeting.State.PLANNED and at < group.starts_at
    shown = {
        state: [_seat(one, user, is_open=is_open, on=today) for one in seen if one.state == state]
        for state in State
    }
    standing = group.enrolments.exclude(state=State.WITHDRAWN)
    taken = standing.filter(state=State.SEATED).count()
    return GroupPage(
        status=_status(group),
        when=f"{day_with_year(today_of(group))} "
        f"{clock_text(group.starts_at)}–{clock_text(group.ends_at)}",
        facts=list(_facts(group, taken, standing.count() - taken)),
        seated=shown[State.SEATED],
        waiting=shown[State.WAITING],
        withdrawn=shown[State.WITHDRAWN],
        unseen=standing.count() - len(shown[State.SEATED]) - len(shown[State.WAITING]),
        taken=taken,
        enrolled=_("%(taken)d have a seat, %(waiting)d wait in the list.")
        % {"taken": taken, "waiting": standing.count() - taken},
        buttons=list(_buttons(group, shown[State.SEATED], user, at=at)),
    )


def today_of(group: GroupMeeting) -> date:
    """The day of the meeting in Denmark."""
    return timezone.localdate(group.starts_at)


def is_today(group: GroupMeeting) -> bool:
    """Whether the meeting is on this very day."""
    return today_of(group) == timezone.localdate()


def _facts(group: GroupMeeting, taken: int, waiting: int) -> list[tuple[str, str]]:
    rows = [
        (_("Kind"), _capital(group.get_kind_display())),
        (_("Held by"), str(group.organisation)),
        (_consultant_of(group.organisation), str(group.host or "–")),
        (_("Together with"), str(group.invited or "–")),
        (_consultant_of(group.invited), str(group.guest or "–")) if group.invited else ("", ""),
        (_("Agreement"), str(group.agreement or "–") if group.invited else ""),
        (_("Where"), place_of(group)),
        (_("Form"), _capital(group.get_form_display())),
        (_("Attendance"), _("Mandatory") if group.is_mandatory else _("Voluntary")),
        (_("Seats"), _("%(taken)d of %(seats)d taken") % {"taken": taken, "seats": group.seats}),
        (_("Waiting list"), str(waiting)),
        (_("What happens"), group.about),
        (_("Why cancelled"), group.why_cancelled),
    ]
    return [(name, value) for name, value in rows if value]


def _consultant_of(house: Organisation) -> str:
    return _("Consultant, %(party)s") % {"party": house.short or house.name}


def _seat(one: Enrolment, user: User, *, is_open: bool, on: date) -> SeatRow:
    course = one.course
    may = is_open and one.state != State.WITHDRAWN and may_enrol(user, one.group, course, on=on)
    talk = one.talk if one.talk and one.talk.state != Meeting.State.CANCELLED else None
    return SeatRow(
        number=str(one.seat or ""),
        name=str(course.citizen.name),
        case=str(course.case_number),
        url=course.get_absolute_url(),
        status=_seat_status(one),
        talk=f"{clock_text(talk.starts_at)}–{clock_text(talk.ends_at)}" if talk else "",
        talk_url=talk.get_absolute_url() if talk else "",
        next_step=one.next_step or one.why_withdrawn,
        withdraw_url=reverse("meetings:withdraw_enrolment", args=[one.group_id, one.pk])
        if may
        else "",
        missed_url=one.get_absolute_url()
        if one.is_told or may_tell_why(user, one, on=on)  # type: ignore[attr-defined]
        else "",
        is_told=one.is_told,  # type: ignore[attr-defined]  # annotated
    )


def _seat_status(one: Enrolment) -> SafeString:
    if one.state != State.SEATED:
        return status("none", _capital(one.get_state_display()))
    return status(CAME[Attendance(one.attendance)], _capital(one.get_attendance_display()))


def _buttons(
    group: GroupMeeting, seated: Sequence[SeatRow], user: User, *, at: datetime
) -> list[Button]:
    has_rows = bool(seated)
    today = timezone.localdate(at)
    planned = group.state == GroupMeeting.State.PLANNED
    begun = group.starts_at <= at
    ours = may_plan(user, group.organisation_id, on=today)
    found = [
        (_("Cancel the meeting"), "cancel_group", planned and ours and not begun),
        (_("Change"), "edit_group", planned and ours and not begun),
        (_("Choose our consultant"), "staff_group", planned and may_staff(user, group, on=today)),
        (_("Individual talks"), "group_talks", planned and has_rows and at < group.ends_at),
        (_("Record attendance") if begun else _("Attendance list"), "group_attendance", has_rows),
    ]
    names = [one for one in found if one[2]]
    return [
        Button(label, reverse(f"meetings:{name}", args=[group.pk]), name == names[-1][1])
        for label, name, _may in names
    ]


def _status(group: GroupMeeting) -> SafeString:
    return status(TONES[GroupMeeting.State(group.state)], _capital(group.get_state_display()))


def _capital(text: object) -> str:
    said = str(text)
    return said[:1].upper() + said[1:]
