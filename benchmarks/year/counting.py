"""The figures of a year: what began and ended, how well the times were kept, what was told, decided and refused."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, case, func, select

from benchmarks.year.drive import Plan
from engine.commands.transaction import Services
from engine.model.actor import SYSTEM
from engine.reports.standard_time import Wanted, standard_time_report
from engine.store.tables import (
    control_point_result,
    deadline,
    element_instance,
    notification,
    process_instance,
    user_task,
)

Counts = dict[str, dict[str, int]]


def counted(db: Connection, services: Services, plan: Plan) -> dict[str, Any]:
    """By process id: cases by how they began and ended, the report on standard times, loops, control points, deadlines;
    and what people were told."""
    begun, ended = _begun(db), _by(db, process_instance, process_instance.c.state)
    points = _by(db, control_point_result, control_point_result.c.state)
    clocks, loops = _by(db, deadline, deadline.c.state), _loops(db)
    told = {
        row.topic: row.number
        for row in db.execute(select(notification.c.topic, func.count().label("number")).group_by("topic"))
    }
    processes = {
        name: {
            "begun": begun[name], "ended": ended.get(name, {}), "onTime": _on_time(db, services, plan, name),
            "doneAgain": loops.get(name, 0), "controlPoints": points.get(name, {}), "deadlines": clocks.get(name, {}),
        }
        for name in sorted(begun)
    }  # fmt: skip
    return {"processes": processes, "told": told, "together": _together(processes)}


def _begun(db: Connection) -> Counts:
    p = process_instance.c
    how = case(
        (p.parent_key.is_not(None), "called"), (p.start_message.is_not(None), "message"),
        (p.started_by == SYSTEM.id, "timer"), else_="person",
    )  # fmt: skip
    return _by(db, process_instance, how)


def _by(db: Connection, table: Any, what: Any) -> Counts:
    """How many rows by process and by `what`."""
    found: Counts = defaultdict(dict)
    query = select(table.c.process_id, what.label("named"), func.count()).group_by("process_id", "named")
    for process, named, number in db.execute(query):
        found[process][named.lower()] = number
    return found


def _loops(db: Connection) -> dict[str, int]:
    """By process, how often a task was done that was done before in the same place; instances of many do not count."""
    e, u = element_instance.c, user_task.c
    scope = element_instance.alias("scope")
    many = select(scope.c.key).where(scope.c.element_type == "MULTI_INSTANCE_BODY")
    per_place = (
        select(u.process_id, func.count().label("times"))
        .join(element_instance, e.key == u.key)
        .where(u.completed_at.is_not(None), e.scope_key.not_in(many))
        .group_by(u.process_id, u.process_instance_key, e.scope_key, u.element_id)
        .subquery()
    )
    again = func.sum(per_place.c.times - 1)
    return {row[0]: int(row[1]) for row in db.execute(select(per_place.c.process_id, again).group_by("process_id"))}


def _on_time(db: Connection, services: Services, plan: Plan, process: str) -> dict[str, Any]:
    """What the report of the fiscal year says."""

    def diagrams(of: Connection, key: int) -> Any:
        return services.definitions.process(of, key).definition.process

    wanted, office = Wanted(process, "FISCAL_YEAR", plan.start.date()), services.office(db, plan.end)
    report = standard_time_report(db, SYSTEM, diagrams, wanted, office, plan.end)
    names = ("targetPercent", "targetMet", "steps", "cases", "tasks", "text")
    return {name: report[name] for name in names}


def _together(processes: dict[str, Any]) -> dict[str, Any]:
    """The same of all processes."""
    whole: dict[str, Any] = {"begun": {}, "ended": {}, "controlPoints": {}, "deadlines": {}}
    for one in processes.values():
        for kind, counts in whole.items():
            for name, number in one[kind].items():
                counts[name] = counts.get(name, 0) + number
    for what in ("steps", "cases", "tasks"):
        counts = [one["onTime"][what] for one in processes.values()]
        whole[what] = {name: sum(count[name] for count in counts) for name in ("counted", "kept")}
    targets = [one["onTime"]["targetMet"] for one in processes.values()]
    whole["targets"] = {"met": targets.count(True), "missed": targets.count(False)}
    whole["doneAgain"] = sum(one["doneAgain"] for one in processes.values())
    return whole
