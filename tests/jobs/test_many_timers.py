"""However many timers wait, finding the next one is the same work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from psycopg.sql import SQL, Literal
from sqlalchemy import text

from benchmarks.clones import cloned
from engine.bus import Bus
from engine.jobs import batches, calendars
from engine.jobs.batches import run_batches
from engine.jobs.calendars import run_calendar_changes
from engine.jobs.dispatcher import next_due, run_due
from engine.store.prepared import Prepared
from tests.dsl import Office
from tests.execution.bench import diagram, flows, node, user
from tests.instructions import instructions

HOUR = "<bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>"
WAITS = diagram(node("startEvent", "s") + node("intermediateCatchEvent", "t", body=HOUR) + user("u") + flows("s t", "t u"))


@pytest.mark.parametrize("look", [next_due, run_due, run_batches, run_calendar_changes])
def test_what_is_to_do_is_found_among_many_timers_as_fast_as_among_few(
    small_office: Office, look: Callable[[Bus], object]
) -> None:
    small_office.deploy(WAITS)
    for _ in range(3):
        small_office.start()
    few = instructions(small_office.database, lambda: look(small_office.bus))
    for _ in range(60):
        small_office.start()
    assert instructions(small_office.database, lambda: look(small_office.bus)) <= few + 20


@pytest.mark.parametrize("due", [calendars._DUE, batches._DUE])
def test_postgresql_never_comes_to_walk_along_all_keys(emptied_postgres: str, due: Prepared) -> None:
    """After some executions of a prepared statement it may take one plan for whatever it is asked."""
    office = Office(emptied_postgres)
    office.deploy(WAITS)
    cloned(office.database, office.start(), 3_000)
    asked = {"b_now": office.clock.now(), "b_most": 5}
    with office.database.write() as db:
        db.execute(text("ANALYZE job"))
        compiled = due.compiled(db.dialect, asked)
        values = compiled.parameters(asked)
        driver: Any = db.connection.driver_connection
        driver.execute("PREPARE look AS " + compiled.text % {name: f"${at}" for at, name in enumerate(values, 1)})
        execute = SQL("EXECUTE look ({})").format(SQL(", ").join(map(Literal, values.values())))
        for _ in range(10):
            driver.execute(execute)
        plan = [line for (line,) in driver.execute(SQL("EXPLAIN ") + execute)]
        driver.execute("DEALLOCATE look")
    office.close()
    assert any("using ix_job_due" in line for line in plan)
