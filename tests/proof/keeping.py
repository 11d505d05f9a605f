"""The retention of an office, by the database account that may."""

from __future__ import annotations

from sqlalchemy import make_url, text

from engine.bus import Bus
from engine.commands.retained import DEFAULT_PERIOD
from engine.history.signing import open_signer
from engine.jobs.checkpoints import Checkpoints
from engine.jobs.retention import Deleted, Planned, Retention
from engine.store import tables as t
from engine.store.database import Database
from engine.store.tables.append_only import RETENTION_ROLE, lifted
from tests.proof.notary import Notary

WHY = "kept long enough"


class Keeper:
    """Whoever carries out retention. SQLite has no accounts."""

    def __init__(self, notary: Notary, default: str = DEFAULT_PERIOD, *, stamped: bool = False) -> None:
        office, self._own = notary.office, None
        if not office.database.is_sqlite:
            make_role(office.database)
            by_role = make_url(office.database.url).update_query_dict({"options": f"-c role={RETENTION_ROLE}"})
            self._own = Database(by_role.render_as_string(hide_password=False))
        self.database = self._own or office.database
        self.bus = Bus(self.database, office.clock, office.bus.services)
        signer = open_signer(notary.key)
        checkpoints = Checkpoints(self.bus, signer, notary.folder, stamped=stamped)
        self.retention = Retention(self.bus, signer, checkpoints, default)

    def plan(self) -> list[Planned]:
        return list(self.retention.plan())

    def going(self) -> list[int]:
        return [planned.due.root for planned in self.plan() if planned.obstacle is None]

    def carry_out(self, by: str = "director1", reason: str = WHY) -> list[Deleted]:
        return list(self.retention.carry_out(by, reason))

    def close(self) -> None:
        if self._own is not None:
            self._own.close()


def make_role(database: Database) -> None:
    """As docs/how-to/keep-and-delete.md says."""
    with database.write() as db:
        known = db.execute(text("SELECT 1 FROM pg_roles WHERE rolname = :r"), {"r": RETENTION_ROLE}).first()
        if known is None:
            db.execute(text(f"CREATE ROLE {RETENTION_ROLE}"))
        db.execute(text(f"GRANT USAGE ON SCHEMA public TO {RETENTION_ROLE}"))
        db.execute(text(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {RETENTION_ROLE}"))
        taken = "service_event, checkpoint, checkpoint_head, retention_certificate, deleted_case, history_archive, archived_case, restored_case"
        db.execute(text(f"REVOKE UPDATE, DELETE ON {taken} FROM {RETENTION_ROLE}"))
        db.execute(text(f"REVOKE UPDATE ON history_event FROM {RETENTION_ROLE}"))


def first_of(notary: Notary) -> int:
    """The case that was started first."""
    return int(notary.office.rows(t.process_instance)[0].key)


def altered(notary: Notary, *statements: str) -> list[str]:
    """What is found after these were carried out with every right."""
    with notary.office.database.write() as db, lifted(db):
        for statement in statements:
            assert db.execute(text(statement)).rowcount != 0, statement
    return notary.found()
