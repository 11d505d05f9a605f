"""What the lists of tasks are read from: for whom each task is, with all that lists are sorted and searched by."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, ColumnElement, ForeignKey, Index, Integer, String, Table, Text, text

from engine.store.tables.base import instance_column, key_column, metadata

# what tasks are called: the same names and process once, whatever the number of tasks and versions
task_label = Table(
    "task_label",
    metadata,
    key_column(),  # a number that follows from what it says (store/labels.py)
    Column("process_id", String(256), nullable=False),
    Column("words", Text, nullable=False),  # the names of task and process, as model/words.py writes them
)

task_candidate = Table(
    "task_candidate",
    metadata,
    Column("kind", String(8), primary_key=True),  # group | user
    Column("name", String(256), primary_key=True),
    Column("task_key", BigInteger, ForeignKey("user_task.key"), primary_key=True),
    # closed rows stay: they say who takes part in a case and may therefore see it
    instance_column(nullable=False, index=True),
    Column("status", String(8), nullable=False),  # free | assigned | closed
    # what the inbox sorts by, kept equal to the task's columns
    Column("due_sort", String(27), nullable=False),  # the earlier of due_at and statutory_due_at, or '9999'
    Column("priority", Integer, nullable=False),
    # what it is searched by, kept equal to the task's columns: its label, and the number of its case as words.py has it
    Column("label_key", BigInteger),
    Column("number", String(256)),
    Index("ix_task_candidate_task", "task_key"),
)

_C = task_candidate.c
# an index that has these answers filters, too: of the tasks that do not fit nothing else is read
_ANSWERS = (_C.process_instance_key, _C.label_key, _C.number, _C.status)  # SQLite wants the last one, too
_FREE = text("status = 'free'")


def _list(name: str, *sorted_by: ColumnElement[Any]) -> None:
    """The free tasks of each name in one order, by an index."""
    Index(name, _C.kind, _C.name, *sorted_by, *_ANSWERS, sqlite_where=_FREE, postgresql_where=_FREE)


_list("ix_task_candidate_due", _C.due_sort, _C.task_key, _C.priority)
_list("ix_task_candidate_newest", _C.task_key, _C.due_sort, _C.priority)
_list("ix_task_candidate_urgent", _C.priority.desc(), _C.due_sort, _C.task_key)
