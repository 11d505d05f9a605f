"""Short messages to people's own channels by apprise, which opens its own connections: so it runs in a process of its
own that reaches nothing but the numbers that the guard has checked."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from engine.adapters.guard import Guard, HostRefused
from engine.model.hosts import NoAddress
from engine.model.push import target_of
from engine.model.webhooks import LATER
from engine.ports import Refused

WHOLE = 30.0  # seconds
_PROCESS = Path(__file__).with_name("push_process.py")
# of the service's own variables none: no proxies, no certificates of somebody else, no secrets
_ENVIRONMENT = {"LC_ALL": "C.UTF-8", "NETRC": "/dev/null", "HOME": "/nonexistent", "PATH": ""}


@dataclass(frozen=True, slots=True)
class ApprisePusher:
    """As engine.ports.Pusher."""

    guard: Guard
    whole: float = WHOLE

    def push(self, address: str, title: str, body: str) -> None:
        """As Pusher.push."""
        try:
            url = target_of(address)
        except NoAddress as error:
            raise HostRefused(str(error)) from None
        where, numbers = self.guard.check(url)
        told = {"address": address, "title": title, "body": body, "host": where.host, "port": where.port,
                "numbers": numbers}  # fmt: skip
        try:
            done = subprocess.run(
                [sys.executable, "-I", str(_PROCESS)], input=json.dumps(told).encode(), capture_output=True,
                timeout=self.whole, env=_ENVIRONMENT, cwd="/", check=True,
            )  # fmt: skip
            said = json.loads(done.stdout)
        except subprocess.TimeoutExpired:
            raise OSError(f"{where.host} did not answer in time") from None
        except (subprocess.CalledProcessError, ValueError):
            # what it printed may quote the address, which is a secret
            raise OSError(f"nothing could be sent to {where.host}") from None
        if said["sent"]:
            return
        refused = [status for status in said["statuses"] if 300 <= status < 500 and status not in LATER]
        if refused or not said["known"]:
            raise Refused(f"{where.host} refused it: {refused[0] if refused else 'this is no address of its service'}")
        raise OSError(f"{where.host} did not accept it")
