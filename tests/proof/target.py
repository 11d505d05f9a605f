"""The office that is tampered with: cases at every stage, some deleted by retention, covered by stamped checkpoints;
triggers and foreign keys are gone."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rfc3161_client import HashAlgorithm, TimestampRequestBuilder, Verifier
from sqlalchemy import Connection, inspect, select, text

from engine.commands.add_person import AddPerson
from engine.history.rows import Rows
from engine.history.signing import Signer, open_signer
from engine.jobs.checkpoints import PUBLIC_KEY, Checkpoints
from engine.jobs.stamps import Stamps
from engine.model.actor import Actor
from engine.store import tables as t
from engine.store.tables.append_only import TABLES, names
from krabuan_verify.checkpoints import Covered, read_checkpoints
from krabuan_verify.findings import Report
from krabuan_verify.signatures import read_keys
from krabuan_verify.timestamps import read_authorities, verify_stamps
from krabuan_verify.verify import verify
from tests.dsl import ADMIN, Office
from tests.history.marked import TWO, form
from tests.proof.authority import Authority
from tests.proof.keeping import Keeper
from tests.proof.notary import Notary, hand_in

CASES = 11  # the last is left at its second task
Row = dict[str, Any]


@dataclass(slots=True)
class Told:
    """What a change was, which cases it touched, and what must be said of it: any finding that fits each of `wanted`."""

    what: str
    wanted: list[dict[str, Any]]
    cases: set[int] = field(default_factory=set)
    later: int | None = 0  # by how much the number of events that are not covered changes; None: nothing is known of it


class Stamper:
    """Asks an authority without a network between."""

    def __init__(self) -> None:
        self.authority = Authority()

    def stamp(self, data: bytes) -> bytes:
        wanted = TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256).build()
        return self.authority.answer(wanted.as_bytes())


@dataclass(slots=True)
class Target:
    """The office, and what was exported from it before. `other_...`: a key and an authority that nobody trusts."""

    office: Office
    folder: Path
    keys: list[Any]
    covered: Covered
    authorities: list[Verifier]
    baseline: Report
    cases: list[int]  # that are covered, and there
    other_signer: Signer
    other_authority: Stamper

    def events(self, db: Connection, case: int) -> list[Row]:
        h = t.history_event
        query = select(h).where(h.c.process_instance_key == case).order_by(h.c.sequence)
        return [dict(row) for row in db.execute(query).mappings()]

    def read(self, folder: Path) -> Covered:
        """What the files of a folder prove."""
        return read_checkpoints(folder, self.keys)


def prepare(folder: Path, url: str | None = None) -> Target:
    """Cases at every stage with personal data, some with documents, covered by checkpoints; later events that none
    covers. People with accounts work on them."""
    office = Office(url or f"sqlite:///{folder / 'krabuan.db'}")
    for name in ("ann", "ben"):
        office.run(AddPerson(name, f"{name} ทดสอบ"), ADMIN)
    office.deploy(("p.bpmn", TWO), ("f.form", form("note")))
    notary = Notary(office, folder)
    notary.checkpoints = Checkpoints(office.bus, open_signer(notary.key), notary.folder, stamped=True)
    _retain(office, notary)
    _work(office, notary)
    stamper = Stamper()
    assert Stamps(office.database, notary.folder, stamper).make() >= 6
    office.complete("b")
    office.start(amount=99)
    _loosen(office)
    keys = read_keys([notary.folder / PUBLIC_KEY])
    covered = read_checkpoints(notary.folder, keys)
    authorities = read_authorities([stamper.authority.write(folder / "tsa.pem")])
    stamped = verify_stamps(notary.folder, covered, authorities)
    assert not stamped.findings and len(stamped.times) == len(covered.signed) and not stamped.waiting
    with office.database.read() as db:
        baseline = verify(Rows(db), covered, keys)
    assert baseline.valid and baseline.uncovered > 0 and len(baseline.deleted) == 3
    cases = sorted(covered.heads.keys() - baseline.deleted.keys() - {0})
    other = open_signer(folder / "other-key.pem")
    return Target(office, notary.folder, keys, covered, authorities, baseline, cases, other, Stamper())


def _retain(office: Office, notary: Notary) -> None:
    """Two certificates: of two cases, and of one."""
    for count in (2, 1):
        for number in range(count):
            office.start(amount=number)
            office.complete("a").complete("b")
        office.advance("P10Y")
        keeper = Keeper(notary, stamped=True)
        assert [deleted.cases for deleted in keeper.carry_out()] == [count]
        keeper.close()


def _work(office: Office, notary: Notary) -> None:
    for number in range(CASES):
        key = office.start(amount=number, note=f"เรื่องที่ {number}")
        if number % 2 == 0:
            hand_in(office, key, f"one-{number}", b"%PDF-1 one")
            hand_in(office, key, f"two-{number}", b"%PDF-1 two")
        if number == 3:
            notary.checkpoints.make()
        office.complete("a", _person(number), amount=number + 1, note=f"เรื่องที่ {number}")
        if number % 3 == 0:
            office.complete("b")
        if number == 6:
            notary.checkpoints.make()
    notary.checkpoints.make()


def _person(number: int) -> Actor:
    """Ann or Ben, who may do everything with cases."""
    return Actor(("ann", "ben")[number % 2], roles=frozenset({"process-owner"}), owned=frozenset({"*"}))


def _loosen(office: Office) -> None:
    """Whoever tampers has every right."""
    dialect = office.database.engine.dialect.name
    with office.database.write() as db:
        for table in TABLES:
            for name in names(dialect, table):
                db.execute(text(f"DROP TRIGGER {name}" + (f" ON {table}" if dialect == "postgresql" else "")))
        if dialect == "postgresql":
            for table in t.metadata.tables:
                for key in inspect(db).get_foreign_keys(table):
                    db.execute(text(f"ALTER TABLE {table} DROP CONSTRAINT {key['name']}"))


def loosened(db: Connection) -> None:
    """At the beginning of a transaction that is rolled back: what SQLite cannot lay down for good."""
    if db.dialect.name == "sqlite":
        db.execute(text("PRAGMA defer_foreign_keys = ON"))
