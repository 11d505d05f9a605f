"""Drafts of processes, their files and their history: to who may edit them, and to nobody else."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, case, func, or_, select, true

from engine.errors import InvalidArgument, NotFound
from engine.model.actor import Actor
from engine.model.draft_files import kind_of
from engine.policy.drafts import OF_NONE, facts_of_draft
from engine.policy.permissions import Facts, allowed, require
from engine.queries.noun import Field, Noun, truth
from engine.queries.search import Search, search
from engine.queries.visibility import owned
from engine.store.drafts import draft_row, file_contents, file_row, file_rows
from engine.store.tables import model_draft as d
from engine.store.tables import model_draft_file as f
from engine.store.tables import moment_text
from engine.store.tables import process_definition as p

EDIT = "model-draft:edit"
DRAFT = Noun(
    "ModelDraft",
    d,
    "draftKey",
    {
        "draftKey": Field(d.c.key, "key"),
        "name": Field(d.c.name, "string"),
        "state": Field(d.c.state, "enum"),
        "revision": Field(d.c.revision, "integer", filterable=False),
        "processDefinitionId": Field(d.c.process_id, "string", nullable=True),
        "processDefinitionVersion": Field(d.c.version, "integer", nullable=True),
        "createdBy": Field(d.c.created_by, "string"),
        "author": Field(d.c.created_by, "string", sortable=False, shown=False),
        "createdAt": Field(d.c.created_at, "moment"),
        "updatedBy": Field(d.c.updated_by, "string"),
        "updatedAt": Field(d.c.updated_at, "moment"),
        "deploymentKey": Field(d.c.deployment_key, "key", nullable=True),
        "requestedBy": Field(d.c.requested_by, "string", nullable=True),
        "requestedAt": Field(d.c.requested_at, "moment", nullable=True),
        "reason": Field(d.c.reason, "string", nullable=True, filterable=False, sortable=False),
        "gitReference": Field(d.c.git_reference, "string", nullable=True, sortable=False),
        "gitCommitId": Field(d.c.git_commit, "string", nullable=True, sortable=False),
    },
)
REVISION = Noun(
    "ModelDraftRevision",
    f,
    "revision",
    {
        "revision": Field(f.c.revision, "integer"),
        "path": Field(f.c.path, "string"),
        "deleted": Field(truth(f.c.content.is_(None)), "boolean", filterable=False, sortable=False),
        "bytes": Field(f.c.size, "integer", filterable=False, sortable=False),
        "author": Field(f.c.author, "string"),
        "writtenAt": Field(f.c.written_at, "moment"),
        "note": Field(f.c.note, "string", nullable=True, filterable=False, sortable=False),
    },
)


def may_begin(_db: Connection, actor: Actor) -> None:
    """Raises Forbidden for who owns no process."""
    require(actor, EDIT, Facts())


def search_drafts(db: Connection, actor: Actor, request: Search) -> dict[str, Any]:
    """The drafts that the actor may edit. Raises Forbidden for who owns no process, InvalidArgument."""
    require(actor, EDIT, Facts())
    return search(db, DRAFT, request, _may_edit(actor))


def get_draft(db: Connection, actor: Actor, key: int) -> dict[str, Any]:
    """One draft with `basedOn` {processDefinitionId, version, newestVersion} and `files` [{path, kind, bytes, revision,
    updatedBy, updatedAt}]. Raises NotFound."""
    _require(db, actor, key)
    found = DRAFT.one(db, d.c.key == key)
    assert found is not None
    id_, version = found["processDefinitionId"], found["processDefinitionVersion"]
    based = None
    if id_ is not None and version is not None:
        newest = db.execute(select(func.max(p.c.version)).where(p.c.process_id == id_)).scalar()
        based = {"processDefinitionId": id_, "version": version, "newestVersion": newest}
    files = [
        {"path": row.path, "kind": kind_of(row.path), "bytes": row.size, "revision": row.revision,
         "updatedBy": row.author, "updatedAt": moment_text(row.written_at)}
        for row in file_rows(db, key)
    ]  # fmt: skip
    return {**found, "basedOn": based, "files": files}


def get_file(db: Connection, actor: Actor, key: int, path: str | None, revision: str | None) -> dict[str, Any]:
    """{path, content, revision}: the file as it is, or as it was at a revision of the draft. Raises NotFound,
    InvalidArgument."""
    _require(db, actor, key)
    if not path or (revision is not None and not (revision.isascii() and revision.isdecimal() and len(revision) < 10)):
        raise InvalidArgument("path says which file, revision (a whole number) as of when")
    row = file_row(db, key, path, None if revision is None else int(revision))
    if row is None or row.content is None:
        raise NotFound(draftKey=str(key), path=path)
    return {"path": row.path, "content": row.content, "revision": row.revision}


def get_files(db: Connection, actor: Actor, key: int, revision: int | None = None) -> list[tuple[str, str]]:
    """Path and content of every file, as they are or were at a revision that the draft has had. Raises NotFound."""
    row = _require(db, actor, key)
    if revision is not None and revision > row.revision:
        raise NotFound(draftKey=str(key), revision=revision)
    return file_contents(db, key, revision)


def search_history(db: Connection, actor: Actor, key: int, request: Search) -> dict[str, Any]:
    """Every revision of every file. Raises NotFound, InvalidArgument."""
    _require(db, actor, key)
    return search(db, REVISION, request, f.c.draft_key == key)


def _require(db: Connection, actor: Actor, key: int) -> Row[Any]:
    row = draft_row(db, key)
    if row is None or not allowed(actor, EDIT, facts_of_draft(row.process_id, row.created_by)):
        raise NotFound(draftKey=str(key))
    return row


def _may_edit(actor: Actor) -> ColumnElement[bool]:
    if actor.is_system:
        return true()
    of_none = case((d.c.process_id.is_(None), OF_NONE), else_=d.c.process_id)
    return or_(owned(actor, of_none), and_(d.c.process_id.is_(None), d.c.created_by == actor.id))
