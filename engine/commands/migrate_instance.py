"""Carry a case over to another version of its process."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from engine.commands.arming import rearm_all
from engine.commands.deadlines import follow_migration
from engine.commands.definitions import DeployedProcess
from engine.commands.masking import masked_of
from engine.commands.registry import Target, handles
from engine.commands.running import running
from engine.commands.second_person import check_second_person
from engine.commands.targets import instance_target
from engine.commands.transaction import Transaction
from engine.errors import AboveClearance, InvalidArgument, MigrationRefused, NotFound
from engine.execution.failures import NotPossible
from engine.execution.migration import Carried, migrate
from engine.model.diagram import Process
from engine.model.faults import Fault
from engine.store import tables as t
from engine.store.instances import Instance
from engine.store.labels import add_labels, label

_KEY: Any = bindparam("b_key")
_ID: Any = bindparam("b_id")


@dataclass(frozen=True, slots=True)
class MigrateInstance:
    """To the version `target_definition_key`; `mapping` are pairs of element ids (source, target)."""

    key: int
    target_definition_key: int
    mapping: tuple[tuple[str, str], ...]
    reason: str | None = None
    rev: int | None = None

    def told(self) -> dict[str, Any]:
        """Why, and the plan."""
        plan = [{"source": source, "target": aim} for source, aim in self.mapping]
        return {"reason": self.reason, "target": str(self.target_definition_key), "mapping": plan}


def _target(command: MigrateInstance, tx: Transaction) -> Target:
    """The case and both versions: whoever migrates owns the process it leaves and the one it enters."""
    target = instance_target(command, tx)
    assert target.instance is not None
    try:
        deployed = tx.services.definitions.process(tx.db, command.target_definition_key)
    except NotFound:
        return target
    target.facts = replace(target.facts, process_ids=frozenset({target.instance.process_id, deployed.process_id}))
    target.rows["deployed"] = deployed
    return target


@handles(MigrateInstance, permission="process-instance:migrate", event="instance-migrated", target=_target)
def migrate_instance(command: MigrateInstance, target: Target, tx: Transaction) -> None:
    """Raises InvalidState unless it is active, MigrationRefused with every reason, InvalidArgument for a
    plan that maps an element twice, NotFound for a version that is not there, AboveClearance
    for another process where the case holds what the actor may not see."""
    instance, plan = target.instance, dict(command.mapping)
    assert instance is not None
    check_second_person(tx, instance, "migrate", command.reason)
    if "deployed" not in target.rows:
        raise NotFound(processDefinitionKey=str(command.target_definition_key))
    if len(plan) != len(command.mapping):
        raise InvalidArgument("an element is mapped once")
    deployed: DeployedProcess = target.rows["deployed"]
    if deployed.process_id != instance.process_id and (above := masked_of(tx, instance)):
        raise AboveClearance(variables=sorted(above))  # the marks of the other process would count from then on
    r = running(tx)
    case, before = r.case(instance), _version_of(instance)
    lost = lost_clocks(tx.db, instance.key, deployed)
    try:
        carried = migrate(case, deployed.definition, plan)
    except NotPossible as refusal:
        raise MigrationRefused([*refusal.faults, *lost]) from refusal
    if lost:
        raise MigrationRefused(lost)
    instance.definition_key, instance.version = deployed.key, deployed.version
    instance.process_id = deployed.process_id
    _carry_rows(tx, instance, deployed, carried)
    rearm_all(r, instance)
    tx.record(instance, "version-changed", None, instance.key, before=before, after=_version_of(instance))
    case.advance()
    r.settle(instance)
    if instance.state == "ACTIVE":
        follow_migration(r, instance)
    tx.announce("process-instance", {"processInstanceKey": str(instance.key)})


def _version_of(instance: Instance) -> dict[str, Any]:
    key = str(instance.definition_key)
    return {"definition": key, "processId": instance.process_id, "version": instance.version}


def lost_clocks(db: Connection, instance_key: int, deployed: DeployedProcess) -> list[Fault]:
    """The clocks of the law that run and that the other version does not know."""
    d, known = t.deadline.c, {clock.id for clock in deployed.definition.process.deadlines}
    running_ones = select(d.deadline_id).where(d.process_instance_key == instance_key, d.stopped_at.is_(None))
    th, en = "กำหนดเวลานี้กำลังนับอยู่ แต่ไม่มีในฉบับปลายทาง", "this deadline runs and the target does not have it"
    return [Fault("", i, "deadline", th, en) for i in db.execute(running_ones).scalars() if i not in known]


def _carry_rows(tx: Transaction, i: Instance, deployed: DeployedProcess, carried: Sequence[Carried]) -> None:
    """Every row of what is active says where it stands now; what has ended keeps what it was."""
    of = {"process_id": i.process_id, "definition_key": i.definition_key}
    elements = [{"b_key": c.key, "b_id": c.node.id, "b_name": c.node.name or None} for c in carried]
    e, j, inc = t.element_instance, t.job, t.incident
    name: Any = bindparam("b_name")
    tx.db.execute(update(e).where(e.c.key == _KEY).values(element_id=_ID, element_name=name), elements)
    if tasks := [c for c in carried if c.node.type == "userTask"]:
        _carry_tasks(tx, i, deployed.definition.process, tasks)
    ended = j.c.ended_at.is_(None)
    tx.db.execute(update(j).where(j.c.process_instance_key == i.key, ended).values(**of))
    ids = [{"b_key": row["b_key"], "b_id": row["b_id"]} for row in elements]
    for table in (j, inc):
        of_case = table.c.process_instance_key == i.key
        tx.db.execute(update(table).where(of_case, table.c.element_instance_key == _KEY).values(element_id=_ID), ids)
    tx.db.execute(update(inc).where(inc.c.process_instance_key == i.key, inc.c.state == "ACTIVE").values(**of))
    waiting = [{"b_key": k, "b_id": element} for c in carried for k, element in c.waits]
    for table in (j, t.subscription):
        if waiting:
            tx.db.execute(update(table).where(table.c.key == _KEY).values(element_id=_ID), waiting)
    for table in (t.subscription, t.deadline):
        mine = table.c.process_instance_key == i.key
        tx.db.execute(update(table).where(mine).values(process_id=i.process_id))


def _carry_tasks(tx: Transaction, i: Instance, process: Process, carried: Sequence[Carried]) -> None:
    """They are called as the other version calls them, and found by that."""
    u, c = t.user_task, t.task_candidate
    of = {"process_id": i.process_id, "definition_key": i.definition_key, "process_version": i.version}
    of |= {"process_name": process.name, "process_name_en": process.name_en or None}
    rows, labels = [], []
    for one in carried:
        step, named = process.step_of(one.node), {"name": one.node.name or None, "name_en": one.node.name_en or None}
        labels.append(label({**of, **named}))
        row = {"b_key": one.key, "b_id": one.node.id, "b_name": named["name"], "b_en": named["name_en"]}
        rows.append(row | {"b_step": step.number if step is not None else None, "b_label": labels[-1]["key"]})
    add_labels(tx.db, labels)
    names: dict[str, Any] = {"name": bindparam("b_name"), "name_en": bindparam("b_en"), "element_id": _ID}
    names |= {"step_number": bindparam("b_step"), "label_key": bindparam("b_label")}
    tx.db.execute(update(u).where(u.c.key == _KEY).values(**of, **names, rev=u.c.rev + 1), rows)
    tx.db.execute(update(c).where(c.c.task_key == _KEY).values(label_key=bindparam("b_label")), rows)
