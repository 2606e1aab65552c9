"""The sheet as a document, and what a hand-over from one day to the next asks of the jobcentre."""

from datetime import timedelta

import pytest
from django.urls import reverse

from handovers.actions import send_sheet
from handovers.models import Handover
from journal.models import Look
from notices.models import Notice
from partnerships.models import Role
from tests.factories import UserFactory
from tests.handovers.conftest import NOW, SAID, TODAY, World

pytestmark = pytest.mark.django_db


def document(world: World, user, query: str = ""):
    url = reverse("handovers:sheet_pdf", args=[world.course.case_number])
    return world.browser(user).get(url + query)


def test_both_sides_get_the_sent_sheet_as_a_document_and_each_look_is_logged(world):
    world.prepare()
    assert document(world, world.consultant).status_code == 404
    send_sheet(world.handover, SAID | {"agreed": "One.\nTwo."}, by=world.consultant, at=NOW)
    for reader in (world.consultant, world.caseworker):
        answer = document(world, reader)
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF-")
        assert Look.objects.filter(by=reader, details__page="sheet_pdf").exists()
    assert document(world, world.consultant, "?version=2").status_code == 404
    for stranger in (world.stranger, world.abroad):
        assert document(world, stranger).status_code == 404


def test_a_handover_that_nobody_foresaw_has_a_week_before_it_is_overdue(world):
    week = timedelta(7)
    chosen = Handover(
        course=world.course, basis=Handover.Basis.VISITED_OUT, moves_on=TODAY, state="coming"
    )
    assert chosen.has_passed(on=TODAY)
    assert not chosen.is_overdue(on=TODAY + week - timedelta(1))
    assert chosen.is_overdue(on=TODAY + week)


def test_who_plans_the_jobcentres_work_is_told_of_an_overdue_one_and_can_follow_it(world):
    planner = UserFactory(role=Role.BOOKING_COORDINATOR, organisation=world.course.jobcentre)
    world.prepare()
    world.prepare(on=world.passes_on)
    told = Notice.objects.get(user=planner, kind="handover-overdue-there")
    assert world.browser(planner).get(told.url).status_code == 200
