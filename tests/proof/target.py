"""The office that is tampered with: cases at every stage, covered by checkpoints, and without the triggers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select, text

from engine.history.rows import Rows
from engine.jobs.checkpoints import PUBLIC_KEY
from engine.store import tables as t
from engine.store.tables.append_only import TABLES
from krabuan_verify.checkpoints import Covered, read_checkpoints
from krabuan_verify.findings import Report
from krabuan_verify.signatures import read_keys
from krabuan_verify.verify import verify
from tests.dsl import Office
from tests.proof.notary import TWO, Notary, hand_in

CASES = 11  # the last is left at its second task
Row = dict[str, Any]


@dataclass(slots=True)
class Target:
    """The office, and what was exported from it before."""

    office: Office
    covered: Covered
    keys: list[Any]
    baseline: Report

    def events(self, db: Connection, case: int) -> list[Row]:
        h = t.history_event
        query = select(h).where(h.c.process_instance_key == case).order_by(h.c.sequence)
        return [dict(row) for row in db.execute(query).mappings()]


def prepare(folder: Path) -> Target:
    """Cases at every stage, some with documents, covered by three checkpoints; later events that none covers."""
    office = Office(f"sqlite:///{folder / 'krabuan.db'}")
    office.deploy(TWO)
    notary = Notary(office, folder)
    for number in range(CASES):
        key = office.start(amount=number, note=f"เรื่องที่ {number}")
        if number % 2 == 0:
            hand_in(office, key, f"one-{number}", b"%PDF-1 one")
            hand_in(office, key, f"two-{number}", b"%PDF-1 two")
        if number == 3:
            notary.checkpoints.make()
        office.complete("a", amount=number + 1)
        if number % 3 == 0:
            office.complete("b")
        if number == 6:
            notary.checkpoints.make()
    notary.checkpoints.make()
    office.complete("b")
    office.start(amount=99)
    with office.database.write() as db:
        for (name,) in db.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
            if name.startswith(TABLES):
                db.execute(text(f"DROP TRIGGER {name}"))
    keys = read_keys([notary.folder / PUBLIC_KEY])
    covered = read_checkpoints(notary.folder, keys)
    with office.database.read() as db:
        baseline = verify(Rows(db), covered, keys)
    assert baseline.valid and baseline.uncovered > 0
    return Target(office, covered, keys, baseline)
