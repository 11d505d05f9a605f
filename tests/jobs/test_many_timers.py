"""However many timers wait, finding the next one is the same work."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import text

from benchmarks.clones import cloned
from engine.bus import Bus
from engine.commands.fire_timer import due_kind
from engine.jobs import batches, calendars
from engine.jobs.batches import run_batches
from engine.jobs.calendars import run_calendar_changes
from engine.jobs.dispatcher import next_due, run_due
from engine.store.prepared import Prepared
from tests.dsl import Office
from tests.execution.bench import diagram, flows, node, user
from tests.instructions import instructions
from tests.plans import asked_by, reads_whole, settled_plan

HOUR = "<bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>"
PAYS = diagram(
    node("startEvent", "s") + node("serviceTask", "pay", '<zeebe:taskDefinition type="pay"/>') + flows("s pay")
)
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


def test_what_is_to_do_is_found_among_many_jobs_of_workers_as_fast_as_among_few(small_office: Office) -> None:
    office = small_office
    office.deploy(PAYS)

    def look() -> None:
        assert next_due(office.bus) is None
        assert run_due(office.bus) == 0

    for _ in range(3):
        office.start()
    few = instructions(office.database, look)
    for _ in range(60):
        office.start()
    assert instructions(office.database, look) <= few + 20


@pytest.mark.parametrize("due", [calendars._DUE, batches._DUE])
def test_postgresql_never_comes_to_walk_along_all_keys(emptied_postgres: str, due: Prepared) -> None:
    office = Office(emptied_postgres)
    office.deploy(WAITS)
    cloned(office.database, office.start(), 3_000)
    asked = {"b_now": office.clock.now(), "b_most": 5}
    with office.database.write() as db:
        db.execute(text("ANALYZE job"))
        compiled = due.compiled(db.dialect, asked)
        values = compiled.parameters(asked)
        plan = settled_plan(db, compiled.text, values)
    office.close()
    assert any("using ix_job_due" in line for line in plan)


def test_postgresql_finds_what_is_due_among_many_jobs_of_workers(emptied_postgres: str) -> None:
    office = Office(emptied_postgres)
    office.deploy(PAYS)
    cloned(office.database, office.start(), 3_000)
    with office.database.write() as db:
        db.execute(text("ANALYZE job"))
    looked = asked_by(office.database, lambda: next_due(office.bus))
    looked += asked_by(office.database, lambda: run_due(office.bus))
    assert len(looked) == 2
    assert reads_whole(office.database, looked, "job") == []
    office.close()


def test_a_kind_that_nobody_would_look_for_is_refused() -> None:
    with pytest.raises(ValueError, match="HOURGLASS"):
        due_kind("HOURGLASS")
