"""Nodes tell each other what happens; what is not heard is made good by looking again."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from sqlalchemy import text

from benchmarks.chaos.line import Lines
from engine.adapters.relay import LONGEST, Relay, clock_difference
from engine.store.database import Database
from tests.cluster.conftest import wait_until_it_is

LATE = 0.3  # seconds


class Ear:
    """Remembers what was heard."""

    def __init__(self) -> None:
        self.said: list[tuple[str, Any]] = []
        self.missing = threading.Semaphore(0)
        self.gathered: list[tuple[str, Any]] = []
        self.differences: list[tuple[float, float]] = []

    def heard(self, kind: str, data: Any) -> None:
        self.said.append((kind, data))

    def missed(self) -> None:
        self.missing.release()

    def to_tell(self) -> Sequence[tuple[str, Any]]:
        told, self.gathered = self.gathered, []
        return told

    def clock_differs(self, least: float, most: float) -> None:
        self.differences.append((least, most))


class Nodes:
    """Relays over one database, begun as they are asked for."""

    def __init__(self, url: str) -> None:
        self.database = Database(url)
        self.made: list[Relay] = []

    def node(self, name: str) -> tuple[Relay, Ear]:
        ear = Ear()
        relay = Relay(self.database.conninfo(), ear, {"host": name})
        relay.start()
        self.made.append(relay)
        assert ear.missing.acquire(timeout=60), "it listens"
        return relay, ear

    def pair(self) -> tuple[tuple[Relay, Ear], tuple[Relay, Ear]]:
        """Two that know each other."""
        first, second = self.node("a"), self.node("b")
        wait_until_it_is(lambda: len(first[0].peers()) == len(second[0].peers()) == 1, "they know each other")
        return first, second

    def close(self) -> None:
        for relay in self.made:
            relay.stop()
        self.database.close()


@pytest.fixture
def nodes(shared_url: str) -> Iterator[Nodes]:
    made = Nodes(shared_url)
    yield made
    made.close()


def test_what_one_node_tells_the_others_hear_and_it_does_not(nodes: Nodes) -> None:
    (first, mine), (_, other) = nodes.pair()
    first.tell("announced", ["user-task", {"userTaskKey": "1"}])
    wait_until_it_is(lambda: ("announced", ["user-task", {"userTaskKey": "1"}]) in other.said, "the other hears it")
    assert mine.said == []


def test_a_node_alone_tells_nobody(nodes: Nodes) -> None:
    relay, ear = nodes.node("a")
    relay.tell("changed", None)
    ear.gathered = [("taken", {})]
    wait_until_it_is(lambda: not ear.gathered, "what came together is asked for")
    assert relay.peers() == [] and relay._out.empty()


def test_nodes_know_each_other_until_one_says_goodbye(nodes: Nodes) -> None:
    (first, _), (second, _) = nodes.pair()
    assert [peer.about for peer in first.peers()] == [{"host": "b"}]
    second.stop()
    nodes.made.remove(second)
    wait_until_it_is(lambda: not first.peers(), "it has gone")


def test_who_is_silent_for_long_is_not_counted(nodes: Nodes, monkeypatch: pytest.MonkeyPatch) -> None:
    (first, _), _ = nodes.pair()
    monkeypatch.setattr("engine.adapters.relay.SILENT", -1.0)
    assert first.peers() == []


def test_what_is_gathered_is_told_and_the_same_thing_once(nodes: Nodes) -> None:
    (first, mine), (_, other) = nodes.pair()
    for _ in range(50):
        first.tell("changed", None)
    mine.gathered = [("taken", {"account": {"ann": 3}})]
    wait_until_it_is(lambda: ("taken", {"account": {"ann": 3}}) in other.said, "it is told")
    assert 1 <= other.said.count(("changed", None)) < 50


def test_much_is_told_in_several_messages_and_too_much_not_at_all(nodes: Nodes, caplog: pytest.LogCaptureFixture) -> None:
    (first, _), (_, other) = nodes.pair()
    long = "x" * (LONGEST // 3)
    for number in range(10):
        first.tell("announced", [number, long])
    first.tell("announced", ["huge", "x" * LONGEST])
    wait_until_it_is(lambda: len(other.said) == 10, "all but one arrive")
    assert {data[0] for _, data in other.said} == set(range(10))
    assert "too long" in caplog.text


def test_after_a_lost_connection_everything_is_looked_at_again(
    nodes: Nodes, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("engine.adapters.relay.AGAIN", 0.05)
    caplog.set_level(logging.CRITICAL, "krabuan.relay")
    (first, mine), (_, other) = nodes.pair()
    with nodes.database.write() as db:
        db.execute(text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        " WHERE pid <> pg_backend_pid() AND datname = current_database()"))  # fmt: skip
    assert mine.missing.acquire(timeout=60) and other.missing.acquire(timeout=60)

    def heard() -> bool:
        first.tell("changed", None)
        return ("changed", None) in other.said

    wait_until_it_is(heard, "they hear each other as before")


def test_clocks_are_compared_with_the_databases(nodes: Nodes) -> None:
    _, ear = nodes.node("a")
    wait_until_it_is(lambda: bool(ear.differences), "it was compared")
    least, most = ear.differences[0]
    assert least <= 0 <= most, "it is the same machine"


def test_an_answer_that_took_long_says_little_of_the_clock(postgres_url: str) -> None:
    """As when the network is slow, or the node was frozen while it asked: timers would fall due early or late."""
    place = conninfo_to_dict(Database(postgres_url).conninfo())
    with Lines() as lines:
        line = lines.open(Path(place["host"]) / f".s.PGSQL.{place.get('port', 5432)}")
        there = {**place, "host": line.host, "port": line.port}
        with psycopg.connect(make_conninfo(**there), autocommit=True) as connection:
            line.slow(LATE)
            late_least, late_most = clock_difference(connection)
            line.heal()
            least, most = clock_difference(connection)
    assert late_least <= -LATE < LATE <= late_most, "it is late both ways"
    assert late_least < least <= 0 <= most < late_most, "it is the same machine"
