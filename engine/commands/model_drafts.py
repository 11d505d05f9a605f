"""What the commands about drafts share: whose a draft is, how a file is written into it, and how much it may hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from engine.commands.registry import Target
from engine.commands.transaction import Transaction
from engine.errors import InvalidArgument, InvalidState, NotFound, StaleRevision
from engine.model.draft_files import path_fault, same_name
from engine.policy.drafts import facts_of_draft
from engine.policy.permissions import allowed
from engine.store.drafts import draft_row, file_row, file_rows
from engine.store.tables import model_draft, model_draft_file

EDIT = "model-draft:edit"
AWAITING = "AWAITING_APPROVAL"
LONGEST_NAME, LONGEST_NOTE = 256, 1_000  # characters
MOST_OPEN = 200  # drafts of one person that are neither published nor discarded
MOST_FILES = 200
LARGEST_FILE = 2 << 20  # bytes
LARGEST_DRAFT = 32 << 20  # bytes of its files together
LARGEST_HISTORY = 512 << 20  # bytes of all their revisions together
MOST_REVISIONS = 20_000


class DraftClosed(InvalidState):
    """This draft was published or discarded: begin a new one."""

    code = "draft-closed"
    th = "ฉบับร่างนี้เผยแพร่หรือยกเลิกไปแล้ว โปรดเริ่มฉบับร่างใหม่"


class DraftAwaitsApproval(InvalidState):
    """This draft waits for a second person's approval: to change it, take the request back first."""

    code = "draft-awaits-approval"
    th = "ฉบับร่างนี้กำลังรอบุคคลที่สองอนุมัติ หากต้องการแก้ไข โปรดถอนคำขอก่อน"


class DraftFull(InvalidState):
    """The draft, or its history, cannot hold any more."""

    code = "draft-full"
    th = "ฉบับร่างหรือประวัติของฉบับร่างเก็บข้อมูลเพิ่มไม่ได้แล้ว"


class TooManyDrafts(InvalidState):
    """You have as many open drafts as one person may have: publish or discard some first."""

    code = "too-many-drafts"
    th = "คุณมีฉบับร่างที่ยังไม่เผยแพร่ครบจำนวนที่กำหนดแล้ว โปรดเผยแพร่หรือยกเลิกบางฉบับก่อน"


class DraftPathInvalid(InvalidArgument):
    """A draft can have no file of this name."""

    code = "draft-path-invalid"
    th = "ฉบับร่างมีไฟล์ชื่อนี้ไม่ได้"


class DraftFileTooLarge(InvalidArgument):
    """This file is too large for a draft."""

    code = "draft-file-too-large"
    th = "ไฟล์นี้มีขนาดใหญ่เกินกว่าที่ฉบับร่างเก็บได้"


def draft_target(command: Any, tx: Transaction) -> Target:
    """The draft `command.draft_key`, locked. Raises NotFound, also for who may not see it."""
    row = draft_row(tx.db, command.draft_key, lock=True)
    facts = None if row is None else facts_of_draft(row.process_id, row.created_by)
    if facts is None or not allowed(tx.actor, EDIT, facts):
        raise NotFound(draftKey=str(command.draft_key))
    return Target(facts, rows={"draft": row})


def open_draft(target: Target) -> Row[Any]:
    """The draft that can still be changed. Raises DraftClosed, DraftAwaitsApproval."""
    row: Row[Any] = target.rows["draft"]
    if row.state == AWAITING:
        raise DraftAwaitsApproval(draftKey=str(row.key), requestedBy=row.requested_by)
    if row.state != "OPEN":
        raise DraftClosed(draftKey=str(row.key), state=row.state)
    return row


def change(tx: Transaction, row: Row[Any], **values: Any) -> None:
    """Change the draft's own columns, as of now and by who acts."""
    values |= {"updated_by": tx.actor.name, "updated_at": tx.now}
    tx.db.execute(update(model_draft).where(model_draft.c.key == row.key).values(**values))


def check_path(path: str) -> str:
    """The path. Raises DraftPathInvalid."""
    if (fault := path_fault(path)) is not None:
        raise DraftPathInvalid(f"{path[:100]}: {fault}", path=path[:512])
    return path


