"""The admin site: each role opens its own pages; no page names a citizen; logs cannot be edited."""

import re
from datetime import date

import pytest
from axes.models import AccessAttempt
from django.contrib import admin
from django.urls import reverse

from accounts.models import User
from courses.models import Citizen, Course, Duty, Flag, Registration, Sweep
from desk.demo.staff import hire
from journal.looks import looked
from journal.models import Entry, Look
from meetings.models import Room
from partnerships.actions import give_role
from partnerships.models import (
    Agreement,
    AgreementTerms,
    Membership,
    Municipality,
    Organisation,
    Role,
)
from partnerships.reference import load_reference
from shared.refusals import Refused
from tests.factories import (
    CitizenFactory,
    CourseFactory,
    FlagFactory,
    MeetingFactory,
    RoomFactory,
    moment,
)
from tests.lasting import rolled_back

TODAY = date(2026, 11, 23)

# page                            list: system admin, agreements, others; add: the same
PAGES = {
    "accounts.user": ((200, 403), (200, 403)),
    "partnerships.membership": ((200, 403), (200, 403)),
    "partnerships.organisation": ((200, 200), (200, 403)),
    "partnerships.municipality": ((200, 403), (403, 403)),
    "partnerships.agreement": ((200, 200), (403, 200)),
    "partnerships.step": ((200, 200), (403, 403)),
    "partnerships.agreementversion": ((200, 200), (403, 403)),
    "partnerships.point": ((200, 200), (403, 403)),
    "partnerships.workflowstep": ((200, 200), (403, 403)),
    "partnerships.phasetwo": ((200, 200), (403, 403)),
    "frames.frame": ((200, 200), (403, 403)),
    "frames.entry": ((200, 200), (403, 403)),
    "activities.activity": ((200, 200), (403, 403)),
    "activities.session": ((200, 200), (403, 403)),
    "activities.invoice": ((200, 200), (403, 403)),
    "forums.forum": ((200, 200), (403, 403)),
    "forums.forummeeting": ((200, 200), (403, 403)),
    "forums.survey": ((200, 200), (403, 403)),
    "meetings.room": ((200, 403), (200, 403)),
    "letters.route": ((200, 403), (200, 403)),
    "staffing.allowedhost": ((200, 403), (200, 403)),
    "staffing.closingday": ((200, 403), (200, 403)),
    "staffing.competence": ((200, 403), (200, 403)),
    "staffing.workinghours": ((200, 403), (200, 403)),
    "slots.pool": ((200, 403), (403, 403)),
    "slots.reservation": ((200, 403), (403, 403)),
    "slots.travel": ((200, 403), (403, 403)),
    "courses.course": ((200, 403), (403, 403)),
    "courses.registration": ((200, 403), (403, 403)),
    "courses.duty": ((200, 403), (403, 403)),
    "courses.flag": ((200, 403), (403, 403)),
    "courses.sweep": ((200, 403), (403, 403)),
    "handovers.handover": ((200, 403), (403, 403)),
    "journal.entry": ((200, 403), (403, 403)),
    "journal.look": ((200, 403), (403, 403)),
    "notices.mail": ((200, 403), (403, 403)),
    "admin.logentry": ((200, 403), (403, 403)),
    "axes.accessattempt": ((200, 403), (403, 403)),
    "axes.accesslog": ((200, 403), (403, 403)),
    "axes.accessfailurelog": ((403, 403), (403, 403)),
}  # fmt: skip
pytestmark = pytest.mark.ignore_template_errors  # Django's own templates are not that strict
RECORDS = [Course, Registration, Duty, Flag, Entry, Look, Sweep]


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker):
    """Everyone of the demo world, and one course with all that hangs on it."""
    with rolled_back(django_db_blocker):
        load_reference()
        hire(TODAY)
        copenhagen = Organisation.objects.get(slug="jc-101")
        course = CourseFactory(
            citizen=CitizenFactory(first_name="Kirstine", last_name="Aagesen"),
            a_kasse=Organisation.objects.get(slug="3f"),
            municipality=Municipality.objects.get(code="101"),
            jobcentre=copenhagen,
        )
        FlagFactory(duty__course=course)
        MeetingFactory(course=course)
        RoomFactory(organisation=copenhagen, name="Lokale 1")
        Sweep.objects.create(swept_on=TODAY, finished_at=moment(TODAY, 6))
        caseworker = User.objects.get(username="sagsbehandler")
        looked(Look.Kind.COURSE, by=caseworker, case=course.pk)
        AccessAttempt.objects.create(username="foa", ip_address="127.0.0.1", failures_since_start=5)
        yield


