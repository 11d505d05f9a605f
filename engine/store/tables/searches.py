"""Searches of cases that people keep."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, String, Table, UniqueConstraint

from engine.store.tables.base import Json, Moment, key_column, metadata

saved_search = Table(
    "saved_search",
    metadata,
    key_column(),
    Column("username", String(256), ForeignKey("person.username"), nullable=False),
    Column("name", String(100), nullable=False),
    Column("conditions", Json, nullable=False),  # {part of the search: text}
    Column("saved_at", Moment, nullable=False),
    # a person knows each by its name; the constraint is the index of the list, too
    UniqueConstraint("username", "name", name="uq_saved_search_name"),
)
