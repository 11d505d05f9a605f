"""Back-pressure: so many are at work, some wait for a short time, the rest is asked to come again; then all is well."""

from __future__ import annotations

import shutil
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from api.app import create_app
from api.live import Slots
from api.runtime import Runtime
from api.watching.metrics import Metrics
from api.watching.pressure import Gate, Overloaded, gate_of
from api.watching.watch import Watch
from engine.commands.note_access import NoteAccess
from engine.errors import Busy
from engine.model.actor import SYSTEM
from tests.api.conftest import Caller
from tests.api.node import LONG, serving
from tests.api.people import PASSWORD
from tests.api.watched import copied, figure, figures, watched
from tests.api.world import World
from tests.conftest import TestClock

Callers = Callable[[str | None], Caller]


def test_more_than_the_places_wait_and_more_than_that_are_refused() -> None:
    gate = Gate(2, lambda: 1, patience=LONG)
    gate.enter(), gate.enter()
    came: list[str] = []
    waiting = threading.Thread(target=lambda: (gate.enter(), came.append("in")))
    waiting.start()
    wait_until_it_is(lambda: gate.waiting == 1)
    with pytest.raises(Overloaded) as refused:
        gate.enter()
    assert 1 <= refused.value.retry_after <= 3 and gate.refused == 1
    gate.leave()
    waiting.join(LONG)
    assert came == ["in"] and (gate.at_work, gate.waiting) == (2, 0)
    gate.leave(), gate.leave()
    assert gate.at_work == 0


def test_who_waits_too_long_is_refused_and_takes_no_place() -> None:
    gate = Gate(1, lambda: 5, patience=0.01)
    gate.enter()
    with pytest.raises(Overloaded):
        gate.enter()
    assert (gate.at_work, gate.waiting) == (1, 0)
    gate.leave()
    gate.enter()
    assert gate.at_work == 1


def test_places_go_to_who_waited_longest_and_none_is_lost() -> None:
    gate, busy, most = Gate(3, lambda: 100, patience=LONG), 0, 0
    lock = threading.Lock()

    def one() -> None:
        nonlocal busy, most
        gate.enter()
        with lock:
            busy += 1
            most = max(most, busy)
        with lock:
            busy -= 1
        gate.leave()

    with ThreadPoolExecutor(30) as threads:
        for done in [threads.submit(one) for _ in range(300)]:
            done.result(LONG)
    assert most <= 3 and (gate.at_work, gate.waiting, gate.refused) == (0, 0, 0)


def test_what_waits_for_events_leaves_less_room_to_wait_for_a_place() -> None:
    streams, polls = Slots(120), Slots(60)
    gate = gate_of(240, streams, polls)
    empty = gate._room()
    for _ in range(120):
        assert streams.take()
    for _ in range(60):
        assert polls.take()
    assert not streams.take()
    assert empty - gate._room() == 180 and gate._room() >= 4, "threads are left for those who are refused"


def test_a_refusal_is_a_problem_that_clients_know(office: Runtime, caller: Callers) -> None:
    office.gate = Gate(1, lambda: 0)
    office.gate.enter()
    answer = caller("ann")("GET", "/topology")
    body = answer.get_json()
    assert (answer.status_code, body["title"], body["code"]) == (503, "RESOURCE_EXHAUSTED", "overloaded")
    assert 1 <= int(answer.headers["Retry-After"]) <= 3 and body["th"] and body["en"]
    client = create_app(office).test_client()
    for probe in ("/v2/status", "/livez", "/readyz"):
        assert client.get(probe).status_code < 300, "who watches is answered all the same"
    office.gate.leave()
    assert caller("ann")("GET", "/topology").status_code == 200


def test_a_place_is_given_back_whatever_happens(office: Runtime, caller: Callers) -> None:
    for method, path in (("GET", "/topology"), ("GET", "/nothing"), ("POST", "/user-tasks/1/completion"), ("PUT", "/x")):
        create_app(office).test_client().open(f"/v2{path}", method=method, auth=("ann", PASSWORD))
    create_app(office).test_client().get("/v2/topology")  # nobody
    assert office.gate.at_work == 0


