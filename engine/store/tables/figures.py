"""What reports still count of cases that are deleted: numbers by month, and nobody's name."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table, Text

from engine.store.tables.base import metadata

deleted_figure = Table(
    "deleted_figure",
    metadata,
    Column("process_id", String(256), primary_key=True),
    Column("month", String(7), primary_key=True),  # 2026-04, in the office's zone
    Column("version", Integer, primary_key=True),
    Column("counts", String(8), primary_key=True),  # STEP | CASE | TASK
    Column("element_id", String(256), primary_key=True),  # '' for cases
    Column("candidate_groups", Text, primary_key=True),  # JSON; '[]' for steps and cases
    Column("access_class", Integer, primary_key=True),
    Column("counted", Integer, nullable=False),
    Column("kept", Integer, nullable=False),
)
