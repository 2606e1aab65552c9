"""The forum of the example agreement: it met, meets again, decided, asked and told."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from accounts.models import User
from desk.demo.diary import ZONE
from forums import actions
from forums.actions.surveys import answer_survey, give_links, make_survey, tell_news
from forums.models import Forum, Member, SurveyLink
from partnerships.models import Agreement, Organisation
from shared.dates import nearest_working_day

EXAMPLE = "eksempel-3f-foa-koebenhavn"
SEATS = [
    ("styregruppe", "jc-101", True),
    ("aftaler", "jc-101", False),
    ("akasse-leder", "3f", False),
    ("foa-leder", "foa", False),
]
MINUTES = """Til stede: alle medlemmer.
Nøgletallene blev gennemgået. Der mangler tider om tirsdagen.
Brugerundersøgelsen af workshoppen sættes i gang."""
QUESTIONS = [
    {"key": "q1", "text": "Fik du noget ud af workshoppen?", "kind": "scale"},
    {"key": "q2", "text": "Ved du nu, hvad dit næste skridt er?", "kind": "yes_no"},
    {"key": "q3", "text": "Hvad kunne vi gøre bedre?", "kind": "text"},
]
ANSWERS = [
    ("5", "yes", "Mere tid til de individuelle samtaler."),
    ("4", "yes", "Jeg ville gerne have haft materialet før."),
    ("4", "no", "Et kursus i at skrive ansøgninger."),
    ("3", "yes", "Intet, det var godt."),
    ("5", "yes", "Flere virksomheder."),
    ("2", "no", "Lokalet var for lille."),
]
NEWS = (
    "Tidlige fælles samtaler",
    (
        "To a-kasser og et jobcenter har prøvet at holde den første fælles samtale tidligere."
        " Erfaringen samles op på næste møde i styregruppen."
    ),
)


def keep_forums(people: Mapping[str, User], *, on: date) -> None:
    """Draw figures for the next meeting, ask those who took part, tell what works."""
    by, agreement = people["aftaler"], Agreement.objects.get(slug=EXAMPLE)
    at = datetime.combine(on, time(7, 30), ZONE)
    forum = agreement.forums.first() or actions.make_forum(
        agreement, name="Styregruppen", kind=Forum.Kind.STEERING_GROUP, meetings_a_year=2, by=by
    )
    _meet(forum, _seats(forum, people, at), by, at)
    _ask(agreement, by, on)
    title, text = NEWS
    day = on - timedelta(6)
    tell_news(agreement=None, title=title, text=text, source="Styregruppen", on=day, by=by)


def _seats(forum: Forum, people: Mapping[str, User], at: datetime) -> list[Member]:
    rows = Organisation.objects.filter(slug__in={slug for _who, slug, _chair in SEATS})
    houses = {one.slug: one for one in rows}
    return [
        actions.add_member(
            forum, name=people[who].get_full_name(), organisation=houses[slug],
            email=people[who].email, is_chair=chair, user=people[who], by=None, at=at,
        )
        for who, slug, chair in SEATS
    ]  # fmt: skip


def _meet(forum: Forum, members: list[Member], by: User, at: datetime) -> None:
    """A meeting in the summer with three decisions, and the next one with its agenda."""
    on = at.date()
    starts_at = datetime.combine(nearest_working_day(on - timedelta(150)), time(9), ZONE)
    called = starts_at - timedelta(30)
    held = actions.plan_meeting(forum, starts_at=starts_at, place="Rådhuset", by=by, at=called)
    actions.hold_meeting(held, minutes=MINUTES, by=by, at=starts_at + timedelta(1))
    decided = [
        actions.decide(held, text=text, owner=owner, due_on=on + timedelta(days), by=by)
        for text, owner, days in (
            ("Jobcentret lægger flere tider ud om tirsdagen.", members[1], -20),
            ("A-kasserne melder behovet for uddannelsesdage.", members[2], 14),
            ("Brugerundersøgelsen sendes ud efter hver workshop.", members[3], -60),
        )
    ]
    done_at = at - timedelta(70)
    actions.finish_decision(
        decided[-1], outcome="Sat i gang.", on=done_at.date(), by=by, at=done_at
    )
    coming = datetime.combine(nearest_working_day(on + timedelta(18)), time(9), ZONE)
    planned = actions.plan_meeting(forum, starts_at=coming, place="3F", by=by, at=at)
    actions.add_point(planned, title="Varsel ved udeblivelse", text="Forslag fra 3F.", by=by)


def _ask(agreement: Agreement, by: User, on: date) -> None:
    days = {"opens_on": on - timedelta(20), "closes_on": on + timedelta(20)}
    survey = make_survey(
        agreement, title="Workshop: ny retning", questions=QUESTIONS, **days, by=by
    )
    give_links(survey, 12, by=by)
    links = SurveyLink.objects.filter(survey=survey)
    for link, (scale, again, text) in zip(links, ANSWERS, strict=False):
        answer_survey(link, {"q1": scale, "q2": again, "q3": text}, on=on - timedelta(3))
