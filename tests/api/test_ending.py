"""A server process that is asked to end: it says so, ends what waits, finishes what is at work, signs, and exits with 0."""

from __future__ import annotations

import json
import shutil
import socket
import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from api.ending import Ending, Patience, patience_of
from api.leaving import WrongSetting
from api.live import ENDED, Announcement, Live
from engine.history.checkpoint import grown
from engine.store.database import Database
from tests.api.node import LONG, Node, serving
from tests.api.people import PASSWORD
from tests.api.world import World

POLL = {"type": "nobody-makes-such", "timeout": 60_000, "maxJobsToActivate": 5, "worker": "w", "requestTimeout": 50_000}


@pytest.fixture
def data(world_file: tuple[Path, World], tmp_path: Path) -> Path:
    """A folder in which the office at work is the data of a server."""
    (tmp_path / "data").mkdir(mode=0o700)
    shutil.copy(world_file[0], tmp_path / "data" / "krabuan.db")
    return tmp_path


@pytest.fixture
def lock(data: Path) -> Iterator[sqlite3.Connection]:
    """Another program, which can hold the database so that a request does not come to its end."""
    connection = sqlite3.connect(data / "data" / "krabuan.db", isolation_level=None, check_same_thread=False)
    yield connection
    connection.close()


@contextmanager
def streaming(node: Node) -> Iterator[Iterator[str]]:
    """The lines of a live stream that has begun."""
    with httpx.stream("GET", f"{node.base}/v2/events", auth=("ann", PASSWORD), timeout=LONG) as answer:
        lines = answer.iter_lines()
        assert next(lines).startswith("retry:")
        yield lines


def in_use(node: Node, sample: str) -> float:
    text = node.get("/metrics", auth=("admin", PASSWORD)).text
    return next((float(line.split()[-1]) for line in text.splitlines() if line.startswith(sample)), 0.0)


def wait_until_it_measures(node: Node, sample: str, value: float) -> None:
    end = time.monotonic() + LONG
    while in_use(node, sample) != value:
        assert time.monotonic() < end, f"{sample} never was {value}"
        time.sleep(0.02)


def test_it_ends_in_good_order_under_requests(data: Path, lock: sqlite3.Connection, world_file: tuple[Path, World]) -> None:
    world = world_file[1]
    with serving(data, KRABUAN_SHUTDOWN_DELAY="2") as node, streaming(node) as lines, ThreadPoolExecutor(3) as threads:
        poll = threads.submit(httpx.post, f"{node.base}/v2/jobs/activation", json=POLL, auth=("worker", PASSWORD), timeout=LONG)
        wait_until_it_measures(node, 'krabuan_waiting_requests{kind="polls"}', 1)
        lock.execute("BEGIN IMMEDIATE")
        claim = threads.submit(
            httpx.post, f"{node.base}/v2/user-tasks/{world.task}/assignment", json={"assignee": "ann"},
            auth=("ann", PASSWORD), timeout=LONG,
        )  # fmt: skip
        wait_until_it_measures(node, 'krabuan_requests_in_flight{state="at_work"}', 1)
        asked = time.monotonic()
        node.signal()
        assert node.wait_until_it_answers("/readyz", 503).json()["reason"] == "ending"
        assert node.get("/livez").status_code == 200 and node.get("/v2/status").status_code == 204, "it still serves"
        assert [line for line in lines if line.startswith("event")] == [], "the stream ends, and is opened anew elsewhere"
        assert poll.result(LONG).json() == {"jobs": []} and time.monotonic() - asked < 40, "and so does the poll"
        assert not claim.done(), "what is at work is let finish"
        lock.execute("ROLLBACK")
        assert claim.result(LONG).status_code == 204
        node.signal()  # a second one changes nothing
        assert node.ended() == 0
        with pytest.raises(httpx.TransportError):
            node.get("/livez")
        log = node.log()
    assert all_signed(data)
    told = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    assert "not ready: ending" in [line["message"] for line in told if line["logger"] == "krabuan.health"]
    assert lock.execute("SELECT assignee FROM user_task WHERE key = ?", (world.task,)).fetchone() == ("ann",)


