"""The account function of the municipal chart that activation is posted on, by day (S1)."""

from datetime import date

SOURCE = "S1"
ACTIVATION = (  # from which day, first to last
    (date(2009, 1, 1), "5.68.94"),
    (date(2010, 1, 1), "5.68.99"),
)


def account_function(on: date) -> str:
    """The function that a job club is posted on; a day before 2009 is an error."""
    known = [function for starts_on, function in ACTIVATION if starts_on <= on]
    if not known:
        raise ValueError(f"no account function is known on {on}")
    return known[-1]
