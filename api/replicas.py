"""What is read from a replica where one is configured: searches over cases, history and reports. What people work with
at the moment (inbox, task, form) and what is verified comes from the primary, and all that is written goes there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from api.leaving import WrongSetting
from engine.queries.audit import get_audit_log, search_audit_logs, search_task_audit_logs
from engine.queries.causes import count_by_cause
from engine.queries.control_points import search_control_points
from engine.queries.deadlines import search_deadlines
from engine.queries.elements import search_elements, search_variables
from engine.queries.event_log import event_log
from engine.queries.evidence import get_history, get_variables_at
from engine.queries.health import check
from engine.queries.instances import search_instances
from engine.queries.interventions import search_interventions
from engine.queries.my_cases import search_my_cases
from engine.queries.statistics import count_by_process, count_by_version
from engine.queries.work import search_decision_instances
from engine.reports.heat import heat_of_version
from engine.reports.standard_time import standard_time_report
from engine.reports.variants import variants_of_version
from engine.store.database import Database
from engine.store.replica import Replica

SETTING = "KRABUAN_DATABASE_REPLICA"
FROM_REPLICA: frozenset[Callable[..., Any]] = frozenset({
    search_instances, search_elements, search_variables, search_my_cases, search_decision_instances,
    search_control_points, search_deadlines, search_interventions, get_history, get_variables_at, search_audit_logs,
    search_task_audit_logs, get_audit_log, event_log, heat_of_version, variants_of_version, standard_time_report,
    count_by_process, count_by_version, count_by_cause,
})  # fmt: skip


def replica_of(environment: Mapping[str, str], primary: Database) -> Replica | None:
    """The one that KRABUAN_DATABASE_REPLICA names, not looked after yet; whether it is there is asked all the time, so
    that the service starts without it. Raises WrongSetting."""
    said = environment.get(SETTING)
    if not said:
        return None
    try:
        url = make_url(said.replace("postgresql://", "postgresql+psycopg://", 1))
        if url.get_backend_name() != "postgresql":
            raise ValueError
        return Replica(url.render_as_string(hide_password=False), primary)
    except (ArgumentError, ValueError):
        raise WrongSetting(f"{SETTING} is the URL of a PostgreSQL server that follows KRABUAN_DATABASE") from None


def health_of(replica: Replica | None) -> list[dict[str, Any]]:
    """The line of the replica: `count` is how many seconds it lags. None where there is no replica."""
    if replica is None:
        return []
    state = replica.state()
    level: Any = "GOOD" if state.fault is None else "WARN" if state.reached else "BAD"
    return [check("replica", level, None if state.lag is None else int(state.lag))]
