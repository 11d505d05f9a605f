"""Evaluate the conditions that processes begin with, and start an instance for each that holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from engine.commands.definitions import DeployedProcess
from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.running import running
from engine.commands.starting import Occurrence, begin
from engine.commands.transaction import Transaction
from engine.commands.values import variables_in
from engine.errors import ConditionFailed, NotFound
from engine.execution import ElementFailure
from engine.execution.starts import Start, condition_holds, starting
from engine.policy.permissions import Facts, allowed
from engine.store.tables import process_definition, subscription

PERMISSION = "process-instance:create"
TENANT = "<default>"


@dataclass(frozen=True, slots=True)
class EvaluateConditions:
    """Over these variables: those of the version `definition_key`, or of the latest version of every process
    that the actor may start."""

    variables: Mapping[str, Any] = field(default_factory=dict)
    definition_key: int | None = None


def _target(command: EvaluateConditions, tx: Transaction) -> Target:
    if command.definition_key is None:
        return Target()
    c = process_definition.c
    state = tx.db.execute(select(c.state).where(c.key == command.definition_key)).scalar()
    if state != "ACTIVE":
        raise NotFound(processDefinitionKey=str(command.definition_key))
    named = tx.services.definitions.process(tx.db, command.definition_key)
    return Target(Facts(frozenset({named.process_id})), rows={"named": named})


@handles(EvaluateConditions, permission=PERMISSION, event=NO_INSTANCE, target=_target)
def evaluate_conditions(command: EvaluateConditions, target: Target, tx: Transaction) -> dict[str, Any]:
    """The answer in the shape of the Camunda API: the instances that began, with these variables,
    as far as the actor may see them.

    Every condition is evaluated before anything is started. Raises NotFound for a version that does not
    exist or was withdrawn, InvalidArgument for impossible variables, ConditionFailed.
    """
    variables = variables_in(command.variables)
    named: DeployedProcess | None = target.rows.get("named")
    looked_at = [named] if named is not None else list(_may_be_started(tx))
    holding = [
        (deployed, start) for deployed in looked_at for start in starting(deployed.definition.process)
        if start.event.kind == "conditional" and _holds(tx, deployed, start, variables)
    ]  # fmt: skip
    came = Occurrence("condition", "", variables)
    begun = [i for deployed, start in holding for i in begin(tx, deployed, start.node.id, start.part, came) or ()]
    return {
        "conditionalEvaluationKey": str(tx.key()),
        "tenantId": TENANT,
        "processInstances": [
            {"processDefinitionKey": str(i.definition_key), "processInstanceKey": str(i.key)} for i in begun
            if tx.actor.is_system or i.access_class <= tx.actor.clearance
        ],
    }


def _may_be_started(tx: Transaction) -> Iterator[DeployedProcess]:
    """The armed versions that begin with a condition, of those processes that the actor may start."""
    c = subscription.c
    query = select(c.process_id, c.definition_key).where(c.kind == "condition").distinct().order_by(c.process_id)
    for process_id, key in tx.db.execute(query).all():
        if allowed(tx.actor, PERMISSION, Facts(frozenset({process_id}))):
            yield tx.services.definitions.process(tx.db, key)


def _holds(tx: Transaction, deployed: DeployedProcess, start: Start, variables: Mapping[str, Any]) -> bool:
    try:
        return condition_holds(start, variables, running(tx).environment())
    except ElementFailure as failure:
        raise ConditionFailed(
            f"{deployed.process_id}: {failure.message}", processDefinitionId=deployed.process_id,
            processDefinitionKey=str(deployed.key), elementId=start.node.id, expression=start.event.expression,
        ) from failure  # fmt: skip
