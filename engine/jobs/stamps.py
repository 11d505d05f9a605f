"""Have exported checkpoints stamped with the time by somebody else (RFC 3161), and keep the stamps beside them.

A checkpoint says itself whether a stamp was to be asked for; that is signed, so a stamp that was taken away is missed.
Stamps are made in the order of the checkpoints, and one that is missing before others is never made again: it would
tell a later time, and hide that somebody took the first away.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import orjson
from sqlalchemy import select

from engine.ports import TimeStamper
from engine.store.database import Database
from engine.store.tables import checkpoint

AT_ONCE = 50
_NAME = re.compile(r"checkpoint-([0-9]{8,})\.tsr")


class Stamps:
    """The stamps of the checkpoints that one folder holds. Several nodes may make them: the first stamp stays."""

    def __init__(self, database: Database, folder: Path, stamper: TimeStamper) -> None:
        self._database, self._folder, self._stamper = database, folder, stamper

    def make(self) -> int:
        """Stamp what has no stamp yet, the oldest first, some at a time; returns how many.

        Raises OSError when the authority does not answer as it should, or the folder does not do; then the rest is
        stamped next time.
        """
        waiting = self._waiting()
        for number, body in waiting:
            self._keep(stamp_name(number), self._stamper.stamp(body.encode()))
        return len(waiting)

    def _waiting(self) -> list[tuple[int, str]]:
        named = (_NAME.fullmatch(path.name) for path in self._folder.iterdir())
        last = max((int(match.group(1)) for match in named if match), default=0)
        c = checkpoint.c
        with self._database.read() as db:
            rows = db.execute(select(c.key, c.body).where(c.key > last).order_by(c.key)).all()
        return [(row.key, row.body) for row in rows if orjson.loads(row.body).get("timeStamp")][:AT_ONCE]

    def _keep(self, name: str, token: bytes) -> None:
        made = self._folder / f".{name}.{os.getpid()}"
        with open(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as opened:
            opened.write(token)
            opened.flush()
            os.fsync(opened.fileno())
        try:
            os.link(made, self._folder / name)
        except FileExistsError:  # another node was faster: the earlier stamp is the better one
            pass
        finally:
            made.unlink()


def stamp_name(number: int) -> str:
    """The file of a checkpoint's time stamp."""
    return f"checkpoint-{number:08}.tsr"
