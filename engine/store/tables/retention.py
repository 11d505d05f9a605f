"""What retention leaves of deleted cases: a signed certificate each time, and the head of every chain."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, String, Table, Text

from engine.store.tables.append_only import guard
from engine.store.tables.base import KEY, Moment, key_column, metadata

retention_certificate = Table(
    "retention_certificate",
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

deleted_case = Table(
    "deleted_case",
    metadata,
    # its history, and it alone, may be deleted; the case itself is gone afterwards
    Column("process_instance_key", BigInteger, primary_key=True, autoincrement=False),
    Column("sequence", Integer, nullable=False),
    Column("head", String(64), nullable=False),
    Column("certificate_key", KEY, ForeignKey("retention_certificate.key"), nullable=False, index=True),
)

for _table in (retention_certificate, deleted_case):
    guard(_table)