def test_a_poll_gives_its_place_to_another(at_work: tuple[Runtime, World], calling: Callers) -> None:
    runtime, _ = at_work
    body = {"type": "none", "timeout": 1000, "maxJobsToActivate": 1, "worker": "w", "requestTimeout": 50_000}
    with ThreadPoolExecutor(1) as threads:
        poll = threads.submit(lambda: calling("worker").post("/jobs/activation", body))
        wait_until_it_is(lambda: runtime.polls.in_use == 1)
        wait_until_it_is(lambda: runtime.gate.at_work == 0)
        runtime.live.end()
        assert poll.result(LONG)["jobs"] == []
    assert runtime.gate.at_work == 0 and runtime.polls.in_use == 0


def test_awaited_completions_are_bounded_as_polls_are(at_work: tuple[Runtime, World], calling: Callers) -> None:
    runtime, _ = at_work
    while runtime.polls.take():
        pass
    body = {"processDefinitionId": "sdk-order", "variables": {"orderId": "x"}, "awaitCompletion": True}
    answer = calling("narrow")("POST", "/process-instances", body)
    assert answer.status_code == 504 and answer.get_json()["processInstanceKey"]


def test_no_free_connection_is_a_503_and_no_fault_of_a_job(
    filled: Path, tmp_path: Path, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.store.database.PATIENCE", 0.05)
    with watched(copied(filled, tmp_path), clock) as runtime, ExitStack() as held:
        for _ in range(32):
            held.enter_context(runtime.database.read())
        answer = create_app(runtime).test_client().get("/v2/topology", auth=("ann", PASSWORD))
        assert (answer.status_code, answer.get_json()["title"]) == (503, "RESOURCE_EXHAUSTED")
        assert "QueuePool" not in answer.text and answer.headers["Retry-After"]
        assert create_app(runtime).test_client().get("/readyz").get_json()["reason"] == "database"
        with pytest.raises(Busy):
            runtime.bus.run(NoteAccess("case-read", ("1",), "x"), SYSTEM)
        held.close()
        assert create_app(runtime).test_client().get("/v2/topology", auth=("ann", PASSWORD)).status_code == 200


def test_refusals_are_counted(world_file: tuple[Path, World], tmp_path: Path, clock: TestClock) -> None:
    with watched(copied(world_file[0], tmp_path), clock, Watch(Metrics())) as runtime:
        runtime.gate = Gate(1, lambda: 0)
        runtime.gate.enter()
        assert create_app(runtime).test_client().get("/v2/topology").status_code == 503
        assert figure(figures(runtime), "krabuan_requests_refused_total") == 1


def test_a_server_under_far_too_much_answers_everybody(world_file: tuple[Path, World], tmp_path: Path) -> None:
    """Sixty at once on a server with room for a few: success or 503, never more at work than there are places."""
    (tmp_path / "data").mkdir(mode=0o700)
    shutil.copy(world_file[0], tmp_path / "data" / "krabuan.db")
    with serving(tmp_path, "--threads", "16") as node:
        statuses: Counter[int] = Counter()
        together, lock, most = threading.Barrier(60), threading.Lock(), [0.0]

        def ask() -> None:
            with httpx.Client(base_url=node.base, auth=("ann", PASSWORD), timeout=LONG) as client:
                together.wait(LONG)
                for _ in range(3):
                    answer = client.post("/v2/user-tasks/search", json={})
                    if answer.status_code == 503:
                        body = answer.json()
                        assert body["code"] == "overloaded" and int(answer.headers["Retry-After"]) >= 1, body
                    with lock:
                        statuses[answer.status_code] += 1

        with ThreadPoolExecutor(60) as threads:
            asked = [threads.submit(ask) for _ in range(60)]
            while not all(one.done() for one in asked):
                text = node.get("/metrics", auth=("admin", PASSWORD)).text
                line = next(one for one in text.splitlines() if one.startswith('krabuan_requests_in_flight{state="at_work"}'))
                most[0] = max(most[0], float(line.split()[-1]))
            for one in asked:
                one.result(LONG)
        assert statuses.keys() <= {200, 503} and statuses[200] >= 4 and sum(statuses.values()) == 180, statuses
        assert most[0] <= 4, "no more than the places"
        after = httpx.get(f"{node.base}/v2/topology", auth=("ann", PASSWORD), timeout=LONG)
        assert after.status_code == 200 and node.get("/readyz").status_code == 200, "and it is well afterwards"


def wait_until_it_is(true: Callable[[], bool]) -> None:
    end = time.monotonic() + LONG
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)
