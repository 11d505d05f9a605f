"""The audit asks real advisory services by the real tools; here they are on loopback. Silence is never good news."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import ModuleType
from typing import Any
from urllib.parse import unquote

import pytest

Tool = Callable[[str], ModuleType]
OSV = {
    "id": "GHSA-test", "aliases": [], "summary": "a weakness", "modified": "2026-01-01T00:00:00Z",
    "affected": [{"package": {"ecosystem": "PyPI", "name": "flask"}, "versions": ["3.1.3"],
                  "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "9.9"}]}]}],
}  # fmt: skip
NPM = {
    "id": 1, "url": "https://advisories.example/1", "title": "a hole", "severity": "high", "vulnerable_versions": "<99",
    "cwe": [], "cvss": {"score": 0, "vectorString": None},
}  # fmt: skip


class Advisories(BaseHTTPRequestHandler):
    """An OSV service and the advisories of an npm registry; `weak` are the packages that have one."""

    weak: frozenset[str] = frozenset()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        asked: dict[str, Any] = json.loads(body)
        if self.path == "/v1/query":
            self._answer({"vulns": [OSV]} if asked["package"]["name"] in self.weak else {})
        else:
            self._answer({name: [NPM] for name in asked if name in self.weak})

    def do_GET(self) -> None:
        """A package with one version, so that nothing better can be proposed."""
        name = unquote(self.path.strip("/"))
        one = {"name": name, "version": "1.0.0"}
        self._answer({"name": name, "dist-tags": {"latest": "1.0.0"}, "versions": {"1.0.0": one}})

    def _answer(self, content: Any) -> None:
        body = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_about: object) -> None:
        """Say nothing."""


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., list[str]]]:
    """`service("flask")` knows of a weakness of flask; the options that ask it. npm is told by its environment."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Advisories)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    address = f"http://127.0.0.1:{server.server_address[1]}"
    monkeypatch.setenv("npm_config_registry", address)

    def knows(*weak: str) -> list[str]:
        monkeypatch.setattr(Advisories, "weak", frozenset(weak))
        return ["--osv", f"{address}/v1/query"]

    yield knows
    server.shutdown()
    thread.join()
    server.server_close()


def test_nothing_is_known(tool: Tool, service: Callable[..., list[str]], capsys: pytest.CaptureFixture[str]) -> None:
    assert tool("audit").main(service()) == 0
    assert "No known weakness" in capsys.readouterr().out


def test_what_is_weak_is_named(tool: Tool, service: Callable[..., list[str]], capsys: pytest.CaptureFixture[str]) -> None:
    assert tool("audit").main(service("flask", "react")) == 1
    told = capsys.readouterr().out
    assert "WEAK: flask 3.1.3: GHSA-test, fixed in 9.9" in told
    assert "WEAK: react <99: a hole (high), https://advisories.example/1" in told


def test_silence_is_no_good_news(
    tool: Tool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    nobody = "http://127.0.0.1:9"  # discard: nothing listens
    monkeypatch.setenv("npm_config_registry", nobody)
    assert tool("audit").main(["--osv", f"{nobody}/v1/query"]) == 3
    told = capsys.readouterr().out
    assert "not asked: Python packages" in told and "not asked: npm packages" in told and "No known" not in told


def test_what_was_skipped_was_not_asked(tool: Tool) -> None:
    """pip-audit itself ends well when the index knows none of the packages."""
    said = {"dependencies": [{"name": "flask", "skip_reason": "not found on PyPI"}, {"name": "six", "vulns": []}]}
    answer = tool("audit").read_pip_audit(json.dumps(said))
    assert (answer.status(), answer.unasked) == (3, ["1 of 2 Python packages, the first because: not found on PyPI"])


def test_a_weakness_weighs_more_than_silence(tool: Tool) -> None:
    audit = tool("audit")
    assert audit.Answer(["x 1: y"], ["npm packages: no answer"]).status() == 1


def test_wrong_options_are_refused(tool: Tool) -> None:
    with pytest.raises(SystemExit, match="usage"):
        tool("audit").main(["--all"])
