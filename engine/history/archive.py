"""Archives: files with the histories of cases that are over, each with a signed body, to be verified by themselves.

The body is that of an order (history/orders.py). The file is JSON lines, compressed by gzip: the body with its
signature; the lines of the cases; the checkpoints that cover them, with the way of each case to the root that was
signed; and the events, as an export has them (docs/reference/checkpoints.md). Names and keys that open what is sealed
are not in it: who is erased from the database is erased from every archive.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path

import orjson
from sqlalchemy import Connection

from engine.history.checkpoint import Head
from engine.history.inclusion import inclusions
from engine.history.orders import case_lines, order_body
from engine.history.rows import Row, Rows

LONGEST_LINE = 1 << 26  # what is longer is no event, and is not read into memory whole
KIND = "history-archive"


def archive_body(
    number: int, previous: str, at: datetime, ordered_by: str, reason: str, month: str, cases: Sequence[Head]
) -> str:
    """The text that is signed, for cases in the order of their keys; `month` as `2026-04`."""
    return order_body(KIND, number, previous, at, ordered_by, reason, cases, month=month)


def archive_name(number: int, month: str) -> str:
    """Of its file."""
    return f"archive-{number:08}-{month}.jsonl.gz"


def archive_lines(db: Connection, body: str, signature: str, cases: Sequence[Head]) -> Iterator[bytes]:
    """What the file holds, line by line, of cases that checkpoints cover to their ends."""
    yield orjson.dumps({"body": body, "signature": signature}) + b"\n"
    yield case_lines(cases)
    for proof in inclusions(db, [case.case for case in cases]):
        yield orjson.dumps(proof) + b"\n"
    rows = Rows(db)
    for case in cases:
        for row in rows.events_of(case.case, case.sequence):
            yield orjson.dumps(row) + b"\n"


class OpenArchive:
    """A file that an archive was written to. Raises OSError when it is none, or was cut off or altered by accident;
    whether it is as it was signed, `of_case` and the database tell."""

    def __init__(self, file: Path) -> None:
        self._file = file
        try:
            first = orjson.loads(next(self._lines()))
            self.body, self.signature = str(first["body"]), str(first["signature"])
            self.number = int(orjson.loads(self.body)["number"])
        except (ValueError, KeyError, TypeError, StopIteration):
            raise OSError(f"{file}: no archive of histories") from None

    def histories(self) -> Iterator[tuple[int, list[Row]]]:
        """Each case with its events."""
        for case, group in groupby(self._events(), key=lambda row: row["case"]):
            yield case, list(group)

    def _events(self) -> Iterator[Row]:
        for number, line in enumerate(self._lines(), 1):
            try:
                row = orjson.loads(line)
            except orjson.JSONDecodeError:
                raise OSError(f"{self._file}, line {number}: no JSON") from None
            if isinstance(row, dict) and "hash" in row and "case" in row:
                yield row

    def _lines(self) -> Iterator[bytes]:
        try:
            with gzip.open(self._file, "rb") as opened:
                while line := opened.readline(LONGEST_LINE):
                    yield line
        except (EOFError, zlib.error) as error:
            raise OSError(f"{self._file}: it is cut off or damaged") from error
