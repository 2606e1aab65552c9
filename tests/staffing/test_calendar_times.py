"""The times of a calendar file: series, exceptions, zones, and what keeps nobody busy."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from shared.refusals import Refused
from staffing.calendar_times import times_in
from tests.factories import COPENHAGEN, moment

FIRST = moment(date(2026, 11, 23), 0)
LAST = FIRST + timedelta(366)
MONDAY = date(2026, 11, 23)


def calendar(*entries: str) -> bytes:
    """A calendar of entries, each the lines between its begin and its end."""
    inside = "".join(f"BEGIN:VEVENT\n{one.strip()}\nEND:VEVENT\n" for one in entries)
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//y\n{inside}END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


def read(*entries: str) -> list[tuple[datetime, datetime]]:
    return times_in(calendar(*entries), first=FIRST, last=LAST)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return moment(day, hour, minute)


def local(spans) -> list[str]:
    """Spans by the clock of Denmark."""
    return [
        f"{one.astimezone(COPENHAGEN):%d.%m. %H.%M}-{two.astimezone(COPENHAGEN):%H.%M}"
        for one, two in spans
    ]


ONE = "UID:1\nDTSTART:20261123T090000\nDTEND:20261123T100000"


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        ("DTSTART:20261123T090000", "DTEND:20261123T100000", "23.11. 09.00-10.00"),
        ("DTSTART:20261123T080000Z", "DTEND:20261123T090000Z", "23.11. 09.00-10.00"),
        ("DTSTART;TZID=Europe/London:20261123T090000", "DURATION:PT30M", "23.11. 10.00-10.30"),
        ("DTSTART;TZID=Romance Standard Time:20261123T090000", "DURATION:PT1H", "23.11. 09.00-10.00"),
        ("DTSTART;VALUE=DATE:20261124", "", "24.11. 00.00-00.00"),
        ("DTSTART;VALUE=DATE:20261124", "DTEND;VALUE=DATE:20261126", "24.11. 00.00-00.00"),
    ],
    ids=["floating", "utc", "zone", "outlook's zone", "day", "days"],
)  # fmt: skip
def test_a_time_is_read_in_its_zone_and_without_one_in_that_of_denmark(
    starts, ends, expected
) -> None:
    assert local(read(f"UID:1\n{starts}\n{ends}")) == [expected]


def test_days_last_until_the_midnight_after_them_also_when_the_clocks_change() -> None:
    spans = times_in(calendar("UID:1\nDTSTART;VALUE=DATE:20270328"), first=FIRST, last=LAST)

    assert [(two - one) for one, two in spans] == [timedelta(hours=23)]


@pytest.mark.parametrize(
    "line",
    [
        "STATUS:CANCELLED",
        "TRANSP:TRANSPARENT",
        "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
        "UID:samtale-7@kontaktforloeb",
        "DTEND:20261123T090000",
    ],
)
def test_what_keeps_nobody_busy_is_left_out(line) -> None:
    name = line.partition(":")[0]
    rest = "\n".join(one for one in ONE.splitlines() if not one.startswith(f"{name}:"))

    assert read(ONE)
    assert read(f"{rest}\n{line}") == []


def test_a_series_keeps_its_hour_on_the_wall_when_the_clocks_change() -> None:
    spans = read(f"{ONE}\nRRULE:FREQ=WEEKLY;BYDAY=MO")

    hours = {one.astimezone(COPENHAGEN).hour for one, _ in spans}
    assert hours == {9}
    assert {one.hour for one, _ in spans} == {7, 8}  # in UTC
    assert len(spans) == 53


def test_a_series_that_began_years_ago_is_read_from_today_for_twelve_months() -> None:
    spans = read("UID:1\nDTSTART:20190107T090000\nDTEND:20190107T100000\nRRULE:FREQ=DAILY")

    assert (spans[0][0], len(spans)) == (at(MONDAY, 9), 366)


def test_a_series_ends_with_its_count_or_its_last_day() -> None:
    counted = read(f"{ONE}\nRRULE:FREQ=DAILY;COUNT=3")
    until = read(
        "UID:1\nDTSTART;TZID=Europe/Copenhagen:20261123T090000\nDURATION:PT1H\n"
        "RRULE:FREQ=DAILY;UNTIL=20261125T080000Z"
    )
    by_day = read(f"{ONE}\nRRULE:FREQ=DAILY;UNTIL=20261125")

    assert local(counted) == local(until) == local(by_day)
    assert len(counted) == 3


def test_days_taken_out_and_put_in_and_moved_are_read() -> None:
    spans = read(
        f"{ONE}\nRRULE:FREQ=WEEKLY;COUNT=5\nEXDATE:20261130T090000\nRDATE:20261202T140000",
        "UID:1\nRECURRENCE-ID:20261207T090000\nDTSTART:20261208T110000\nDTEND:20261208T120000",
        "UID:1\nRECURRENCE-ID:20261214T090000\nDTSTART:20261214T090000\nDTEND:20261214T100000\n"
        "STATUS:CANCELLED",
    )

    assert local(spans) == [
        "23.11. 09.00-10.00",
        "02.12. 14.00-15.00",
        "08.12. 11.00-12.00",
        "21.12. 09.00-10.00",
    ]


def test_an_exception_names_its_time_in_another_zone() -> None:
    spans = read(
        "UID:1\nDTSTART;TZID=Europe/Copenhagen:20261123T090000\nDURATION:PT1H\n"
        "RRULE:FREQ=DAILY;COUNT=2\nEXDATE:20261124T080000Z"
    )

    assert local(spans) == ["23.11. 09.00-10.00"]


def test_times_that_touch_are_kept_as_one_and_nothing_else_is_kept() -> None:
    spans = read(
        f"{ONE}\nSUMMARY:Doctor",
        "UID:2\nDTSTART:20261123T100000\nDTEND:20261123T113000\nLOCATION:Home",
    )

    assert local(spans) == ["23.11. 09.00-11.30"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"\xff\xfe\x00",
        b"<html></html>",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT",
        calendar("UID:1\nDTSTART:tomorrow\nDTEND:20261123T100000"),
        calendar(f"{ONE}\nRRULE:FREQ=NEVER"),
        calendar(f"{ONE}\nRRULE:COUNT=2"),
        calendar(f"{ONE}\nRRULE:FREQ=DAILY;BYDAY=XX"),
        calendar(f"{ONE}\nRRULE:FREQ=SECONDLY"),
        calendar(f"{ONE}\nRRULE:FREQ=DAILY;INTERVAL=0"),
        calendar(f"{ONE}\nRRULE:FREQ=DAILY;BYSECOND=1,2,3"),
        calendar(*[ONE] * 5_001),
        calendar("UID:1\nDTSTART:00010101T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY"),
    ],
    ids=lambda value: repr(value[:40]),
)
def test_what_is_no_calendar_or_counts_for_ever_is_refused_in_words(content) -> None:
    with pytest.raises(Refused) as refused:
        times_in(content, first=FIRST, last=LAST)
    assert str(refused.value)


def test_a_day_that_never_comes_is_not_looked_for() -> None:
    assert read(f"{ONE}\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30") == []


def test_a_calendar_of_hostile_rules_ends_soon(monkeypatch) -> None:
    monkeypatch.setattr("staffing.calendar_times.SECONDS_AT_MOST", 0.2)
    rules = [
        f"UID:{n}\nDTSTART:19700105T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY;INTERVAL=7;BYDAY=TU"
        for n in range(300)
    ]

    began = datetime.now(tz=ZoneInfo("UTC"))
    with pytest.raises(Refused, match=r"too many|for mange"):
        read(*rules)
    assert datetime.now(tz=ZoneInfo("UTC")) - began < timedelta(seconds=5)