@pytest.fixture
def place(city, db):
    """The people of the city, by user name."""
    return {user.username: user for user in User.objects.all()}


@pytest.fixture
def sign_in(client, place):
    def signed_in(username):
        client.force_login(place[username], "django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


def address(model, page="changelist", *args):
    return reverse(f"admin:{model.replace('.', '_')}_{page}", args=args)


def test_the_table_names_every_page_of_the_admin_site():
    registered = {model._meta.label_lower for model in admin.site._registry}
    assert registered == set(PAGES)


@pytest.mark.parametrize("model", PAGES)
@pytest.mark.parametrize(("column", "username"), [(0, "admin"), (1, "aftaler")])
def test_each_administrator_opens_the_own_pages(sign_in, model, column, username):
    client = sign_in(username)
    lists, adds = PAGES[model]
    assert client.get(address(model)).status_code == lists[column]
    assert client.get(address(model, "add")).status_code == adds[column]


@pytest.mark.parametrize(
    "username",
    [
        "sagsbehandler",
        "planlaegger",
        "jobkonsulent",
        "akasse-leder",
        "foa",
        "aarhus",
        "styregruppe",
        "controller",
        "jobklub",
    ],
)
def test_nobody_else_gets_past_the_door(sign_in, username):
    client = sign_in(username)
    for model in PAGES:
        answer = client.get(address(model))
        assert (answer.status_code, answer.url.partition("?")[0]) == (302, reverse("admin:login"))


def rows():
    """One row of each kind that an administrator can open."""
    models = [
        User,
        Membership,
        Organisation,
        Municipality,
        Agreement,
        Room,
        *RECORDS,
        AccessAttempt,
    ]
    return [(model._meta.label_lower, model.objects.order_by("-pk").first()) for model in models]


def test_the_system_administrator_opens_every_row_and_reads_no_citizens_name(sign_in):
    client = sign_in("admin")
    client.get(reverse("admin:index"))
    for model, row in rows():
        for answer in (
            client.get(address(model)),
            client.get(address(model, "change", row.pk)),
            client.get(address(model, "history", row.pk)),
        ):
            assert answer.status_code == 200, (model, answer.request["PATH_INFO"])
            said = answer.content.decode()
            assert "Kirstine" not in said, answer.request["PATH_INFO"]
            assert Citizen.objects.get().masked_cpr not in said


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__name__)
def test_facts_answers_and_logs_cannot_be_added_changed_or_deleted(sign_in, model):
    client = sign_in("admin")
    label, row = model._meta.label_lower, model.objects.order_by("pk").first()
    assert client.post(address(label, "change", row.pk), {"x": "y"}).status_code == 403
    assert client.get(address(label, "delete", row.pk)).status_code == 403
    assert 'name="_save"' not in client.get(address(label, "change", row.pk)).content.decode()


def test_even_a_superuser_finds_no_citizens_and_cannot_edit_facts(client, place):
    boss = User.objects.create(username="boss", is_staff=True, is_superuser=True)
    client.force_login(boss, "django.contrib.auth.backends.ModelBackend")
    row = Registration.objects.first()
    assert client.post(address("courses.registration", "change", row.pk), {}).status_code == 403
    assert client.get("/admin/courses/citizen/").status_code == 404


def test_an_agreement_administrator_sees_the_own_municipalitys_agreements_alone(sign_in):
    other = Agreement.objects.create(
        slug="aarhus", title="Aftale i Aarhus", kind="agreement", state="active", starts_on=TODAY
    )
    other.municipalities.add("751")
    client = sign_in("aftaler")
    shown = client.get(address("partnerships.agreement")).content.decode()
    assert "Aftale i Aarhus" not in shown
    assert "Eksempel: 3F, FOA og Københavns Kommune" in shown
    assert "AK-Samvirke" not in shown
    gone = client.get(address("partnerships.agreement", "change", other.pk))
    assert gone.status_code == 302
    assert gone.url == reverse("admin:index")
    own = client.get(address("partnerships.organisation")).content.decode()
    assert "Københavns Kommune" in own
    assert "Aarhus Kommune" not in own


