"""Who signs in to the demo world, who else works there, and in which rooms."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password

from accounts.checks import DEMO_PASSWORD
from accounts.models import User
from desk.demo.diary import Staff
from meetings.models import Room
from partnerships.actions import give_role
from partnerships.models import Organisation, Role
from shared.danish_order import sort_key

JOB_CLUB = "jobklub-eksempel"
POST = "post@%s.example"
STARTED = timedelta(400)  # everyone has worked there for a while


@dataclass(frozen=True, slots=True)
class SignIn:
    """A row of the demo world's table of sign-ins, or a colleague who does not sign in."""

    username: str
    first_name: str
    last_name: str
    role: Role
    organisation: str = ""


SIGN_INS = [
    SignIn("sagsbehandler", "Anne", "Birkelund", Role.CASEWORKER, "jc-101"),
    SignIn("planlaegger", "Kirsten", "Holmvang", Role.BOOKING_COORDINATOR, "jc-101"),
    SignIn("jobkonsulent", "Mikkel", "Kærlund", Role.JOB_CONSULTANT, "3f"),
    SignIn("akasse-leder", "Lone", "Skovager", Role.COORDINATOR, "3f"),
    SignIn("foa", "Tina", "Egebjerg", Role.JOB_CONSULTANT, "foa"),
    SignIn("aarhus", "Jørgen", "Vestergård", Role.CASEWORKER, "jc-751"),
    SignIn("aftaler", "Birgit", "Lindholt", Role.AGREEMENT_ADMINISTRATOR, "jc-101"),
    SignIn("styregruppe", "Per", "Højmark", Role.STEERING_GROUP, "jc-101"),
    SignIn("controller", "Susanne", "Engdal", Role.FINANCE, "jc-101"),
    SignIn("jobklub", "Ole", "Brandstrup", Role.PROVIDER, JOB_CLUB),
    SignIn("admin", "Systemets", "Administrator", Role.SYSTEM_ADMINISTRATOR),
]
COLLEAGUES = [
    SignIn("kbh-ls", "Lars", "Stenløkke", Role.CASEWORKER, "jc-101"),
    SignIn("kbh-mk", "Maria", "Krogshøj", Role.CASEWORKER, "jc-101"),
    SignIn("kbh-hd", "Hanne", "Dybdal", Role.CASEWORKER, "jc-101"),
    SignIn("kbh-ym", "Yusuf", "Mosevang", Role.CASEWORKER, "jc-101"),
    SignIn("3f-pb", "Pia", "Brohøj", Role.JOB_CONSULTANT, "3f"),
    SignIn("3f-st", "Steen", "Tangvig", Role.JOB_CONSULTANT, "3f"),
    SignIn("3f-nk", "Nadia", "Klitgaard", Role.JOB_CONSULTANT, "3f"),
    SignIn("foa-jr", "Jytte", "Ravnsø", Role.JOB_CONSULTANT, "foa"),
    SignIn("foa-bt", "Bo", "Tornhøj", Role.JOB_CONSULTANT, "foa"),
    SignIn("aarhus-el", "Else", "Lyngdrup", Role.CASEWORKER, "jc-751"),
    SignIn("aarhus-plan", "Ruth", "Kærsgård", Role.BOOKING_COORDINATOR, "jc-751"),
    SignIn("frb-plan", "Karen", "Sommerlund", Role.BOOKING_COORDINATOR, "jc-147"),
    SignIn("foa-leder", "Vibeke", "Storhøj", Role.COORDINATOR, "foa"),
]
ROOMS = {
    "jc-101": ["Lokale 1", "Lokale 2", "Lokale 3", "Lokale 4", "Mødebord ved receptionen"],
    "3f": ["Samtalerum A", "Samtalerum B", "Samtalerum C"],
    "foa": ["Rum 1", "Rum 2"],
    "jc-751": ["Lokale 10", "Lokale 11"],
}
PLACES = {
    "jc-101": "Eksempelgade 1, København",
    "3f": "Eksempelvej 2, København",
    "foa": "Eksempelvej 3, København",
    "jc-751": "Eksempelgade 4, Aarhus",
}
OUT_OF_USE = "Mødebord ved receptionen"
HOSTS = {Role.CASEWORKER, Role.JOB_CONSULTANT}


def hire(today: date) -> dict[str, User]:
    """Make the accounts and give them their roles; only the table's accounts can sign in."""
    Organisation.objects.create(
        slug=JOB_CLUB,
        kind=Organisation.Kind.PROVIDER,
        name="Jobklubben (eksempel)",
        sort_key=sort_key("Jobklubben (eksempel)"),
        town="København",
    )
    organisations = {row.slug: row for row in Organisation.objects.all()}
    open_password, closed_password = make_password(DEMO_PASSWORD), make_password(None)
    people: dict[str, User] = {}
    for one in [*SIGN_INS, *COLLEAGUES]:
        people[one.username] = User.objects.create(
            username=one.username,
            first_name=one.first_name,
            last_name=one.last_name,
            email=f"{one.username}@kontaktforloeb.example",
            password=open_password if one in SIGN_INS else closed_password,
        )
        give_role(
            people[one.username],
            one.role,
            organisation=organisations.get(one.organisation),
            starts_on=today - STARTED,
            by=None,
        )
    return people


def furnish() -> None:
    """Make the rooms, and say how each house is reached; a number with 00 calls nobody."""
    kinds = (Organisation.Kind.JOBCENTRE, Organisation.Kind.A_KASSE)
    houses = list(Organisation.objects.filter(kind__in=kinds))
    for one in houses:
        one.phone, one.email = f"00 10 {one.pk // 100:02d} {one.pk % 100:02d}", POST % one.slug
    Organisation.objects.bulk_update(houses, ["phone", "email"])
    keys = dict(Organisation.objects.filter(slug__in=ROOMS).values_list("slug", "pk"))
    Room.objects.bulk_create(
        Room(
            organisation_id=keys[slug],
            name=name,
            place=PLACES[slug],
            is_active=name != OUT_OF_USE,
        )
        for slug, names in ROOMS.items()
        for name in names
    )


def staff_by_organisation(people: dict[str, User]) -> dict[int, Staff]:
    """Who holds interviews where, and in which rooms."""
    keys = dict(Organisation.objects.filter(slug__in=ROOMS).values_list("slug", "pk"))
    rooms = list(Room.objects.filter(is_active=True).order_by("pk"))
    return {
        keys[slug]: Staff(
            [
                people[one.username]
                for one in [*SIGN_INS, *COLLEAGUES]
                if one.organisation == slug and one.role in HOSTS
            ],
            [room for room in rooms if room.organisation_id == keys[slug]],
        )
        for slug in ROOMS
    }
