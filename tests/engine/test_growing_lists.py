"""What those who watch over the service ask for takes as long however much lies in the past, or waits elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from engine.queries import audit_window, health
from engine.queries.audit import search_audit_logs
from engine.queries.inbox import count_inbox
from engine.queries.instances import search_instances
from engine.queries.search import Search
from engine.queries.statistics import count_by_process, count_by_version
from tests.dsl import ADMIN, AUDITOR, Office, person
from tests.execution.bench import diagram, flows, node, user
from tests.instructions import instructions
from tests.plans import asked_by, reads_whole
from tests.proof.notary import Notary

LETTER = diagram(node("startEvent", "s") + user("a") + node("endEvent", "e") + flows("s a", "a e"))
HOUR = "<bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>"
PAPER = (
    '<bpmn:message id="M" name="paper"><bpmn:extensionElements>'
    '<zeebe:subscription correlationKey="=number"/></bpmn:extensionElements></bpmn:message>'
)
WAITS = diagram(
    node("startEvent", "s") + node("parallelGateway", "g")
    + node("intermediateCatchEvent", "t", body=HOUR)
    + node("intermediateCatchEvent", "m", body='<bpmn:messageEventDefinition messageRef="M"/>')
    + node("serviceTask", "pay", '<zeebe:taskDefinition type="pay"/>') + flows("s g", "g t", "g m", "g pay"),
    PAPER,
).replace(b'id="p"', b'id="waits"')  # fmt: skip
TIMER = diagram(
    node("startEvent", "s") + node("intermediateCatchEvent", "t", body=HOUR) + flows("s t")
).replace(b'id="p"', b'id="timer"')
LATEST = [{"field": "timestamp", "order": "DESC"}]


@pytest.fixture
def office(small_office: Office) -> Iterator[Office]:
    small_office.deploy(("letter.bpmn", LETTER), ("waits.bpmn", WAITS))
    yield small_office


def ended(office: Office, number: int) -> None:
    for _ in range(number):
        office.start("p")
        office.complete("a")
        office.advance("PT1S")


def waiting(office: Office, number: int) -> None:
    for at in range(number):
        office.start("waits", number=f"n{office.key}-{at}")


def test_running_cases_are_counted_without_reading_those_that_ended(office: Office) -> None:
    now = office.clock.now()

    def count() -> None:
        with office.database.read() as db:
            (one,) = count_by_process(db, ADMIN, Search(), now)["items"]
            assert one["activeInstancesWithoutIncidentCount"] == 2
            (one,) = count_by_version(db, ADMIN, Search({"processDefinitionId": "waits"}), now)["items"]
            assert one["activeInstancesWithoutIncidentCount"] == 2

    waiting(office, 2)
    few = instructions(office.database, count)
    ended(office, 40)
    assert instructions(office.database, count) <= few + 20


def test_what_one_has_to_do_is_counted_without_reading_all_that_is_open(office: Office) -> None:
    """Nor all that is free: SQLite knows of neither how much it is."""
    now = office.clock.now()

    def count() -> None:
        with office.database.read() as db:
            assert {one["count"] for one in count_inbox(db, person("ann", "staff"), now)["items"]} == {0}

    office.start("p")
    few = instructions(office.database, count)
    for _ in range(40):
        office.start("p")
    assert instructions(office.database, count) <= few + 20


def test_what_is_late_is_told_without_reading_what_is_not_due(office: Office) -> None:
    office.deploy(("timer.bpmn", TIMER))

    def look() -> None:
        with office.database.read() as db:
            assert health._alarms(db, ADMIN, office.clock.now())["count"] == 0

    office.start("timer")
    few = instructions(office.database, look)
    for _ in range(40):
        office.start("timer")
    assert instructions(office.database, look) <= few + 20


def test_a_version_is_deployed_without_reading_what_cases_wait_for(office: Office) -> None:
    spaces = 0

    def deploy() -> None:
        nonlocal spaces
        spaces += 1
        office.deploy(("waits.bpmn", WAITS + b" " * spaces))

    deploy()
    few = instructions(office.database, deploy)
    waiting(office, 40)
    assert instructions(office.database, deploy) <= few + 50


def test_the_latest_of_the_audit_log_are_found_among_all_events(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_window, "NEXT", 20)
    page: dict[str, Any] = {"limit": 2}

    def look() -> None:
        with office.database.read() as db:
            assert len(search_audit_logs(db, AUDITOR, Search({}, LATEST, page))["items"]) == 2

    ended(office, 10)
    few = [instructions(office.database, look)]
    with office.database.read() as db:
        end = search_audit_logs(db, AUDITOR, Search({}, LATEST, page))["page"]["endCursor"]
    ended(office, 80)
    many = [instructions(office.database, look)]
    page["after"] = end  # as deep as it is now
    many.append(instructions(office.database, look))
    assert max(many) <= few[0] * 1.1


def test_what_is_to_be_signed_is_found_among_all_that_is_signed(office: Office, tmp_path: Path) -> None:
    notary = Notary(office, tmp_path)

    def sign() -> None:
        assert notary.checkpoints.make(whole=False) == 1

    def after_hours(number: int) -> int:
        for _ in range(number):
            ended(office, 10)
            assert notary.checkpoints.make(whole=False) == 1
            office.advance("PT2H")
        office.start("p")
        return instructions(office.database, sign)

    few = [after_hours(1) for _ in range(2)][-1]
    assert after_hours(6) <= few * 1.1


def test_postgresql_finds_the_latest_of_the_audit_log_along_its_months(emptied_postgres: str) -> None:
    office = Office(emptied_postgres)
    office.deploy(("letter.bpmn", LETTER))
    case = office.start("p")
    row = "'2026-05-01T' || lpad((n / 3600)::text, 2, '0') || ':00:00.000000Z', CASE WHEN n % 5 = 0 THEN 'hold-placed' ELSE 'flow-taken' END, 'somchai', '{}', ''"
    with office.database.write() as db:
        added = "INSERT INTO history_event (process_instance_key, sequence, at, type, actor, body, hash)"
        db.execute(text(f"{added} SELECT {case}, n, {row} FROM generate_series(1000, 81000) n"))
        db.execute(text("ANALYZE history_event"))

    def look() -> None:
        with office.database.read() as db:
            assert len(search_audit_logs(db, AUDITOR, Search({}, LATEST, {"limit": 2}))["items"]) == 2

    looked = [said for said in asked_by(office.database, look) if "history_event" in said[0]]
    assert len(looked) == 3  # where the page ends, the page, how many there are
    assert reads_whole(office.database, looked, "history_event_before") == []
    office.close()


def test_cases_are_counted_without_being_read(office: Office) -> None:
    ended(office, 3)

    def look() -> None:
        with office.database.read() as db:
            found = search_instances(db, AUDITOR, Search({}, [{"field": "startDate", "order": "DESC"}], {"limit": 2}))
        assert len(found["items"]) == 2 < found["page"]["totalItems"]

    statement, parameters = asked_by(office.database, look)[-1]
    with office.database.read() as db:
        plan = [str(row[3]) for row in db.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
    assert [line for line in plan if "process_" in line] == [
        "SCAN process_instance USING COVERING INDEX ix_process_instance_listed"
    ]


def test_the_latest_cases_of_a_process_are_found_among_all_of_it(office: Office) -> None:
    request = Search({"processDefinitionId": "p"}, [{"field": "startDate", "order": "DESC"}], {"limit": 2})

    def look() -> None:
        with office.database.read() as db:
            assert len(search_instances(db, AUDITOR, request)["items"]) == 2

    ended(office, 5)
    few = instructions(office.database, look)
    ended(office, 40)
    each = (instructions(office.database, look) - few) / 40
    assert each < 20  # each is counted, as far as they are
