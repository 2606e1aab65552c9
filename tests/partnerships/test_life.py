"""The life of agreements: every step in its order, kept in versions, ended as case 26 says."""

import threading
from datetime import date, datetime, time

import pytest
from django.db import Error, connection, transaction
from django.utils import timezone

from journal.models import Entry
from partnerships import actions
from partnerships.models import Agreement, AgreementVersion, Role, Step
from partnerships.notice import end_after_notice
from partnerships.versions import as_of, content_of, differences, keep_version, terms_in
from shared.refusals import Refused
from tests.factories import (
    AgreementFactory,
    AKasseFactory,
    CoverageFactory,
    JobcentreFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
DFH_START, DFH_END = date(2023, 8, 1), date(2025, 8, 1)


def at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10)))


@pytest.fixture(autouse=True)
def _no_queue(monkeypatch) -> None:
    monkeypatch.setattr("celery.current_app.send_task", lambda name: None)


@pytest.fixture(autouse=True)
def _in_english(settings) -> None:
    """Refusals are read in the language of the source, in every thread."""
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def jobcentre():
    return JobcentreFactory()


@pytest.fixture
def a_kasse():
    return AKasseFactory()


@pytest.fixture
def editor(jobcentre):
    return UserFactory(role=Role.AGREEMENT_ADMINISTRATOR, organisation=jobcentre)


@pytest.fixture
def dfh(jobcentre, a_kasse) -> Agreement:
    """The agreement of Det Faglige Hus: two years, a month's notice."""
    return AgreementFactory(
        parties=[jobcentre, a_kasse],
        starts_on=DFH_START,
        ends_on=DFH_END,
        notice_months=1,
        text="Målgruppen er alle ledige medlemmer.",
        terms={},
    )


@pytest.fixture
def draft(jobcentre, a_kasse) -> Agreement:
    municipality = CoverageFactory(jobcentre=jobcentre).municipality
    return AgreementFactory(
        parties=[jobcentre, a_kasse],
        municipalities=[municipality],
        state="draft",
        starts_on=date(2024, 1, 1),
        text="Vi samarbejder.",
        source="Notat",
        terms={},
    )


def signed(draft, editor, *, day=date(2024, 3, 1)) -> Agreement:
    actions.coordinate(draft, by=editor, at=at(day))
    actions.approve(draft, body="Udvalget", on=day, by=editor, at=at(day))
    for party in draft.parties.all():
        actions.sign(
            draft, party.organisation, signed_by="Direktøren", on=day, by=editor, at=at(day)
        )
    draft.refresh_from_db()
    return draft


@pytest.mark.parametrize(
    ("given_on", "ends_on"),
    [
        (date(2024, 3, 15), date(2024, 4, 15)),
        (date(2024, 1, 31), date(2024, 2, 29)),
        (date(2025, 7, 10), date(2025, 8, 1)),
    ],
)
def test_case_26_the_first_day_without_the_agreement(given_on, ends_on, dfh, a_kasse, editor):
    assert end_after_notice(given_on, 1, DFH_END) == ends_on

    row = actions.give_notice(
        dfh, a_kasse, on=given_on, for_running="stay", by=editor, at=at(given_on)
    )

    assert (row.state, row.ends_on) == ("under_notice", ends_on)
    notice = row.steps.get(kind="notice")
    assert (notice.party, notice.computed_end) == (a_kasse, ends_on)


@pytest.mark.parametrize(
    ("given_on", "state"), [(date(2024, 3, 15), "ended"), (date(2025, 7, 10), "expired")]
)
def test_a_notice_that_comes_after_the_term_leaves_the_end_to_the_term(
    given_on, state, dfh, a_kasse, editor
):
    row = actions.give_notice(
        dfh, a_kasse, on=given_on, for_running="stay", by=editor, at=at(given_on)
    )
    last = row.ends_on.replace(day=row.ends_on.day)

    assert actions.expire_and_end(date.fromordinal(last.toordinal() - 1), at=at(last)) == []
    actions.expire_and_end(last, at=at(last))

    row.refresh_from_db()
    assert row.state == state


def test_without_a_notice_an_agreement_runs_until_its_term_and_expires_once(dfh):
    actions.expire_and_end(DFH_END, at=at(DFH_END))
    actions.expire_and_end(DFH_END, at=at(DFH_END))

    dfh.refresh_from_db()
    assert dfh.state == "expired"
    assert dfh.steps.filter(kind="expire").count() == 1
    assert list(Agreement.objects.in_force(on=date(2025, 7, 31))) == [dfh]
    assert list(Agreement.objects.in_force(on=DFH_END)) == []


def test_a_notice_needs_its_choice_for_the_running_courses(dfh, a_kasse, editor):
    with pytest.raises(Refused, match="running courses"):
        actions.give_notice(dfh, a_kasse, on=DFH_START, for_running="", by=editor, at=at(DFH_START))


