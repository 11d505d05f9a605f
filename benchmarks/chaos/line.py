"""What lies between a node and its database: a line of ours that is cut, held up, made slow, or deaf to answers."""

from __future__ import annotations

import asyncio
import socket
import struct
import threading
from collections.abc import Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any

CHUNK = 65_536
Target = Path | tuple[str, int]  # a Unix socket, or host and port
_Ends = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Line:
    """Listens on `host` and `port` and hands on to the target what comes. Made by Lines.open; safe to share between
    threads."""

    def __init__(self, lines: Lines, target: Target) -> None:
        self._lines, self._target = lines, target
        self._flows = asyncio.Event()
        self._flows.set()
        self._writers: set[asyncio.StreamWriter] = set()
        self._delay, self._deaf = 0.0, False
        self.host, self.port = "", 0

    async def listen(self, host: str) -> asyncio.Server:
        """Begin, on a port that the system chooses."""
        server = await asyncio.start_server(self._accept, host, 0)
        self.host, self.port = host, server.sockets[0].getsockname()[1]
        return server

    def cut(self) -> None:
        """Reset every connection, at both ends."""
        self._lines.do(self._cut)

    def hold(self) -> None:
        """From now on nothing arrives in either direction, and nobody is told."""
        self._lines.do(self._flows.clear)

    def deafen(self) -> None:
        """From now on what the target answers is lost, while it gets what it is sent: commits nobody hears of."""
        self._lines.do(lambda: setattr(self, "_deaf", True))

    def slow(self, seconds: float) -> None:
        """From now on all that arrives is so late."""
        self._lines.do(lambda: setattr(self, "_delay", seconds))

    def heal(self) -> None:
        """As new; connections that lost something are reset, those that were held up go on."""
        self._lines.do(self._heal)

    def _heal(self) -> None:
        if self._deaf:
            self._cut()
        self._deaf, self._delay = False, 0.0
        self._flows.set()

    def _cut(self) -> None:
        for writer in self._writers:
            _reset(writer)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        try:
            await self._flows.wait()
            there, back = await self._connect()
        except OSError:  # the target is down
            self._writers.discard(writer)
            _reset(writer)
            return
        self._writers.add(back)
        await asyncio.gather(self._pump(reader, back, False), self._pump(there, writer, True))
        self._writers -= {writer, back}

    async def _connect(self) -> _Ends:
        if isinstance(self._target, Path):
            return await asyncio.open_unix_connection(self._target)
        return await asyncio.open_connection(*self._target)

    async def _pump(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, answers: bool) -> None:
        with suppress(OSError):
            while data := await source.read(CHUNK):
                if self._delay:
                    await asyncio.sleep(self._delay)
                await self._flows.wait()
                if not (answers and self._deaf):
                    sink.write(data)
                    await sink.drain()
        sink.close()


def _reset(writer: asyncio.StreamWriter) -> None:
    """The other end is told by a reset, not by an orderly end."""
    with suppress(OSError):  # it has none any more
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


class Lines:
    """All lines of a world, in a thread of their own. A context manager."""

    def __enter__(self) -> Lines:
        self._loop, self._servers = asyncio.new_event_loop(), list[asyncio.Server]()
        self._lines: list[Line] = []
        self._thread = threading.Thread(target=self._loop.run_forever, name="lines")
        self._thread.start()
        return self

    def __exit__(self, *_about: object) -> None:
        for line in self._lines:
            line.cut()
        self._wait(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def open(self, target: Target, host: str = "127.0.0.1") -> Line:
        """A new line to the target."""

        async def opened() -> Line:
            line = Line(self, target)
            self._servers.append(await line.listen(host))
            return line

        line: Line = self._wait(opened())
        self._lines.append(line)
        return line

    def do(self, act: Any) -> None:
        """Call it in the thread of the lines, and return when it has been."""

        async def acted() -> None:
            act()

        self._wait(acted())

    def _wait(self, what: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(what, self._loop).result(30)

    async def _end(self) -> None:
        for server in self._servers:
            server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
