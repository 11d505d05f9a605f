"""Which flow nodes and sequence flows the scenarios went through."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection, func, select

from engine.model.diagram import Process
from engine.store.tables import history_event, process_instance

Taken = Mapping[str, Mapping[str, int]]  # by process id and the id of a flow node or sequence flow: how often


def taken_in(db: Connection) -> Taken:
    """What the cases of a world went through, and how often."""
    p, h = process_instance.c, history_event.c
    rows = db.execute(
        select(p.process_id, h.element_id, func.count())
        .join(process_instance, p.key == h.process_instance_key)
        .where(h.type.in_(("element-activated", "flow-taken")), h.element_id.is_not(None))
        .group_by(p.process_id, h.element_id)
        .order_by(p.process_id, h.element_id)
    )
    found: dict[str, dict[str, int]] = {}
    for process_id, element_id, count in rows:
        found.setdefault(process_id, {})[element_id] = count
    return found


@dataclass(slots=True)
class Coverage:
    """What was reached, by process id. Add each played world, then ask."""

    reached: dict[str, set[str]] = field(default_factory=dict)

    def add(self, db: Connection) -> None:
        """Take in everything that happened in a world."""
        self.count(taken_in(db))

    def count(self, taken: Taken) -> None:
        """Take in what was taken in a world."""
        for process_id, elements in taken.items():
            self.reached.setdefault(process_id, set()).update(elements)

    def missing(self, processes: Iterable[Process]) -> dict[str, list[str]]:
        """By process id, the flow nodes and sequence flows that no scenario reached."""
        found = {}
        for process in processes:
            everything = [*process.nodes, *process.flows]
            left = [e for e in everything if e not in self.reached.get(process.id, set())]
            if left:
                found[process.id] = left
        return found

    def percent(self, processes: Iterable[Process]) -> tuple[int, int]:
        """How many flow nodes and sequence flows were reached, of how many."""
        reached = total = 0
        for process in processes:
            everything = {*process.nodes, *process.flows}
            total += len(everything)
            reached += len(everything & self.reached.get(process.id, set()))
        return reached, total
