"""Real nodes on one PostgreSQL: two that answer, and one that does what is due."""

from __future__ import annotations

import http.client
import json
from base64 import b64encode
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from api.cli import main
from api.runtime import open_runtime
from benchmarks.http.serving import KRABUAN, free_port, served, until_served
from engine.commands.add_person import AddPerson
from engine.commands.checking import Resource
from engine.commands.deploy import Deploy
from engine.model.actor import SYSTEM
from engine.store.migrations import upgrade
from tests.cluster.conftest import wait_until_it_is
from tests.execution.bench import diagram, flows, node, user

if TYPE_CHECKING:
    from tests.conftest import PostgresCluster

SECOND = "<bpmn:timerEventDefinition><bpmn:timeDuration>PT1S</bpmn:timeDuration></bpmn:timerEventDefinition>"
WAITS = diagram(
    node("startEvent", "s") + node("intermediateCatchEvent", "t", body=SECOND) + user("u") + flows("s t", "t u")
)
PASSWORD = "correct horse"


class Node:
    """One that answers."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._head = {
            "Authorization": "Basic " + b64encode(f"owner:{PASSWORD}".encode()).decode(),
            "Content-Type": "application/json",
        }

    def ask(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, None if body is None else json.dumps(body), self._head)
            answer = connection.getresponse()
            content = answer.read()
            return answer.status, json.loads(content) if content.startswith(b"{") else content
        finally:
            connection.close()

    @contextmanager
    def stream(self) -> Iterator[http.client.HTTPResponse]:
        """The live events, from now on."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", "/v2/events", headers=self._head)
            with connection.getresponse() as answer:
                assert answer.status == 200 and answer.readline().startswith(b"retry")
                yield answer
        finally:
            connection.close()


@pytest.fixture(scope="module")
def place(postgres_cluster: PostgresCluster) -> Iterator[str]:
    """The URL of a database with a process and somebody who may start it."""
    name = postgres_cluster.create()
    url = postgres_cluster.url(name)
    runtime = open_runtime(url)
    upgrade(runtime.database)
    runtime.bus.run(AddPerson("owner", "Owner", PASSWORD, roles=(("process-owner", "*"), ("client", ""))), SYSTEM)
    runtime.bus.run(Deploy((Resource("p.bpmn", WAITS),)), SYSTEM)
    runtime.close()
    yield url
    postgres_cluster.drop(name)


@pytest.fixture(scope="module")
def nodes(place: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Node, Node, Node]]:
    """Two that answer and do nothing by themselves, and a worker."""
    data = tmp_path_factory.mktemp("data")
    answering = ("serve", "--no-content", "--no-worker")
    with ExitStack() as running:
        made = []
        for command in (answering, answering, ("worker",)):
            port = free_port()
            told = (*KRABUAN, *command, "--port", str(port), "--database", place, "--data", str(data))
            running.enter_context(served(*told, port=port))
            made.append(Node(port))
        for one in made[:2]:
            until_served(one.port)
        yield made[0], made[1], made[2]


def test_a_timer_of_a_case_that_one_node_began_is_fired_by_another(nodes: tuple[Node, Node, Node]) -> None:
    first, second, _ = nodes
    status, case = first.ask("POST", "/v2/process-instances", {"processDefinitionId": "p"})
    assert status == 200, case
    wanted = {"filter": {"processInstanceKey": case["processInstanceKey"], "state": "CREATED"}}
    wait_until_it_is(
        lambda: second.ask("POST", "/v2/user-tasks/search", wanted)[1]["page"]["totalItems"] == 1, "the timer fires"
    )


def test_who_listens_at_one_node_hears_what_happens_at_another(nodes: tuple[Node, Node, Node]) -> None:
    first, second, _ = nodes
    wait_until_it_is(lambda: len(_brokers(first)) == 3 and len(_brokers(second)) == 3, "they know each other")
    with second.stream() as heard:
        _, case = first.ask("POST", "/v2/process-instances", {"processDefinitionId": "p"})
        told = b""
        while case["processInstanceKey"].encode() not in told:
            told = heard.readline()
            assert told, "the stream goes on"


def test_the_topology_names_every_node(nodes: tuple[Node, Node, Node]) -> None:
    first, _, _ = nodes
    wait_until_it_is(lambda: len(_brokers(first)) == 3, "they know each other")
    assert len({broker["brokerId"] for broker in _brokers(first)}) == 3


def _brokers(one: Node) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = one.ask("GET", "/v2/topology")[1]["brokers"]
    return found


def test_a_worker_answers_who_watches_and_nobody_else(nodes: tuple[Node, Node, Node]) -> None:
    worker = nodes[2]
    wait_until_it_is(lambda: worker.ask("GET", "/v2/status")[0] == 204, "it is there")
    assert worker.ask("GET", "/v2/topology")[0] == 404
    assert worker.ask("POST", "/v2/process-instances", {"processDefinitionId": "p"})[0] == 404
    assert worker.ask("GET", "/")[0] == 404


@pytest.mark.parametrize("command", [("worker",), ("serve", "--no-worker", "--no-content")])
def test_on_sqlite_there_is_one_process(
    command: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("serve", "worker"):  # the log of this process goes on as it was
        monkeypatch.setattr(f"api.cli.{module}.set_up_logs", lambda: None)
    assert main([*command, "--data", str(tmp_path), "--database", f"sqlite:///{tmp_path}/k.db"]) == 1
    assert "needs PostgreSQL" in capsys.readouterr().err
