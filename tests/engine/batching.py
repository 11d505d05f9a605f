"""An office with three cases that wait, and what batch operations did to them."""

from __future__ import annotations

from typing import Any

from engine.commands.add_person import AddPerson
from engine.commands.create_batch_operation import CreateBatchOperation
from engine.model.actor import SYSTEM, Actor
from engine.store import tables as t
from tests.dsl import OWNER, Office
from tests.execution.bench import diagram, flows, node, user

S, E = node("startEvent", "s"), node("endEvent", "e")
TWO = diagram(S + user("a") + user("b") + E + flows("s a", "a b", "b e"))


def three_cases(office: Office) -> Office:
    """Accounts for those who ask, and three cases that wait at `a`."""
    people = (
        AddPerson("owner", "Owner", roles=(("process-owner", "*"),)),
        AddPerson("admin", "Administrator", roles=(("administrator", ""),)),
        AddPerson("narrow", "Owner of p", roles=(("process-owner", "p"),)),
    )
    for one in people:
        office.run(one, SYSTEM)
    office.deploy(TWO)
    for _ in range(3):
        office.start()
    return office


def ask(office: Office, type_: str, actor: Actor = OWNER, plan: dict[str, Any] | None = None, **wanted: Any) -> int:
    """Ask for an operation; its key."""
    made = office.run(CreateBatchOperation(type_, wanted, plan or {}), actor)
    assert made["batchOperationType"] == type_
    return int(made["batchOperationKey"])


def batch(office: Office, key: int) -> Any:
    return next(r for r in office.rows(t.batch_operation) if r.key == key)


def items(office: Office, key: int) -> list[tuple[int, str]]:
    """(case, state) of each item."""
    rows = office.rows(t.batch_operation_item, everything=True)
    return [(r.process_instance_key, r.state) for r in rows if r.batch_key == key]


def cases(office: Office) -> list[int]:
    return [r.key for r in office.rows(t.process_instance, everything=True)]


def states(office: Office) -> list[str]:
    return [r.state for r in office.rows(t.process_instance, everything=True)]


def told(office: Office, type_: str) -> list[tuple[int, str]]:
    """(case, actor) of the events of a type in every case."""
    keys = [row.process_instance_key for row in office.rows(t.history_event, everything=True)]
    found = zip(keys, office.trail(everything=True), strict=True)
    return [(key, said["actor"]) for key, said in found if said["type"] == type_]