def all_signed(data: Path) -> bool:
    """Whether a checkpoint covers every event."""
    database = Database(f"sqlite:///{data / 'data' / 'krabuan.db'}")
    with database.read() as db:
        found = grown(db, -1)
    database.close()
    return not found


def test_what_does_not_finish_is_cut_off_in_time(data: Path, lock: sqlite3.Connection, world_file: tuple[Path, World]) -> None:
    world = world_file[1]
    with serving(data, KRABUAN_SHUTDOWN_GRACE="1") as node, ThreadPoolExecutor(1) as threads:
        lock.execute("BEGIN IMMEDIATE")
        claim = threads.submit(
            httpx.post, f"{node.base}/v2/user-tasks/{world.task}/assignment", json={"assignee": "ann"},
            auth=("ann", PASSWORD), timeout=LONG,
        )  # fmt: skip
        wait_until_it_measures(node, 'krabuan_requests_in_flight{state="at_work"}', 1)
        node.signal()
        assert node.ended() == 0
        with pytest.raises(httpx.TransportError):
            claim.result(LONG)
        lock.execute("ROLLBACK")
    assert lock.execute("SELECT assignee FROM user_task WHERE key = ?", (world.task,)).fetchone() == (None,)
    assert "requests were cut off" in node.log()


def test_a_connection_on_which_nothing_comes_is_not_waited_for(data: Path) -> None:
    with serving(data, KRABUAN_SHUTDOWN_GRACE="50") as node:
        host, _, port = node.base.removeprefix("http://").partition(":")
        with socket.create_connection((host, int(port))), httpx.Client(base_url=node.base) as idle:
            assert idle.get("/livez").status_code == 200
            asked = time.monotonic()
            node.signal()
            assert node.ended() == 0
            assert time.monotonic() - asked < 40, "long before the requests in flight would be cut off"


def test_how_long_it_waits_is_a_setting() -> None:
    assert patience_of({}) == Patience(0, 15)
    found = patience_of({"KRABUAN_SHUTDOWN_DELAY": "5", "KRABUAN_SHUTDOWN_GRACE": "30.5"})
    assert found == Patience(5, 30.5) and found.whole > 35.5
    for wrong in ("-1", "x", "nan", "999999"):
        with pytest.raises(WrongSetting, match="KRABUAN_SHUTDOWN_GRACE"):
            patience_of({"KRABUAN_SHUTDOWN_GRACE": wrong})


def test_whoever_listens_is_told_at_once_however_far_behind() -> None:
    live = Live()
    with live.listening() as behind:
        for _ in range(1000):
            live.announce("user-task", {})
        live.end()
        live.announce("user-task", {})
        found = [behind.get_nowait() for _ in range(behind.qsize())]
        assert ENDED in found and all(isinstance(one, Announcement) for one in found)
    with live.listening() as late:
        assert late.get_nowait() is ENDED
    since = live.changes
    assert live.wait(since, LONG) == since, "and nobody waits any more"


def test_one_that_does_not_stop_keeps_nothing_else_from_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.ending.AT_HAND", 0.05)
    done: list[str] = []
    never = threading.Event()

    def broken() -> None:
        raise OSError("no folder")

    ending = Ending(Live())
    ending.stops(lambda: done.append("scheduler"), lambda: bool(never.wait(LONG)))  # type: ignore[arg-type, func-returns-value]
    ending.lasts(lambda: done.append("signed"), broken, lambda: done.append("closed"))
    assert ending.finish() is False
    assert done == ["scheduler", "signed", "closed"]
    assert ending.finish() is True and done == ["scheduler", "signed", "closed"], "once"
    never.set()


def test_a_worker_is_watched_and_ends_as_a_server_does(postgres_url: str, tmp_path: Path) -> None:
    with serving(tmp_path, url=postgres_url, works=True, KRABUAN_METRICS="open") as node:
        told = node.get("/metrics").text
        assert "krabuan_database_up 1.0" in told and 'krabuan_commands_total{command="TidyUp",outcome="done"}' in told
        assert node.get("/livez").status_code == 200 and node.get("/v2/topology").status_code == 404
        node.signal()
        assert node.ended() == 0
    assert "in time" not in node.log()
