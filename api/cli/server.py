"""The HTTP server of a node: gunicorn around the service."""

from __future__ import annotations

import argparse
import os
import sys
from typing import Any

from gunicorn.app.base import BaseApplication
from werkzeug.middleware.proxy_fix import ProxyFix

from api.cli.node import Node
from api.cli.place import database_url
from api.ending import patience_of
from api.logs import ServerLog
from api.memory import keep_little_of_what_is_freed, keep_what_is_loaded, look_seldom_through_all
from api.proof import proof_of
from api.providers import SignInRules
from api.service import factor_key_of, open_service

SWITCH_EVERY = 0.001  # seconds


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn publishes no types
    """gunicorn with one process of many threads: the engine's wake-ups and live events stay in it."""

    def __init__(self, options: argparse.Namespace, rules: SignInRules, *, works: bool = True) -> None:
        """`works`: whether it does what is due, besides answering."""
        self._rules, self._works = rules, works
        self._url, self._threads, self._proxied = database_url(options), options.threads, options.behind_proxy
        self._proof, self._factor_key = proof_of(options.data), factor_key_of(options.data)
        host, port = options.host, options.port
        self._options = {
            "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
            "workers": 1,
            "worker_class": Node,
            "threads": options.threads,
            "timeout": 120,
            "graceful_timeout": round(patience_of(os.environ).whole),
            "keepalive": 30,
            "loglevel": "warning",
            "logger_class": ServerLog,
            "control_socket_disable": True,
        }
        super().__init__()

    def load_config(self) -> None:
        """Hand our settings to gunicorn."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def run(self) -> None:
        """Serve until a signal ends it."""
        keep_little_of_what_is_freed()
        look_seldom_through_all()
        keep_what_is_loaded()  # before the fork
        super().run()

    def load(self) -> Any:
        """Called in the worker process: the database is opened there, never carried over a fork."""
        # a thread that has its answer, from a mail server or a disk, waits so long at most for one that computes
        sys.setswitchinterval(SWITCH_EVERY)
        app = open_service(
            self._url, self._threads, self._proof, rules=self._rules, factor_key=self._factor_key, works=self._works
        )
        keep_what_is_loaded()
        if self._proxied:
            app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]
        return app
