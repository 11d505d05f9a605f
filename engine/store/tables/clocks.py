"""What the register of deadlines keeps of each clock, and who watches over it."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, String, Table, Text

from engine.store.tables.base import Json, Moment, instance_column, key_column, metadata

deadline_record = Table(
    "deadline_record",
    metadata,
    # what was recorded of a clock, in the order of the keys; a record is added and never changed
    key_column(),
    instance_column(nullable=False, index=True),
    Column("deadline_key", BigInteger, nullable=False, index=True),
    Column("kind", String(16), nullable=False),  # STARTED MOVED STOPPED RESUMED EXTENDED SUPPLEMENTED
    Column("at", Moment, nullable=False),  # when it was recorded
    Column("by", String(256), nullable=False),  # in whose name
    Column("through", String(256)),  # the substitute who did it
    Column("approved_by", String(256)),  # the second person
    Column("element_id", String(256)),  # the act
    Column("happened_at", Moment),  # the act, or what emerged
    Column("due_before", Moment),
    Column("due_after", Moment),
    Column("data", Json, nullable=False),  # variables by name, as they were then: the evidence, the proof of the act
    Column("text", Text),  # the reasons, the facts
    Column("document_id", String(64)),
    Column("document_name", String(256)),  # as it was called: the document itself may be gone
)

deadline_overseer = Table(
    "deadline_overseer",
    metadata,
    # the units and positions that watch over a clock (krabuan:deadline overseers): their members see its case
    Column("deadline_key", BigInteger, primary_key=True, autoincrement=False),
    Column("group_key", String(256), primary_key=True),
    instance_column(nullable=False),
    Index("ix_deadline_overseer_instance", "process_instance_key", "group_key"),
)
