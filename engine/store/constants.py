"""Values of ours that stand in the statement itself instead of beside it.

PostgreSQL comes to plan a statement once for whatever it is given, and then takes a value that it does not know for one
that most rows have: what waits, it looks for among all that ever did. SQLite sees only so that a partial index has what
is asked for.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, literal_column


def one_of(column: ColumnElement[Any], *values: str) -> ColumnElement[bool]:
    """Whether the column has one of these names. Raises ValueError for what is no name."""
    if not all(value.isidentifier() for value in values):
        raise ValueError(f"names are needed, not {values}")
    named: list[ColumnElement[Any]] = [literal_column(f"'{value}'") for value in values]
    # SQLite does not see that an index of what is 'PENDING' has what is in ('PENDING')
    return column == named[0] if len(named) == 1 else column.in_(named)
