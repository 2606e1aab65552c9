"""Lists as text that a spreadsheet opens: separated by semicolons, and computing nothing."""

import csv
import io
from collections.abc import Iterable, Sequence

FORMULA = ("=", "+", "-", "@", "\t", "\r")
BYTE_ORDER_MARK = "\ufeff"  # to be sent first, or Excel reads æ, ø and å wrong


def as_csv(rows: Iterable[Sequence[str | int | None]]) -> str:
    """Rows of cells as a file."""
    text = io.StringIO()
    table = csv.writer(text, delimiter=";")
    table.writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue()


def harmless(cell: str | int | None) -> str:
    """What a spreadsheet shows as text, and does not compute."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text
