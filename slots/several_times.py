"""One act on several times: what it would do, and what it did, a line each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from partnerships.models import Membership, Organisation, Role
from shared.refusals import Refused
from shared.written import day_text, moment_text
from slots.actions.reserving import Unseen, give_back, reserve, staff
from slots.models import Slot
from slots.planning import release_day
from slots.pool_pages import where_text

RESERVE, GIVE_BACK, STAFF = "reserve", "give-back", "staff"


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A time and what would happen to it; `skipped` where nothing would."""

    slot: Slot
    when: str
    where: str
    will: str
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """A time and what happened; `codes` are those of what has to be read first."""

    slot: Slot
    when: str
    said: str
    tone: str
    codes: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be done, for which a-kasse, by whom."""

    act: str
    a_kasse: Organisation
    by: User
    at: datetime
    guest: User | None = None
    seen: Sequence[str] = ()

    @property
    def title(self) -> str:
        return {
            RESERVE: _("Reserve times"),
            GIVE_BACK: _("Give times back"),
            STAFF: _("Choose who comes"),
        }[self.act]

    @property
    def button(self) -> str:
        return {
            RESERVE: _("Reserve"),
            GIVE_BACK: _("Give back"),
            STAFF: _("Save"),
        }[self.act]


def foreseen(slots: Sequence[Slot], asked: Asked) -> list[Foreseen]:
    """A line for each time; the act looks again under its locks."""
    on = timezone.localdate(asked.at)
    rows = []
    for slot in slots:
        skipped = _why_skipped(slot, asked)
        when = moment_text(slot.starts_at, on=on)
        will = skipped or _will(slot, asked)
        rows.append(Foreseen(slot, when, _at(slot), will, bool(skipped)))
    return rows


def _why_skipped(slot: Slot, asked: Asked) -> str:
    is_ours = slot.a_kasse_id == asked.a_kasse.pk
    if asked.act == RESERVE and is_ours:
        return _("It is yours already.")
    if asked.act != RESERVE and not is_ours:
        return _("Your a-kasse has not reserved it.")
    return ""


def _will(slot: Slot, asked: Asked) -> str:
    on = timezone.localdate(asked.at)
    if asked.act == RESERVE:
        day = release_day(slot.pool, slot.starts_at, on=on)
        return _("Reserved; released %(day)s if unused.") % {"day": day_text(day, on=on)}
    if asked.act == GIVE_BACK:
        return _("Given back: others can have it.")
    return _("Now: %(worker)s") % {"worker": slot.guest} if slot.guest else _("Nobody yet.")


def carried_out(slots: Sequence[Slot], asked: Asked) -> list[Done]:
    """Do it to each time in a transaction of its own; what is refused stops no other."""
    return [_done(slot, asked) for slot in slots]


def _done(slot: Slot, asked: Asked) -> Done:
    when = f"{moment_text(slot.starts_at, on=timezone.localdate(asked.at))} · {_at(slot)}"
    act: dict[str, Callable[[], object]] = {
        RESERVE: lambda: reserve(slot, asked.a_kasse, by=asked.by, at=asked.at),
        GIVE_BACK: lambda: give_back(slot, by=asked.by, at=asked.at),
        STAFF: lambda: staff(slot, asked.guest, seen=asked.seen, by=asked.by, at=asked.at),
    }
    try:
        act[asked.act]()
    except Unseen as unseen:
        codes = " ".join(one.code for one in unseen.cautions)
        return Done(slot, when, str(unseen), "soon", codes)
    except Refused as refused:
        return Done(slot, when, str(refused), "over")
    return Done(slot, when, _worded(asked), "held")


def _worded(asked: Asked) -> str:
    if asked.act == RESERVE:
        return _("Reserved.")
    if asked.act == GIVE_BACK:
        return _("Given back.")
    return _("%(worker)s comes.") % {"worker": asked.guest} if asked.guest else _("Nobody comes.")


def sums_of(rows: Sequence[Done]) -> str:
    """How many went well."""
    done = sum(1 for one in rows if one.tone == "held")
    said = ngettext("%(count)d time done", "%(count)d times done", done) % {"count": done}
    others = len(rows) - done
    return said + (_(", %(count)d not") % {"count": others} if others else "")


def colleagues(a_kasse: Organisation, *, at: datetime) -> list[User]:
    """Who of the a-kasse can be sent: its consultants and coordinators."""
    rows = Membership.objects.standing(on=timezone.localdate(at)).filter(
        organisation=a_kasse, role__in=(Role.JOB_CONSULTANT, Role.COORDINATOR)
    )
    users = {row.user_id: row.user for row in rows.select_related("user")}
    return sorted(users.values(), key=str)


def _at(slot: Slot) -> str:
    return f"{slot.jobcentre.short}, {where_text(slot)}"
