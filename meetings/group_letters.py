"""Letters about a group meeting: each is queued in the transaction of the act it tells of."""

from datetime import datetime

from django.utils import timezone, translation

from accounts.models import User
from courses.models import MeetingForm
from letters import actions as post
from letters.access import may_write_to
from letters.drafts import Draft, Fact, fact
from letters.models import Letter, LetterKind
from letters.models.texts import GROUP
from letters.placeholders import filled
from letters.shipped import passages_of, words_of
from meetings.group_access import house_of
from meetings.models import Enrolment, GroupMeeting
from meetings.summonses import TELLING, TELLS_WHEN
from partnerships.models import Organisation
from shared.written import clock_text, long_day

Kind = GroupMeeting.Kind


def summon(enrolment: Enrolment, *, by: User, at: datetime, language: str = "da") -> Letter | None:
    """Call the citizen to the meeting; nothing when it has begun, or when nobody may write."""
    return _queue(enrolment, LetterKind.SUMMONS, by=by, at=at, language=language)


def tell_change(enrolment: Enrolment, *, by: User, at: datetime) -> Letter | None:
    """Tell of another time or place: a change, or a new summons where none has gone."""
    language = _language(enrolment)
    told = _take_back_waiting(enrolment, by=by, at=at)
    kind = LetterKind.CHANGE if told else LetterKind.SUMMONS
    return _queue(enrolment, kind, by=by, at=at, language=language)


def tell_not_to_come(
    enrolment: Enrolment, *, by: User, at: datetime, why: str = "group_withdrawn"
) -> Letter | None:
    """Take back what still waits; whoever has been told to come is told not to."""
    language = _language(enrolment)
    if not _take_back_waiting(enrolment, by=by, at=at):
        return None
    return _queue(enrolment, LetterKind.CANCELLATION, by=by, at=at, language=language, why=why)


def draft_of(
    group: GroupMeeting,
    kind: LetterKind,
    *,
    sender: Organisation,
    language: str,
    why: str = "",
) -> Draft:
    """A letter about a group meeting, in its own language whatever the writer reads."""
    words = words_of(language)
    with translation.override(language):
        values = {
            "duty": f"{group.get_kind_display()}: {group.title}",
            "day": long_day(timezone.localdate(group.starts_at)),
            "clock": f"{clock_text(group.starts_at)}–{clock_text(group.ends_at)}",
            "form": str(MeetingForm(group.form).label),
            "place": _place(group),
            "with_whom": _with_whom(group, words["with_both"]),
            "why": words[why] if why else _what_happens(group, words),
            "consequences": _consequences(group, sender, language),
        }
        return Draft(
            kind=kind,
            sender=sender,
            values=values,
            facts=_facts(values, words),
            meeting_kind=GROUP,
            language=language,
        )


def _facts(values: dict[str, str], words: dict[str, str]) -> list[Fact]:
    names = ("day", "clock", "form", "place", "with_whom")
    return [fact(words[name], values[name]) for name in names if values[name]]


def _what_happens(group: GroupMeeting, words: dict[str, str]) -> str:
    told = [group.about.strip()]
    if group.kind == Kind.WORKSHOP:
        told.append(words["group_talk"])
    if group.is_mandatory:
        told.append(words["group_mandatory"])
    return " ".join(part for part in told if part)


def _consequences(group: GroupMeeting, sender: Organisation, language: str) -> str:
    """What staying away means, where one has to come; nothing where one may."""
    return passages_of(language, sender.kind)["consequences"] if group.is_mandatory else ""


def _place(group: GroupMeeting) -> str:
    room = group.room
    if room and room.link and group.form == MeetingForm.VIDEO:
        return room.link
    told = [str(room), room.place, group.place] if room else [group.place]
    return ", ".join(part for part in told if part)


def _with_whom(group: GroupMeeting, both: str) -> str:
    own = ", ".join(str(one) for one in (group.host, group.organisation) if one)
    if group.invited is None:
        return own
    other = ", ".join(str(one) for one in (group.guest, group.invited) if one)
    return filled(both, {"own": own, "other": other})


def _queue(  # noqa: PLR0913 (the parts of a letter)
    enrolment: Enrolment,
    kind: LetterKind,
    *,
    by: User,
    at: datetime,
    language: str,
    why: str = "",
) -> Letter | None:
    """Queue a letter in the name of who acts, else of who enrolled, if that one still may."""
    group, course = enrolment.group, enrolment.course
    if group.starts_at <= at:
        return None
    for writer in (one for one in (by, enrolment.enrolled_by) if one):
        sender = house_of(writer, group, course, on=timezone.localdate(at))
        if sender is None or not may_write_to(writer, course, sender, on=timezone.localdate(at)):
            continue
        draft = draft_of(group, kind, sender=sender, language=language, why=why)
        letter = post.queue(course, draft, by=writer, at=at)
        enrolment.letters.add(letter)
        return letter
    return None


def _take_back_waiting(enrolment: Enrolment, *, by: User, at: datetime) -> bool:
    """Take back what waits; whether the citizen may have been told of the meeting already."""
    told = enrolment.letters.filter(kind__in=TELLS_WHEN)
    for letter in told.here():
        for writer in (by, letter.queued_by):
            if may_write_to(writer, letter.course, letter.sender, on=timezone.localdate(at)):
                post.take_back(letter, by=writer, at=at)
                break
    return bool(told.filter(state__in=TELLING).exists())


def _language(enrolment: Enrolment) -> str:
    last = enrolment.letters.order_by("queued_at", "pk").last()
    return last.language if last else "da"
