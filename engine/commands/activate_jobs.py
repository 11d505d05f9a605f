"""Hand jobs of a type to a worker, for a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, select, update

from engine.commands.job_limits import check_wait
from engine.commands.listener_jobs import facts_of_job
from engine.commands.registry import NO_INSTANCE, Target, handles
from engine.commands.transaction import Transaction
from engine.errors import InvalidArgument
from engine.model.access import TOP_SECRET
from engine.store.free_jobs import free
from engine.store.masks import covers_of
from engine.store.tables import job, process_instance

MAX_JOBS = 1000


@dataclass(frozen=True, slots=True)
class ActivateJobs:
    """At most `max_jobs` jobs of `type` for `worker`, which has `timeout_ms` milliseconds for each."""

    type: str
    worker: str
    timeout_ms: int
    max_jobs: int
    fetch_variables: tuple[str, ...] = ()


@handles(ActivateJobs, permission="job:work", event=NO_INSTANCE)
def activate_jobs(command: ActivateJobs, _target: Target, tx: Transaction) -> list[dict[str, Any]]:
    """The jobs in the shape of the Camunda API, of cases that the worker is cleared for; variables above
    its class are masked. A job whose time ran out is handed out again."""
    check_wait("timeout", command.timeout_ms, 1)
    if not 1 <= command.max_jobs <= MAX_JOBS or not command.type:
        raise InvalidArgument(f"a type and 1 to {MAX_JOBS} jobs are needed")
    c = job.c
    query = (
        select(job)
        .where(c.type == command.type, free(tx.now), _within(tx.actor.clearance))
        .order_by(c.priority.desc(), c.key)
        .limit(command.max_jobs)
    )
    if tx.db.dialect.name == "postgresql":
        query = query.with_for_update(skip_locked=True)
    rows = tx.db.execute(query).all()
    if not rows:
        return []
    until = tx.now + timedelta(milliseconds=command.timeout_ms)
    tx.db.execute(
        update(job)
        .where(c.key.in_([r.key for r in rows]))
        .values(state="LOCKED", worker=command.worker, locked_until=until, updated_at=tx.now)
    )
    jobs = [_shown(row, command, int(until.timestamp() * 1000), tx) for row in rows]
    _mask(jobs, tx)
    return jobs


def _mask(jobs: list[dict[str, Any]], tx: Transaction) -> None:
    """What is above the worker's class is masked among the variables of each job."""
    if tx.actor.is_system or tx.actor.clearance >= TOP_SECRET:
        return
    found = covers_of(tx.db, [int(one["processInstanceKey"]) for one in jobs], tx.actor.clearance)
    for one in jobs:
        if (masked := found.get(int(one["processInstanceKey"]))) is not None:
            for part in ("variables", "customHeaders", "userTask"):
                one[part] = masked(one[part])


def _within(clearance: int) -> ColumnElement[bool]:
    p = process_instance.c
    return ~select(p.key).where(p.key == job.c.process_instance_key, p.access_class > clearance).exists()


def _shown(row: Row[Any], command: ActivateJobs, deadline: int, tx: Transaction) -> dict[str, Any]:
    facts = facts_of_job(tx.db, row)
    if command.fetch_variables:
        facts["variables"] = {k: v for k, v in facts["variables"].items() if k in command.fetch_variables}
    p = process_instance.c
    instance = tx.db.execute(
        select(p.root_key, p.version, p.business_id, p.tags).where(p.key == row.process_instance_key)
    ).one()
    return {
        "jobKey": str(row.key), "type": row.type, "kind": row.kind, "listenerEventType": row.listener_event,
        "worker": command.worker, "retries": row.retries, "deadline": deadline, **facts,
        "elementId": row.element_id,
        "elementInstanceKey": str(row.element_instance_key),
        "processInstanceKey": str(row.process_instance_key), "rootProcessInstanceKey": str(instance.root_key),
        "processDefinitionKey": str(row.definition_key), "processDefinitionId": row.process_id,
        "processDefinitionVersion": instance.version, "tags": instance.tags or [],
        "tenantId": "<default>", "physicalTenantId": "<default>", "businessId": instance.business_id,
        "priority": row.priority, "jobLeaseToken": None,
    }  # fmt: skip
