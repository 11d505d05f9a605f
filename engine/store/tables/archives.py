"""Histories that were moved to files: what each file holds, signed, and what was brought back from it."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, String, Table, Text

from engine.store.tables.append_only import guard
from engine.store.tables.base import KEY, Moment, key_column, metadata

history_archive = Table(
    "history_archive",
    metadata,
    # 1, 2, 3 ...: of two that are made at once, one is refused
    key_column(),
    Column("made_at", Moment, nullable=False),
    Column("ordered_by", String(256), nullable=False),
    Column("cases", Integer, nullable=False),
    Column("events", Integer, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("body", Text, nullable=False),  # the bytes that are signed; they say all of the above again
    Column("signature", Text, nullable=False),
)

archived_case = Table(
    "archived_case",
    metadata,
    # so many events of its history are in the file, and may be deleted here unless they were brought back
    Column("process_instance_key", BigInteger, primary_key=True, autoincrement=False),
    Column("archive_key", KEY, ForeignKey("history_archive.key"), primary_key=True, index=True),
    Column("sequence", Integer, nullable=False),
    Column("head", String(64), nullable=False),
)

restored_case = Table(
    "restored_case",
    metadata,
    Column("process_instance_key", BigInteger, primary_key=True, autoincrement=False),
    Column("archive_key", KEY, ForeignKey("history_archive.key"), primary_key=True),
    Column("restored_at", Moment, nullable=False),
)

for _table in (history_archive, archived_case, restored_case):
    guard(_table)
