"""Write a file of a draft, delete it, or make it again what it was: each adds a revision to the draft's history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.commands.model_drafts import EDIT, DraftPathInvalid, check_path, current, draft_target, open_draft, write
from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.transaction import Transaction
from engine.errors import InvalidArgument, NotFound
from engine.model.draft_files import same_name
from engine.store.drafts import file_row, file_rows


class DiagramUndrawable(InvalidArgument):
    """This file cannot be laid out: it is no BPMN diagram, or there is nothing in it to draw."""

    code = "diagram-undrawable"
    th = "จัดวางไฟล์นี้ไม่ได้ เพราะไม่ใช่ผัง BPMN หรือไม่มีสิ่งที่จะวาด"


@dataclass(frozen=True, slots=True)
class WriteDraftFile:
    """`revision` is that of the file as its writer saw it, None for a new one."""

    draft_key: int
    path: str
    content: str
    revision: int | None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class DeleteDraftFile:
    """The history keeps what it was."""

    draft_key: int
    path: str | None
    revision: int | None


@dataclass(frozen=True, slots=True)
class RestoreDraftFile:
    """Make a file again what it was at `to`; `revision` as WriteDraftFile."""

    draft_key: int
    path: str
    to: int
    revision: int | None


@handles(WriteDraftFile, permission=EDIT, event=NO_INSTANCE, target=draft_target)
def write_draft_file(command: WriteDraftFile, target: Target, tx: Transaction) -> dict[str, Any]:
    """Answer {path, revision}; what is unchanged makes no revision. Raises DraftClosed, StaleRevision,
    DraftPathInvalid, and what `write` raises."""
    row, path = open_draft(target), check_path(command.path)
    now = current(tx, row.key, path, command.revision)
    if now is not None and now.content == command.content:
        return {"path": path, "revision": now.revision}
    if now is None:
        _check_new(tx, row.key, path)
    return _written(tx, row, path, command.content, command.note)


@handles(DeleteDraftFile, permission=EDIT, event=NO_INSTANCE, target=draft_target)
def delete_draft_file(command: DeleteDraftFile, target: Target, tx: Transaction) -> None:
    """Raises DraftClosed, InvalidArgument, NotFound, StaleRevision, what `write` raises."""
    row = open_draft(target)
    if command.path is None or command.revision is None:
        raise InvalidArgument("say which file, and the revision that you saw: path and revision")
    found = file_row(tx.db, row.key, command.path)
    if found is None or found.content is None:
        raise NotFound(draftKey=str(row.key), path=command.path)
    current(tx, row.key, command.path, command.revision)
    write(tx, row.key, row.revision, row.kept_bytes, [(command.path, None)], None)


@handles(RestoreDraftFile, permission=EDIT, event=NO_INSTANCE, target=draft_target)
def restore_draft_file(command: RestoreDraftFile, target: Target, tx: Transaction) -> dict[str, Any]:
    """Answer {path, revision}. Raises DraftClosed, StaleRevision, NotFound when there was no such file then, what
    `write` raises."""
    row = open_draft(target)
    then = file_row(tx.db, row.key, command.path, command.to)
    if then is None or then.content is None:
        raise NotFound(draftKey=str(row.key), path=command.path, revision=command.to)
    now = current(tx, row.key, command.path, command.revision)
    if now is not None and now.content == then.content:
        return {"path": command.path, "revision": now.revision}
    if now is None:
        _check_new(tx, row.key, command.path)
    return _written(tx, row, command.path, then.content, f"as in revision {then.revision}")


def _written(tx: Transaction, row: Any, path: str, content: str, note: str | None) -> dict[str, Any]:
    return {"path": path, "revision": write(tx, row.key, row.revision, row.kept_bytes, [(path, content)], note)}


def _check_new(tx: Transaction, key: int, path: str) -> None:
    if same_name(path) in {same_name(row.path) for row in file_rows(tx.db, key)}:
        raise DraftPathInvalid("another file's name differs in the case of its letters alone", path=path)
