"""The plainest valid row of each model; what matters to a test, the test says."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import factory
from django.db import transaction
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.models import User
from courses import deadlines
from courses.models import (
    Absence,
    AccessGrant,
    Choice,
    ChoiceKind,
    Citizen,
    Course,
    Duty,
    EntryDecision,
    Fact,
    Flag,
    HeldMeeting,
    MeetingForm,
    MeetingKind,
    Party,
    Registration,
    ReportedHours,
    Responsibility,
)
from handovers.models import Departure, Handover, SicknessTalk
from letters.models import Letter, LetterKind, LetterText, PrintBatch, Route
from letters.shipped import load_texts
from meetings.batch_words import told
from meetings.models import (
    Agreed,
    Batch,
    BatchRow,
    CalendarFeed,
    Meeting,
    NoShow,
    Notification,
    Participant,
    Question,
    Room,
)
from meetings.models.feeds import fingerprint
from partnerships.models import (
    Agreement,
    AgreementParty,
    AgreementTerms,
    Coverage,
    Membership,
    Municipality,
    Organisation,
    Role,
)
from shared.cpr import born
from shared.danish_order import sort_key
from shared.dates import working_days_before

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
LONG_AGO = date(2007, 1, 1)
REGISTERED = date(2026, 9, 7)  # a Monday, under the rules of 2026
PASSWORD = "demo"
OF_THE_REGISTRATION = (
    "insured",
    "special_effort",
    "ended_on",
    "ended_reason",
    "benefit_ends_on",
    "graduate",
    "occupation",
    "skilled",
)


class MunicipalityFactory(DjangoModelFactory):
    code = factory.Sequence(lambda n: f"{100 + n % 900}")
    name = factory.Sequence(lambda n: f"Kommune {n}")
    sort_key = factory.LazyAttribute(lambda row: sort_key(row.name))
    region = "Region Hovedstaden"
    rar_area = "RAR Hovedstaden"
    employment_region = "Hovedstaden & Sjælland"

    class Meta:
        model = Municipality
        django_get_or_create = ("code",)


class OrganisationFactory(DjangoModelFactory):
    """A jobcentre, unless another kind is said."""

    slug = factory.Sequence(lambda n: f"organisation-{n}")
    kind = Organisation.Kind.JOBCENTRE
    name = factory.Sequence(lambda n: f"Organisation {n}")
    sort_key = factory.LazyAttribute(lambda row: sort_key(row.name))

    class Meta:
        model = Organisation


class JobcentreFactory(OrganisationFactory):
    name = factory.Sequence(lambda n: f"Jobcenter {n}")


class AKasseFactory(OrganisationFactory):
    kind = Organisation.Kind.A_KASSE
    name = factory.Sequence(lambda n: f"A-kasse {n}")


class CoverageFactory(DjangoModelFactory):
    """A jobcentre serves a municipality from long ago."""

    municipality = factory.SubFactory(MunicipalityFactory)
    municipality_number = factory.LazyAttribute(lambda row: int(row.municipality.code))
    jobcentre = factory.SubFactory(JobcentreFactory)
    starts_on = LONG_AGO

    class Meta:
        model = Coverage


class UserFactory(DjangoModelFactory):
    """A person who can sign in; `role=` and `organisation=` give a membership from long ago."""

    username = factory.Sequence(lambda n: f"person{n}")
    first_name = "Kim"
    last_name = factory.Sequence(lambda n: f"Person {n}")
    email = factory.LazyAttribute(lambda row: f"{row.username}@example.org")
    password = factory.django.Password(PASSWORD)

    class Meta:
        model = User

    @classmethod
    def _create(
        cls,
        model_class: type[User],
        *args: Any,
        role: Role | None = None,
        organisation: Organisation | None = None,
        **columns: Any,
    ) -> User:
        user: User = super()._create(model_class, *args, **columns)
        if role:
            MembershipFactory(user=user, role=role, organisation=organisation)
        return user


class MembershipFactory(DjangoModelFactory):
    user = factory.SubFactory(UserFactory)
    role = Role.CASEWORKER
    organisation = factory.SubFactory(JobcentreFactory)
    starts_on = LONG_AGO

    class Meta:
        model = Membership


class AgreementFactory(DjangoModelFactory):
    """An agreement in force, of `parties=[…]`, in `municipalities=[…]`, with `terms={…}` if said."""

    slug = factory.Sequence(lambda n: f"agreement-{n}")
    title = factory.Sequence(lambda n: f"Agreement {n}")
    kind = Agreement.Kind.AGREEMENT
    state = Agreement.State.ACTIVE
    starts_on = date(2023, 1, 1)

    class Meta:
        model = Agreement

    @classmethod
    def _create(
        cls,
        model_class: type[Agreement],
        *args: Any,
        parties: list[Organisation] | None = None,
        municipalities: list[Municipality] | None = None,
        terms: dict[str, Any] | None = None,
        **columns: Any,
    ) -> Agreement:
        agreement: Agreement = super()._create(model_class, *args, **columns)
        agreement.municipalities.set(municipalities or [])
        for party in parties or []:
            AgreementParty.objects.create(agreement=agreement, organisation=party)
        if terms is not None:
            AgreementTerms.objects.create(
                agreement=agreement, **{"starts_on": agreement.starts_on} | terms
            )
        return agreement


class CitizenFactory(DjangoModelFactory):
    """A fictitious citizen: the day of birth in the number is 60 too high."""

    first_name = "Anna"
    last_name = factory.Sequence(lambda n: f"Borger {n}")
    sort_key = factory.LazyAttribute(lambda row: sort_key(f"{row.last_name}, {row.first_name}"))
    cpr = factory.Sequence(lambda n: f"{61 + n % 28}{1 + n // 28 % 12:02}85{n // 336:04}")

    class Meta:
        model = Citizen

    @classmethod
    def _create(cls, model_class: type[Citizen], *args: Any, cpr: str, **columns: Any) -> Citizen:
        known = {"born_on": born(cpr)} | Citizen.cpr_columns(cpr)
        citizen: Citizen = super()._create(model_class, *args, **known | columns)
        return citizen


class CourseFactory(DjangoModelFactory):
    """A course with the registration that stands, and with answers when `refreshed=True`.

    Words of the registration (`insured=`, `ended_on=`, …) may be given too.
    """

    citizen = factory.SubFactory(CitizenFactory)
    a_kasse = factory.SubFactory(AKasseFactory)
    municipality = factory.SubFactory(MunicipalityFactory)
    jobcentre = factory.LazyAttribute(lambda row: _jobcentre_of(row.municipality))
    registered_on = REGISTERED
    placed_on = factory.SelfAttribute("registered_on")
    starts_on = factory.SelfAttribute("registered_on")

    class Meta:
        model = Course

    @classmethod
    def _create(
        cls, model_class: type[Course], *args: Any, refreshed: bool = False, **columns: Any
    ) -> Course:
        said = {name: columns.pop(name) for name in OF_THE_REGISTRATION if name in columns}
        course: Course = super()._create(
            model_class, *args, **columns, ends_on=said.get("ended_on")
        )
        RegistrationFactory(course=course, **said)
        if refreshed:
            deadlines.refresh(course, cause="test", by=None, on=course.registered_on)
        return course


def _jobcentre_of(municipality: Municipality) -> Organisation:
    """The jobcentre that serves a municipality; a new one when none does."""
    coverage = municipality.coverages.first() or CoverageFactory(municipality=municipality)
    return coverage.jobcentre


class FactFactory(DjangoModelFactory):
    source = Fact.Source.FILE

    class Meta:
        abstract = True


class RegistrationFactory(FactFactory):
    """Of `course=`, which has one that stands already when `CourseFactory` made it."""

    registered_on = factory.SelfAttribute("course.registered_on")
    placed_on = factory.SelfAttribute("course.placed_on")
    member_from = factory.SelfAttribute("course.starts_on")
    municipality = factory.SelfAttribute("course.municipality")

    class Meta:
        model = Registration


class AbsenceFactory(FactFactory):
    """A week in a job; the course is not refreshed by it."""

    citizen = factory.SubFactory(CitizenFactory)
    kind = "job"
    starts_on = REGISTERED + timedelta(14)
    ends_on = factory.LazyAttribute(lambda row: row.starts_on + timedelta(7))

    class Meta:
        model = Absence


class ReportedHoursFactory(FactFactory):
    citizen = factory.SubFactory(CitizenFactory)
    month = REGISTERED.replace(day=1)
    hours = 160
    a_kasse = factory.SubFactory(AKasseFactory)

    class Meta:
        model = ReportedHours


class HeldMeetingFactory(FactFactory):
    citizen = factory.SubFactory(CitizenFactory)
    kind = MeetingKind.JOB
    held_on = REGISTERED + timedelta(14)
    by = Party.A_KASSE

    class Meta:
        model = HeldMeeting


class ChoiceFactory(FactFactory):
    course = factory.SubFactory(CourseFactory)
    kind = ChoiceKind.ASK_JOINT
    chosen_on = REGISTERED
    by = Party.CITIZEN

    class Meta:
        model = Choice


class EntryDecisionFactory(FactFactory):
    """The jobcentre takes the member into an agreement from the first day on."""

    course = factory.SubFactory(CourseFactory)
    agreement = factory.SubFactory(AgreementFactory)
    takes_in = True
    decided_from = factory.SelfAttribute("course.registered_on")
    by = Party.JOBCENTRE
    role = Role.CASEWORKER
    ground = "exception"
    reason = "Agreed with the other party."

    class Meta:
        model = EntryDecision


class DutyFactory(DjangoModelFactory):
    """A pending job interview in a course that the law was not asked about."""

    course = factory.SubFactory(CourseFactory)
    a_kasse = factory.SelfAttribute("course.a_kasse")
    jobcentre = factory.SelfAttribute("course.jobcentre")
    rule = "R26-02"
    ordinal = factory.Sequence(lambda n: n % 30000)
    kind = MeetingKind.JOB
    responsible = Party.A_KASSE
    due_on = REGISTERED + timedelta(28)
    late_from = factory.LazyAttribute(lambda row: row.due_on and row.due_on + timedelta(1))
    soon_from = factory.LazyAttribute(lambda row: row.due_on and working_days_before(row.due_on, 5))
    basis = Duty.Basis.CALENDAR
    outcome = Duty.Outcome.PENDING
    because = factory.LazyFunction(lambda: {"text": "an example", "values": {}})
    certain = True

    class Meta:
        model = Duty


class ResponsibilityFactory(DjangoModelFactory):
    course = factory.SubFactory(CourseFactory)
    party = Party.A_KASSE
    starts_on = factory.SelfAttribute("course.registered_on")

    class Meta:
        model = Responsibility


class FlagFactory(DjangoModelFactory):
    """An open flag on a duty that is late."""

    duty = factory.SubFactory(DutyFactory)
    course = factory.SelfAttribute("duty.course")
    stage = Flag.Stage.OVERDUE
    became_on = factory.LazyAttribute(lambda row: row.duty.late_from)
    raised_at = factory.LazyAttribute(lambda row: moment(row.became_on, 5, 40))

    class Meta:
        model = Flag


class AccessGrantFactory(DjangoModelFactory):
    user = factory.SubFactory(UserFactory, role=Role.SYSTEM_ADMINISTRATOR)
    course = factory.SubFactory(CourseFactory)
    reason = "An error in the case is being looked into."
    until = factory.LazyFunction(lambda: datetime.now(COPENHAGEN) + timedelta(hours=1))

    class Meta:
        model = AccessGrant


class RouteFactory(DjangoModelFactory):
    """An organisation with a CVR number: its letters go by Digital Post."""

    organisation = factory.SubFactory(JobcentreFactory)
    cvr = factory.Sequence(lambda n: f"{10_000_000 + n}")

    class Meta:
        model = Route


def _text_like(kind: str, language: str) -> LetterText:
    """A shipped text; a test that empties the tables gets them again."""
    fitting = LetterText.objects.filter(kind=kind, language=language).order_by("pk")
    return fitting.first() or (load_texts() and fitting.first())


def _said_to(row: Any) -> dict[str, Any]:
    """What the plainest letter says."""
    return {
        "language": row.language,
        "title": f"Letter from {row.sender}, case {row.course.case_number}",
        "heading": "Summons",
        "case_number": row.course.case_number,
        "dated": "Monday 23 November 2026",
        "sender": {"name": str(row.sender), "lines": [str(row.sender)]},
        "recipient": [row.course.citizen.name],
        "signed": [str(row.sender)],
        "words": dict.fromkeys(("what", "about", "case", "page", "regards"), "word"),
        "facts": [["Day", "Monday"]],
        "parts": [{"kind": "text", "text": "Come."}, {"kind": "facts"}],
    }


class LetterFactory(DjangoModelFactory):
    """A summons of the jobcentre that waits, due now; `printed=True` is one at the printer."""

    course = factory.SubFactory(CourseFactory)
    sender = factory.SelfAttribute("course.jobcentre")
    kind = LetterKind.SUMMONS
    channel = "digital_post"
    language = "da"
    text = factory.LazyAttribute(lambda row: _text_like(row.kind, row.language))
    content = factory.LazyAttribute(_said_to)
    queued_at = factory.LazyFunction(lambda: datetime.now(COPENHAGEN) - timedelta(minutes=20))
    queued_by = factory.SubFactory(UserFactory)
    send_after = factory.LazyAttribute(lambda row: row.queued_at + timedelta(minutes=10))

    class Meta:
        model = Letter

    @classmethod
    def _create(
        cls, model_class: type[Letter], *args: Any, printed: bool = False, **columns: Any
    ) -> Letter:
        if printed:
            batch = PrintBatch.objects.create(
                organisation=columns["sender"],
                opened_at=columns["queued_at"],
                opened_by=columns["queued_by"],
            )
            columns |= {"channel": "print", "state": "to_print"}
            columns |= {"batch": batch}
        letter: Letter = super()._create(model_class, *args, **columns)
        return letter


class RoomFactory(DjangoModelFactory):
    organisation = factory.SubFactory(JobcentreFactory)
    name = factory.Sequence(lambda n: f"Room {n}")

    class Meta:
        model = Room


class MeetingFactory(DjangoModelFactory):
    """A booked interview at the a-kasse, 10:00 on a Wednesday; citizen and room take part."""

    course = factory.SubFactory(CourseFactory)
    kind = MeetingKind.JOB
    held_by = Party.A_KASSE
    organisation = factory.LazyAttribute(
        lambda row: row.course.a_kasse if row.held_by == Party.A_KASSE else row.course.jobcentre
    )
    starts_at = factory.LazyFunction(lambda: moment(REGISTERED + timedelta(16), 10))
    ends_at = factory.LazyAttribute(lambda row: row.starts_at + timedelta(minutes=45))
    form = MeetingForm.IN_PERSON

    class Meta:
        model = Meeting

    @classmethod
    def _create(cls, model_class: type[Meeting], *args: Any, **columns: Any) -> Meeting:
        with transaction.atomic():  # at its end the room has to be among those who take part
            meeting: Meeting = super()._create(model_class, *args, **columns)
            ParticipantFactory(meeting=meeting, role="citizen", citizen=meeting.course.citizen)
            if meeting.room:
                ParticipantFactory(meeting=meeting, role="room", room=meeting.room)
        return meeting


class CalendarFeedFactory(DjangoModelFactory):
    """The address of a worker's calendar: `token=` opens it."""

    user = factory.SubFactory(UserFactory)
    token_hash = factory.LazyAttribute(lambda row: fingerprint(row.token))
    made_by = factory.LazyAttribute(lambda row: row.user or UserFactory())
    made_at = factory.LazyFunction(lambda: moment(REGISTERED, 8))
    changed_at = factory.SelfAttribute("made_at")

    class Meta:
        model = CalendarFeed

    class Params:
        token = factory.Sequence(lambda n: f"{n:043}")


