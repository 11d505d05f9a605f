"""krabuan worker: a node of a cluster that does what is due, and answers nobody but who watches over it."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterable
from typing import Any

from api.cli.place import add_place_options, opened
from api.cli.server import Server
from api.ending import patience_of
from api.leaving import leaving_of
from api.logs import set_up_logs
from api.service import NO_RULES
from api.watching.settings import metrics_of, traced

PORT = 8081
THREADS = 4  # for who watches; what is due is done by threads of its own
WATCHED = ("/livez", "/readyz", "/metrics", "/v2/status")


def register(commands: Any) -> None:
    """The command and its options."""
    parser = commands.add_parser("worker", help="do what is due, beside krabuan serve, on one PostgreSQL")
    parser.add_argument("--host", default="127.0.0.1", help="where to answer who watches (default 127.0.0.1)")
    parser.add_argument("--port", type=int, default=PORT, help=f"on which port (default {PORT})")
    add_place_options(parser)
    parser.set_defaults(run=run, threads=THREADS, behind_proxy=False)


def run(options: argparse.Namespace) -> int:
    """Bring the schema up to date, then work until a signal ends it."""
    for read in (leaving_of, patience_of, metrics_of, traced):
        read(os.environ)  # before anything is begun
    set_up_logs()
    with opened(options) as runtime:
        if runtime.database.is_sqlite:
            raise OSError("a worker needs PostgreSQL: an SQLite database has one process, krabuan serve")
    print(f"Krabuan works; whoever watches asks http://{options.host}:{options.port}", flush=True)
    WorkServer(options, NO_RULES).run()
    return 0


class WorkServer(Server):
    """A server of whose paths only those for watching are there."""

    def load(self) -> Any:
        """As Server.load."""
        app = super().load()
        app.wsgi_app = _only_watched(app.wsgi_app)
        return app


def _only_watched(inner: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if environ.get("PATH_INFO") in WATCHED:
            return inner(environ, start)
        start("404 Not Found", [("Content-Type", "text/plain; charset=utf-8"), ("X-Content-Type-Options", "nosniff")])
        return [b"This node works; it serves nobody.\n"]

    return answer
