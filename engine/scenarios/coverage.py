"""Which flow nodes and sequence flows the scenarios went through."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from engine.model.diagram import Process
from engine.store.tables import history_event, process_instance


@dataclass(slots=True)
class Coverage:
    """What was reached, by process id. Add each played world, then ask."""

    reached: dict[str, set[str]] = field(default_factory=dict)

    def add(self, db: Connection) -> None:
        """Take in everything that happened in a world."""
        p, h = process_instance.c, history_event.c
        rows = db.execute(
            select(p.process_id, h.element_id)
            .join(process_instance, p.key == h.process_instance_key)
            .where(h.type.in_(("element-activated", "flow-taken")))
            .distinct()
        )
        for process_id, element_id in rows:
            if element_id is not None:
                self.reached.setdefault(process_id, set()).add(element_id)

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
