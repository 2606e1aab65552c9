"""Which way letters go: the agreement's where it has one, else the organisation's."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from letters.channels import channel_for
from letters.models import Letter, Route
from partnerships.models import Role
from tests.factories import AgreementFactory, UserFactory
from tests.letters.test_channels import sent
from tests.letters.test_outbox import messages, queued

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement(world):
    """The agreement that the course is under; both its organisations are parties."""
    parties = [world.course.jobcentre, world.course.a_kasse]
    agreement = AgreementFactory(title="Agreement of the harbour", parties=parties)
    world.course.agreement = agreement
    world.course.save(update_fields=["agreement"])
    return agreement


def agreed(world, agreement, **columns):
    return Route.objects.create(organisation=world.course.jobcentre, agreement=agreement, **columns)


def test_the_way_of_the_agreement_counts_before_the_organisations(world, agreement):
    house = world.course.jobcentre
    assert channel_for(world.course, house) == "digital_post"

    agreed(world, agreement, usual="email")

    assert channel_for(world.course, house) == "email"
    assert channel_for(world.course, world.course.a_kasse) == "digital_post"
    world.course.agreement = AgreementFactory()
    assert channel_for(world.course, house) == "digital_post"


def test_the_exempt_get_paper_unless_the_agreement_says_that_nobody_prints(world, agreement):
    world.course.citizen.digital_post_exempt = True
    world.course.citizen.save(update_fields=["digital_post_exempt"])
    assert sent(queued(world)).state == "to_print"

    agreed(world, agreement, prints=False)

    letter = sent(queued(world))
    assert (letter.channel, letter.failure) == ("print", Letter.Failure.NO_PRINT)


def test_digital_post_under_an_agreement_names_the_sender_by_the_organisations_number(
    world, agreement
):
    agreed(world, agreement, usual="digital_post")

    assert sent(queued(world)).state == "sent"
    assert "11111111" in messages()[0].read_text()


def test_there_is_one_way_for_an_agreement_and_one_for_everything_else(world, agreement):
    agreed(world, agreement)

    for same in (agreement, None):
        with pytest.raises(IntegrityError), transaction.atomic():
            agreed(world, same)


def test_only_a_party_has_a_way_under_an_agreement(world):
    route = Route(organisation=world.course.jobcentre, agreement=AgreementFactory())

    with pytest.raises(ValidationError, match="no party to it"):
        route.full_clean()


def test_the_admin_site_shows_which_way_wins_where(world, agreement, client):
    own = agreed(world, agreement, usual="email", prints=False)
    client.force_login(UserFactory(role=Role.SYSTEM_ADMINISTRATOR, is_staff=True))

    page = client.get(reverse("admin:letters_route_change", args=[own.pk])).content.decode()

    assert "Agreement of the harbour: e-mail, no paper for the exempt (this way)" in page
    assert "all other courses: Digital Post, paper for the exempt (another way)" in page
    assert "counts before the organisation" in page
