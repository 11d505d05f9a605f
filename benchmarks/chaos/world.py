"""Everything that a storm goes over: PostgreSQL, its lines to the nodes, the nodes, and a mail server."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from benchmarks.arrival.receivers import SOMEWHERE, Ledger, post_office
from benchmarks.chaos.content import DOMAIN, prepare
from benchmarks.chaos.line import Line, Lines
from benchmarks.chaos.network import Namespace, namespaces
from benchmarks.chaos.node import Node, Setting
from benchmarks.chaos.postgres import DATABASE, Postgres, postgres
from benchmarks.http.serving import ROOT, free_port

PATIENCE = 120.0  # seconds for nodes to answer
LOOPBACK = "127.0.0.1"


@dataclass(slots=True)
class World:
    """`nodes` of both roles; `network` is how they are cut off: namespaces, or lines alone."""

    postgres: Postgres
    nodes: Sequence[Node]
    ledger: Ledger
    folder: Path
    network: str

    @property
    def addresses(self) -> list[tuple[str, int]]:
        """Where clients ask."""
        return [(node.setting.host, node.setting.port) for node in self.nodes if node.setting.role == "serve"]

    def until_served(self) -> None:
        """As until_all_serve; those that only work answer, too."""
        until_all_serve([(node.setting.host, node.setting.port) for node in self.nodes])


def until_all_serve(addresses: Sequence[tuple[str, int]]) -> None:
    """Wait until every node at these answers; raises RuntimeError when one does not in time."""
    end = time.monotonic() + PATIENCE
    for host, port in addresses:
        while not _answers(host, port):
            if time.monotonic() > end:
                raise RuntimeError(f"the node at {host}:{port} does not answer")
            time.sleep(0.1)


@contextmanager
def world(
    folder: Path, roles: Sequence[str], ledger: Ledger, people: int, isolated: bool = False,
    releases: Sequence[Path] = (),
) -> Iterator[World]:  # fmt: skip
    """Nodes of these roles over the database in `folder`, running; with `isolated` each in a network of its own where
    the machine permits it. `releases` are the folders of their code, where it is not this one's."""
    with ExitStack() as stack:
        server = stack.enter_context(postgres(folder / "postgres"))
        prepare(server.url, people)
        lines, mail = stack.enter_context(Lines()), stack.enter_context(post_office(ledger))
        spaces = stack.enter_context(namespaces(len(roles))) if isolated else ()
        nodes = [
            _node(number, role, folder, server, lines, mail, spaces[number] if spaces else None, releases)
            for number, role in enumerate(roles)
        ]
        made = World(server, nodes, ledger, folder, "namespaces and lines" if spaces else "lines")
        for node in nodes:
            stack.callback(node.kill)
            node.start()
        made.until_served()
        yield made
        for node in nodes:
            node.stop()


def _node(
    number: int, role: str, folder: Path, server: Postgres, lines: Lines, mail: int, space: Namespace | None,
    releases: Sequence[Path],
) -> Node:  # fmt: skip
    line = lines.open(server.socket, space.back_here if space else LOOPBACK)
    post: Line = lines.open((LOOPBACK, mail), space.front_here if space else LOOPBACK)
    url = f"postgresql+psycopg://postgres@{line.host}:{line.port}/{DATABASE}"
    told = environment(post.host, post.port)
    place = (space.front, 8080) if space else (LOOPBACK, free_port())
    release = releases[number] if releases else ROOT
    log = folder / f"node-{number}.log"
    return Node(Setting(role, *place, url, folder / "data", log, told, release), line, space)


def environment(mail_host: str, mail_port: int) -> dict[str, str]:
    """What a node is told of its surroundings."""
    return {
        "KRABUAN_SMTP_HOST": mail_host, "KRABUAN_SMTP_PORT": str(mail_port), "KRABUAN_PUBLIC_URL": SOMEWHERE,
        "KRABUAN_SMTP_SENDER": f"krabuan@{DOMAIN}",
    }  # fmt: skip


def _answers(host: str, port: int) -> bool:
    connection = HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/v2/status")
        return connection.getresponse().status < 300
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
