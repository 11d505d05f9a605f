"""Separation of duties (krabuan:duty): this task's performer differs from, or is, that of another."""

from __future__ import annotations

from engine.commands.running import Running
from engine.errors import Forbidden
from engine.model.diagram import Node
from engine.store.instances import Instance


def check_duties(r: Running, instance: Instance, node: Node, person: str) -> None:
    """Raise Forbidden (with the other element as `element`) when `person` may not do this task.

    A duty towards an element that nobody has completed yet binds nobody.
    """
    if not node.duties:
        return
    facts = r.case_facts(r.case(instance))
    for duty in node.duties:
        other = facts["startedBy"] if duty.element == "starter" else facts["performers"].get(duty.element)
        if other is None:
            continue
        if (duty.type == "differentFrom") == (other == person):
            must = "a different person" if other == person else "the same person"
            raise Forbidden(f"separation of duties: {must} must do this", duty=duty.type, element=duty.element)
