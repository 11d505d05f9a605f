"""How PostgreSQL carries out statements that it was asked again and again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from psycopg.sql import SQL, Literal
from sqlalchemy import Connection, event

from engine.store.database import Database

OFTEN = 10  # after five executions PostgreSQL may keep to one plan for whatever it is asked
Said = tuple[str, Any]  # a statement and its parameters


def asked_by(database: Database, work: Callable[[], object]) -> list[Said]:
    """What `work` asks of the database."""
    asked: list[Said] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
    return asked


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


def reads_whole(database: Database, asked: list[Said], table: str) -> list[str]:
    """Where the settled plans of these statements read a table from one end to the other."""
    with database.write() as db:
        plans = [settled_plan(db, *said) for said in asked]
    return [line for plan in plans for line in plan if f"Seq Scan on {table}" in line]
