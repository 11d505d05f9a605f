"""A server process of its own, waited for until it answers."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOTHING: Mapping[str, str] = {}
KRABUAN = ("-c", "import sys; from api.cli import main; sys.exit(main())")  # what `python` runs as the command line


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def code_of(folder: Path) -> dict[str, str]:
    """The environment of a process that runs the code in a folder."""
    return {**os.environ, "PYTHONPATH": str(folder)}


@contextmanager
def served(
    *command: str, port: int, environment: Mapping[str, str] = NOTHING, silent: bool = False
) -> Iterator[subprocess.Popen[bytes]]:
    """Run `python command...` and yield once the port answers; ended in the end, with its children. What it logs is
    shown, unless it is to be `silent`."""
    process = subprocess.Popen(
        [sys.executable, *command], cwd=ROOT, env={**os.environ, "KRABUAN_RATE_LIMITS": "off", **environment},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL if silent else None, start_new_session=True,
    )  # fmt: skip
    try:
        _wait(process, port)
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


def until_served(port: int) -> None:
    """Wait until the application answers: the port alone does before it is loaded."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            connection.request("GET", "/v2/openapi.json")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.05)
        finally:
            connection.close()
    raise RuntimeError("the application does not answer")


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("the server does not answer")
