"""Calendar files as two independent readers understand them: vobject here, ical.js in Node."""

import json
import subprocess
from datetime import UTC, datetime

import vobject

from servers.places import ROOT


def by_vobject(text: str) -> dict:
    calendar = vobject.readOne(text)
    assert calendar.validate(raiseException=True)
    method = calendar.contents.get("method")
    return {
        "method": method[0].value if method else None,
        "events": [_event(one) for one in calendar.contents.get("vevent", [])],
    }


def by_ical_js(*texts: str) -> list[dict]:
    process = subprocess.run(
        ["node", "tests/read_calendars.mjs"],
        input=json.dumps(texts), cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert process.returncode == 0, process.stderr
    read = json.loads(process.stdout)
    for calendar in read:
        for event in calendar["events"]:
            for name in ("starts_at", "ends_at"):
                event[name] = datetime.fromisoformat(event[name])
    return read


def understood(text: str) -> dict:
    """What both readers understand, which must be the same."""
    one, [other] = by_vobject(text), by_ical_js(text)
    assert one == other
    return one


def unfolded(text: str) -> str:
    return text.replace("\r\n ", "").replace("\n ", "")


def _event(event) -> dict:
    return {
        "uid": event.uid.value,
        "sequence": int(event.sequence.value),
        "summary": event.summary.value,
        "status": event.status.value,
        "starts_at": event.dtstart.value.astimezone(UTC),
        "ends_at": event.dtend.value.astimezone(UTC),
    }
