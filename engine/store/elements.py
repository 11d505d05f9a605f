"""When the standard time of an element is over."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, case, select

from engine.store.tables import element_instance as ei
from engine.store.tables import user_task as ut


def standard_due(key: ColumnElement[int] = ei.c.key) -> ColumnElement[datetime | None]:
    """Of the step that an element carries; `key` is the element's, where a statement can say it more shortly.

    A user task's row knows it, because a calendar may move it while the task is open. The element's own column has it
    anew when it ends, for those who count what was done.
    """
    of_task = select(ut.c.standard_due_at).where(ut.c.key == key).scalar_subquery()
    carries = ei.c.standard_due_at.is_not(None)
    return case((carries & (ei.c.element_type == "USER_TASK"), of_task), else_=ei.c.standard_due_at)
