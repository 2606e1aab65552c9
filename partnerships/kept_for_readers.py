"""Kept statements of what a reader may read: `visible_to` stays the door, and is asked once."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from partnerships.access import Reach, reach_of
from partnerships.models import Role
from shared.kept_statements import Kept


class KeptForReaders:
    """A query set that `make` builds for a reader on a day, compiled once for each kind of reach.

    The day is fixed, so that a statement lives as long as its day; keys of the reader and of
    the organisations are values. `fixed` and `reckons` are as for `Kept`.
    """

    def __init__(
        self,
        make: Callable[..., QuerySet[Any, Any]],
        *,
        fixed: Sequence[str] = (),
        reckons: bool = False,
    ) -> None:
        self.make = make
        self.reckons = reckons
        self._kept = Kept(self._made, fixed=("on", "roles", *fixed), reckons=reckons)

    def ask(self, reader: User, *, on: date, **values: Any) -> list[Any]:  # noqa: ANN401
        """The rows that a person may read; an administrator's reasons end by the clock."""
        reach = reach_of(reader, on=on)
        if self.reckons and reach.has(Role.SYSTEM_ADMINISTRATOR):
            return list(self.make(reader, on=on, **values))
        return self._kept.ask(
            reader=reader.pk,
            on=on,
            roles=reach.roles,
            jobcentres=reach.jobcentres,
            a_kasser=reach.a_kasser,
            booking_at=reach.booking_at,
            **values,
        )

    def _made(  # noqa: PLR0913 (a reach is made of as many things)
        self,
        *,
        reader: int,
        on: date,
        roles: frozenset[Role],
        jobcentres: tuple[int, ...],
        a_kasser: tuple[int, ...],
        booking_at: tuple[int, ...],
        **values: Any,  # noqa: ANN401
    ) -> QuerySet[Any, Any]:
        """The query set for somebody of this reach and no other."""
        user: Any = User(pk=reader)
        reach = user.kept_reach = Reach(on, roles, (), jobcentres, a_kasser, booking_at)
        rows = self.make(user, on=on, **values)
        if user.kept_reach is not reach:
            raise LookupError(f"a statement kept for {on} asked for the reach of another day")
        return rows
