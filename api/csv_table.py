"""Tables for spreadsheets: CSV as RFC 4180 has it, in UTF-8 with a byte order mark, which they need to read Thai.

What people and diagrams say is text and never a formula, whatever it begins with
(https://owasp.org/www-community/attacks/CSV_Injection).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import TypeVar

CSV = "text/csv"
LANGUAGES = ("th", "en")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
Cell = TypeVar("Cell")


def safe(cell: Cell) -> Cell | str:
    """A text that a spreadsheet would take for a formula begins with an apostrophe, which makes it text."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def as_csv(head: Iterable[str], rows: Iterable[Iterable[object]]) -> bytes:
    """The rows under the names of the columns."""
    made = io.StringIO(newline="")
    writer = csv.writer(made)
    writer.writerow(head)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return made.getvalue().encode("utf-8-sig")
