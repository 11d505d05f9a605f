"""One node of the world: a real process with a line to the database, which can be killed, frozen and cut off."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from benchmarks.chaos.line import Line
from benchmarks.chaos.network import Namespace
from benchmarks.http.serving import KRABUAN, ROOT, code_of


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a node runs, and over which database (its URL, as the node sees it). `role` is serve or worker;
    `release` is where its code is."""

    role: str
    host: str
    port: int
    database: str
    data: Path
    log: Path
    environment: Mapping[str, str]
    release: Path = ROOT


class Node:
    """A process that is started again when it ends, as a service manager does. Safe to share between threads."""

    def __init__(self, setting: Setting, line: Line | None = None, namespace: Namespace | None = None) -> None:
        self.setting, self._line, self.namespace = setting, line, namespace
        self._process: subprocess.Popen[bytes] | None = None
        self._wanted, self._lock = False, threading.Lock()
        self.ended_by_itself: list[tuple[float, int]] = []  # when (time.time()), and with which status

    @property
    def line(self) -> Line:
        """What lies between it and its database, where something does."""
        assert self._line is not None
        return self._line

    @property
    def pid(self) -> int | None:
        """Of the process, while there is one."""
        return None if self._process is None else self._process.pid

    def start(self) -> None:
        """Start it, unless it runs; returns at once."""
        with self._lock:
            self._wanted = True
            if self._process is None or self._process.poll() is not None:
                self._process = self._spawn()

    def kill(self) -> None:
        """At once and wholly, as a power cut does; it stays away until it is started."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ask it to end, and wait until it has."""
        self._end(signal.SIGTERM)

    def freeze(self) -> None:
        """It stands still, with all that it holds."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """It goes on, and does not know that time has passed."""
        self._signal(signal.SIGCONT)

    def look_after(self) -> None:
        """Start it again when it ended by itself, which is written down."""
        with self._lock:
            process = self._process
            if self._wanted and process is not None and process.poll() is not None:
                self.ended_by_itself.append((time.time(), process.returncode))
                self._process = self._spawn()

    def _spawn(self) -> subprocess.Popen[bytes]:
        s, inside = self.setting, () if self.namespace is None else self.namespace.enter
        bare = ("--no-content",) if s.role == "serve" else ()
        place = ("--host", s.host, "--port", str(s.port), "--database", s.database, "--data", str(s.data))
        environment = {**code_of(s.release), "KRABUAN_RATE_LIMITS": "off", **s.environment}
        with open(s.log, "ab") as log:
            return subprocess.Popen(
                [*inside, sys.executable, *KRABUAN, s.role, *bare, *place], cwd=s.release, env=environment,
                stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def _end(self, how: signal.Signals) -> None:
        with self._lock:
            self._wanted = False
            process = self._process
        if process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(process.pid, how)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _signal(self, what: signal.Signals) -> None:
        process = self._process
        if process is not None and process.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, what)
