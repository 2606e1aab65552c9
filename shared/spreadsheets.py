"""Lists as files that a spreadsheet opens, and that compute nothing.

As text, separated by semicolons; or as a workbook, where amounts are numbers and days are days.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from xlsxwriter import Workbook

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTH = 18  # of a column, in digits
TEXT_AS_TEXT = dict.fromkeys(
    ("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")
BYTE_ORDER_MARK = "\ufeff"  # to be sent first, or Excel reads æ, ø and å wrong


def as_csv(rows: Iterable[Sequence[str | int | None]]) -> str:
    """Rows of cells as a file."""
    text = io.StringIO()
    table = csv.writer(text, delimiter=";")
    table.writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue()


def as_workbook(rows: Iterable[Sequence[str | Decimal | date]], *, title: str) -> bytes:
    """Rows of cells as a workbook of one sheet (xlsx); the first row is the heading."""
    file = io.BytesIO()
    with Workbook(file, {"in_memory": True, **TEXT_AS_TEXT}) as book:
        book.set_properties({"title": title})
        heading = book.add_format({"bold": True})
        amount = book.add_format({"num_format": "#,##0.00"})
        day = book.add_format({"num_format": "d.m.yyyy", "align": "left"})
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, Decimal):
                    sheet.write_number(number, column, cell, amount)
                elif isinstance(cell, date):
                    sheet.write_datetime(number, column, cell, day)
                else:
                    sheet.write_string(number, column, cell, None if number else heading)
            sheet.set_column(0, max(0, len(row) - 1), WIDTH)
        sheet.freeze_panes(1, 0)
    return file.getvalue()


def harmless(cell: str | int | None) -> str:
    """What a spreadsheet shows as text, and does not compute."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text
