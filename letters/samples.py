"""A made-up letter, to show a text on: nobody's name, and an interview of next week."""

from datetime import date, timedelta

from django.utils import translation

from courses.models import Citizen, Course, MeetingForm, MeetingKind
from letters.drafts import Content, Draft, content_of
from letters.models import LetterKind, LetterText
from letters.models.texts import GROUP
from letters.shipped import words_of
from partnerships.models import Organisation
from shared.written import long_day, plain_day

SAMPLE_KEY = 123
SAMPLE_ADDRESS = "https://eksempel.invalid/s/7b-abcdefghijklmnopqrstuvwxyz/"
WEEK = timedelta(7)


def sample_content(text: LetterText, sender: Organisation, *, on: date) -> Content:
    """What a letter from a text would say to somebody who does not exist."""
    citizen = Citizen(first_name="Anna", last_name="Eksempel")
    course = Course(pk=SAMPLE_KEY, citizen=citizen)
    with translation.override(text.language):
        draft = _draft(text, sender, on + WEEK)
    return content_of(course, draft, text, by=None, on=on)


def _draft(text: LetterText, sender: Organisation, day: date) -> Draft:
    words = words_of(text.language)
    is_group = text.meeting_kind == GROUP
    kind = MeetingKind(MeetingKind.JOB if is_group else text.meeting_kind or MeetingKind.JOB)
    values = {
        "day": long_day(day),
        "clock": "10.00–10.45" if text.language == "da" else "10:00–10:45",
        "form": str(MeetingForm.IN_PERSON.label),
        "place": "Lokale 2, Eksempelvej 1" if text.language == "da" else "Room 2, Eksempelvej 1",
        "with_whom": f"Kim Eksempel, {sender}",
        "duty": str(kind.label),
        "why": words["due"].replace("{due}", plain_day(day + WEEK)),
        "agreed": words["agreed"],
        "next_step": words["next_step"],
    }
    names = ("day", "clock", "form", "place", "with_whom")
    return Draft(
        kind=LetterKind(text.kind),
        sender=sender,
        values=values,
        facts=[(words[name], values[name]) for name in names],
        meeting_kind=GROUP if is_group else kind,
        language=text.language,
        address=SAMPLE_ADDRESS,
    )
