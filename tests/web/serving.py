"""Start and stop a demo office for browser tests and for the pictures of the documentation."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import httpx

from tests.web.office import PASSWORD, Office

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def served(
    folder: Path,
    url: str | None = None,
    at: datetime | None = None,
    *,
    source: Path | None = None,
    content: Path | None = None,
    filled: Path | None = None,
) -> Iterator[Office]:
    """A demo office on SQLite in `folder` (or on the database `url`), served by a process of its own on a clock that can
    be moved; `at` is where the clock begins, `source` the folder of its Git source. With `content` it has the process in
    that folder alone, and is there a third sooner; with `filled` it goes on with a copy of the data that an office left
    in that folder. It is ended in good order, unless `kill` ended it before."""
    if filled is not None:
        shutil.copytree(filled / "data", folder / "data")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log, line = folder / "server.log", folder / "clock"
    line.unlink(missing_ok=True)
    environment = {**os.environ, "KRABUAN_DEMO_PASSWORD": PASSWORD, "PYTHONUNBUFFERED": "1"}
    if at is not None:
        environment["KRABUAN_TEST_START"] = at.isoformat()
    if source is not None:
        environment["KRABUAN_GIT_SOURCE"] = str(source)
    command = [sys.executable, "-m", "tests.web.server", str(line), "--port", str(port)]
    if url is not None:
        command += ["--database", url]
    if content is not None:
        command += ["--content", str(content)]
    with log.open("wb") as output:
        server = subprocess.Popen(
            [*command, "--data", str(folder / "data")], cwd=ROOT, env=environment, stdout=output, stderr=output,
            start_new_session=True,
        )  # fmt: skip
    office = Office(f"http://127.0.0.1:{port}", line, server.pid)
    try:
        _wait_until_served(office, server, log)
        yield office
    finally:
        office.close()
        server.terminate()
        server.wait(30)


def kill(office: Office) -> None:
    """End the server at once (SIGKILL), with every process that it began: nothing is written any more."""
    assert office.server is not None
    os.killpg(office.server, signal.SIGKILL)


def _wait_until_served(office: Office, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until and server.poll() is None:
        try:
            if httpx.get(f"{office.base}/v2/status", timeout=5).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.1)  # nobody to wait for yet: the port is not open
    raise RuntimeError(f"the server does not serve:\n{log.read_text(encoding='utf-8')}")
