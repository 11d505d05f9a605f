"""A real server process on a file of its own, for tests of how it starts, is loaded and ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[2]
LONG = 60.0  # seconds: nothing that is waited for takes so long


class Node:
    """A server and how to ask it."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, log: Path) -> None:
        self.process, self.base, self._log = process, f"http://127.0.0.1:{port}", log

    def get(self, path: str, **options: object) -> httpx.Response:
        return httpx.get(f"{self.base}{path}", timeout=LONG, **options)  # type: ignore[arg-type]

    def signal(self) -> None:
        """Ask it to end, as a supervisor does."""
        self.process.send_signal(signal.SIGTERM)

    def ended(self) -> int:
        """Its exit status, once it has ended."""
        return self.process.wait(LONG)

    def log(self) -> str:
        return self._log.read_text(encoding="utf-8")

    def wait_until_it_answers(self, path: str, status: int) -> httpx.Response:
        """Wait until the answer has this status."""
        end = time.monotonic() + LONG
        while time.monotonic() < end and self.process.poll() is None:
            try:
                if (answer := self.get(path)).status_code == status:
                    return answer
            except httpx.TransportError:
                pass
            time.sleep(0.02)
        raise AssertionError(f"{path} never answered {status}:\n{self.log()}")


@contextmanager
def serving(
    folder: Path, *options: str, url: str | None = None, works: bool = False, **environment: str
) -> Iterator[Node]:
    """`krabuan serve` on the database in `folder` (or at `url`), ready; `krabuan worker` with `works`. Killed in the end
    unless it has ended."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log, data = folder / "node.log", folder / "data"
    data.mkdir(mode=0o700, exist_ok=True)
    place = ["--database", url] if url is not None else []
    start = "import sys; from api.cli import main; sys.exit(main())"
    what = ["worker"] if works else ["serve", "--no-content"]
    command = [sys.executable, "-c", start, *what, "--data", str(data), "--port", str(port)]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, *place, *options], cwd=ROOT, env={**os.environ, "KRABUAN_RATE_LIMITS": "off", **environment},
            stdout=output, stderr=output, start_new_session=True,
        )  # fmt: skip
    node = Node(process, port, log)
    try:
        node.wait_until_it_answers("/readyz", 200)
        yield node
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(LONG)