def test_a_notice_by_a_stranger_is_refused(dfh, editor):
    with pytest.raises(Refused, match="not a party"):
        actions.give_notice(
            dfh, AKasseFactory(), on=DFH_START, for_running="stay", by=editor, at=at(DFH_START)
        )


def test_a_notice_that_would_have_ended_the_agreement_in_the_past_is_refused(dfh, a_kasse, editor):
    with pytest.raises(Refused, match="cannot end in the past"):
        actions.give_notice(
            dfh, a_kasse, on=date(2024, 1, 31), for_running="stay", by=editor,
            at=at(date(2024, 2, 29)),
        )  # fmt: skip


def test_a_notice_taken_back_leaves_the_agreement_as_it_was(dfh, a_kasse, editor):
    day = date(2024, 3, 15)
    actions.give_notice(dfh, a_kasse, on=day, for_running="move", by=editor, at=at(day))

    row = actions.withdraw_notice(dfh, remark="Enige igen", by=editor, at=at(date(2024, 4, 14)))

    assert (row.state, row.ends_on, row.for_running) == ("active", DFH_END, "")


def test_a_notice_is_not_taken_back_once_it_has_ended_the_agreement(dfh, a_kasse, editor):
    day = date(2024, 3, 15)
    actions.give_notice(dfh, a_kasse, on=day, for_running="move", by=editor, at=at(day))

    with pytest.raises(Refused, match="has ended"):
        actions.withdraw_notice(dfh, remark="Enige", by=editor, at=at(date(2024, 4, 15)))


def test_an_agreement_goes_from_draft_to_in_force_step_by_step(draft, editor):
    row = signed(draft, editor)
    assert row.state == "signed"

    actions.put_in_force(row, by=editor, at=at(date(2024, 3, 2)))

    row.refresh_from_db()
    assert row.state == "active"
    kinds = ["coordinate", "approve", "sign", "sign", "activate"]
    assert [one.kind for one in row.steps.all()] == kinds
    assert [one.why for one in row.versions.order_by("number")] == ["as-it-stood", *kinds]
    assert Entry.objects.filter(what="agreement-activate", subject_pk=row.pk).exists()


