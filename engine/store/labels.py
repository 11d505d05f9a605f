"""What tasks are called, kept once for all that are called the same: what is looked for by name or by process is looked
for among these few, and tasks know theirs by its number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from engine.model.words import plain
from engine.store.batch import Batch
from engine.store.locks import number_of
from engine.store.prepared import Prepared
from engine.store.tables import task_label

LONGEST = 256  # of a number, as its column
MOST = 65_536  # keys that are remembered
NAMES = ("process_id", "name", "name_en", "process_name", "process_name_en")

# one that is there already stays as it is: what it says follows from its number
ADD_LABELS = Prepared(
    {
        name: dialect.insert(task_label).on_conflict_do_nothing(index_elements=["key"])
        for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
    }
)


class Labels:
    """Which of them are there, as far as this server process knows: none is ever taken away. Safe to share between
    threads."""

    def __init__(self) -> None:
        self._there: set[int] = set()

    def lacking(self, labels: Mapping[int, Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """Those of these rows, by key, that may not be there, in one order: two may add the same at once."""
        return [labels[key] for key in sorted(labels.keys() - self._there)]

    def committed(self, keys: Iterable[int]) -> None:
        """These are there for good."""
        if len(self._there) > MOST:
            self._there = set()
        self._there |= set(keys)


def add_labels(db: Connection, labels: Iterable[Mapping[str, Any]]) -> None:
    """Have these rows there."""
    batch, rows = Batch(), {row["key"]: row for row in labels}
    batch.add(ADD_LABELS, [rows[key] for key in sorted(rows)])  # in one order: two may add the same at once
    batch.run(db)


def label(task: Mapping[str, Any]) -> dict[str, Any]:
    """The row {key, process_id, words} of what a task with these columns (NAMES) is called."""
    return _label(*(task[name] for name in NAMES))


@lru_cache(4_096)
def _label(process_id: str, *names: str | None) -> dict[str, Any]:
    key = abs(number_of("task-label", process_id, *(name or "" for name in names)))
    return {"key": key, "process_id": process_id, "words": "\n".join(plain(name) for name in names if name)}


def found_by(label_key: int | None, business_id: str | None) -> dict[str, Any]:
    """By what the rows of task_candidate are found: the columns label_key and number."""
    return {"label_key": label_key, "number": numbered(business_id)}


def numbered(business_id: str | None) -> str | None:
    """The number of a case as lists have it."""
    return None if business_id is None else plain(business_id)[:LONGEST]
