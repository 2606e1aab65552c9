"""The law's sentences as people read them."""

from courses.sentences import say
from law.sentences import UNSETTLED


def test_a_question_that_no_jurist_settled_is_said_and_not_numbered():
    said = say({"text": UNSETTLED, "values": {"questions": "Q7, Q5"}})
    assert "Q7" not in said
    assert "14" in said
    assert "2017" in said
