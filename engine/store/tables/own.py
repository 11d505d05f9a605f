"""What a person keeps for himself or herself: how the application looks, which tours were seen, favourite processes."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table

from engine.store.tables.base import Json, Moment, metadata

own_settings = Table(
    "own_settings",
    metadata,
    Column("username", String(256), ForeignKey("person.username"), primary_key=True),
    Column("language", String(2), nullable=False),  # th | en
    Column("theme", String(16), nullable=False),  # system | light | dark | contrast
    Column("text_size", Integer, nullable=False),  # percent
    Column("still", Boolean, nullable=False),  # without motion, whatever the system says
    Column("rev", Integer, nullable=False),
)

seen_tours = Table(
    "seen_tours",
    metadata,
    Column("username", String(256), ForeignKey("person.username"), primary_key=True),
    Column("tours", Json, nullable=False),  # ids of those that were gone through or skipped
)

favourite_process = Table(
    "favourite_process",
    metadata,
    Column("username", String(256), ForeignKey("person.username"), primary_key=True),
    Column("process_id", String(256), primary_key=True),
    Column("added_at", Moment, nullable=False),
)