class BatchFactory(DjangoModelFactory):
    """Several bookings, by someone, at a moment."""

    key = factory.LazyFunction(uuid4)
    act = Batch.Act.BOOK
    by = factory.SubFactory(UserFactory)
    at = factory.LazyFunction(timezone.now)

    class Meta:
        model = Batch


class BatchRowFactory(DjangoModelFactory):
    """A row of a batch that booked `meeting=`."""

    batch = factory.SubFactory(BatchFactory)
    course = factory.SelfAttribute("meeting.course")
    duty = factory.SelfAttribute("meeting.duty")
    starts_at = factory.SelfAttribute("meeting.starts_at")
    outcome = BatchRow.Outcome.DONE
    said = factory.LazyAttribute(lambda row: told("Booked for %(when)s.", when=row.starts_at))

    class Meta:
        model = BatchRow


class ParticipantFactory(DjangoModelFactory):
    """The a-kasse, unless another role is said; `MeetingFactory` made citizen's and room's."""

    meeting = factory.SubFactory(MeetingFactory)
    role = Participant.Role.A_KASSE

    class Meta:
        model = Participant


class NoShowFactory(DjangoModelFactory):
    meeting = factory.SubFactory(MeetingFactory, state=Meeting.State.NO_SHOW)
    contact_attempts = "Called twice."
    lawful_absence = NoShow.Lawful.NONE

    class Meta:
        model = NoShow


