from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from shared import written

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
TUESDAY = date(2026, 11, 24)
MONDAY = date(2026, 11, 23)
QUARTER = datetime(2026, 11, 24, 9, 45, tzinfo=COPENHAGEN)

DAYS = [
    # how                                              Danish                          English
    (lambda: written.day_text(TUESDAY),                "ti. 24.11.",                   "Tue 24 Nov"),
    (lambda: written.day_text(TUESDAY, on=MONDAY),     "ti. 24.11.",                   "Tue 24 Nov"),
    (lambda: written.day_text(TUESDAY, on=date(2027, 1, 4)), "ti. 24.11.2026",         "Tue 24 Nov 2026"),
    (lambda: written.day_with_year(TUESDAY),           "ti. 24.11.2026",               "Tue 24 Nov 2026"),
    (lambda: written.plain_day(TUESDAY),               "24.11.2026",                   "24 Nov 2026"),
    (lambda: written.short_day(TUESDAY),               "24.11.",                       "24 Nov"),
    (lambda: written.long_day(MONDAY),                 "mandag den 23. november 2026", "Monday 23 November 2026"),
    (lambda: written.month_text(MONDAY),               "november 2026",                "November 2026"),
    (lambda: written.clock_text(QUARTER),              "9.45",                         "9:45"),
    (lambda: written.clock_with_word(QUARTER),         "kl. 9.45",                     "at 9:45"),
    (lambda: written.moment_text(QUARTER),             "ti. 24.11. kl. 9.45",          "Tue 24 Nov at 9:45"),
    (lambda: written.decimal_text(6.94),               "6,9",                          "6.9"),
    (lambda: written.decimal_text(1234.5, digits=2),   "1.234,50",                     "1,234.50"),
]  # fmt: skip


@pytest.mark.parametrize(("say", "danish", "english"), DAYS)
def test_days_times_and_numbers_are_written_as_each_language_does(say, danish, english) -> None:
    with override("da"):
        assert say() == danish
    with override("en"):
        assert say() == english


def test_a_time_of_day_is_denmarks_also_when_it_came_from_elsewhere() -> None:
    with override("da"):
        assert written.clock_text(datetime(2026, 7, 1, 22, 30, tzinfo=ZoneInfo("UTC"))) == "0.30"
        assert written.clock_text(datetime(2026, 1, 1, 22, 30, tzinfo=ZoneInfo("UTC"))) == "23.30"


RELATIVE = [
    # last timely day      seen on              words                       tone
    (date(2026, 11, 17), date(2026, 11, 23), "4 working days over",        "over"),
    (date(2026, 11, 20), date(2026, 11, 23), "1 working day over",         "over"),
    (date(2026, 11, 20), date(2026, 11, 21), "Just overdue",               "over"),  # a Saturday
    (date(2026, 9, 1),   date(2026, 11, 23), "11 weeks over",              "over"),
    (date(2026, 11, 23), date(2026, 11, 23), "Today",                      "next"),
    (date(2026, 11, 24), date(2026, 11, 23), "Tomorrow",                   "next"),
    (date(2026, 11, 30), date(2026, 11, 23), "In 5 working days",          "next"),
    (date(2026, 11, 22), date(2026, 11, 20), "In the weekend",             "next"),  # Sunday
    (date(2026, 12, 28), date(2026, 12, 22), "In 3 working days",          "next"),  # over Christmas Day
    (date(2027, 1, 25),  date(2026, 11, 23), "In 9 weeks",                 "next"),
]  # fmt: skip


@pytest.mark.parametrize(("last_day", "on", "words", "tone"), RELATIVE)
def test_a_deadline_says_how_far_it_is_away(last_day, on, words, tone) -> None:
    with override("en"):
        assert written.relative_deadline(last_day, on=on) == written.Relative(words, tone)


def test_a_deadline_that_is_due_soon_says_so_by_its_tone() -> None:
    with override("en"):
        assert written.relative_deadline(TUESDAY, on=MONDAY, soon=True).tone == "soon"


def test_a_booking_near_now_uses_the_words_for_it() -> None:
    with override("en"):
        assert written.near_moment(QUARTER, on=TUESDAY) == "today 9:45"
        assert written.near_moment(QUARTER, on=MONDAY) == "tomorrow 9:45"
        assert written.near_moment(QUARTER, on=date(2026, 11, 20)) == "Tue 24 Nov 9:45"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ark mangler", "Ark mangler"),
        ("i orden", "I orden"),
        ("Holdt 24.6.", "Holdt 24.6."),
        ("ti. 24.11. 9.45", "ti. 24.11. 9.45"),
        ("åben", "Åben"),
        ("", ""),
    ],
)
def test_a_status_begins_with_a_capital_unless_it_is_a_day(text, said):
    assert written.status_text(text) == said
