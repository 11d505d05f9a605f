"""Measures: what is counted, who may read them, and that they name no person and no case."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Row, event, insert, text

from api.app import create_app
from api.leaving import WrongSetting
from api.runtime import Runtime
from api.watching.metrics import Metrics
from api.watching.settings import watch_of
from api.watching.watch import Watch
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.fire_timer import KINDS
from engine.commands.make_token import MakeToken
from engine.commands.run_builtin_job import TYPES
from engine.commands.transaction import Transaction
from engine.errors import EngineError
from engine.jobs.work import work
from engine.model.actor import SYSTEM
from engine.queries.figures import MOST, what_waits
from engine.store import tables as t
from tests.api.people import PASSWORD
from tests.api.watched import client_of, copied, figure, figures, watched
from tests.api.world import World, actor
from tests.conftest import START, TestClock


@pytest.fixture
def seen(world_file: tuple[Path, World], tmp_path: Path, clock: TestClock) -> Iterator[Runtime]:
    """The office at work, measured."""
    with watched(copied(world_file[0], tmp_path), clock) as runtime:
        yield runtime


@pytest.fixture
def world(world_file: tuple[Path, World]) -> World:
    return world_file[1]


def add_job(runtime: Runtime, key: int, world: World, **columns: object) -> None:
    row = {"key": key, "kind": "TIMER", "type": "timer", "state": "PENDING", "payload": {}, "due_at": runtime.clock.now(),
           "created_at": runtime.clock.now(), "process_instance_key": world.waiting}  # fmt: skip
    with runtime.database.write() as db:
        db.execute(insert(t.job).values(**row | columns))


def test_requests_are_counted_by_operation_and_status(seen: Runtime, world: World) -> None:
    client = client_of(seen)
    for key in (world.waiting, world.working, 4):
        client.get(f"/v2/process-instances/{key}", auth=("admin", PASSWORD))
    client.get("/somewhere/else", buffered=True)
    client.open("/v2/user-tasks/1", method="NONSENSE")
    found, operation = figures(seen), "GET /v2/process-instances/<key:key>"
    assert figure(found, "krabuan_requests_total", operation=operation, status="200") == 2
    assert figure(found, "krabuan_requests_total", operation=operation, status="404") == 1
    assert figure(found, "krabuan_request_duration_seconds_count", operation=operation) == 3
    assert figure(found, "krabuan_request_duration_seconds_count", operation="other") == 2, "addresses are no labels"


def test_commands_are_counted_by_outcome(seen: Runtime, world: World) -> None:
    ann = actor(seen, "ann")
    seen.bus.run(ClaimTask(world.task), ann)
    seen.bus.run(CompleteTask(world.task), ann)
    with pytest.raises(EngineError):
        seen.bus.run(CompleteTask(world.task), ann)
    found = figures(seen)
    assert figure(found, "krabuan_commands_total", command="CompleteTask", outcome="done") == 1
    assert figure(found, "krabuan_commands_total", command="CompleteTask", outcome="refused") == 1
    assert figure(found, "krabuan_command_duration_seconds_count", command="CompleteTask") == 2


def test_a_job_is_counted_with_how_late_it_was(seen: Runtime, world: World, clock: TestClock) -> None:
    add_job(seen, 7, world)
    clock.advance(timedelta(seconds=20))
    add_job(seen, 8, world, kind="SIGNAL", due_at=clock.now())  # what it needs is not in it
    while work(seen.bus):
        pass
    found = figures(seen)
    assert figure(found, "krabuan_jobs_total", kind="TIMER", outcome="done") == 1
    assert figure(found, "krabuan_job_lag_seconds_sum", kind="TIMER") == 20
    assert figure(found, "krabuan_jobs_total", kind="SIGNAL", outcome="failed") == 1
    assert figure(found, "krabuan_job_lag_seconds_count", kind="SIGNAL") == 0


def test_what_was_taken_back_with_others_is_counted_when_it_is_done(
    seen: Runtime, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = KINDS["TIMER"]

    def act(tx: Transaction, row: Row[Any]) -> None:
        real(tx, row)
        if row.key == 8:
            raise RuntimeError("broken")

    monkeypatch.setitem(KINDS, "TIMER", act)
    add_job(seen, 7, world)
    add_job(seen, 8, world)
    work(seen.bus)
    found = figures(seen)
    assert figure(found, "krabuan_jobs_total", kind="TIMER", outcome="done") == 1
    assert figure(found, "krabuan_jobs_total", kind="TIMER", outcome="failed") == 1
    assert figure(found, "krabuan_commands_total", command="FireTimer", outcome="done") == 1


def test_what_waits_is_found_at_a_scrape(seen: Runtime, world: World, clock: TestClock) -> None:
    before = figures(seen)
    add_job(seen, 7, world, due_at=clock.now() - timedelta(seconds=90))
    add_job(seen, 8, world, due_at=clock.now() + timedelta(seconds=90))
    add_job(seen, 9, world, kind="BPMN_ELEMENT", type="krabuan:log")
    add_job(seen, 10, world, kind="BPMN_ELEMENT", type="pack")
    with seen.database.write() as db:
        db.execute(text("UPDATE delivery SET state = 'PENDING'"))
    after = figures(seen)

    def more(name: str) -> float:
        return figure(after, name) - figure(before, name)

    assert more("krabuan_jobs_due") == 2 and figure(after, "krabuan_jobs_oldest_due_seconds") == 90
    assert more("krabuan_worker_jobs_waiting") == 1 and more("krabuan_deliveries_waiting") == 1
    assert figure(after, "krabuan_incidents_open") == 1 and figure(after, "krabuan_database_up") == 1


def test_what_is_in_use_is_told(seen: Runtime) -> None:
    seen.streams.take(), seen.polls.take(), seen.gate.enter()
    with seen.database.read():
        found = figures(seen)
    assert figure(found, "krabuan_waiting_requests", kind="streams") == 1
    assert figure(found, "krabuan_waiting_requests", kind="polls") == 1
    assert figure(found, "krabuan_waiting_requests_most", kind="streams") == seen.streams.count
    assert figure(found, "krabuan_requests_in_flight", state="at_work") == 1
    assert figure(found, "krabuan_database_connections", state="in_use") >= 1
    assert [value for (name, _), value in found.items() if name == "krabuan_build_info"] == [1]


@pytest.mark.parametrize("url", ["sqlite_url", "postgres_url"])
def test_every_statement_is_counted_whichever_way_it_goes(url: str, request: pytest.FixtureRequest) -> None:
    """Those of SQLAlchemy, those that go past it, those of a pipeline."""
    from engine.commands.seed_calendar import SeedCalendar
    from engine.store.migrations import upgrade

    with watched(request.getfixturevalue(url), TestClock(START)) as runtime:
        upgrade(runtime.database)
        metrics = runtime.watch.metrics
        assert metrics is not None
        before = counted(metrics)
        runtime.bus.run(SeedCalendar(), SYSTEM)
        after = counted(metrics)
        assert after["SELECT"] > before["SELECT"] and after["INSERT"] > before["INSERT"]
        assert after["COMMIT"] > before["COMMIT"]
        with pytest.raises(Exception, match="nowhere"), runtime.database.read() as db:
            db.execute(text("DELETE FROM nowhere"))
        assert counted(metrics)["DELETE"] == after["DELETE"] + 1, "one that fails, too"


def counted(metrics: Metrics) -> dict[str, float]:
    from prometheus_client.parser import text_string_to_metric_families

    families = text_string_to_metric_families(metrics.text().decode())
    return {
        s.labels["kind"]: s.value for f in families for s in f.samples if s.name == "krabuan_sql_duration_seconds_count"
    }


def test_measures_name_no_person_and_no_case(seen: Runtime, world: World) -> None:
    seen.bus.run(ClaimTask(world.task), actor(seen, "ann"))
    client = client_of(seen)
    client.get("/v2/users/ann", auth=("admin", PASSWORD))
    client.get("/v2/users/secret-name", auth=("admin", PASSWORD))
    told = client.get("/metrics", auth=("admin", PASSWORD)).text
    for secret in ("ann", "secret-name", str(world.task), str(world.waiting), "sdk-order", PASSWORD):
        assert f'"{secret}"' not in told and f"/{secret}" not in told


def test_who_may_read_them(seen: Runtime) -> None:
    client = client_of(seen)

    def status(who: str | None) -> int:
        return client.get("/metrics", auth=(who, PASSWORD) if who else None).status_code

    assert [status(who) for who in ("admin", "auditor", "worker")] == [200, 200, 200]
    assert [status(who) for who in ("ann", "owner")] == [403, 403] and status(None) == 401
    token = seen.bus.run(MakeToken("worker", "prometheus", permissions=("metrics:read",)), SYSTEM)["token"]
    bearer = {"Authorization": f"Bearer {token}"}
    assert client.get("/metrics", headers=bearer).status_code == 200
    assert client.get("/v2/process-instances/1", headers=bearer).status_code == 403, "and for nothing else"
    other = seen.bus.run(MakeToken("worker", "jobs", permissions=("job:work",)), SYSTEM)["token"]
    assert client.get("/metrics", headers={"Authorization": f"Bearer {other}"}).status_code == 403


def test_they_may_be_open_and_they_may_be_off(world_file: tuple[Path, World], tmp_path: Path, clock: TestClock) -> None:
    url = copied(world_file[0], tmp_path)
    with watched(url, clock, Watch(Metrics(public=True))) as runtime:
        assert client_of(runtime).get("/metrics").status_code == 200
    with watched(url, clock, Watch()) as runtime:
        assert client_of(runtime).get("/metrics").status_code == 404
    for said, measured in (({}, True), ({"KRABUAN_METRICS": "open"}, True), ({"KRABUAN_METRICS": "off"}, False)):
        watch = watch_of(said, url)
        assert (watch.metrics is not None) is measured
        assert watch.metrics is None or watch.metrics.public is (said.get("KRABUAN_METRICS") == "open")
    with pytest.raises(WrongSetting, match="KRABUAN_METRICS"):
        watch_of({"KRABUAN_METRICS": "yes"}, url)


def test_passwords_are_not_guessed_there(office: Runtime) -> None:
    from api.limits import Limits, Rate, Rates

    rates = Rates(account=None, address=None, failures=Rate(0.001, 2))
    client = create_app(office, limits=Limits(rates)).test_client(use_cookies=False)
    statuses = [client.get("/v2/health", auth=("ann", "wrong")).status_code for _ in range(2)]
    assert statuses == [401, 401]
    assert client.get("/metrics", auth=("ann", "wrong")).status_code == 503


def test_a_scrape_is_as_quick_however_much_waits(seen: Runtime, world: World, clock: TestClock) -> None:
    """Along indexes, and no further than MOST."""
    planned: list[str] = []

    def explain(connection: object, _cursor: object, statement: str, given: object, *_about: object) -> None:
        if statement.startswith("SELECT"):
            rows = connection.connection.driver_connection.execute(f"EXPLAIN QUERY PLAN {statement}", given)  # type: ignore[attr-defined]
            planned.extend(f"{row[3]}: {statement}" for row in rows)

    row = {"kind": "TIMER", "type": "timer", "state": "PENDING", "payload": {}, "due_at": clock.now(),
           "created_at": clock.now(), "process_instance_key": world.waiting}  # fmt: skip
    with seen.database.write() as db:
        db.execute(insert(t.job), [{**row, "key": key} for key in range(1, MOST + 100)])
    event.listen(seen.database.engine, "before_cursor_execute", explain)
    with seen.database.read() as db:
        found = what_waits(db, clock.now(), KINDS, TYPES)
    assert found.due == MOST and found.oldest_due == clock.now()
    assert planned and [step for step in planned if step.startswith("SCAN") and "subquery" not in step.lower()
                        and not step.startswith(("SCAN anon", "SCAN (", "SCAN checkpoint"))] == []  # fmt: skip


def test_measures_are_there_when_the_database_is_not(seen: Runtime, tmp_path: Path) -> None:
    metrics = seen.watch.metrics
    assert metrics is not None
    seen.database.close()
    (tmp_path / "watched.db").write_bytes(b"no database" * 1000)
    told = metrics.text().decode()
    assert "krabuan_database_up 0.0" in told and "krabuan_incidents_open" not in told
    assert "krabuan_build_info" in told


def test_many_threads_count_right(seen: Runtime) -> None:
    metrics = seen.watch.metrics
    assert metrics is not None

    def count() -> None:
        for _ in range(500):
            metrics.command("X", "done", 0.001)

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert figure(figures(seen), "krabuan_commands_total", command="X", outcome="done") == 2000
