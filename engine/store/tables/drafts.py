"""Drafts of processes: what process owners work on before they deploy it.

The history of a draft is only ever added to: of what was written neither path nor content changes, and no row goes.
Who wrote it can be erased with the account, as everywhere outside the chains.
"""

from __future__ import annotations

from sqlalchemy import DDL, BigInteger, Column, ForeignKey, Index, Integer, String, Table, Text, event

from engine.store.tables.append_only import REFUSAL
from engine.store.tables.base import Moment, key_column, metadata

model_draft = Table(
    "model_draft",
    metadata,
    key_column(),
    Column("name", Text, nullable=False),
    Column("process_id", String(256)),  # it is of; none: it began with nothing
    Column("version", Integer),  # deployed, that it began with
    Column("state", String(24), nullable=False),
    Column("revision", Integer, nullable=False),  # of its newest file
    Column("kept_bytes", BigInteger, nullable=False),  # of all revisions together
    Column("created_by", String(256), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("updated_by", String(256), nullable=False),
    Column("updated_at", Moment, nullable=False),
    Column("deployment_key", BigInteger, ForeignKey("deployment.key")),  # that it was published by
    Column("reason", Text),  # of its publication
    Column("requested_by", String(256)),  # who asked for its publication, where a second person approves it
    Column("requested_at", Moment),
    Column("git_reference", String(256)),  # of the Git source, that its files were taken from
    Column("git_commit", String(40)),
    Index("ix_model_draft_process", "process_id", "key"),
)

model_draft_file = Table(
    "model_draft_file",
    metadata,
    Column("draft_key", BigInteger, ForeignKey("model_draft.key"), primary_key=True),
    Column("revision", Integer, primary_key=True),  # counted in the draft, so each names one file at one time
    Column("path", String(512), nullable=False),
    Column("content", Text),  # none: from here on there is no such file
    Column("size", Integer, nullable=False),  # bytes of UTF-8
    Column("author", String(256), nullable=False),
    Column("written_at", Moment, nullable=False),
    Column("note", Text),
    Index("ix_model_draft_file_path", "draft_key", "path", "revision"),
)

_KEPT = "draft_key, revision, path, content"


def statements(dialect: str) -> list[str]:
    """What keeps the history of drafts; PostgreSQL has the function already."""
    if dialect == "postgresql":
        when = f"BEFORE DELETE OR UPDATE OF {_KEPT} ON model_draft_file FOR EACH STATEMENT"
        return [f"CREATE TRIGGER model_draft_file_kept {when} EXECUTE FUNCTION krabuan_append_only()"]
    return [
        f"CREATE TRIGGER model_draft_file_{name} BEFORE {verb} ON model_draft_file "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        for name, verb in (("no_delete", "DELETE"), ("no_update", f"UPDATE OF {_KEPT}"))
    ]


for _dialect in ("sqlite", "postgresql"):
    for _statement in statements(_dialect):
        _made: DDL = DDL(_statement)  # type: ignore[no-untyped-call]
        event.listen(model_draft_file, "after_create", _made.execute_if(dialect=_dialect))
