"""The process of gunicorn that serves, and how it ends: at first it only says that it does, then it takes no requests,
and those in flight finish."""

from __future__ import annotations

import logging
import os
import threading
import time
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

from api.ending import Ending, patience_of


class Node(ThreadWorker):  # type: ignore[misc]  # gunicorn publishes no types
    """Threads that serve one application."""

    def init_process(self) -> None:
        """As ThreadWorker.init_process; this process waits less than the one that watches it, which ends it then."""
        self._patience, self._leaving = patience_of(os.environ), False
        self.cfg.set("graceful_timeout", max(1, round(self._patience.grace)))
        super().init_process()

    def handle_exit(self, sig: int, frame: Any) -> None:
        """To end: SIGTERM, from whoever watches us and perhaps from whoever watches that."""
        self._leave(self._patience.delay)

    def handle_quit(self, sig: int, frame: Any) -> None:
        """To end soon: SIGINT and SIGQUIT."""
        self._leave(0.0)

    def run(self) -> None:
        """Serve until a signal, then end in good order."""
        super().run()
        ending = self._ending()
        ended = ending is None or ending.finish()
        if self.nr_conns > 0:
            logging.getLogger("krabuan.service").warning("%s requests were cut off", self.nr_conns)
        if self.nr_conns > 0 or not ended:  # a thread that still works would keep the interpreter from ending
            logging.shutdown()
            os._exit(0)

    def _leave(self, delay: float) -> None:
        if not self._leaving:
            self._leaving = True
            # beside the signal, which may have come while a lock was held
            threading.Thread(target=self._go, args=(delay,), name="leaving", daemon=True).start()

    def _go(self, delay: float) -> None:
        if (ending := self._ending()) is not None:
            ending.begin()
            time.sleep(delay)
        super().handle_exit(0, None)

    def _ending(self) -> Ending | None:
        """None while the application is not loaded."""
        application = getattr(self, "wsgi", None)
        found: Ending | None = getattr(application, "extensions", {}).get("krabuan-ending")
        return found

    def _cap_keepalive(self, deadline: float) -> None:
        """As ThreadWorker._cap_keepalive; connections on which nothing came yet are not waited for either."""
        super()._cap_keepalive(deadline)
        for connection in self.pending_conns:
            connection.timeout = min(connection.timeout, deadline)
