"""What letters say of an interview, whether it is booked or only planned."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone, translation

from accounts.models import User
from courses.models import Course, Duty, MeetingForm, Party
from courses.sentences import say
from courses.wording import interview_name, source_of
from law.acts import RULES
from letters.drafts import Draft, Fact, fact
from letters.models import LetterKind
from letters.placeholders import filled
from letters.shipped import words_of
from meetings import citizen_links
from meetings.models import Meeting, Participant, Room
from meetings.plans import OTHER, Purpose, Sitting
from partnerships.models import Organisation
from shared.written import clock_text, long_day, plain_day


@dataclass(frozen=True, slots=True)
class Occasion:
    """An interview as a letter tells of it."""

    course: Course
    kind: str
    ordinal: int | None
    duty: Duty | None
    held_by: Party
    sender: Organisation
    with_other_party: bool
    starts_at: datetime
    ends_at: datetime
    form: str
    room: Room | None
    place: str
    worker: User | None
    before: datetime | None = None
    agreed: str = ""
    next_step: str = ""
    message: str = ""
    address: str = ""  # of the citizen's own page


def occasion_of(meeting: Meeting, seats: Iterable[Participant] | None = None) -> Occasion:
    """A booked interview; who takes part is read unless it is said."""
    rows = meeting.participants.select_related("worker") if seats is None else seats
    own = next((row for row in rows if row.role == meeting.held_by), None)
    return Occasion(
        course=meeting.course,
        kind=meeting.kind,
        ordinal=meeting.ordinal,
        duty=meeting.duty,
        held_by=Party(meeting.held_by),
        sender=meeting.organisation,
        with_other_party=meeting.with_other_party,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        form=meeting.form,
        room=meeting.room,
        place=meeting.place,
        worker=own.worker if own else None,
        agreed=_agreed(meeting),
        next_step=meeting.next_step,
    )


def _agreed(meeting: Meeting) -> str:
    """The summary, and a line for each thing that was agreed."""
    if meeting.state != Meeting.State.HELD:
        return meeting.agreed
    lines = [
        f"– {one.what}" + (f" ({one.by_day:%d.%m.%Y})" if one.by_day else "")
        for one in meeting.agreements.all()
    ]
    return "\n".join(part for part in (meeting.agreed, *lines) if part)


def occasion_planned(course: Course, purpose: Purpose, sitting: Sitting) -> Occasion:
    """An interview that is not booked yet."""
    return Occasion(
        course=course,
        kind=purpose.kind,
        ordinal=purpose.ordinal(course),
        duty=purpose.duty,
        held_by=purpose.held_by,
        sender=purpose.organisation(course),
        with_other_party=purpose.with_other_party,
        starts_at=sitting.starts_at,
        ends_at=sitting.ends_at,
        form=sitting.form,
        room=sitting.room,
        place=sitting.place,
        worker=sitting.worker,
        message=sitting.message,
        address=citizen_links.SAMPLE,
    )


def moved_from(occasion: Occasion, before: datetime) -> Occasion:
    """The interview with the time it had."""
    return replace(occasion, before=before if before != occasion.starts_at else None)


def draft_of(occasion: Occasion, kind: LetterKind, *, language: str) -> Draft:
    """A letter about an interview, in its own language whatever the writer reads."""
    with translation.override(language):
        values = _values(occasion, language)
        return Draft(
            kind=kind,
            sender=occasion.sender,
            values=values,
            facts=list(_facts(occasion, values, language)),
            meeting_kind=occasion.kind,
            language=language,
            address=occasion.address,
        )


def _values(occasion: Occasion, language: str) -> dict[str, str]:
    return {
        "day": long_day(timezone.localdate(occasion.starts_at)),
        "clock": f"{clock_text(occasion.starts_at)}–{clock_text(occasion.ends_at)}",
        "place": _place(occasion, language),
        "form": str(MeetingForm(occasion.form).label),
        "with_whom": _with_whom(occasion, language),
        "duty": _name(occasion),
        "why": _why(occasion, language),
        "agreed": occasion.agreed,
        "next_step": occasion.next_step,
    }


def _facts(occasion: Occasion, values: dict[str, str], language: str) -> Iterator[Fact]:
    """The rows of the table: when, how, where, with whom."""
    words = words_of(language)
    for name in ("day", "clock", "form", "place", "with_whom"):
        if values[name]:
            yield fact(words[name], values[name])
    if occasion.before:
        day = long_day(timezone.localdate(occasion.before))
        yield words["before"], f"{day[:1].upper()}{day[1:]}, {clock_text(occasion.before)}"
    if occasion.message:
        yield words["message"], occasion.message


def _name(occasion: Occasion) -> str:
    if occasion.duty:
        return interview_name(occasion.duty.rule, occasion.duty.ordinal, occasion.kind).lower()
    return str(Meeting(kind=occasion.kind).get_kind_display())


def _place(occasion: Occasion, language: str) -> str:
    """The room with its address, the place as written, or how one is reached."""
    if occasion.form != MeetingForm.IN_PERSON:
        return occasion.place or _way_to_reach(occasion, language)
    room = occasion.room
    told = [str(room), room.place] if room else []
    told += [occasion.place]
    return ", ".join(part for part in told if part)


def _way_to_reach(occasion: Occasion, language: str) -> str:
    """By video the link, where the room has one; by phone also the number to call us on."""
    words = words_of(language)
    if occasion.form == MeetingForm.VIDEO:
        return (occasion.room.link if occasion.room else "") or words["by_video"]
    phone = occasion.sender.phone
    return filled(words["by_phone_or_call"], {"phone": phone}) if phone else words["by_phone"]


def _with_whom(occasion: Occasion, language: str) -> str:
    """The sender and who of it; in a joint interview both parties by name."""
    own = ", ".join(str(one) for one in (occasion.worker, occasion.sender) if one)
    if not occasion.with_other_party:
        return own
    course, other = occasion.course, OTHER[occasion.held_by]
    invited = course.a_kasse if other == Party.A_KASSE else course.jobcentre
    return filled(words_of(language)["with_both"], {"own": own, "other": str(invited)})


def _why(occasion: Occasion, language: str) -> str:
    """Why, with what the rule rests on, and the last day; or that no rule asks for it."""
    duty, words = occasion.duty, words_of(language)
    if duty is None:
        return words["not_owed"]
    because = say(duty.because).rstrip(".")
    told = [f"{because[:1].upper()}{because[1:]}."] if because else []
    if duty.due_on:
        told.append(filled(words["due"], {"due": plain_day(duty.latest_on or duty.due_on)}))
    source = source_of(duty.rule)
    if source and not _names_its_rule(duty):
        told.append(filled(words["rule"], {"source": source}))
    return " ".join(told)


def _names_its_rule(duty: Duty) -> bool:
    """Whether the reason says what it rests on, as the law's own reasons do after a comma."""
    rule = RULES.get(duty.rule)
    return rule is not None and str(duty.because.get("text", "")).endswith(
        rule.because.rpartition(", ")[2]
    )
