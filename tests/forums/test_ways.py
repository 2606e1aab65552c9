"""How one finds forums and evaluations, and what stands where there is nothing yet."""

import pytest
from django.urls import reverse

from forums.models import Forum
from partnerships.models import Role
from tests.factories import AgreementFactory, AKasseFactory, JobcentreFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return JobcentreFactory()


@pytest.fixture
def agreement(house):
    return AgreementFactory(parties=[house, AKasseFactory()])


@pytest.mark.parametrize(
    ("role", "is_led"), [(Role.STEERING_GROUP, True), (Role.CASEWORKER, False)]
)
def test_an_agreement_leads_those_who_keep_forums_to_its_evaluation(
    client, house, agreement, role, is_led
) -> None:
    client.force_login(UserFactory(role=role, organisation=house))
    url = reverse("forums:evaluation", args=[agreement.slug])

    page = client.get(reverse("partnerships:agreement", args=[agreement.slug]))

    assert (url in page.content.decode()) == is_led
    assert client.get(url).status_code == (200 if is_led else 404)


def test_where_there_is_no_forum_the_page_says_how_to_set_one_up(client, house) -> None:
    client.force_login(UserFactory(role=Role.STEERING_GROUP, organisation=house))

    page = client.get(reverse("forums:list")).content.decode()

    assert page.count(reverse("forums:new")) == 2  # on top, and where the list would stand


def test_a_forum_that_has_not_met_says_how_to_call_a_meeting(client, house, agreement) -> None:
    client.force_login(UserFactory(role=Role.STEERING_GROUP, organisation=house))
    forum = Forum.objects.create(agreement=agreement, name="Group")

    page = client.get(reverse("forums:forum", args=[forum.pk])).content.decode()

    assert page.count(reverse("forums:plan", args=[forum.pk])) == 2


def test_a_member_without_a_role_finds_the_forum_from_the_news(client, house, agreement) -> None:
    worker = UserFactory(role=Role.CASEWORKER, organisation=house)
    client.force_login(worker)
    url, news = reverse("forums:list"), reverse("forums:news")
    before = client.get(news).content.decode()

    forum = Forum.objects.create(agreement=agreement, name="Group")
    forum.members.create(organisation=house, name="Vera", user=worker)

    assert url not in before
    assert url in client.get(news).content.decode()
