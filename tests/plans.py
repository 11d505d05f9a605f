"""How PostgreSQL carries out a statement that it was asked again and again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from psycopg.sql import SQL, Literal
from sqlalchemy import Connection

OFTEN = 10  # after five executions PostgreSQL may keep to one plan for whatever it is asked


def settled_plan(db: Connection, statement: str, parameters: Mapping[str, Any]) -> list[str]:
    """The lines of the plan that it comes to. The statement, which is carried out, names its parameters as the driver
    does."""
    driver: Any = db.connection.driver_connection
    driver.execute("PREPARE look AS " + statement % {name: f"${at}" for at, name in enumerate(parameters, 1)})
    given = SQL("({})").format(SQL(", ").join(map(Literal, parameters.values()))) if parameters else SQL("")
    for _ in range(OFTEN):
        driver.execute(SQL("EXECUTE look {}").format(given))
    plan = [line for (line,) in driver.execute(SQL("EXPLAIN EXECUTE look {}").format(given))]
    driver.execute("DEALLOCATE look")
    return plan
