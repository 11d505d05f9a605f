"""Archives: move histories of cases that have been over for long to files, and bring them back."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, islice
from pathlib import Path

from sqlalchemy import Connection, select

from engine.bus import Bus
from engine.commands.archive_history import ArchiveHistory, RestoreHistory
from engine.commands.retained import so_long_ago
from engine.errors import InvalidArgument
from engine.history.archive import OpenArchive, archive_body, archive_lines, archive_name
from engine.history.certificate import covered_cases
from engine.history.checkpoint import Head
from engine.history.orders import latest_order
from engine.history.sealing import People
from engine.history.signing import Signer
from engine.history.verify import verify_instance
from engine.jobs.checkpoints import Checkpoints
from engine.jobs.retention import check_account
from engine.model.actor import SYSTEM
from engine.store.archives import archived_of, cases_of, ends_at
from engine.store.holds import held
from engine.store.tables import history_archive, process_instance
from engine.store.tables.months import month_of

MOST = 2_000  # cases (with all that they called) of one file, and of one transaction
AT_ONCE = 200  # that are brought back in one transaction
_P = process_instance.c


@dataclass(frozen=True, slots=True)
class Ripe:
    """Cases that began in one month (`2026-04`) and can be archived together: their roots, and all of them."""

    month: str
    roots: tuple[int, ...]
    cases: tuple[Head, ...]

    @property
    def events(self) -> int:
        """Of their histories."""
        return sum(case.sequence for case in self.cases)


class Archives:
    """The archives of one database, written to one folder."""

    def __init__(self, bus: Bus, signer: Signer, checkpoints: Checkpoints, folder: Path) -> None:
        self._bus, self._signer, self._checkpoints, self._folder = bus, signer, checkpoints, folder

    def plan(self, older_than: str) -> Iterator[Ripe]:
        """What can be archived, month by month: cases that ended so long ago with all that they called, that nobody
        holds, that are in no archive, and whose histories verify. Raises InvalidArgument for what is no period."""
        cut, after = self._cut(older_than), 0
        while True:
            with self._bus.database.read() as db:
                roots = _over(db, cut, after)
                found = list(_ripe(db, roots, cut))
            if not roots:
                return
            after = roots[-1]
            yield from found

    def carry_out(self, older_than: str, ordered_by: str, reason: str) -> Iterator[tuple[Path, Ripe]]:
        """Write each file, whole and on the disk, before its events are deleted here; what was told of is done.

        A file is never written over, nor taken away: whether its commit came through may be unknown. Raises Forbidden
        on PostgreSQL for another account than that of retention; OSError when a file or the checkpoints cannot be
        written, or a file has its name; and as ArchiveHistory.
        """
        with self._bus.database.read() as db:
            check_account(db)
        cut = self._cut(older_than)
        self._checkpoints.make()
        for ripe in self.plan(older_than):
            with self._bus.database.write() as db:  # an account that has no pseudonym yet may get one
                covered = covered_cases(db, ripe.cases)
                number, previous = latest_order(db, history_archive)
                by = People(self._bus.services.directory.known(db, None)).text(ordered_by.strip())
            if len(covered) < len(ripe.cases):  # one got another event meanwhile: the next time
                continue
            now = self._bus.clock.now()
            body = archive_body(number + 1, previous, now, by, reason, ripe.month, ripe.cases)
            signature = self._signer.sign(body)
            file = self._write(body, signature, ripe, archive_name(number + 1, ripe.month))
            cases = tuple((case.case, case.sequence, case.head) for case in ripe.cases)
            self._bus.run(ArchiveHistory(body, signature, ripe.roots, cases, cut, ordered_by), SYSTEM)
            yield file, ripe
        self._checkpoints.make()

    def restore(self, file: Path, ordered_by: str, reason: str, only: Iterable[int] = ()) -> Iterator[int]:
        """Bring back every case of the file whose history is in it alone, or `only` these; the keys, as they are back.
        Raises OSError for what is no archive of this database or was altered, and as RestoreHistory."""
        opened = OpenArchive(file)
        with self._bus.database.read() as db:
            known = cases_of(db, opened.number)
        wanted = known.keys() & set(only) if only else known.keys()
        if missing := sorted(set(only) - known.keys()):
            raise InvalidArgument(f"not in archive {opened.number} alone: {', '.join(map(str, missing))}")
        there = (history for history in opened.histories() if history[0] in wanted)
        back: set[int] = set()
        while some := list(islice(there, AT_ONCE)):
            for case, rows in some:
                if ends_at(case, rows) != known[case]:
                    raise OSError(f"{file}: the history of case {case} is not the one that was archived")
            histories = tuple((case, tuple(rows)) for case, rows in some)
            self._bus.run(RestoreHistory(opened.number, histories, ordered_by, reason), SYSTEM)
            back.update(case for case, _ in some)
            yield from (case for case, _ in some)
        if lost := sorted(wanted - back):
            raise OSError(f"{file}: it lacks the histories of {', '.join(map(str, lost))}")

    def _cut(self, older_than: str) -> datetime:
        return so_long_ago(self._bus.clock.now(), older_than, self._bus.services.zone)

    def _write(self, body: str, signature: str, ripe: Ripe, name: str) -> Path:
        """The file, whole and on the disk, read again."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file, made = self._folder / name, self._folder / f".{name}.{os.getpid()}"
        with open(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as raw:
            with gzip.GzipFile("", "wb", 6, raw, 0) as packed, self._bus.database.read() as db:
                for line in archive_lines(db, body, signature, ripe.cases):
                    packed.write(line)
            raw.flush()
            os.fsync(raw.fileno())
        wanted = {case.case: (case.sequence, case.head) for case in ripe.cases}
        if {case: ends_at(case, rows) for case, rows in OpenArchive(made).histories()} != wanted:
            made.unlink()
            raise OSError(f"{file}: what was written is not what is stored; nothing was archived")
        try:
            os.link(made, file)  # fails where there is one
        except FileExistsError:
            said = "it is there already: another run makes it, or one that made none broke off: then move it away"
            raise OSError(f"{file}: {said}") from None
        finally:
            made.unlink()
        place = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(place)
        finally:
            os.close(place)
        return file


def _over(db: Connection, cut: datetime, after: int) -> list[int]:
    """The roots that ended before `cut`, of keys beyond `after`, by key; some at a time, never parts of two months."""
    query = select(_P.key).where(_P.key > after, _P.parent_key.is_(None), _P.ended_at <= cut, _P.history_sequence > 0)
    found = list(db.execute(query.order_by(_P.key).limit(MOST)).scalars())
    return [key for key in found if month_of(key) == month_of(found[0])]


def _ripe(db: Connection, roots: list[int], cut: datetime) -> Iterator[Ripe]:
    if not roots:
        return
    query = select(_P.root_key, _P.key, _P.history_sequence, _P.history_head, _P.ended_at)
    rows = db.execute(query.where(_P.root_key.in_(roots)).order_by(_P.root_key, _P.key)).all()
    kept, filed = held(db, roots), archived_of(db, [row.key for row in rows])
    cases: list[Head] = []
    chosen: list[int] = []
    for root, group in groupby(rows, lambda row: row.root_key):
        tree = list(group)
        over = all(row.ended_at is not None and row.ended_at <= cut for row in tree)
        if not over or root in kept or any(row.key in filed for row in tree):
            continue
        if all((found := verify_instance(db, row.key)) is not None and found.valid for row in tree):
            chosen.append(root)
            cases += [Head(row.key, row.history_sequence, row.history_head) for row in tree]
    if chosen:
        yield Ripe(month_of(roots[0]), tuple(chosen), tuple(sorted(cases, key=lambda case: case.case)))

