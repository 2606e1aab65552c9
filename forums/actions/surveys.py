"""Surveys: made, links given out, answered without a trace of who answered what."""

import secrets
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from accounts.models import User
from forums.links import fingerprint
from forums.models import News, Survey, SurveyAnswer, SurveyLink
from journal.actions import note
from partnerships.models import Agreement
from shared.refusals import Refused

KEY_BYTES = 16  # 128 bits: nobody guesses an address
MOST_LINKS = 200


@transaction.atomic
def make_survey(  # noqa: PLR0913 (each is a column)
    agreement: Agreement,
    *,
    title: str,
    questions: list[dict[str, str]],
    opens_on: date,
    closes_on: date,
    by: User | None,
) -> Survey:
    """Make a survey of an agreement."""
    if closes_on <= opens_on:
        raise Refused(gettext_noop("A survey must close after it opens."))
    survey = Survey.objects.create(
        agreement=agreement,
        title=title,
        questions=questions,
        opens_on=opens_on,
        closes_on=closes_on,
    )
    note(survey, "survey-made", by=by, case=None, questions=len(questions))
    return survey


@transaction.atomic
def give_links(survey: Survey, count: int, *, by: User | None) -> list[str]:
    """Make new addresses and say them once: only their fingerprints are kept, and no receiver."""
    if not 0 < count <= MOST_LINKS:
        raise Refused(
            gettext_noop("Give out between 1 and %(most)d links at a time."), most=MOST_LINKS
        )
    tokens = [secrets.token_urlsafe(KEY_BYTES) for _one in range(count)]
    SurveyLink.objects.bulk_create(
        SurveyLink(survey=survey, key=fingerprint(token)) for token in tokens
    )
    note(survey, "survey-links-made", by=by, case=None, count=count)
    return tokens


@transaction.atomic
def answer_survey(
    link: SurveyLink,
    answers: dict[str, Any],
    *,
    on: date,
    by: None = None,  # noqa: ARG001 (nobody's name is asked for)
) -> None:
    """Keep an answer and use up its link, so that the one cannot be found from the other.

    The answer carries no day of its own: the day on which a single link was used would give it
    away. It is not journalled for the same reason.
    """
    link = SurveyLink.objects.select_for_update().select_related("survey").get(pk=link.pk)
    if link.used_on:
        raise Refused(gettext_noop("The link has been used already."))
    survey = link.survey
    if not survey.opens_on <= on < survey.closes_on:
        raise Refused(gettext_noop("The survey is not open."))
    link.used_on = on
    link.save(update_fields=["used_on"])
    SurveyAnswer.objects.create(survey=survey, answers=answers, answered_on=survey.opens_on)


@transaction.atomic
def tell_news(  # noqa: PLR0913 (each is a column)
    *, agreement: Agreement | None, title: str, text: str, source: str, on: date, by: User
) -> News:
    """Write of a method that works, to the parties of an agreement or to all."""
    news = News.objects.create(
        agreement=agreement, title=title, text=text, source=source, published_on=on, published_by=by
    )
    note(news, "news-told", by=by, case=None)
    return news
