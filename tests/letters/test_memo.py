"""The message to Digital Post, held against what MeMo 1.2 asks for, stated here by hand.

What stands here is from the published guides to MeMo 1.1 and 1.2; the schema is not kept here.
"""

import re
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest

from letters.channels.digital_post import message_of
from letters.models import Route
from tests.letters.test_outbox import queued
from tests.meetings.conftest import NOW

pytestmark = pytest.mark.django_db
MEMO = "{https://DigitalPost.dk/MeMo-1}"

# Each element that we send: its parts in the order in which MeMo has them, those it must have,
# and the longest text that a part may hold.
ORDER = {
    "Message": ["MessageHeader", "MessageBody"],
    "MessageHeader": [
        "messageType", "messageUUID", "messageID", "messageCode", "label", "notification",
        "additionalNotification", "reply", "replyByDateTime", "doNotDeliverUntilDate",
        "mandatory", "legalNotification", "postType", "Sender", "Recipient", "ContentData",
        "ForwardData", "ReplyData",
    ],
    "Sender": ["senderID", "idType", "label", "AttentionData", "ContactPoint", "Representative"],
    "Recipient": ["recipientID", "idType", "label", "AttentionData", "ContactPoint"],
    "ContentData": ["CPRdata", "CVRdata", "MotorVehicle", "PropertyNumber", "CaseID", "KLEdata"],
    "CaseID": ["caseID", "caseSystem"],
    "MessageBody": ["createdDateTime", "MainDocument", "AdditionalDocument", "TechnicalDocument"],
    "MainDocument": ["mainDocumentID", "label", "File", "Action"],
    "File": ["encodingFormat", "filename", "language", "content"],
}  # fmt: skip
REQUIRED = {
    "Message": {"MessageHeader"},
    "MessageHeader": {
        "messageType", "messageUUID", "label", "mandatory", "legalNotification", "Sender",
        "Recipient",
    },
    "Sender": {"senderID", "idType", "label"},
    "Recipient": {"recipientID", "idType"},
    "ContentData": set(),
    "CaseID": {"caseID", "caseSystem"},
    "MessageBody": {"createdDateTime", "MainDocument"},
    "MainDocument": {"File"},
    "File": {"encodingFormat", "filename", "language", "content"},
}  # fmt: skip
LONGEST = {"notification": 150, "language": 2, "content": 10**8}
UUID_4 = r"[a-f0-9]{8}-[a-f0-9]{4}-4[a-f0-9]{3}-[ab89][a-f0-9]{3}-[a-f0-9]{12}"
PATTERNS = {
    "messageType": "DIGITALPOST",
    "messageUUID": UUID_4,
    "mandatory": "true|false",
    "legalNotification": "true|false",
    "senderID": r"\d{8}",
    "recipientID": r"\d{10}",
    "createdDateTime": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ",
    "content": "[A-Za-z0-9+/]+=*",
}


def message(world, at=NOW):
    letter = queued(world)
    route = Route.objects.get(organisation=letter.sender)
    return ET.fromstring(message_of(letter, b"%PDF-1.7", route, at))  # noqa: S314 (our own)


def name(element):
    return element.tag.removeprefix(MEMO)


def faults(element):
    """What in a message is not as MeMo has it."""
    own, parts = name(element), [name(one) for one in element]
    if own not in ORDER:
        yield from faults_of_text(own, element.text or "")
        return
    if parts != sorted(parts, key=ORDER[own].index) or len(set(parts)) < len(parts):
        yield f"{own} has {parts}"
    if missing := REQUIRED[own] - set(parts):
        yield f"{own} lacks {missing}"
    for one in element:
        yield from faults(one)


def faults_of_text(own, text):
    if not re.fullmatch(PATTERNS.get(own, ".+"), text):
        yield f"{own} says {text[:40]!r}"
    if len(text) > LONGEST.get(own, 256):
        yield f"{own} is {len(text)} long"


def test_a_message_has_what_memo_asks_for_in_its_order(world):
    root = message(world)

    assert {one.tag.partition("}")[0] + "}" for one in root.iter()} == {MEMO}
    assert root.attrib == {"memoVersion": "1.2"}  # 1.2 did away with memoSchVersion
    assert list(faults(root)) == []


def test_what_a_check_of_a_message_is_there_to_see_it_sees(world):
    root = message(world)
    header = root[0]
    header.remove(header.find(f"{MEMO}Sender"))
    header.append(header[0])
    root.find(f".//{MEMO}notification").text = "x" * 151

    said = " ".join(faults(root))

    assert "lacks {'Sender'}" in said
    assert "MessageHeader has" in said
    assert "notification is 151 long" in said


def test_the_moment_of_a_message_is_utc_also_in_summer(world):
    created = message(world).findtext(f".//{MEMO}createdDateTime")

    assert datetime.strptime(created, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC) == NOW


def test_the_notification_is_short_whatever_the_sender_is_called(world):
    house = world.course.jobcentre
    house.name = "Arbejdsmarkeds- og Erhvervscenteret " * 3
    house.short_name = "Jobhuset"
    house.save()
    assert "Jobhuset" in message(world).findtext(f".//{MEMO}notification")
    house.short_name = ""
    house.save()

    root = message(world)

    assert list(faults(root)) == []
    said = root.findtext(f".//{MEMO}notification")
    assert world.course.case_number in said
    assert "Arbejdsmarked" not in said