class AgreedFactory(DjangoModelFactory):
    """Something the citizen is to do."""

    who = Party.CITIZEN
    what = "Send two applications."

    class Meta:
        model = Agreed


class QuestionFactory(DjangoModelFactory):
    """The jobcentre asks the a-kasse."""

    asked_by = Party.JOBCENTRE
    text = "Is the CV in order?"
    asker = factory.SubFactory(UserFactory)
    asked_at = factory.LazyAttribute(lambda row: row.meeting.starts_at - timedelta(3))

    class Meta:
        model = Question


class NotificationFactory(DjangoModelFactory):
    meeting = factory.SubFactory(MeetingFactory, state=Meeting.State.NO_SHOW)
    course = factory.SelfAttribute("meeting.course")
    sender = factory.SelfAttribute("meeting.organisation")
    a_kasse = factory.SelfAttribute("meeting.course.a_kasse")
    sent_at = factory.LazyAttribute(lambda row: row.meeting.ends_at)
    sent_by = factory.SubFactory(UserFactory)

    class Meta:
        model = Notification


class HandoverFactory(DjangoModelFactory):
    """A hand-over whose sheet waits for the jobcentre."""

    course = factory.SubFactory(CourseFactory)
    basis = Handover.Basis.HOURS
    moves_on = REGISTERED + timedelta(85)
    state = Handover.State.SHEET_READY

    class Meta:
        model = Handover


class DepartureFactory(DjangoModelFactory):
    """A member whom the a-kasse visited to the jobcentre."""

    choice = factory.SubFactory(ChoiceFactory, kind="visited_out", by=Party.A_KASSE)
    course = factory.SelfAttribute("choice.course")
    channel = Departure.Channel.PHONE
    reason = Departure.Reason.NEEDS_MORE
    took_effect = True
    at = factory.LazyAttribute(lambda row: moment(row.choice.chosen_on, 10))
    by = factory.SubFactory(UserFactory)

    class Meta:
        model = Departure


class SicknessTalkFactory(DjangoModelFactory):
    """A talk in person of which the municipality was not told yet."""

    course = factory.SubFactory(CourseFactory)
    sick_from = REGISTERED + timedelta(7)
    held_on = REGISTERED + timedelta(21)
    form = MeetingForm.IN_PERSON
    illness_prevents = False
    recorded_at = factory.LazyAttribute(lambda row: moment(row.held_on, 11))
    recorded_by = factory.SubFactory(UserFactory)

    class Meta:
        model = SicknessTalk


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment on a day in Denmark."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=COPENHAGEN)
