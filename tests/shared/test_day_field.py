"""Days as people write them: far ones are a slip of the keyboard."""

import pytest
from django.core.exceptions import ValidationError

from shared.form_fields import DayField, LastDayField


@pytest.mark.parametrize("field", [DayField, LastDayField])
@pytest.mark.parametrize("written", ["31.12.9999", "01.01.0001", "1.1.1800"])
def test_a_day_that_nobody_living_can_mean_is_refused(field, written):
    with pytest.raises(ValidationError, match=r"far away|for langt"):
        field().clean(written)


def test_a_last_day_becomes_the_day_after():
    assert str(LastDayField().clean("24.11.2026")) == "2026-11-25"
