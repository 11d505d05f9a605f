"""The guarded client against real servers: only allowed hosts, at the numbers that were checked, and not for ever."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.adapters.guard import Guard, HostRefused
from engine.adapters.guarded_http import GuardedHttp
from engine.model.hosts import AllowedHost
from engine.ports import Refused
from tests.channels.receiver import receiver
from tests.notify.test_mail_tls import certificate


class Names:
    """A name server of the test: each answer of a name once, the last one for ever; counts the questions."""

    def __init__(self, **answers: list[list[str]]) -> None:
        self.answers, self.asked = answers, 0

    def __call__(self, host: str, _port: int) -> list[str]:
        self.asked += 1
        left = self.answers[host.partition(".")[0]]
        return left.pop(0) if len(left) > 1 else left[0]


def client(*allowed: AllowedHost, names: Names | None = None, **more: object) -> GuardedHttp:
    guard = Guard(lambda: allowed) if names is None else Guard(lambda: allowed, names)
    return GuardedHttp(guard, **more)  # type: ignore[arg-type]


def test_what_is_allowed_arrives() -> None:
    with receiver() as there:
        answer = client(there.listed()).post(there.url + "?a=1", b"body", {"X-Test": "1"})
    (got,) = there.got
    assert (answer.status, got.path, got.body, got.headers["x-test"]) == (204, "/hook?a=1", b"body", "1")
    assert got.headers["host"] == f"127.0.0.1:{there.port}"


@pytest.mark.parametrize("private", [True, False])
def test_what_is_not_listed_is_refused_before_anything_is_sent(private: bool) -> None:
    with receiver() as there:
        for entry in ([], [AllowedHost("127.0.0.1", there.port + 1, "http", private)], [AllowedHost("127.0.0.1", there.port, "https", private)]):
            with pytest.raises(HostRefused, match="not on the list"):
                client(*entry).post(there.url, b"", {})
    assert there.got == []


def test_this_machine_and_the_inside_only_if_the_entry_says_so() -> None:
    with receiver() as there:
        with pytest.raises(HostRefused, match="this machine itself"):
            client(there.listed(private=False)).post(there.url, b"", {})
    assert there.got == []


@pytest.mark.parametrize("numbers", [["127.0.0.1"], ["10.1.2.3"], ["8.8.8.8", "127.0.0.1"], ["::ffff:127.0.0.1"], ["169.254.169.254"]])
def test_a_name_that_means_an_address_inside(numbers: list[str]) -> None:
    with receiver() as there:
        names = Names(hooks=[numbers])
        with pytest.raises(HostRefused):
            client(there.listed("hooks.test", private=False), names=names).post(f"http://hooks.test:{there.port}/", b"", {})
    assert there.got == []


def test_the_name_is_asked_once_so_that_it_cannot_change_its_meaning() -> None:
    """DNS rebinding: at the second question the name would mean another address."""
    with receiver() as there:
        names = Names(hooks=[["127.0.0.1"], ["192.0.2.1"]])
        client(there.listed("hooks.test"), names=names).post(f"http://hooks.test:{there.port}/", b"x", {})
    assert (names.asked, len(there.got)) == (1, 1)
    assert there.got[0].headers["host"] == f"hooks.test:{there.port}"


def test_the_next_number_when_one_does_not_answer() -> None:
    with receiver() as there:
        names = Names(hooks=[["127.0.0.9", "127.0.0.1"]])  # the server listens at one of them alone
        assert client(there.listed("hooks.test"), names=names).post(f"http://hooks.test:{there.port}/", b"x", {}).status == 204


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed(status: int) -> None:
    """Not even to what is allowed; so none leads to what is not."""
    with receiver() as there, receiver() as inside:
        there.answers = [(status, {"Location": inside.url})]
        answer = client(there.listed(), inside.listed()).post(there.url, b"x", {})
    assert (answer.status, answer.headers["location"], inside.got) == (status, inside.url, [])


def test_no_proxy_of_the_environment_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with receiver() as there, receiver() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, proxy.url)
        client(there.listed()).post(there.url, b"x", {})
    assert (len(there.got), proxy.got) == (1, [])


@pytest.mark.parametrize("headers", [{"X": "a\r\nHost: b"}, {"X": "a\nb"}, {"X\r\nY": "a"}, {"X": "ก"}, {"X Y": "a"}, {"X:": "a"}, {"X": "\x00"}])
def test_no_header_gets_in(headers: dict[str, str]) -> None:
    with receiver() as there:
        with pytest.raises(Refused):
            client(there.listed()).post(there.url, b"", headers)
    assert there.got == []


def test_more_than_the_limit_is_not_sent() -> None:
    with receiver() as there:
        with pytest.raises(Refused):
            client(there.listed()).post(there.url, b"x" * ((1 << 20) + 1), {})
    assert there.got == []


@pytest.mark.parametrize("host", ["hooks.test", "elsewhere.test"])
def test_a_server_has_to_prove_the_name_not_the_number(host: str, tmp_path: Path) -> None:
    file = certificate(tmp_path, host)
    with receiver(file) as there:
        names, url = Names(hooks=[["127.0.0.1"]]), f"https://hooks.test:{there.port}/"
        with pytest.raises(OSError, match="SSL"):
            client(there.listed("hooks.test"), names=names).post(url, b"x", {})  # nobody whom the machine trusts
        trusting = client(there.listed("hooks.test"), names=names, authorities=file)
        if host == "hooks.test":
            assert trusting.post(url, b"x", {}).status == 204
        else:
            with pytest.raises(OSError, match="CertificateError"):
                trusting.post(url, b"x", {})
    assert len(there.got) == (host == "hooks.test")


@contextlib.contextmanager
def trickling(text: bytes) -> Iterator[int]:
    """A server that never comes to an end: it says the same again and again while it is listened to."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        line, _ = listening.accept()
        with line:
            line.recv(65536)
            with contextlib.suppress(OSError):
                while True:
                    line.sendall(text)

    thread = threading.Thread(target=serve)
    thread.start()
    yield listening.getsockname()[1]
    thread.join()
    listening.close()


@pytest.mark.parametrize("text", [b"HTTP/1.1 100 Continue\r\n\r\n", b"x"])
def test_who_never_ends_is_cut_off(text: bytes) -> None:
    with trickling(text) as port:
        with pytest.raises(OSError):
            client(AllowedHost("127.0.0.1", port, "http", True), whole=0.2).post(f"http://127.0.0.1:{port}/", b"x", {})


def test_who_says_nothing_is_cut_off() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(OSError):
            client(AllowedHost("127.0.0.1", port, "http", True), whole=0.1).post(f"http://127.0.0.1:{port}/", b"x", {})


def test_an_endless_body_is_not_read() -> None:
    with trickling(b"HTTP/1.1 200 OK\r\n\r\nendless\r\n") as port:
        assert client(AllowedHost("127.0.0.1", port, "http", True)).post(f"http://127.0.0.1:{port}/", b"x", {}).status == 200


def test_nobody_there_is_told_as_such() -> None:
    with receiver() as there:
        pass
    with pytest.raises(OSError, match="cannot be reached"):
        client(there.listed()).post(there.url, b"x", {})


def test_an_entry_taken_away_is_closed_at_once() -> None:
    with receiver() as there:
        allowed = [there.listed()]
        http = GuardedHttp(Guard(lambda: allowed))
        http.post(there.url, b"x", {})
        allowed.clear()
        with pytest.raises(HostRefused):
            http.post(there.url, b"x", {})
    assert len(there.got) == 1
