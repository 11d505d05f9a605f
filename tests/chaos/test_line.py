"""The line between a node and its database: it hands on what comes, and fails as networks do."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest

from benchmarks.chaos.line import Line, Lines


@pytest.fixture
def echo() -> Iterator[tuple[str, int]]:
    """A server that answers each connection with what it sends."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer(connection: socket.socket) -> None:
            with connection:
                try:
                    while data := connection.recv(1000):
                        heard.append(data)
                        connection.sendall(data)
                except OSError:  # it was reset
                    pass

        def serve() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                threading.Thread(target=answer, args=(connection,), daemon=True).start()

        heard.clear()
        thread = threading.Thread(target=serve)
        thread.start()
        yield server.getsockname()
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


heard: list[bytes] = []


@pytest.fixture
def line(echo: tuple[str, int]) -> Iterator[Line]:
    with Lines() as lines:
        yield lines.open(echo)


@pytest.fixture
def client(line: Line) -> Iterator[socket.socket]:
    with socket.create_connection((line.host, line.port), timeout=10) as connected:
        connected.sendall(b"hello")
        assert connected.recv(100) == b"hello"
        yield connected


def silent(client: socket.socket) -> bool:
    client.settimeout(0.3)
    try:
        return client.recv(100) is None
    except TimeoutError:
        return True
    finally:
        client.settimeout(10)


def test_what_is_cut_is_reset(line: Line, client: socket.socket) -> None:
    line.cut()
    with pytest.raises(ConnectionResetError):
        client.recv(100)


def test_what_is_held_up_arrives_when_it_is_healed(line: Line, client: socket.socket) -> None:
    line.hold()
    client.sendall(b"late")
    assert silent(client)
    line.heal()
    assert client.recv(100) == b"late"


def test_answers_to_the_deaf_are_lost_but_what_they_said_is_heard(line: Line, client: socket.socket) -> None:
    line.deafen()
    client.sendall(b"commit")
    assert silent(client)
    assert b"commit" in heard
    line.heal()
    with pytest.raises(ConnectionResetError):
        client.recv(100)


def test_who_is_not_there_is_not_reached_but_later(echo: tuple[str, int]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        nobody = gone.getsockname()
    with Lines() as lines:
        line = lines.open(nobody)
        with socket.create_connection((line.host, line.port), timeout=10) as client:
            with pytest.raises(ConnectionResetError):
                client.recv(100)