def formset(prefix, *forms, initial=0):
    """What the browser sends for the rows below an agreement."""
    data = {f"{prefix}-TOTAL_FORMS": len(forms), f"{prefix}-INITIAL_FORMS": initial}
    for number, form in enumerate(forms):
        data |= {f"{prefix}-{number}-{name}": value for name, value in form.items()}
    return data


MANNERS = {
    "host": "jobcentre",
    "participation": "in_person",
    "opt_out": "on",
    "notice_days": 7,
    "rebook_days": 10,
    "postpone_days": 14,
    "handover_ahead_days": 30,
    "handover_answer_days": 5,
    "frame_months": 12,
}


def agreement_form(**columns):
    three_f = Organisation.objects.get(slug="3f").pk
    terms = {"starts_on": "2026-12-01", "due_soon_days": 4, "first_meetings_at_a_kasse": 0}
    terms |= MANNERS
    return {
        "title": "Ny aftale",
        "slug": "ny-aftale",
        "kind": "agreement",
        "state": "active",
        "municipalities": ["101"],
        "starts_on": "2026-12-01",
        **formset("parties", {"organisation": three_f}),
        **formset("terms", terms | columns),
    }


def test_a_new_agreement_is_journalled_and_all_dates_are_computed_anew(
    sign_in, monkeypatch, django_capture_on_commit_callbacks
):
    sent = []
    monkeypatch.setattr("celery.current_app.send_task", sent.append)
    client = sign_in("aftaler")
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(address("partnerships.agreement", "add"), agreement_form())
    assert answer.status_code == 302, answer.context["errors"]
    row = Agreement.objects.get(slug="ny-aftale")
    assert row.parties.get().organisation.slug == "3f"
    entry = Entry.objects.get(what="agreement-changed")
    assert (entry.by.username, entry.subject_pk) == ("aftaler", row.pk)
    assert sent == ["courses.jobs.refresh_deadlines"]


def test_terms_are_ended_and_followed_by_new_ones_in_one_go(sign_in, monkeypatch):
    monkeypatch.setattr("celery.current_app.send_task", lambda name: None)
    client = sign_in("aftaler")
    client.post(address("partnerships.agreement", "add"), agreement_form())
    row = Agreement.objects.get(slug="ny-aftale")
    old = {"id": row.terms.get().pk, "agreement": row.pk, "starts_on": "2026-12-01"}
    new = {"agreement": row.pk, "starts_on": "2027-03-01", "due_soon_days": 3}
    counts = {"first_meetings_at_a_kasse": 0, **MANNERS}
    party = {"id": row.parties.get().pk, "agreement": row.pk, "organisation": 1}
    party["organisation"] = row.parties.get().organisation_id

    def sent(ends_on):
        first = {**old, **counts, "due_soon_days": 4, "ends_on": ends_on}
        form = agreement_form() | formset("parties", party, initial=1)
        form |= formset("terms", first, {**new, **counts}, initial=1)
        return client.post(address("partnerships.agreement", "change", row.pk), form)

    assert sent("2027-03-02").status_code == 200
    assert row.terms.count() == 1
    assert sent("2027-03-01").status_code == 302
    assert list(row.terms.values_list("due_soon_days", flat=True)) == [4, 3]


def test_the_state_is_moved_by_steps_alone_and_a_change_leaves_a_version(sign_in, monkeypatch):
    monkeypatch.setattr("celery.current_app.send_task", lambda name: None)
    client = sign_in("aftaler")
    client.post(address("partnerships.agreement", "add"), agreement_form())
    row = Agreement.objects.get(slug="ny-aftale")
    assert row.state == "draft"
    assert row.versions.get().content["title"] == "Ny aftale"


@pytest.mark.parametrize("manners", [{"postpone_days": 15}, {"notice_days": 0}])
def test_terms_that_the_law_does_not_let_are_refused_here_too(sign_in, manners):
    answer = sign_in("aftaler").post(
        address("partnerships.agreement", "add"), agreement_form(**manners)
    )
    assert answer.status_code == 200
    assert not Agreement.objects.filter(slug="ny-aftale").exists()


@pytest.mark.parametrize(
    "young",
    ['{"a": 1}', '[{"a_kasse": "3f"}]', '[{"a_kasse": "3f", "from_age": "x", "to_age": 1}]'],
)
def test_groups_of_young_people_that_the_law_could_not_read_are_refused(sign_in, young):
    client = sign_in("aftaler")
    form = agreement_form(young_groups=young)
    answer = client.post(address("partnerships.agreement", "add"), form)
    assert answer.status_code == 200
    assert not Agreement.objects.filter(slug="ny-aftale").exists()