DAY = at(date(2024, 3, 1))
STEPS = {
    "coordinate": lambda row, by: actions.coordinate(row, by=by, at=DAY),
    "approve": lambda row, by: actions.approve(row, body="B", on=DAY.date(), by=by, at=DAY),
    "send_back": lambda row, by: actions.send_back(row, remark="x", by=by, at=DAY),
    "sign": lambda row, by: actions.sign(
        row, row.parties.first().organisation, signed_by="A", on=DAY.date(), by=by, at=DAY
    ),
    "activate": lambda row, by: actions.put_in_force(row, by=by, at=DAY),
    "notice": lambda row, by: actions.give_notice(
        row, row.parties.first().organisation, on=DAY.date(), for_running="stay", by=by, at=DAY
    ),
    "withdraw_notice": lambda row, by: actions.withdraw_notice(row, remark="x", by=by, at=DAY),
    "renew": lambda row, by: actions.renew(
        row, title="T", slug="ny", starts_on=date(2025, 1, 1), ends_on=None, by=by, at=DAY
    ),
}
ALLOWED = {
    "draft": {"coordinate"},  # and put in force once everything that shows an agreement is there
    "coordinating": {"approve", "send_back"},
    "approved": {"sign", "send_back"},
    "signed": {"send_back"},
    "active": {"notice", "renew"},
    "under_notice": {"withdraw_notice", "renew"},
    "ended": {"renew"},
    "expired": {"renew"},
    "renewed": set(),
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", ALLOWED)
def test_a_step_out_of_its_order_is_refused(state, step, draft, editor):
    Agreement.objects.filter(pk=draft.pk).update(
        state=state, for_running="stay", notice_months=1, ends_on=date(2024, 12, 1)
    )
    if step in ALLOWED[state]:
        STEPS[step](draft, editor)
        return
    with pytest.raises(Refused):
        STEPS[step](draft, editor)
    draft.refresh_from_db()
    assert draft.state == state
    assert not draft.steps.exists()


def test_a_party_signs_once_and_not_before_the_approval(draft, editor, a_kasse):
    actions.coordinate(draft, by=editor, at=DAY)
    actions.approve(draft, body="Udvalget", on=date(2024, 2, 20), by=editor, at=DAY)

    with pytest.raises(Refused, match="before that"):
        actions.sign(draft, a_kasse, signed_by="A", on=date(2024, 2, 1), by=editor, at=DAY)
    actions.sign(draft, a_kasse, signed_by="A", on=date(2024, 2, 20), by=editor, at=DAY)
    with pytest.raises(Refused, match="signed already"):
        actions.sign(draft, a_kasse, signed_by="A", on=date(2024, 2, 20), by=editor, at=DAY)


def test_what_is_sent_back_is_approved_and_signed_anew(draft, editor):
    signed(draft, editor)

    row = actions.send_back(draft, remark="Nye unge-grupper", by=editor, at=DAY)

    assert (row.state, row.approved_on) == ("draft", None)
    assert not row.parties.exclude(signed_on=None).exists()
    old = AgreementVersion.objects.filter(agreement=row, why="sign").first()
    assert old.content["parties"][0]["signed_by"] == "Direktøren"


def test_an_addendum_changes_the_agreement_it_stands_under_and_no_other(dfh, editor):
    addendum = AgreementFactory(
        kind="addendum", parent=dfh, state="signed", made_up=True, text="Fase 2.",
        starts_on=date(2024, 1, 1), title="Tillæg om fase 2",
    )  # fmt: skip

    with pytest.raises(Refused, match="no addendum"):
        actions.amend(AgreementFactory(starts_on=DFH_START), addendum, by=editor, at=DAY)
    actions.amend(dfh, addendum, by=editor, at=DAY)

    addendum.refresh_from_db()
    assert addendum.state == "active"
    assert dfh.steps.get(kind="amend").remark == "Tillæg om fase 2"


def test_an_unsigned_addendum_changes_nothing(dfh, jobcentre, editor):
    addendum = AgreementFactory(
        kind="addendum", parent=dfh, state="draft", text="Fase 2.", source="x",
        parties=[jobcentre], starts_on=date(2024, 1, 1),
    )  # fmt: skip
    with pytest.raises(Refused, match="signature"):
        actions.amend(dfh, addendum, by=editor, at=DAY)


def test_a_renewal_takes_over_where_the_old_one_ends(dfh, editor):
    new = actions.renew(
        dfh, title="Ny", slug="ny", starts_on=date(2025, 3, 1), ends_on=None, by=editor, at=DAY
    )
    assert [one.organisation for one in new.parties.all()] == [
        one.organisation for one in dfh.parties.all()
    ]
    Agreement.objects.filter(pk=new.pk).update(state="signed", made_up=True)
    new.municipalities.set(
        [CoverageFactory(jobcentre=dfh.parties.first().organisation).municipality]
    )

    actions.put_in_force(new, by=editor, at=DAY)
    actions.expire_and_end(date(2025, 3, 1), at=at(date(2025, 3, 1)))

    dfh.refresh_from_db()
    assert (dfh.state, dfh.ends_on) == ("renewed", date(2025, 3, 1))


def test_a_version_is_never_edited(dfh, editor):
    version = keep_version(dfh, why="entered", by=editor, at=DAY)
    Step.objects.create(agreement=dfh, kind="activate", on=DAY.date(), made_at=DAY)

    for spoil in (
        lambda: AgreementVersion.objects.filter(pk=version.pk).update(why="other"),
        version.delete,
        lambda: Step.objects.update(remark="other"),
    ):
        with pytest.raises(Error), transaction.atomic():
            spoil()
    version.refresh_from_db()
    assert version.why == "entered"


def test_the_text_and_terms_of_a_day_are_those_that_stood_then(dfh, editor):
    dfh.text = "Før"
    dfh.save()
    keep_version(dfh, why="entered", by=editor, at=at(date(2024, 1, 10)))
    dfh.text = "Efter"
    dfh.save()
    dfh.terms.update(host="a_kasse")
    keep_version(dfh, why="changed", by=editor, at=at(date(2024, 2, 10)))

    before, after = as_of(dfh, date(2024, 2, 9)), as_of(dfh, date(2024, 2, 10))

    assert (before["text"], after["text"]) == ("Før", "Efter")
    assert terms_in(before, date(2024, 2, 9))["host"] == "jobcentre"
    assert terms_in(after, DFH_END) is None or after["terms"][0]["ends_on"] is None
    told = {one.field: (one.before, one.after) for one in differences(before, after)}
    assert len(told) == 2
    assert ("Før", "Efter") in told.values()
    assert ("the jobcentre", "the a-kasse") in told.values()
    assert differences(after, content_of(dfh)) == []


@pytest.mark.django_db(transaction=True)
def test_two_parties_that_give_notice_at_once_give_it_once(dfh, jobcentre, a_kasse):
    day, said = date(2024, 3, 15), []
    editors = {
        party: UserFactory(role=Role.AGREEMENT_ADMINISTRATOR, organisation=party)
        for party in (jobcentre, a_kasse)
    }
    start = threading.Barrier(2)

    def give(party) -> None:
        start.wait()
        try:
            actions.give_notice(
                dfh, party, on=day, for_running="stay", by=editors[party], at=at(day)
            )
            said.append("given")
        except Refused as refused:
            said.append(str(refused))
        finally:
            connection.close()

    threads = [threading.Thread(target=give, args=[party]) for party in editors]
    [one.start() for one in threads]
    [one.join() for one in threads]

    assert said.count("given") == 1
    assert any("already" in one for one in said)
    assert dfh.steps.filter(kind="notice").count() == 1


def test_a_draft_that_took_no_step_may_go_with_its_versions(draft, editor):
    keep_version(draft, why="entered", by=editor, at=DAY)

    draft.delete()

    assert not AgreementVersion.objects.exists()
