"""What is open now, and how much of it is overdue: past the time that the inbox shows."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, case, func, select

from engine.reports.figures import Share
from engine.reports.scopes import Scope
from engine.store.tables import process_instance as pi
from engine.store.tables import user_task as ut


def open_work(db: Connection, process_id: str, clearance: int, scope: Scope, now: datetime) -> dict[str, Share]:
    """By element how many open tasks there are (`counted`), and how many of them are not overdue (`kept`); of those
    that are assigned to, or open to, whom the scope is about."""
    overdue = func.sum(case((ut.c.due_at < now, 1), else_=0))
    query: Any = (
        select(ut.c.element_id, ut.c.candidate_groups, ut.c.assignee, func.count(), overdue)
        .join(pi, pi.c.key == ut.c.process_instance_key)
        .where(ut.c.process_id == process_id, ut.c.completed_at.is_(None), pi.c.access_class <= clearance)
        .group_by(ut.c.element_id, ut.c.candidate_groups, ut.c.assignee)
    )
    found: defaultdict[str, Share] = defaultdict(Share)
    for element, groups, assignee, counted, late in db.execute(query):
        if scope.holds(groups, assignee):
            found[element].add(counted - late, counted)
    return dict(found)
