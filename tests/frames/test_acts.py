"""What is bound, spent and given back, to the øre; case 25 to the letter."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from frames.accounts import account_function
from frames.actions import (
    FrameExceeded,
    close_year,
    commit,
    open_frame,
    raise_frame,
    release,
    reserve,
    use,
)
from frames.balances import balance_of, balances_of, together
from frames.models import Entry, Frame, Grant
from frames.reading import frame_for
from journal.models import Entry as JournalEntry
from notices.models import Notice
from partnerships.models import Agreement
from shared.money import exact, kroner, kroner_in_words
from shared.refusals import Refused
from tests.factories import AgreementFactory, AKasseFactory
from tests.frames.world import DAY, at, frame_world, kinds

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english(settings) -> None:
    """Refusals are read in the language of the source."""
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def world():
    return frame_world()


def bound(world, amount: str, text: str = "Jobklub") -> Entry:
    return reserve(world.frame, Decimal(amount), text=text, **world.said())


class TestCase25:
    def test_after_480_000_a_referral_of_15_000_leaves_5_000(self, world) -> None:
        bound(world, "480000")
        bound(world, "15000")
        assert balance_of(world.frame).remaining == Decimal("5000.00")

    def test_the_next_of_8_000_is_blocked_by_3_000(self, world) -> None:
        bound(world, "480000")
        bound(world, "15000")
        with pytest.raises(FrameExceeded) as refused:
            bound(world, "8000")
        assert refused.value.by_how_much == Decimal("3000.00")
        assert "exceeded by 3,000 kr." in str(refused.value)
        assert balance_of(world.frame).remaining == Decimal("5000.00")

    def test_only_an_addendum_raises_it(self, world) -> None:
        bound(world, "495000")
        with pytest.raises(Refused, match="addendum"):
            raise_frame(world.frame, world.agreement, Decimal(3000), by=world.finance, at=at())
        raise_frame(world.frame, world.addendum(), Decimal(3000), by=world.finance, at=at())
        bound(world, "8000")
        assert balance_of(world.frame).remaining == 0

    def test_a_cancellation_before_the_start_gives_the_amount_back(self, world) -> None:
        entry = bound(world, "8000")
        release(entry, **world.said())
        assert balance_of(world.frame).remaining == Decimal(500000)

    def test_2009_posts_on_5_68_94_and_2010_on_5_68_99(self) -> None:
        assert account_function(date(2009, 12, 31)) == "5.68.94"
        assert account_function(date(2010, 1, 1)) == "5.68.99"
        old = frame_world(starts_on=date(2009, 9, 1), ends_on=date(2010, 9, 1))
        said = {"by": None, "at": at()}
        first = reserve(old.frame, Decimal(1000), text="Klub", on=date(2009, 12, 31), **said)
        later = use(first, Decimal(1000), on=date(2010, 1, 4), **said)
        assert (first.account_function, later.account_function) == ("5.68.94", "5.68.99")

    def test_a_bill_that_comes_after_the_year_is_posted_in_the_year_of_its_frame(self) -> None:
        old = frame_world(starts_on=date(2009, 1, 1), ends_on=date(2010, 1, 1))
        said = {"by": None, "at": at()}
        first = reserve(old.frame, Decimal(1000), text="Klub", on=date(2009, 12, 1), **said)
        assert use(first, Decimal(1000), on=date(2010, 1, 8), **said).account_function == "5.68.94"


class TestALineOfMoney:
    def test_goes_from_reserved_over_committed_to_used_and_the_rest_comes_back(self, world) -> None:
        first = bound(world, "8000")
        commit(first, **world.said())
        use(first, Decimal("7499.95"), **world.said())
        assert kinds(world.frame) == [
            ("reserved", Decimal("8000.00")),
            ("committed", Decimal("8000.00")),
            ("used", Decimal("7499.95")),
            ("released", Decimal("500.05")),
        ]
        now = balance_of(world.frame)
        assert (now.reserved, now.committed) == (0, 0)
        assert (now.used, now.released, now.remaining) == (
            Decimal("7499.95"), Decimal("500.05"), Decimal("492500.05"),
        )  # fmt: skip

    def test_is_billed_in_parts_when_more_bills_are_to_come(self, world) -> None:
        first = bound(world, "8000")
        use(first, Decimal(3000), rest_is_released=False, **world.said())
        use(first, Decimal(5000), **world.said())
        assert balance_of(world.frame).used == Decimal(8000)

    def test_takes_no_bill_above_what_was_bound(self, world) -> None:
        first = bound(world, "8000")
        with pytest.raises(Refused, match="higher"):
            use(first, Decimal("8000.01"), **world.said())

    def test_is_not_moved_on_twice(self, world) -> None:
        first = bound(world, "8000")
        release(first, **world.said())
        for again in (commit, release):
            with pytest.raises(Refused, match="Nothing is bound"):
                again(first, **world.said())

    def test_that_is_committed_already_is_not_committed_again(self, world) -> None:
        first = bound(world, "8000")
        assert commit(first, **world.said()) == commit(first, **world.said())

    def test_is_exact_to_the_oere(self, world) -> None:
        with pytest.raises(ValueError, match="exact"):
            bound(world, "10.005")

    def test_lies_within_the_days_of_the_frame(self, world) -> None:
        with pytest.raises(Refused):
            reserve(
                world.frame, Decimal(1), text="x", on=date(2011, 1, 1), by=None, at=at()
            )  # fmt: skip


class TestTheLedger:
    def test_is_only_added_to(self, world) -> None:
        entry = bound(world, "1000")
        with pytest.raises(IntegrityError, match="only added to"), transaction.atomic():
            Entry.objects.filter(pk=entry.pk).update(amount=1)
        with pytest.raises(IntegrityError, match="only added to"), transaction.atomic():
            Grant.objects.filter(frame=world.frame).delete()

    def test_has_balances_of_many_frames_in_one_query(
        self, world, django_assert_num_queries
    ) -> None:
        bound(world, "1000")
        other = frame_world(amount="250")
        with django_assert_num_queries(1):
            found = balances_of([world.frame, other.frame])
        assert found[world.frame.pk].reserved == Decimal(1000)
        assert found[other.frame.pk].remaining == Decimal(250)
        assert together(found).granted == Decimal(500250)

    def test_knows_how_it_stood(self, world) -> None:
        bound(world, "1000")
        assert balance_of(world.frame, before=at(DAY, 9)).reserved == 0


class TestAFrame:
    def test_is_found_for_its_a_kasse_and_day_also_under_an_addendum(self, world) -> None:
        addendum = world.addendum()
        assert frame_for(world.agreement, world.foa, DAY) == world.frame
        assert frame_for(addendum, world.foa, DAY) == world.frame
        assert frame_for(world.agreement, world.foa, date(2011, 1, 1)) is None
        assert frame_for(world.agreement, AKasseFactory(), DAY) is None

    def test_is_one_a_day(self, world) -> None:
        with pytest.raises(Refused, match="already has a frame"):
            open_frame(
                world.agreement, world.foa, world.jobcentre, starts_on=date(2010, 6, 1),
                ends_on=date(2011, 6, 1), amount=Decimal(1), by=None, at=at(),
            )  # fmt: skip

    def test_is_granted_within_what_the_agreement_names(self) -> None:
        world = frame_world(amount="500000", terms={"frame_amount": Decimal(500_000)})
        days = {"starts_on": date(2011, 1, 1), "ends_on": date(2012, 1, 1)}
        said = {"by": world.finance, "at": at()}
        with pytest.raises(Refused, match="grants 500,000 kr"):
            open_frame(
                world.agreement, world.foa, world.jobcentre, **days, amount=Decimal("500000.01"),
                **said,
            )  # fmt: skip

    @pytest.mark.parametrize(
        "columns",
        [
            {"signed_on": None},
            {"state": Agreement.State.APPROVED},
            {"state": Agreement.State.DRAFT},
        ],
    )
    def test_is_not_raised_by_an_addendum_that_is_not_signed(self, world, columns) -> None:
        addendum = world.addendum(**columns)
        with pytest.raises(Refused, match="signed"):
            raise_frame(world.frame, addendum, Decimal(3000), by=world.finance, at=at())

    def test_is_not_raised_by_another_agreements_addendum(self, world) -> None:
        addendum = world.addendum(parent=AgreementFactory())
        with pytest.raises(Refused, match="its agreement"):
            raise_frame(world.frame, addendum, Decimal(3000), by=world.finance, at=at())

    def test_is_raised_once_by_an_addendum(self, world) -> None:
        addendum = world.addendum()
        raise_frame(world.frame, addendum, Decimal(3000), by=world.finance, at=at())
        with pytest.raises(Refused, match="already"):
            raise_frame(world.frame, addendum, Decimal(3000), by=world.finance, at=at())

    def test_is_journalled_when_granted_and_raised(self, world) -> None:
        raise_frame(world.frame, world.addendum(), Decimal(3000), by=world.finance, at=at())
        what = JournalEntry.objects.filter(subject_kind="frames.frame").values_list(
            "what", flat=True
        )
        assert sorted(what) == ["frame-opened", "frame-raised"]


class TestWarnings:
    def told(self) -> list[tuple[int, str]]:
        rows = Notice.objects.filter(kind="frame-warning").order_by("user")
        return list(rows.values_list("user", "about"))

    def test_go_to_finance_the_coordinator_and_the_administrator_once(self, world) -> None:
        other = frame_world()
        bound(world, "399999.99")
        assert self.told() == []
        bound(world, "0.01")
        told = self.told()
        assert {pk for pk, _ in told} == {
            world.finance.pk, world.coordinator.pk, world.administrator.pk,
        } - {other.finance.pk}  # fmt: skip
        assert {about[-4:] for _, about in told} == {"80 %"}
        Notice.objects.all().delete()
        bound(world, "1000")
        assert self.told() == []

    def test_come_again_at_95_and_100_per_cent(self, world) -> None:
        bound(world, "475000")
        assert {about[-4:] for _, about in self.told()} == {"95 %"}
        bound(world, "25000")
        assert {about[-5:] for _, about in self.told()} == {"100 %"}
        assert [one.percent for one in world.frame.warnings.all()] == [80, 95, 100]

    def test_count_anew_when_the_frame_was_raised(self, world) -> None:
        bound(world, "475000")
        raise_frame(world.frame, world.addendum(), Decimal(500000), by=world.finance, at=at())
        Notice.objects.all().delete()
        bound(world, "325000")
        assert {about[-4:] for _, about in self.told()} == {"80 %"}


class TestClosing:
    CLOSING = date(2011, 1, 10)

    def next(self, world, amount: str = "500000") -> Frame:
        return open_frame(
            world.agreement, world.foa, world.jobcentre, starts_on=date(2011, 1, 1),
            ends_on=date(2012, 1, 1), amount=Decimal(amount), by=None, at=at(),
        )  # fmt: skip

    def said(self, world) -> dict:
        return {"by": world.finance, "at": at(self.CLOSING), "on": self.CLOSING}

    def test_carries_or_frees_each_open_item_as_chosen(self, world) -> None:
        later = self.next(world)
        kept, freed = bound(world, "8000"), bound(world, "5000")
        committed = commit(kept, **world.said())
        done = close_year(world.frame, carry=[committed.pk], **self.said(world))
        assert (done.carried, done.released) == (1, 1)
        old, new = balance_of(world.frame), balance_of(later)
        assert (old.taken, old.released, new.committed) == (0, Decimal(13000), Decimal(8000))
        assert freed.continued_by.get().kind == Entry.Kind.RELEASED

    def test_lets_what_was_carried_be_paid_by_its_first_entry(self, world) -> None:
        later = self.next(world)
        first = bound(world, "8000")
        close_year(world.frame, carry=[first.pk], **self.said(world))
        use(first, Decimal(8000), **self.said(world))
        assert balance_of(later).used == Decimal(8000)
        assert balance_of(world.frame).used == 0

    def test_is_the_end_of_writing(self, world) -> None:
        first = bound(world, "8000")
        close_year(world.frame, carry=[], **self.said(world))
        with pytest.raises(Refused, match="closed"):
            bound(world, "1")
        with pytest.raises(Refused, match="Nothing is bound"):
            use(first, Decimal(1), **self.said(world))
        with pytest.raises(Refused, match="closed"):
            raise_frame(world.frame, world.addendum(), Decimal(1), by=world.finance, at=at())
        with pytest.raises(Refused, match="closed already"):
            close_year(world.frame, carry=[], **self.said(world))

    def test_waits_for_the_last_day_and_for_the_next_frame(self, world) -> None:
        first = bound(world, "8000")
        with pytest.raises(Refused, match="can be closed from"):
            close_year(world.frame, carry=[], **world.said())
        with pytest.raises(Refused, match="Open the next frame"):
            close_year(world.frame, carry=[first.pk], **self.said(world))

    def test_leaves_all_as_it_was_when_the_next_frame_is_too_small(self, world) -> None:
        self.next(world, "7000")
        first = bound(world, "8000")
        with pytest.raises(FrameExceeded) as refused:
            close_year(world.frame, carry=[first.pk], **self.said(world))
        assert refused.value.by_how_much == Decimal(1000)
        world.frame.refresh_from_db()
        assert world.frame.closed_at is None
        assert balance_of(world.frame).reserved == Decimal(8000)


def test_kroner_are_written_as_in_denmark() -> None:
    with translation.override("da"):
        assert kroner(Decimal(5000)) == "5.000,00 kr."
        assert kroner_in_words(Decimal(3000)) == "3.000 kr."
        assert kroner_in_words(Decimal("3000.5")) == "3.000,50 kr."
        assert kroner(Decimal("-0.05")) == "-0,05 kr."
    with translation.override("en"):
        assert kroner(Decimal("1234567.89")) == "1,234,567.89 kr."
    assert exact("10.10") == Decimal("10.10")


class TestPastTheActs:
    """What the database refuses whoever writes in it."""

    def refused(self, constraint: str, statement: str, *values: object) -> None:
        refusal = pytest.raises(IntegrityError)
        with refusal as error, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
        assert error.value.__cause__.diag.constraint_name == constraint  # type: ignore[union-attr]

    def test_no_line_of_the_ledger_is_changed_or_deleted(self, world) -> None:
        entry = bound(world, "1000")
        rule = "the_ledger_is_only_added_to"
        self.refused(rule, "UPDATE frames_entry SET amount = 1 WHERE id = %s", entry.pk)
        self.refused(rule, "DELETE FROM frames_entry WHERE id = %s", entry.pk)
        self.refused(rule, "UPDATE frames_grant SET amount = 900000")
        self.refused(rule, "DELETE FROM frames_grant")

    def test_nothing_is_bound_above_the_frame_nor_moved_on_above_what_was_bound(
        self, world
    ) -> None:
        entry = bound(world, "499000")
        said = (
            "INSERT INTO frames_entry (frame_id, kind, amount, of_id, account_function,"
            " posted_on, text, made_at) VALUES (%s, %s, %s, %s, '5.68.99', %s, '', now())"
        )
        frame = world.frame.pk
        self.refused("a_frame_is_not_exceeded", said, frame, "reserved", "1000.01", None, DAY)
        self.refused("a_frame_is_not_exceeded", said, frame, "committed", "1000.01", None, DAY)
        self.refused("a_frame_is_not_exceeded", said, frame, "used", "1000.01", None, DAY)
        self.refused("an_entry_moves_what_is_left", said, frame, "used", "499000.01", entry.pk, DAY)

    def test_a_warning_goes_away_when_the_frame_is_raised(self, world) -> None:
        bound(world, "480000")
        waiting = Notice.objects.unread().filter(user=world.coordinator, kind="frame-warning")
        assert waiting.exists()
        raise_frame(world.frame, world.addendum(), Decimal(300000), by=world.finance, at=at())
        assert not waiting.exists()