def check_name(name: str) -> str:
    """The name of a draft without spaces around it. Raises InvalidArgument."""
    if not 1 <= len(name.strip()) <= LONGEST_NAME:
        raise InvalidArgument(f"the name of a draft has 1 to {LONGEST_NAME} characters")
    return name.strip()


def begin(
    tx: Transaction, key: int, name: str, files: Sequence[tuple[str, str]], based: tuple[str, int | None] | None,
    note: str, *, git: tuple[str, str] | None = None,
) -> None:  # fmt: skip
    """A new draft with these files ((path, content)): of a process, based on a version of it (None where there is none
    yet), or of nothing; with `git` of a reference and a commit of the Git source.

    Raises TooManyDrafts, DraftFull, DraftPathInvalid, DraftFileTooLarge.
    """
    d = model_draft.c
    mine = (d.created_by == tx.actor.name) & d.state.not_in(("PUBLISHED", "DISCARDED"))
    if tx.db.execute(select(func.count()).where(mine)).scalar_one() >= MOST_OPEN:
        raise TooManyDrafts(f"one person has {MOST_OPEN} open drafts at most")
    paths = [check_path(path) for path, _ in files]
    if len({same_name(path) for path in paths}) < len(paths):
        raise DraftPathInvalid("two files have the same name, or names that differ in their letters' case alone")
    process_id, version = based or (None, None)
    reference, commit = git or (None, None)
    row = {
        "key": key, "name": check_name(name), "process_id": process_id, "version": version, "state": "OPEN",
        "revision": 0, "kept_bytes": 0, "created_by": tx.actor.name, "created_at": tx.now,
        "updated_by": tx.actor.name, "updated_at": tx.now, "git_reference": reference, "git_commit": commit,
    }  # fmt: skip
    tx.db.execute(insert(model_draft), row)
    write(tx, key, 0, 0, files, note)


def write(
    tx: Transaction, key: int, revision: int, kept: int, files: Sequence[tuple[str, str | None]], note: str | None
) -> int:
    """Add a revision for each of the files ((path, content, None to delete it)); the newest revision of the draft.

    `revision` and `kept` are those of the draft before. Raises DraftFull, DraftFileTooLarge.
    """
    if note is not None and len(note) > LONGEST_NOTE:
        raise InvalidArgument(f"a note has {LONGEST_NOTE} characters at most")
    sizes = [0 if content is None else len(content.encode()) for _, content in files]
    for (path, _), size in zip(files, sizes, strict=True):
        if size > LARGEST_FILE:
            raise DraftFileTooLarge(f"{path}: a file has {LARGEST_FILE >> 20} MiB at most", path=path)
    rows = [
        {"draft_key": key, "revision": revision + n, "path": path, "content": content, "size": size,
         "author": tx.actor.name, "written_at": tx.now, "note": note}
        for n, ((path, content), size) in enumerate(zip(files, sizes, strict=True), 1)
    ]  # fmt: skip
    newest, kept = revision + len(rows), kept + sum(sizes)
    if newest > MOST_REVISIONS or kept > LARGEST_HISTORY:
        raise DraftFull("its history is as long as one may be: publish it, or go on in a new draft")
    if rows:
        tx.db.execute(insert(model_draft_file), rows)
    now = file_rows(tx.db, key)
    if len(now) > MOST_FILES or sum(row.size for row in now) > LARGEST_DRAFT:
        raise DraftFull(f"a draft has {MOST_FILES} files and {LARGEST_DRAFT >> 20} MiB at most")
    changed = {"revision": newest, "kept_bytes": kept, "updated_by": tx.actor.name, "updated_at": tx.now}
    tx.db.execute(update(model_draft).where(model_draft.c.key == key).values(**changed))
    return newest


def current(tx: Transaction, key: int, path: str, expected: int | None) -> Row[Any] | None:
    """The file as it is now, None when there is none. Raises StaleRevision when it is not at the expected revision
    (None: there is no such file)."""
    row = file_row(tx.db, key, path)
    now = row if row is not None and row.content is not None else None
    if (None if now is None else now.revision) != expected:
        by = None if row is None else row.author
        raise StaleRevision(draftKey=str(key), path=path, revision=now and now.revision, updatedBy=by)
    return now
