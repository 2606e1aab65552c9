"""What people write on the interview pages is kept, so no CPR number gets into it."""

import inspect

import pytest
import time_machine
from django import forms as django_forms
from django.urls import reverse

from courses import forms as courses_forms
from journal.models import Entry
from meetings import forms as meetings_forms
from meetings.actions import miss
from meetings.models import BatchRow, Meeting, NoShow, Notification
from meetings.plans import Missed
from shared.cpr import holds_cpr
from shared.form_fields import RemarkField
from tests.factories import NotificationFactory
from tests.meetings.test_views import AFTER, HELD, said

CPR = "010170-1234"
KEPT = "Leave CPR numbers out of the text"


def post(client, user, name, key, data):
    client.force_login(user)
    return client.post(reverse(f"meetings:{name}", args=[key]), data)


def refused(response):
    return response.status_code == 200 and KEPT in response.content.decode()


def nothing_kept():
    kept = [str(one.details) for one in Entry.objects.all()]
    rows = [*Meeting.objects.values(), *NoShow.objects.values(), *Notification.objects.values()]
    return CPR not in str(kept + rows)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("cancel", {"cancelled_by": "citizen", "reason": f"Mistaken for {CPR}"}),
        ("outcome", HELD | {"agreed": f"Work with {CPR}"}),
        ("outcome", HELD | {"next_step": CPR}),
        ("outcome", HELD | {"outcome": "no_show", "contact_attempts": f"Rang {CPR}"}),
        ("outcome", HELD | {"outcome": "no_show", "explanation": CPR.replace("-", "")}),
    ],
)
def test_no_outcome_holds_a_cpr_number(client, world, name, data):
    meeting = world.booked_joint()
    with time_machine.travel(AFTER, tick=False):
        assert refused(post(client, world.caseworker, name, meeting.pk, data))
    meeting.refresh_from_db()
    assert meeting.state == Meeting.State.BOOKED
    assert nothing_kept()


@pytest.mark.parametrize(
    ("who", "name", "data"),
    [
        ("caseworker", "retract", {"reason": CPR}),
        (
            "caseworker",
            "contact",
            {"contact_day": "30.09.2026", "contact_time": "11.00", "explanation": CPR},
        ),
        ("caseworker", "withdraw", {"reason": CPR}),
        ("consultant", "answer", {"code": CPR}),
        ("consultant", "answer", {"code": "A", "answer": f"See {CPR}."}),
    ],
)
def test_nothing_said_of_a_no_show_holds_a_cpr_number(client, world, who, name, data):
    meeting = world.booked_joint()
    with time_machine.travel(AFTER, tick=False):
        miss(meeting, Missed(NoShow.Lawful.NONE), by=world.caseworker, at=AFTER)
        sent = NotificationFactory(meeting=meeting, sent_at=AFTER)
        key = sent.pk if name in {"withdraw", "answer"} else meeting.pk
        assert refused(post(client, getattr(world, who), name, key, data))
    assert nothing_kept()


def test_no_reply_holds_a_cpr_number(client, world):
    meeting = world.booked_joint()

    reply = {"comes": "no", "reason": CPR}

    assert refused(post(client, world.consultant, "reply", meeting.pk, reply))
    assert nothing_kept()


def test_a_place_may_be_a_phone_number_or_a_link_and_no_cpr_number(client, world):
    key = world.course.case_number
    assert refused(post(client, world.caseworker, "book", key, said(world, place=CPR)))
    assert nothing_kept()
    for place in ("+4512345678", "https://video.example/j/8123456789"):
        booked = post(client, world.caseworker, "book", key, said(world, place=place))
        assert booked.status_code == 302
        assert Meeting.objects.get().place == place
        BatchRow.objects.all().delete()
        Meeting.objects.all().delete()


@pytest.mark.parametrize(
    "text", [CPR, "0101701234", "(010170 1234)", "CPR610170-1234.", "010170–1234"]
)
def test_a_cpr_number_is_seen_however_it_is_written(text):
    assert holds_cpr(text)


@pytest.mark.parametrize(
    "text", ["+4512345678", "20 30 40 50", "321370-1234", "30.9.2026 1015", "12345678901"]
)
def test_what_is_no_date_or_no_ten_digits_is_no_cpr_number(text):
    assert not holds_cpr(text)


@pytest.mark.parametrize("module", [meetings_forms, courses_forms])
def test_every_line_that_is_kept_is_a_remark(module):
    own = [
        form
        for _, form in inspect.getmembers(module, inspect.isclass)
        if issubclass(form, django_forms.Form) and form.__module__.startswith(module.__name__)
    ]
    lines = {
        (form.__name__, name): field
        for form in own
        for name, field in form.base_fields.items()
        if isinstance(field, django_forms.CharField) and not field.widget.is_hidden
    }
    plain = {key for key, field in lines.items() if not isinstance(field, RemarkField)}
    assert lines
    assert plain <= {("AccessForm", "case_number")}  # looked up, not kept