def test_another_municipality_cannot_be_chosen(sign_in):
    client = sign_in("aftaler")
    form = agreement_form() | {"municipalities": ["751"]}
    assert client.post(address("partnerships.agreement", "add"), form).status_code == 200
    assert not Agreement.objects.filter(slug="ny-aftale").exists()


def test_only_drafts_and_their_terms_can_be_deleted(sign_in):
    client = sign_in("aftaler")
    row = Agreement.objects.get(made_up=True)
    assert client.post(address("partnerships.agreement", "delete", row.pk)).status_code == 403
    page = client.get(address("partnerships.agreement", "change", row.pk)).content.decode()
    assert "terms-0-DELETE" not in page
    assert AgreementTerms.objects.filter(agreement=row).count() == 2


def test_the_terms_of_today_stand_on_the_agreements_page(sign_in):
    row = Agreement.objects.get(made_up=True)
    page = sign_in("aftaler").get(address("partnerships.agreement", "change", row.pk))
    assert "01.07.2026" in page.content.decode()


@pytest.mark.parametrize("username", ["admin", "aftaler"])
def test_the_agreement_leads_to_its_page_of_another_day(sign_in, username):
    client = sign_in(username)
    row = Agreement.objects.get(made_up=True)
    page = client.get(address("partnerships.agreement", "change", row.pk)).text
    (link,) = re.findall(r'href="(/aftaler/[^"]*dag=[^"]*)"', page)
    assert client.get(link).status_code == 200


def test_rows_are_named_in_words_and_days_as_people_write_them(sign_in):
    client = sign_in("admin")
    client.cookies["django_language"] = "da"
    duty = Duty.objects.get()
    Duty.objects.update(because={"text": "agreed", "values": {}})
    title = client.get(address("courses.duty", "change", duty.pk)).text
    assert f"{duty.course.case_number}: jobsamtale" in title
    assert "{&quot;text" not in title
    look = Look.objects.create(
        by=User.objects.get(username="sagsbehandler"),
        kind=Look.Kind.LIST,
        details={"courses": [duty.course_id]},
    )
    page = client.get(address("journal.look", "change", look.pk)).text
    assert duty.course.case_number in page
    assert "{&quot;" not in page


def test_whoever_only_reads_terms_reads_the_groups_of_young_people_as_words(sign_in):
    terms = AgreementTerms.objects.filter(agreement__made_up=True).first()
    young = [{"a_kasse": "foa", "from_age": 25, "to_age": 29}]
    AgreementTerms.objects.filter(pk=terms.pk).update(young_groups=young)
    client = sign_in("admin")
    page = client.get(address("partnerships.agreement", "change", terms.agreement_id)).text
    assert "FOA, 25 " in page
    assert "from_age" not in page


def test_a_draft_is_put_in_force_when_nothing_is_missing(sign_in, monkeypatch):
    monkeypatch.setattr("celery.current_app.send_task", lambda name: None)
    client = sign_in("aftaler")
    client.post(address("partnerships.agreement", "add"), agreement_form() | {"state": "draft"})
    row = Agreement.objects.get(slug="ny-aftale")
    chosen = {"action": "put_in_force", "_selected_action": [row.pk]}

    page = client.get(address("partnerships.agreement", "change", row.pk)).content.decode()
    assert "jobcent" in page
    said = client.post(address("partnerships.agreement"), chosen, follow=True).content.decode()
    row.refresh_from_db()
    assert row.state == "draft"
    assert 'class="error"' in said

    copenhagen = Organisation.objects.get(slug="jc-101")
    row.parties.create(organisation=copenhagen, signed_on=TODAY)
    row.parties.update(signed_on=TODAY)
    Agreement.objects.filter(pk=row.pk).update(text="Vi samarbejder.", source="Underskrevet")
    client.post(address("partnerships.agreement"), chosen)
    row.refresh_from_db()
    assert row.state == "active"
    changed = Entry.objects.filter(what="agreement-changed", subject_pk=row.pk)
    assert changed.latest("pk").by.username == "aftaler"


def test_what_acts_is_not_put_in_force_again(sign_in):
    row = Agreement.objects.get(made_up=True)
    chosen = {"action": "put_in_force", "_selected_action": [row.pk]}

    said = sign_in("aftaler").post(address("partnerships.agreement"), chosen, follow=True)

    assert 'class="error"' in said.content.decode()


