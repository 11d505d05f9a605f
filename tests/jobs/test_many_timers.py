"""However many timers wait, finding the next one is the same work."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, event

from engine.jobs.dispatcher import next_due
from tests.dsl import Office
from tests.execution.bench import diagram, flows, node, user

HOUR = "<bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>"
WAITS = diagram(node("startEvent", "s") + node("intermediateCatchEvent", "t", body=HOUR) + user("u") + flows("s t", "t u"))


def steps(office: Office) -> int:
    """How many instructions SQLite needs to say when the next row is due."""
    taken: list[int] = []

    def watch(db: Connection) -> None:
        driver: Any = db.connection.driver_connection
        driver.set_progress_handler(lambda: taken.append(1), 1)

    event.listen(office.database.engine, "begin", watch)
    try:
        assert next_due(office.bus) is not None
    finally:
        event.remove(office.database.engine, "begin", watch)
        with office.database.read() as db:
            driver: Any = db.connection.driver_connection
            driver.set_progress_handler(None, 0)
    return len(taken)


def test_the_next_of_many_timers_is_found_as_fast_as_the_next_of_few(small_office: Office) -> None:
    small_office.deploy(WAITS)
    for _ in range(3):
        small_office.start()
    few = steps(small_office)
    for _ in range(60):
        small_office.start()
    assert steps(small_office) <= few + 20
