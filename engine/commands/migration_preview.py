"""What migrating the running cases of a version to another would do: nothing is changed by asking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from engine.commands.definitions import Definitions, DeployedProcess
from engine.commands.migrate_instance import lost_clocks
from engine.errors import InvalidArgument
from engine.execution.migration import plan_faults, same_kind
from engine.execution.planned import objections_of
from engine.model.access import TOP_SECRET
from engine.model.actor import Actor
from engine.model.diagram import Node, Process
from engine.model.faults import Fault
from engine.policy.permissions import Facts, require
from engine.store.tables import element_instance as ei
from engine.store.tables import process_instance as pi

MOST_CASES = 500  # that are looked into; of more, the oldest
Pairs = Sequence[tuple[str, str]]


def preview_migration(
    db: Connection, actor: Actor, definitions: Definitions, source_key: int, target_key: int, pairs: Pairs | None
) -> dict[str, Any]:
    """Of the running cases of a version that the actor is cleared for: {source, target, secondPerson, mapping, cases,
    faults}; what the versions say otherwise is compared in engine/comparison. Without `pairs` a mapping is proposed: by
    the id of the element, else by the key of its step, where both are of the same kind in the same scope.

    Raises NotFound for a version that is not there, Forbidden for who does not own both processes, InvalidArgument for
    a plan that maps an element twice or leads nowhere.
    """
    source, target = definitions.process(db, source_key), definitions.process(db, target_key)
    require(actor, "process-instance:migrate", Facts(frozenset({source.process_id, target.process_id})))
    if source_key == target_key:
        raise InvalidArgument("the cases are of this version already")
    old, new = source.definition.process, target.definition.process
    mapping = dict(propose(old, new) if pairs is None else pairs)
    if pairs is not None and len(mapping) != len(pairs):
        raise InvalidArgument("an element is mapped once")
    running = (pi.c.definition_key == source_key, pi.c.state == "ACTIVE", *_cleared(actor))
    cases, faults = _tried(db, running, source, target, mapping)
    active = select(ei.c.element_id, func.count()).join(pi, pi.c.key == ei.c.process_instance_key)
    active = active.where(*running, ei.c.state == "ACTIVE").group_by(ei.c.element_id)
    counts = {row[0]: row[1] for row in db.execute(active)}
    return {
        "source": _version(source), "target": _version(target),
        "secondPerson": bool(old.interventions.get("migrate")),
        "mapping": [_pair(node, new, mapping.get(node.id), counts.get(node.id, 0)) for node in old.nodes.values()],
        "cases": cases, "faults": faults,
    }  # fmt: skip


def propose(old: Process, new: Process) -> list[tuple[str, str]]:
    """Pairs of elements of the same kind, each in the scope that the scope around it is mapped to."""
    by_step = {node.step.key: node for node in new.nodes.values() if node.step is not None}
    mapping: dict[str, str] = {}
    for node in old.nodes.values():
        same = new.nodes.get(node.id)
        step = by_step.get(node.step.key) if node.step is not None else None
        for aim in (same, step):
            if aim is not None and same_kind(node, aim) and aim.id not in mapping.values():
                mapping[node.id] = aim.id
                break
    while lost := [s for s, t in mapping.items() if not _in_place(old.nodes[s], new.nodes[t], mapping)]:
        for id_ in lost:
            del mapping[id_]
    return list(mapping.items())


def _in_place(node: Node, aim: Node, mapping: Mapping[str, str]) -> bool:
    return aim.scope == (mapping.get(node.scope) if node.scope is not None else None)


def _cleared(actor: Actor) -> tuple[Any, ...]:
    above = actor.is_system or actor.clearance >= TOP_SECRET
    return () if above else (pi.c.access_class <= actor.clearance,)


def _tried(
    db: Connection, running: tuple[Any, ...], source: DeployedProcess, target: DeployedProcess,
    mapping: Mapping[str, str],
) -> tuple[dict[str, int], list[dict[str, Any]]]:  # fmt: skip
    """How many cases there are, were looked into, and can be migrated; and each reason against it with how many cases
    it holds for. What is wrong with the plan itself holds for all."""
    new = target.definition.process
    total = db.execute(select(func.count()).select_from(pi).where(*running)).scalar_one()
    found: Counter[Fault] = Counter()
    possible = looked = 0
    query = select(pi.c.key, pi.c.execution).where(*running).order_by(pi.c.key).limit(MOST_CASES)
    for key, state in db.execute(query):
        speaks = {*objections_of(state, source.definition, new, mapping), *lost_clocks(db, key, target)}
        found.update(speaks)
        looked, possible = looked + 1, possible + (not speaks)
    wrong = plan_faults(source.definition.process, new, mapping)
    faults = {fault: found[fault] for fault in (*wrong, *found)}
    told = [{"elementId": f.element_id, "rule": f.rule, "th": f.th, "en": f.en, "cases": n} for f, n in faults.items()]
    return {"total": total, "looked": looked, "possible": possible}, told


def _version(deployed: DeployedProcess) -> dict[str, Any]:
    process = deployed.definition.process
    return {
        "processDefinitionKey": str(deployed.key), "processDefinitionId": deployed.process_id,
        "version": deployed.version, "name": {"th": process.name or None, "en": process.name_en or None},
    }  # fmt: skip


def _pair(node: Node, new: Process, aim: str | None, active: int) -> dict[str, Any]:
    """An element of the version that is left, where its tokens would go, and where they could."""
    return {
        "sourceElementId": node.id, "targetElementId": aim, "elementType": node.element_type, "active": active,
        "name": {"th": node.name or None, "en": node.name_en or None},
        "possible": [other.id for other in new.nodes.values() if same_kind(node, other)],
    }  # fmt: skip
