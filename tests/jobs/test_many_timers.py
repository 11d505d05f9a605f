"""However many timers wait, finding the next one is the same work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event, text

from benchmarks.clones import cloned
from engine.bus import Bus
from engine.jobs import batches, calendars
from engine.jobs.batches import run_batches
from engine.jobs.calendars import run_calendar_changes
from engine.jobs.dispatcher import next_due, run_due
from engine.store.prepared import Prepared
from tests.dsl import Office
from tests.execution.bench import diagram, flows, node, user

HOUR = "<bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>"
WAITS = diagram(node("startEvent", "s") + node("intermediateCatchEvent", "t", body=HOUR) + user("u") + flows("s t", "t u"))


def steps(office: Office, look: Callable[[Bus], object]) -> int:
    """How many instructions SQLite needs to see what there is to do."""
    taken: list[int] = []

    def watch(db: Connection) -> None:
        driver: Any = db.connection.driver_connection
        driver.set_progress_handler(lambda: taken.append(1), 1)

    event.listen(office.database.engine, "begin", watch)
    try:
        look(office.bus)
    finally:
        event.remove(office.database.engine, "begin", watch)
        with office.database.read() as db:
            driver: Any = db.connection.driver_connection
            driver.set_progress_handler(None, 0)
    return len(taken)


@pytest.mark.parametrize("look", [next_due, run_due, run_batches, run_calendar_changes])
def test_what_is_to_do_is_found_among_many_timers_as_fast_as_among_few(
    small_office: Office, look: Callable[[Bus], object]
) -> None:
    small_office.deploy(WAITS)
    for _ in range(3):
        small_office.start()
    few = steps(small_office, look)
    for _ in range(60):
        small_office.start()
    assert steps(small_office, look) <= few + 20


@pytest.mark.parametrize("due", [calendars._DUE, batches._DUE])
def test_postgresql_goes_to_what_is_due_and_not_along_all_keys(emptied_postgres: str, due: Prepared) -> None:
    office = Office(emptied_postgres)
    office.deploy(WAITS)
    cloned(office.database, office.start(), 3_000)
    asked = {"b_now": office.clock.now() + timedelta(days=1), "b_most": 5}
    with office.database.write() as db:
        db.execute(text("ANALYZE job"))
        compiled = due.compiled(db.dialect, asked)
        driver: Any = db.connection.driver_connection
        plan = driver.execute("EXPLAIN " + compiled.text, compiled.parameters(asked)).fetchall()
        assert [line for (line,) in plan if "using ix_job_due" in line] and not [line for (line,) in plan if "pkey" in line]
    office.close()
