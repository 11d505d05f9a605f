"""Which jobs workers may take, and which the engine does itself.

What the index of open jobs says (`ix_job_open`) is asked for as it says it: SQLite does not see that it follows from
the rest, and would read every job that was ever done.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, literal_column, or_

from engine.model.jobs import FOR_WORKERS
from engine.store.constants import one_of
from engine.store.tables import job

_c = job.c
OPEN = one_of(_c.state, "PENDING", "LOCKED")  # jobs of any kind
# what the engine does itself, of whatever type; as the index of it has it (`ix_job_built_in`)
BUILT_IN = func.substr(_c.type, literal_column("1"), literal_column("8")) == literal_column("'krabuan:'")
_FOR_THEM = and_(OPEN, _c.kind.in_(FOR_WORKERS))


def free(now: datetime) -> ColumnElement[bool]:
    """Due, or with a worker whose time ran out, and not given up."""
    return and_(_FOR_THEM, or_(and_(_c.state == "PENDING", _c.due_at <= now), _abandoned(now)), _c.retries > 0)


def untaken(now: datetime) -> ColumnElement[bool]:
    """As `free`, and what is due later."""
    return and_(_FOR_THEM, or_(_c.state == "PENDING", _abandoned(now)), _c.retries > 0)


def _abandoned(now: datetime) -> ColumnElement[bool]:
    return and_(_c.state == "LOCKED", _c.locked_until <= now)
