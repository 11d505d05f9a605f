"""Who is told too, because they stand in for an absent person just now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, or_, select

from engine.store.tables import membership, process_instance, substitution, task_candidate

_S, _M, _C, _T = substitution.c, membership.c, process_instance.c, task_candidate.c
_NOW = bindparam("now", type_=_S.starts_at.type)


def _covers(groups: Any) -> ColumnElement[bool]:
    """The substitution is for everything, for this process, or for a group that the task is for."""
    process = select(_C.process_id).where(_C.key == bindparam("case")).scalar_subquery()
    of_task = select(_T.name).where(_T.task_key == bindparam("task"), _T.kind == "group")
    of_group = _S.scope_name.in_(groups) | _S.scope_name.in_(of_task)
    return or_(
        _S.scope == "all", (_S.scope == "process") & (_S.scope_name == process), (_S.scope == "group") & of_group
    )


def _statement() -> Select[int, str, str, str]:
    """In no order: SQLite would walk along the keys of all that ever were, instead of along those that are not over."""
    groups: Any = bindparam("groups", expanding=True)
    users: Any = bindparam("users", expanding=True)
    holds = (_S.starts_at <= _NOW, _S.ends_at > _NOW, _covers(groups))
    query = select(_S.key, _S.substitute, _S.absent, _M.group_key).outerjoin_from(
        substitution, membership, and_(_M.username == _S.absent, _M.group_key.in_(groups))
    )
    return query.where(*holds, or_(_S.absent.in_(users), _M.group_key.is_not(None)))


_STANDING_IN = _statement()  # made once: this is asked for each task


def substitutes(db: Connection, rows: Sequence[Mapping[str, Any]], now: datetime) -> dict[str, Mapping[str, Any]]:
    """By name, each with the notification (a row of `notification`, all of one event) that is told to the absent
    person, or to a group of theirs. Of what belongs to no case nobody is told in the place of another.

    They get it on its way only: in the application they see it when they act in the name of the absent person.
    """
    if not rows or rows[0]["process_instance_key"] is None:
        return {}
    by_name = {(row["recipient_kind"], row["recipient"]): row for row in rows}
    asked = {
        "groups": [name for kind, name in by_name if kind == "group"],
        "users": [name for kind, name in by_name if kind == "user"],
        "now": now, "case": rows[0]["process_instance_key"], "task": rows[0]["task_key"],
    }  # fmt: skip
    told: dict[str, Mapping[str, Any]] = {}
    for row in sorted(db.execute(_STANDING_IN, asked), key=lambda row: (row.key, row.group_key or "")):
        told.setdefault(row.substitute, by_name.get(("user", row.absent)) or by_name["group", row.group_key])
    return told
