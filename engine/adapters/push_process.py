"""A process of its own that sends one message by apprise, and can reach nothing but what it is told.

It runs by itself (`python -I`), without the environment of the service: names are what the guard has resolved, every
connection to another number is refused by an audit hook (PEP 578), which nothing can take away, and so is every new
process. It reads {address, title, body, host, numbers, port} in JSON and answers {"sent": bool, "statuses": [int]}.
"""

from __future__ import annotations

import contextlib
import io
import json
import resource
import socket
import sys
from typing import Any

import requests
from apprise import Apprise, AppriseAsset, PersistentStoreMode

PATIENCE = 10.0  # seconds
MOST_MEMORY = 512 << 20  # bytes: an answer without an end ends here
_NEVER = ("subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "socket.bind", "socket.send",
          "socket.gethost")  # fmt: skip


def _confine(host: str, numbers: list[str], port: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it writes no files
    reachable = {(number, port) for number in numbers}

    def look_up(name: str | bytes, *_: Any, **__: Any) -> list[Any]:
        text = name.decode() if isinstance(name, bytes) else name
        if text.lower().rstrip(".") != host:
            raise OSError("another host")
        stream = (socket.SOCK_STREAM, socket.IPPROTO_TCP, "")
        return [
            (socket.AF_INET6, *stream, (n, port, 0, 0)) if ":" in n else (socket.AF_INET, *stream, (n, port))
            for n in numbers
        ]

    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "socket.connect" and tuple(arguments[1])[:2] not in reachable:
            raise PermissionError("another address")
        if event.startswith(_NEVER):
            raise PermissionError(event)

    socket.getaddrinfo = look_up  # type: ignore[assignment]
    sys.addaudithook(refuse)


def _watch() -> list[int]:
    """The statuses of the answers, as they come."""
    statuses: list[int] = []
    send = requests.Session.send

    def watched(session: requests.Session, request: requests.PreparedRequest, **more: Any) -> requests.Response:
        session.trust_env = False
        more |= {"verify": True, "proxies": {}, "timeout": PATIENCE, "allow_redirects": False}
        answer = send(session, request, **more)
        statuses.append(answer.status_code)
        return answer

    requests.Session.send = watched  # type: ignore[method-assign,assignment]
    return statuses


def main() -> None:
    """Send what standard input tells."""
    told = json.load(sys.stdin)
    statuses = _watch()
    asset = AppriseAsset(app_id="Krabuan", app_desc="", app_url="", image_url_mask="", image_path_mask="",
                         storage_mode=PersistentStoreMode.MEMORY, plugin_paths=[])  # fmt: skip
    service = Apprise.instantiate(told["address"], asset=asset)
    _confine(told["host"], told["numbers"], told["port"])
    with contextlib.redirect_stdout(io.StringIO()):
        sent = service is not None and bool(service.notify(body=told["body"], title=told["title"]))
    json.dump({"sent": sent, "statuses": statuses, "known": service is not None}, sys.stdout)


if __name__ == "__main__":
    main()
