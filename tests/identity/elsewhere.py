"""An identity provider of others (the certified oidc-provider) and our server, both real, on the loopback interface."""

from __future__ import annotations

import fcntl
import hashlib
import html
import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import yaml

ROOT = Path(__file__).resolve().parents[2]
NODE = Path(__file__).parent / "node"
START = "from api.cli import main; raise SystemExit(main())"
PEOPLE = {
    "p-1": {
        "name": "สมศรี ตัวอย่าง", "preferred_username": "somsri", "email": "somsri@example.go.th",
        "groups": ["idp-clerks", "idp-elsewhere"], "roles": ["idp-auditors"],
    },
    "p-2": {"name": "Somebody else", "preferred_username": "ann", "groups": []},
    "p-3": {"name": "Without a name here", "groups": []},
    "p-4": {"name": "Added before", "preferred_username": "added", "groups": ["idp-clerks"]},
}  # fmt: skip
MAPPING = {
    "groups": {"idp-clerks": "clerks", "idp-checkers": ["checkers"], "idp-ghosts": "ghosts"},
    "roles": {"idp-auditors": "auditor", "idp-owners": {"role": "process-owner", "process": "*"}},
}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def node_command() -> list[str]:
    """How to run the wheel's node, the provider installed beside its script as the lock file says."""
    tool = [sys.executable, str(ROOT / "build_backend" / "frontend.py")]
    (ROOT / ".krabuan").mkdir(exist_ok=True)
    wanted = hashlib.sha256((NODE / "package-lock.json").read_bytes()).hexdigest()
    stamp = NODE / "node_modules" / ".lock-digest"
    with open(ROOT / ".krabuan" / "identity-node.lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not stamp.is_file() or stamp.read_text(encoding="ascii") != wanted:
            install = [*tool, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
            subprocess.run(install, cwd=NODE, check=True, capture_output=True)
            stamp.write_text(wanted, encoding="ascii")
    return [*tool, "node"]


@dataclass(frozen=True)
class Elsewhere:
    """The addresses of our server and of the provider, and the path of our provider."""

    ours: str
    theirs: str

    @property
    def begin(self) -> str:
        return f"{self.ours}/v2/session/providers/ministry"


@contextmanager
def running(command: list[str], folder: Path, name: str, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process whose output goes to a file; ended in the end."""
    with open(folder / f"{name}.log", "wb") as log:
        process = subprocess.Popen(
            command, stdout=log, stderr=log, cwd=NODE, env={**os.environ, **environment}, start_new_session=True
        )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)


@contextmanager
def both(folder: Path, database: str) -> Iterator[Elsewhere]:
    """Both servers; the database is filled already."""
    ours, theirs = free_port(), free_port()
    where = Elsewhere(f"http://127.0.0.1:{ours}", f"http://127.0.0.1:{theirs}")
    provider = {
        "id": "ministry", "th": "บัญชีกระทรวง", "en": "Ministry account", "issuer": where.theirs, "clientId": "krabuan",
        "clientSecret": {"variable": "TEST_OIDC_SECRET"}, "scopes": ["openid", "profile", "email", "groups"],
        "adopts": True, **MAPPING,
    }  # fmt: skip
    (folder / "identity.yaml").write_text(yaml.safe_dump({"providers": [provider], "secondFactor": ["auditor", "staff"]}), encoding="utf-8")
    secret = "a-secret-of-this-test-alone"
    idp = [*node_command(), str(NODE / "provider.mjs"), str(theirs), "krabuan", secret, where.begin, json.dumps(PEOPLE)]
    serve = [sys.executable, "-c", START, "serve", "--no-content", "--port", str(ours), "--database", database]
    environment = {"PYTHONPATH": str(ROOT), "TEST_OIDC_SECRET": secret}
    with (
        running(idp, folder, "provider"),
        running([*serve, "--data", str(folder)], folder, "server", **environment),
    ):
        wait_until_up(f"{where.theirs}/.well-known/openid-configuration", folder / "provider.log")
        wait_until_up(f"{where.ours}/v2/status", folder / "server.log")
        yield where


def wait_until_up(url: str, log: Path) -> None:
    """Ask until it answers; fail with its log when a minute is over."""
    import time

    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            if httpx.get(url, timeout=5).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError(f"{url} does not answer:\n{log.read_text(encoding='utf-8')}")


def answer_form(browser: httpx.Client, page: httpx.Response, **values: str) -> httpx.Response:
    """Send the form of a page of the provider, its hidden members and `values`."""
    action = re.search(r'<form[^>]*action="([^"]+)"', page.text)
    assert action is not None, page.text
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text))
    target = page.url.join(html.unescape(action[1]))
    return browser.post(target, data={**hidden, **values})


def to_callback(browser: httpx.Client, where: Elsewhere, login: str) -> str:
    """Sign in at the provider; the address of ours to which it sends the browser then."""
    page = follow(browser, browser.get(where.begin), where)
    while not isinstance(page, str):
        values = {"login": login, "password": "any"} if 'name="login"' in page.text else {}
        page = follow(browser, answer_form(browser, page, **values), where)
    return page


def follow(browser: httpx.Client, response: httpx.Response, where: Elsewhere) -> httpx.Response | str:
    """Follow redirections to a page, or to the address of our callback without asking it."""
    while response.is_redirect:
        url = str(response.url.join(response.headers["Location"]))
        if url.startswith(f"{where.begin}/callback"):
            return url
        response = browser.get(url)
    assert response.status_code == 200, response.text
    return response


def sign_in(browser: httpx.Client, where: Elsewhere, login: str) -> httpx.Response:
    """The answer of our callback."""
    return browser.get(to_callback(browser, where, login))


def sign_out_there(browser: httpx.Client, where: Elsewhere) -> None:
    """End the session at the provider, in the browser that is signed in there."""
    page = browser.get(f"{where.theirs}/session/end")
    ended: Any = answer_form(browser, page, logout="yes")
    assert ended.is_redirect or ended.status_code == 200, ended.text
