"""The words of the database and the words of the law are the same."""

import pytest

from courses import models
from law import vocabulary


@pytest.mark.parametrize(
    ("stored", "law"),
    [
        (models.Party, vocabulary.Party),
        (models.MeetingKind, vocabulary.MeetingKind),
        (models.AbsenceKind, vocabulary.AbsenceKind),
        (models.ChoiceKind, vocabulary.ChoiceKind),
        (models.Insurance, vocabulary.Insurance),
        (models.Duty.Basis, vocabulary.Basis),
    ],
)
def test_the_database_knows_exactly_the_words_of_the_law(stored, law):
    assert set(stored.values) == {word.value for word in law}


def test_the_database_adds_withdrawn_to_the_outcomes_and_states_of_the_law():
    assert set(models.Duty.Outcome.values) == {word.value for word in vocabulary.Outcome} | {
        "withdrawn"
    }
    assert set(models.Duty.State.values) == {word.value for word in vocabulary.State} | {
        "withdrawn"
    }


def test_the_regimes_are_those_of_the_law():
    [check] = [
        one for one in models.Course._meta.constraints if one.name == "course_regime_is_known"
    ]

    assert {word.value for word in vocabulary.Regime} <= set(check.condition.children[0][1])
