"""What a scenario may look at: who waits, what was recorded, who was told. Read only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Connection, Row, func, select

from engine.model.jobs import FOR_WORKERS
from engine.store.scopes import visible_variables
from engine.store.sealing import read_bodies
from engine.store.tables import (
    control_point_result,
    deadline,
    element_instance,
    history_event,
    job,
    notification,
    process_instance,
    user_task,
    variable,
)

# elements that hold others, or are passed through, do not themselves wait for anybody
_HOLDERS = ("PROCESS", "SUB_PROCESS", "EVENT_SUB_PROCESS", "MULTI_INSTANCE_BODY", "CALL_ACTIVITY")


@dataclass(frozen=True, slots=True)
class Look:
    """The call hierarchy of one root instance."""

    db: Connection
    root: int

    def keys(self) -> list[int]:
        """The root and every instance called from it."""
        p = process_instance.c
        return list(self.db.execute(select(p.key).where(p.root_key == self.root)).scalars())

    def state(self) -> str:
        """ACTIVE, COMPLETED or TERMINATED."""
        found: str = self.db.execute(
            select(process_instance.c.state).where(process_instance.c.key == self.root)
        ).scalar_one()
        return found

    def waiting(self) -> list[str]:
        """The elements that wait, sorted; repeated as often as they wait."""
        e = element_instance.c
        query = select(e.element_id).where(
            e.process_instance_key.in_(self.keys()), e.state == "ACTIVE", e.element_type.not_in(_HOLDERS)
        )
        return sorted(self.db.execute(query).scalars())

    def tasks(self, element_id: str) -> list[Row[Any]]:
        """The open user tasks of an element, oldest first."""
        u = user_task.c
        query = select(user_task).where(
            u.process_instance_key.in_(self.keys()), u.element_id == element_id, u.state == "CREATED"
        )
        return list(self.db.execute(query.order_by(u.key)))

    def seen_from(self, element_instance_key: int) -> dict[str, Any]:
        """The variables visible from an element instance, as JSON values."""
        return visible_variables(self.db, element_instance_key)

    def jobs(self, type_: str) -> list[Row[Any]]:
        """The open jobs of a type, oldest first."""
        c = job.c
        query = select(job).where(
            c.process_instance_key.in_(self.keys()), c.type == type_, c.kind.in_(FOR_WORKERS),
            c.state.in_(("PENDING", "LOCKED")),
        )  # fmt: skip
        return list(self.db.execute(query.order_by(c.key)))

    def control_points(self) -> dict[str, str]:
        """The latest result of each control point: passed, failed or waived."""
        c = control_point_result.c
        rows = self.db.execute(
            select(c.control_point_id, c.state).where(c.process_instance_key.in_(self.keys())).order_by(c.key)
        )
        return {row.control_point_id: row.state.lower() for row in rows}

    def deadlines(self) -> dict[str, str]:
        """The state of each deadline: running, kept, missed, late, out-of-term, cancelled."""
        c = deadline.c
        rows = self.db.execute(
            select(c.deadline_id, c.state).where(c.process_instance_key.in_(self.keys())).order_by(c.key)
        )
        return {row.deadline_id: row.state.lower().replace("_", "-") for row in rows}

    def variables(self) -> dict[str, Any]:
        """The variables of the root's process scope, as JSON values."""
        c = variable.c
        rows = self.db.execute(select(c.name, c.value).where(c.scope_key == self.root))
        return {row.name: orjson.loads(row.value) for row in rows}

    def started(self) -> list[str]:
        """The process ids of the other cases that messages have started, sorted."""
        p = process_instance.c
        others = (p.key > self.root, p.parent_key.is_(None), p.start_message.is_not(None))
        return sorted(self.db.execute(select(p.process_id).where(*others)).scalars())

    def notified_after(self, key: int) -> list[Row[Any]]:
        """The notifications about this hierarchy with a key above `key`."""
        c = notification.c
        query = select(notification).where(c.process_instance_key.in_(self.keys()), c.key > key)
        return list(self.db.execute(query.order_by(c.key)))

    def last_notification(self) -> int:
        """The key of the newest notification, 0 when there is none."""
        return self.db.execute(select(func.max(notification.c.key))).scalar() or 0

    def events(self, *types: str) -> list[str]:
        """The element ids of history events of these types."""
        h = history_event.c
        query = select(h.element_id).where(h.process_instance_key.in_(self.keys()), h.type.in_(types))
        return [e for e in self.db.execute(query).scalars() if e is not None]

    def incidents(self) -> list[str]:
        """What history says of incidents, for messages."""
        h = history_event.c
        query = select(h.body).where(h.process_instance_key.in_(self.keys()), h.type == "incident-raised")
        return [str(one["data"].get("message")) for one in read_bodies(self.db, self.db.execute(query).scalars())]


def instances_of(db: Connection, process_ids: Sequence[str], after: int) -> list[int]:
    """Root instances of these processes with a key above `after`, oldest first."""
    p = process_instance.c
    query = select(p.key).where(p.process_id.in_(process_ids), p.key > after, p.parent_key.is_(None))
    return list(db.execute(query.order_by(p.key)).scalars())


def matches(wanted: Any, found: Any) -> bool:
    """Whether `found` is what a scenario wants: of a mapping, at least its members."""
    if isinstance(wanted, Mapping):
        return isinstance(found, Mapping) and all(k in found and matches(v, found[k]) for k, v in wanted.items())
    if isinstance(wanted, list):
        return isinstance(found, list) and len(wanted) == len(found) and all(map(matches, wanted, found))
    return bool(wanted == found)
