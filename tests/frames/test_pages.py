"""The pages of frames: what the controller reads, closes, raises and takes home."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from xml.etree.ElementTree import fromstring
from zipfile import ZipFile

import pikepdf
import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from frames.actions import commit, open_frame, reserve, use
from frames.balances import balance_of
from frames.by_function import by_function
from frames.forms import GrantForm
from frames.models import Frame
from frames.statement import printed, statement_of
from partnerships.models import Role
from tests.factories import UserFactory
from tests.frames.world import DAY, YEAR, at, frame_world

pytestmark = pytest.mark.django_db
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
MIDNIGHT_OF_EXCEL = date(1899, 12, 30)  # the day that it counts from


@pytest.fixture(autouse=True)
def _that_day():
    with time_machine.travel(at(DAY, 12), tick=False):
        yield


@pytest.fixture
def world():
    return frame_world()


def sheet(workbook: bytes, name: str = "worksheets/sheet1") -> bytes:
    """A part of a workbook as it lies in the file."""
    with ZipFile(BytesIO(workbook)) as parts:
        return parts.read(f"xl/{name}.xml")


def cells(workbook: bytes) -> list[list[str | float]]:
    """The rows of a workbook, read without the library that wrote it."""
    texts, rows = (
        fromstring(sheet(workbook, part))  # noqa: S314 (our own file)
        for part in ("sharedStrings", "worksheets/sheet1")
    )
    said = ["".join(one.itertext()) for one in texts]

    def value(cell) -> str | float:
        number = float(cell.findtext(f"{MAIN}v"))
        return said[int(number)] if cell.get("t") == "s" else number

    return [[value(cell) for cell in row] for row in rows.iter(f"{MAIN}row")]


def client_of(user, language: str = "en") -> Client:
    client = Client()
    client.force_login(user)
    client.cookies["django_language"] = language
    return client


def page(user, name: str, *args, language: str = "en", **query) -> str:
    answer = client_of(user, language).get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def pair_of(world) -> str:
    return f"{world.agreement.pk}-{world.foa.pk}-{world.jobcentre.pk}"


class TestTheList:
    def test_says_what_is_granted_bound_used_and_left(self, world) -> None:
        entry = reserve(world.frame, Decimal(8000), text="Jobklub", **world.said())
        commit(entry, **world.said())
        reserve(world.frame, Decimal("400000.50"), text="Jobklub 2", **world.said())
        shown = page(world.finance, "frames:list", language="da")
        for amount in ("500.000,00 kr.", "400.000,50 kr.", "8.000,00 kr.", "91.999,50 kr."):
            assert amount in shown
        assert "5.68.99" in shown

    def test_is_of_the_year_that_is_asked_for(self, world) -> None:
        assert "FOAs A-kasse" in page(world.finance, "frames:list")
        assert "There is no frame in this year." in page(world.finance, "frames:list", aar="2012")
        assert "FOAs A-kasse" in page(world.finance, "frames:list", aar="nonsense")

    def test_asks_the_database_as_often_for_fifty_as_for_one(
        self, world, django_assert_max_num_queries
    ) -> None:
        client = client_of(world.finance)
        client.get(reverse("frames:list"))
        for _ in range(49):
            other = frame_world()
            Frame.objects.filter(pk=other.frame.pk).update(jobcentre=world.jobcentre)
        with django_assert_max_num_queries(12):
            shown = client.get(reverse("frames:list")).content.decode()
        assert shown.count("/rammer/") >= 50


class TestTheLedger:
    def test_says_who_approved_what(self, world) -> None:
        clerk = UserFactory(
            first_name="Nanna", last_name="Holm", role=Role.CASEWORKER, organisation=world.jobcentre
        )
        reserve(
            world.frame, Decimal(15000), text="Jobklub forår", on=DAY, by=clerk, at=at()
        )  # fmt: skip
        shown = page(world.finance, "frames:frame", world.frame.pk)
        assert "Nanna Holm" in shown
        assert "Jobklub forår" in shown
        assert "15,000.00 kr." in shown

    def test_shows_one_month_when_asked(self, world) -> None:
        reserve(world.frame, Decimal(1), text="Marts", **world.said())
        april = date(2010, 4, 2)
        reserve(world.frame, Decimal(1), text="April-klub", on=april, by=None, at=at(april))
        shown = page(world.finance, "frames:frame", world.frame.pk, maaned="2010-03")
        assert "Marts" in shown
        assert "April-klub" not in shown
        empty = page(world.finance, "frames:frame", world.frame.pk, maaned="2010-07")
        assert "Nothing was recorded in this month." in empty

    def test_asks_the_database_as_often_for_fifty_lines(
        self, world, django_assert_max_num_queries
    ) -> None:
        client = client_of(world.finance)
        client.get(reverse("frames:frame", args=[world.frame.pk]))
        for number in range(50):
            reserve(world.frame, Decimal(10), text=f"Klub {number}", **world.said())
        with django_assert_max_num_queries(12):
            client.get(reverse("frames:frame", args=[world.frame.pk]))

    def test_comes_as_a_file_that_a_spreadsheet_counts_with(self, world) -> None:
        reserve(world.frame, Decimal("15000.5"), text="=Jobklub", **world.said())
        answer = client_of(world.finance).get(reverse("frames:file", args=[world.frame.pk]))
        _heading, granted, reserved = cells(answer.content)
        assert granted[4] == 500_000
        assert MIDNIGHT_OF_EXCEL + timedelta(reserved[0]) == date(2010, 3, 1)
        assert reserved[2:5] == ["=Jobklub", "5.68.99", 15000.5]
        assert b"<f>" not in sheet(answer.content)

    def test_puts_money_where_it_stands_by_account_function_and_year(self) -> None:
        old = frame_world(starts_on=date(2009, 9, 1), ends_on=date(2010, 9, 1))
        said = {"by": None, "at": at()}
        first = reserve(old.frame, Decimal(1000), text="Klub", on=date(2009, 12, 31), **said)
        reserve(old.frame, Decimal(300), text="Klub", on=date(2009, 12, 31), **said)
        use(first, Decimal(900), on=date(2010, 1, 4), **said)
        found = [(one.function, one.year, one.total) for one in by_function([old.frame])]
        assert found == [("5.68.99", 2010, Decimal(900)), ("5.68.94", 2009, Decimal(300))]


class TestGranting:
    def test_a_frame_by_its_agreement_and_a_kasse(self, world) -> None:
        client = client_of(world.finance)
        answer = client.post(
            reverse("frames:new"),
            {
                "pair": pair_of(world), "starts_on": "01.01.2011",
                "ends_on": "31.12.2011", "amount": "500.000,00",
            },
        )  # fmt: skip
        made = Frame.objects.latest("pk")
        assert answer.url == reverse("frames:frame", args=[made.pk])
        assert (made.ends_on, made.jobcentre) == (date(2012, 1, 1), world.jobcentre)
        assert balance_of(made).granted == Decimal(500_000)

    def test_says_when_the_days_are_taken(self, world) -> None:
        shown = client_of(world.finance).post(
            reverse("frames:new"),
            {
                "pair": pair_of(world), "starts_on": "01.06.2010",
                "ends_on": "31.12.2010", "amount": "1",
            },
        )  # fmt: skip
        assert "already has a frame on these days" in shown.content.decode()

    def test_the_next_frame_begins_where_the_last_one_ends(self, world) -> None:
        form = GrantForm(None, user=world.finance, on=DAY, after=world.frame)
        assert form.initial["starts_on"] == date(2011, 1, 1)
        assert form.initial["ends_on"] == date(2011, 12, 31)
        assert form.initial["amount"] == Decimal(500_000)


class TestRaising:
    def test_asks_for_a_signed_addendum(self, world) -> None:
        world.addendum(signed_on=None)
        shown = page(world.administrator, "frames:raise", world.frame.pk)
        assert "There is no signed addendum" in shown

    def test_adds_to_what_was_granted(self, world) -> None:
        addendum = world.addendum()
        answer = client_of(world.administrator).post(
            reverse("frames:raise", args=[world.frame.pk]),
            {"addendum": addendum.pk, "amount": "3.000"},
        )
        assert answer.status_code == 302
        assert balance_of(world.frame).granted == Decimal(503_000)


class TestClosing:
    def test_carries_what_is_ticked_and_frees_the_rest(self, world) -> None:
        later = open_frame(
            world.agreement, world.foa, world.jobcentre, starts_on=date(2011, 1, 1),
            ends_on=date(2012, 1, 1), amount=Decimal(500_000), by=None, at=at(),
        )  # fmt: skip
        kept = reserve(world.frame, Decimal(8000), text="Bliver", **world.said())
        reserve(world.frame, Decimal(5000), text="Frigives", **world.said())
        url = reverse("frames:close", args=[world.frame.pk])
        with time_machine.travel(at(date(2011, 1, 10))):
            client = client_of(world.finance)
            assert "13,000.00 kr." in client.get(url).content.decode()
            client.post(url, {"carry": [str(kept.pk), "x"]})
        assert balance_of(later).reserved == Decimal(8000)
        assert balance_of(world.frame).taken == 0
        assert client_of(world.finance).get(url).status_code == 404

    def test_before_its_time_says_from_when(self, world) -> None:
        client = client_of(world.finance)
        url = reverse("frames:close", args=[world.frame.pk])
        assert "Close the frame" not in client.get(url).content.decode()
        client.post(url, {})
        world.frame.refresh_from_db()
        assert world.frame.closed_at is None


class TestTheMonthlyStatement:
    def statement(self, world, user=None):
        return statement_of(user or world.coordinator, world.foa, date(2010, 3, 1))

    def test_begins_and_ends_where_the_ledger_does(self, world) -> None:
        entry = reserve(
            world.frame, Decimal(9000), text="Vinter", on=YEAR, by=None, at=at(YEAR)
        )  # fmt: skip
        use(entry, Decimal(8000), **world.said())
        part = self.statement(world).parts[0]
        assert (part.before.reserved, part.before.remaining) == (Decimal(9000), Decimal(491_000))
        assert (part.after.used, part.after.remaining) == (Decimal(8000), Decimal(492_000))
        assert [one.amount for one in part.lines] == [Decimal(8000), Decimal(1000)]

    def test_of_a_month_that_is_over_does_not_change(self, world) -> None:
        reserve(world.frame, Decimal(9000), text="Marts", **world.said())
        before = printed(self.statement(world), on=DAY)
        later = date(2010, 5, 1)
        reserve(world.frame, Decimal(1000), text="Maj", on=later, by=None, at=at(later))
        assert printed(self.statement(world), on=DAY) == before

    def test_is_an_accessible_document(self, world) -> None:
        reserve(world.frame, Decimal(9000), text="Jobklub #1 *forår*", **world.said())
        args = [world.foa.slug, 2010, 3]
        answer = client_of(world.coordinator, "da").get(reverse("frames:statement", args=args))
        assert answer["Content-Type"] == "application/pdf"
        with pikepdf.open(BytesIO(answer.content)) as document:
            assert "FOAs A-kasse" in str(document.docinfo["/Title"])
            assert "/StructTreeRoot" in document.Root

    def test_is_a_spreadsheet_too(self, world) -> None:
        reserve(world.frame, Decimal("9000.25"), text="Jobklub", **world.said())
        args = [world.foa.slug, 2010, 3]
        answer = client_of(world.finance, "da").get(reverse("frames:statement_file", args=args))
        rows = cells(answer.content)
        assert rows[1][-3:] == ["Jobklub", "5.68.99", 9000.25]
        assert rows[-1][-1] == 490999.75

    def test_is_for_the_parties_alone(self, world) -> None:
        stranger = UserFactory(role=Role.FINANCE, organisation=frame_world().jobcentre)
        args = [world.foa.slug, 2010, 3]
        answer = client_of(stranger).get(reverse("frames:statement", args=args))
        assert answer.status_code == 404


@pytest.mark.parametrize(
    ("amount", "says"),
    [
        ("390000", ""),
        ("400000", "The frame has reached 80 %"),
        ("480000", "The frame has reached 95 %"),
        ("500000", "The frame is used up"),
    ],
)
def test_the_page_warns_at_80_95_and_100_per_cent(world, amount, says) -> None:
    reserve(world.frame, Decimal(amount), text="Jobklub", **world.said())
    shown = client_of(world.finance).get(reverse("frames:frame", args=[world.frame.pk]))
    assert shown.context["page"].alert.startswith(says)
    assert bool(shown.context["page"].alert) == bool(says)