def test_the_first_page_says_in_which_order_to_work(sign_in):
    page = sign_in("aftaler").get(reverse("admin:index")).content.decode()

    steps = page[page.index("kf-admin-steps") :]
    assert steps.count("<li>") >= 4
    assert 'href="/static/css/admin.css"' in page


def test_the_journal_of_the_administrator_says_what_was_done_in_words(sign_in):
    page = sign_in("admin").get(address("journal.entry")).content.decode()

    rows = page[page.index("<tbody>") : page.index("</tbody>")]
    assert "rolle tildelt" in rows
    assert "role-given" not in rows


def test_giving_a_role_opens_the_admin_site_and_ending_it_closes_the_door(sign_in):
    client = sign_in("admin")
    person = User.objects.create(username="ny")
    copenhagen = Organisation.objects.get(slug="jc-101")
    form = {
        "user": person.pk,
        "role": Role.AGREEMENT_ADMINISTRATOR,
        "organisation": copenhagen.pk,
        "starts_on": "2026-01-01",
    }
    assert client.post(address("partnerships.membership", "add"), form).status_code == 302
    person.refresh_from_db()
    assert person.is_staff
    row = Membership.objects.get(user=person)
    days = {"starts_on": "2026-01-01", "ends_on": "2026-02-01"}
    client.post(address("partnerships.membership", "change", row.pk), days)
    person.refresh_from_db()
    assert not person.is_staff
    assert Entry.objects.filter(what="role-dated", by__username="admin").exists()


def test_nobody_gives_themselves_a_role(sign_in, place):
    client = sign_in("admin")
    form = {
        "user": place["admin"].pk,
        "role": Role.CASEWORKER,
        "organisation": Organisation.objects.get(slug="jc-101").pk,
        "starts_on": "2026-01-01",
    }
    assert client.post(address("partnerships.membership", "add"), form).status_code == 200
    with pytest.raises(Refused):
        give_role(
            place["admin"],
            Role.CASEWORKER,
            organisation=Organisation.objects.get(slug="jc-101"),
            starts_on=TODAY,
            by=place["admin"],
        )
    assert place["admin"].memberships.count() == 1


def test_the_system_administrator_cannot_touch_a_superuser_or_make_one(sign_in):
    boss = User.objects.create(username="boss", is_superuser=True)
    client = sign_in("admin")
    assert client.post(address("accounts.user", "change", boss.pk), {}).status_code == 403
    page = client.get(address("accounts.user", "add")).content.decode()
    assert "is_superuser" not in page
    mate = User.objects.get(username="foa")
    form = {
        "username": "foa",
        "language": "da",
        "is_active": "on",
        "is_superuser": "on",
        "is_staff": "on",
    }
    client.post(address("accounts.user", "change", mate.pk), form)
    mate.refresh_from_db()
    assert not mate.is_superuser
    assert not mate.is_staff


def test_the_system_administrator_releases_a_lock_out(sign_in):
    client = sign_in("admin")
    attempt = AccessAttempt.objects.get()
    client.post(address("axes.accessattempt", "delete", attempt.pk), {"post": "yes"})
    assert not AccessAttempt.objects.exists()


def test_users_are_deactivated_not_deleted(sign_in, place):
    client = sign_in("admin")
    answer = client.post(address("accounts.user", "delete", place["foa"].pk), {"post": "yes"})
    assert answer.status_code == 403


def test_what_an_agreement_said_before_it_was_edited_here_can_still_be_read(sign_in, monkeypatch):
    monkeypatch.setattr("celery.current_app.send_task", lambda name: None)
    client, row = sign_in("aftaler"), Agreement.objects.get(made_up=True)
    before = row.text
    url = address("partnerships.agreement", "change", row.pk)
    form = client.get(url).context["adminform"].form
    sets = client.get(url).context["inline_admin_formsets"]
    sent = {name: form.initial.get(name) or "" for name in form.fields}
    sent["municipalities"] = [one.pk for one in row.municipalities.all()]
    for one in (part.formset for part in sets):
        sent |= {f"{one.prefix}-TOTAL_FORMS": 0, f"{one.prefix}-INITIAL_FORMS": 0}
    client.post(url, sent | {"text": "Noget andet.", "parent": "", "made_up": "on"})

    row.refresh_from_db()
    assert row.text == "Noget andet."
    assert [one.content["text"] for one in row.versions.order_by("number")] == [
        before,
        "Noget andet.",
    ]
