"""What may be a CPR number is refused wherever it stands in a query string, and not repeated."""

import pytest
from django.test import Client

from partnerships.models import Role
from tests.factories import CoverageFactory, UserFactory

pytestmark = pytest.mark.django_db
NUMBERS = ("010170-1234", "0101701234", "010170%201234", "Bo%20010170-1234")


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("signed_in", [False, True])
@pytest.mark.parametrize(
    "address", ["/soeg/?q=", "/jobcenter/?akasse=", "/log-ind/?next=/soeg/%3Fq%3D", "/admin/?q="]
)
def test_a_cpr_number_in_an_address_is_refused_before_anything_else(
    client: Client, address: str, number: str, signed_in: bool
) -> None:
    if signed_in:
        jobcentre = CoverageFactory().jobcentre
        client.force_login(UserFactory(role=Role.CASEWORKER, organisation=jobcentre))

    answer = client.get(address + number)

    assert answer.status_code == 400
    assert "Location" not in answer
    assert "1234" not in answer.content.decode()


@pytest.mark.parametrize(
    "query",
    ["vis=snart&fra=snart.2026-11-20.1234567", "at__gte=2026-11-22+00%3A00%3A00%2B01%3A00"],
)
def test_days_and_keys_in_an_address_are_no_cpr_numbers(client: Client, query: str) -> None:
    answer = client.get(f"/log-ind/?{query}")

    assert answer.status_code == 200
