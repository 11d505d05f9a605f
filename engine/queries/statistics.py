"""Counts over many cases, of those that the actor may see."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select

from engine.errors import InvalidArgument
from engine.model.actor import SYSTEM, Actor
from engine.queries.definitions import PROCESS_DEFINITION, get_definition
from engine.queries.filters import compile_filter
from engine.queries.instances import PROCESS_INSTANCE, element_counts
from engine.queries.noun import TENANT, Context, Field, Noun
from engine.queries.search import Search, search
from engine.queries.visibility import sees_case
from engine.store.constants import one_of
from engine.store.instances import ALIVE
from engine.store.tables import element_instance
from engine.store.tables import process_definition as pd
from engine.store.tables import process_instance as pi
from engine.store.tables import user_task as ut

_PROCESSES = select(pd.c.process_id).distinct().subquery("processes")


def get_definition_statistics(db: Connection, actor: Actor, key: int, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """As get_element_statistics, over the cases of one version that the actor may see. Raises NotFound."""
    get_definition(db, actor, PROCESS_DEFINITION, key)
    conditions = compile_filter(wanted, PROCESS_INSTANCE, Context(db.dialect.name, actor))
    seen = sees_case(actor, pi.c.key, pi.c.process_id)
    cases = select(pi.c.key).select_from(PROCESS_INSTANCE.source).where(pi.c.definition_key == key, seen, *conditions)
    return {"items": element_counts(db, element_instance.c.process_instance_key.in_(cases))}


def _running(actor: Actor, by: ColumnElement[Any], now: datetime) -> Any:
    """How many running cases there are with and without incidents, and with a task that is overdue, by a column. They
    are found process by process, along an index that passes over those that ended."""
    broken = func.sum(case((pi.c.incidents > 0, 1), else_=0))
    over = or_(ut.c.due_at < now, ut.c.statutory_due_at < now)
    overdue = select(ut.c.process_instance_key).where(ut.c.state == "CREATED", over)
    late = func.sum(case((pi.c.key.in_(overdue), 1), else_=0))
    running = and_(pi.c.process_id == _PROCESSES.c.process_id, one_of(pi.c.state, *ALIVE))
    return (
        select(
            by.label("by"), broken.label("broken"), (func.count() - broken).label("sound"), late.label("late"),
        )
        .join_from(_PROCESSES, pi, running)
        .where(sees_case(actor, pi.c.key, pi.c.process_id))
        .group_by(by)
        .subquery()
    )


def processes_at_work(actor: Actor, now: datetime) -> Noun:
    """Each process with running cases, whatever their version."""
    counts, newest = _running(actor, _PROCESSES.c.process_id, now), pd.alias()
    latest = select(func.max(newest.c.version)).where(newest.c.process_id == pd.c.process_id).scalar_subquery()
    return Noun(
        "ProcessDefinitionInstanceStatistics",
        counts.join(pd, (pd.c.process_id == counts.c.by) & (pd.c.version == latest)),
        "processDefinitionId",
        {
            "processDefinitionId": Field(counts.c.by, "string"),
            "latestProcessDefinitionName": Field(pd.c.name, "string", nullable=True),
            "hasMultipleVersions": Field(pd.c.version > 1, "boolean"),
            "activeInstancesWithIncidentCount": Field(counts.c.broken, "integer"),
            "activeInstancesWithoutIncidentCount": Field(counts.c.sound, "integer"),
            "activeInstancesOverdueCount": Field(counts.c.late, "integer"),
            "tenantId": TENANT,
        },
    )


def versions_at_work(actor: Actor, now: datetime) -> Noun:
    """Each version of a process with running cases."""
    counts = _running(actor, pi.c.definition_key, now)
    return Noun(
        "ProcessDefinitionInstanceVersionStatistics",
        counts.join(pd, pd.c.key == counts.c.by),
        "processDefinitionKey",
        {
            "processDefinitionId": Field(pd.c.process_id, "string"),
            "processDefinitionKey": Field(pd.c.key, "key"),
            "processDefinitionName": Field(pd.c.name, "string", nullable=True),
            "processDefinitionVersion": Field(pd.c.version, "integer"),
            "activeInstancesWithIncidentCount": Field(counts.c.broken, "integer"),
            "activeInstancesWithoutIncidentCount": Field(counts.c.sound, "integer"),
            "activeInstancesOverdueCount": Field(counts.c.late, "integer"),
            "tenantId": TENANT,
        },
    )


_EVER = datetime.max.replace(tzinfo=UTC)
PROCESSES_AT_WORK, VERSIONS_AT_WORK = processes_at_work(SYSTEM, _EVER), versions_at_work(SYSTEM, _EVER)


def count_by_process(db: Connection, actor: Actor, request: Search, now: datetime) -> dict[str, Any]:
    """Running cases by process."""
    return search(db, processes_at_work(actor, now), request)


def count_by_version(db: Connection, actor: Actor, request: Search, now: datetime) -> dict[str, Any]:
    """Running cases of one process by version. Raises InvalidArgument when no process is named."""
    if not isinstance(request.filter.get("processDefinitionId"), str):
        raise InvalidArgument("filter: name the process by its processDefinitionId")
    return search(db, versions_at_work(actor, now), request)
