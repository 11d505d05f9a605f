"""The queue that the nodes of a cluster share: Procrastinate, in the same PostgreSQL as everything else.

It holds due rows only (what is due later stays in our table), and none of its locks: both would hold up what is due
now. Who does a portion says that it lives; when a node is silent for a while, another does what it had begun. Each row
is looked at again under its lock by who does it, so that doing a portion twice does nothing twice.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from procrastinate import App, PsycopgConnector, RetryStrategy, SyncPsycopgConnector
from procrastinate.exceptions import ConnectorException

TASK = "krabuan.due"
BEAT, SILENT = 5.0, 20.0  # seconds between two signs of life, and after which a node counts as dead
POLL = 1.0  # seconds: the safety net under NOTIFY
AGAIN = 1.0  # seconds until a worker whose database went away begins anew
LEAVING = 10.0  # seconds that portions at hand may take when a node ends
_EMPTY = "SELECT NOT EXISTS (SELECT FROM procrastinate_jobs WHERE status IN ('todo', 'doing'))"
log = logging.getLogger("krabuan.queue")


class ProcrastinateQueue:
    """Implements the Queue port; between `start` and `stop` this node does its share."""

    def __init__(self, conninfo: str, do: Callable[[Sequence[int]], None], at_once: int = 4) -> None:
        """`do` does the due rows with these keys, in a thread of its own, `at_once` portions at a time."""
        self._conninfo, self._do, self._at_once = conninfo, do, at_once
        self._giving = self._app(SyncPsycopgConnector())  # never opened: it writes by connections that it is handed
        self._thread = threading.Thread(target=self._run, name="queue", daemon=True)
        self._stopping = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._at_work: asyncio.Task[None] | None = None
        logging.getLogger("procrastinate").setLevel(logging.WARNING)  # a line for each portion tells nobody anything

    def hand_over(self, driver: Any, portions: Sequence[Sequence[int]]) -> None:
        """As Queue.hand_over."""
        given: list[Any] = [{"keys": list(keys)} for keys in portions]
        self._giving.configure_task(TASK, connection=driver).batch_defer(*given)

    def is_empty(self, driver: Any) -> bool:
        """As Queue.is_empty."""
        return bool(driver.execute(_EMPTY).fetchone()[0])

    def start(self) -> None:
        """Begin to do what is given."""
        self._thread.start()

    def stop(self) -> None:
        """End after the portions at hand; those that take too long are done again by another node."""
        self._stopping.set()
        if self._loop is not None and self._at_work is not None:
            with suppress(RuntimeError):  # it has ended by itself meanwhile
                self._loop.call_soon_threadsafe(self._at_work.cancel)
        self._thread.join(LEAVING + AGAIN)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                asyncio.run(self._work())
            except Exception as error:  # the database went away: what was begun is silent, and is done again
                log.warning("the queue is left and entered again: %s", type(error).__name__)
                self._stopping.wait(AGAIN)

    async def _work(self) -> None:
        self._loop = asyncio.get_running_loop()
        connector = PsycopgConnector(conninfo=self._conninfo, min_size=1, max_size=self._at_once + 2, timeout=SILENT)
        async with self._app(connector).open_async() as app:
            self._at_work = asyncio.create_task(_worker(app, self._at_once))
            if self._stopping.is_set():
                self._at_work.cancel()
            waking = asyncio.create_task(_wake_the_silent(app))
            with suppress(asyncio.CancelledError):
                await self._at_work
            waking.cancel()

    def _app(self, connector: Any) -> App:
        app = App(connector=connector)
        # a portion fails when the database goes away in the middle of it
        again = RetryStrategy(wait=1)

        @app.task(name=TASK, retry=again)
        def due(keys: list[int]) -> None:
            self._do(keys)

        return app


async def _worker(app: App, at_once: int) -> None:
    await app.run_worker_async(
        concurrency=at_once, install_signal_handlers=False, delete_jobs="always", fetch_job_polling_interval=POLL,
        update_heartbeat_interval=BEAT, stalled_worker_timeout=SILENT, shutdown_graceful_timeout=LEAVING,
    )  # fmt: skip


async def _wake_the_silent(app: App) -> None:
    """Give back, again and again, what silent nodes had begun."""
    while True:
        await asyncio.sleep(BEAT)
        try:
            for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENT):
                await app.job_manager.retry_job(job)
        except ConnectorException as error:  # another node was faster, or the database went away
            log.info("what silent nodes had begun is looked at again later: %s", error)
