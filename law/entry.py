"""On which days an agreement takes one member in, where a person decided on it (R09-11a)."""

from law.absence import EVER, Run
from law.facts import CourseFacts, EntryDecision

DECIDED = "R09-11a"


def in_order(facts: CourseFacts) -> tuple[EntryDecision, ...]:
    """The decisions on entry by the day they count from; the last one stands."""
    return tuple(sorted(facts.entries, key=lambda one: one.on))


def days_under(facts: CourseFacts, *, by_criteria: bool) -> tuple[Run, ...]:
    """The half-open runs of days under the agreement: as the criteria say, then as was decided."""
    since = facts.registered_on.toordinal() if by_criteria else None
    runs: list[Run] = []
    for one in in_order(facts):
        day = max(one.on, facts.registered_on).toordinal()
        if one.takes_in and since is None:
            since = day
        elif not one.takes_in and since is not None:
            runs.append((since, day))
            since = None
    if since is not None:
        runs.append((since, EVER))
    return tuple(_joined(runs))


def _joined(runs: list[Run]) -> list[Run]:
    """Runs that have days; what ends where the next begins is one."""
    found: list[Run] = []
    for starts, ends in runs:
        if starts >= ends:
            continue
        since = found.pop()[0] if found and found[-1][1] == starts else starts
        found.append((since, ends))
    return found
