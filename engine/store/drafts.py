"""Reading drafts: one of them, locked or not, and its files as they are or were."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, select

from engine.store.tables import model_draft, model_draft_file

_F = model_draft_file.c


def draft_row(db: Connection, key: int, lock: bool = False) -> Row[Any] | None:
    """The draft; with `lock`, nobody else writes into it until the end of the transaction."""
    query = select(model_draft).where(model_draft.c.key == key)
    return db.execute(query.with_for_update() if lock else query).one_or_none()


def file_rows(db: Connection, key: int) -> list[Row[Any]]:
    """The files that the draft has now, by path, without their content."""
    newest = _newest(key).subquery()
    shown = select(_F.path, _F.revision, _F.size, _F.author, _F.written_at)
    query = shown.join(newest, and_(_F.draft_key == key, _F.revision == newest.c.revision))
    return list(db.execute(query.where(_F.content.is_not(None)).order_by(_F.path)))


def file_contents(db: Connection, key: int, revision: int | None = None) -> list[tuple[str, str]]:
    """Path and content of every file that the draft has now, or had at a revision of it, by path."""
    until = _newest(key)
    newest = (until if revision is None else until.where(_F.revision <= revision)).subquery()
    query = select(_F.path, _F.content).join(newest, and_(_F.draft_key == key, _F.revision == newest.c.revision))
    rows = db.execute(query.where(_F.content.is_not(None)).order_by(_F.path))
    return [(row.path, row.content) for row in rows]


def file_row(db: Connection, key: int, path: str, revision: int | None = None) -> Row[Any] | None:
    """The newest row of a path, or the newest up to a revision; its content is None where the file was deleted."""
    query = select(model_draft_file).where(_F.draft_key == key, _F.path == path)
    if revision is not None:
        query = query.where(_F.revision <= revision)
    return db.execute(query.order_by(_F.revision.desc()).limit(1)).one_or_none()


def _newest(key: int) -> Select[Any]:
    return select(func.max(_F.revision).label("revision")).where(_F.draft_key == key).group_by(_F.path)
