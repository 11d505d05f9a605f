"""An export as a source: a folder of JSON lines that `krabuan export` wrote."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Row = dict[str, Any]
_FILE = re.compile(r"[0-9]+\.bin")


class Export:
    """A folder that `krabuan export` wrote. Raises OSError for what is missing or no export."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def cases(self) -> Iterator[Row]:
        """As Source.cases."""
        return self._rows("cases", ("key", "historySequence", "historyHead"))

    def events(self) -> Iterator[Row]:
        """As Source.events."""
        columns = ("case", "sequence", "at", "type", "actor", "onBehalfOf", "elementId", "elementInstanceKey")
        return self._rows("events", (*columns, "body", "hash"))

    def documents(self) -> Iterator[Row] | None:
        """As Source.documents."""
        return self._documents() if (self._folder / "documents.jsonl").exists() else None

    def people(self) -> Iterator[Row] | None:
        """As Source.people."""
        return self._optional("people", ("pseudonym", "username", "salt"))

    def keys(self) -> Iterator[Row] | None:
        """As Source.keys."""
        return self._optional("keys", ("case", "id", "key"))

    def _optional(self, name: str, columns: tuple[str, ...]) -> Iterator[Row] | None:
        return self._rows(name, columns) if (self._folder / f"{name}.jsonl").exists() else None

    def _documents(self) -> Iterator[Row]:
        columns = ("case", "id", "fileName", "contentType", "size", "sha256", "uploadedBy", "uploadedAt", "file")
        for row in self._rows("documents", columns):
            if not _FILE.fullmatch(str(row["file"])):
                raise OSError(f"documents.jsonl: {row['file']!r} is no file of an export")
            with open(self._folder / "documents" / row["file"], "rb") as opened:
                yield row | {"contentSha256": hashlib.file_digest(opened, "sha256").hexdigest()}

    def checkpoints(self) -> Iterator[Row]:
        """As Source.checkpoints."""
        columns = ("number", "madeAt", "instances", "events", "root", "previous", "body", "signature")
        return self._rows("checkpoints", columns)

    def heads(self) -> Iterator[Row]:
        """As Source.heads."""
        return self._rows("heads", ("case", "sequence", "head", "checkpoint"))

    def certificates(self) -> Iterator[Row]:
        """As Source.certificates."""
        columns = ("number", "madeAt", "orderedBy", "cases", "events", "previous", "body", "signature")
        return self._rows("certificates", columns)

    def deletions(self) -> Iterator[Row]:
        """As Source.deletions."""
        return self._rows("deletions", ("case", "events", "head", "certificate"))

    def archives(self) -> Iterator[Row]:
        """As Source.archives; none in an export of before there were any."""
        columns = ("number", "madeAt", "orderedBy", "cases", "events", "previous", "body", "signature")
        return self._optional("archives", columns) or iter(())

    def archived(self) -> Iterator[Row]:
        """As Source.archived."""
        return self._optional("archived", ("case", "archive", "events", "head", "restored")) or iter(())

    def _rows(self, name: str, columns: tuple[str, ...]) -> Iterator[Row]:
        with open(self._folder / f"{name}.jsonl", "rb") as opened:
            for number, line in enumerate(opened, 1):
                try:
                    row = json.loads(line)
                except (ValueError, RecursionError):
                    row = None
                if not isinstance(row, dict) or not row.keys() >= set(columns):
                    raise OSError(f"{name}.jsonl, line {number}: no such row as an export has")
                yield row
