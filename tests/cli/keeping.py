"""A folder of data with a case, a document and a checkpoint, for tests of what keeps it: backups and the doctor."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from api.cli import main
from engine.adapters.clock import SystemClock
from engine.adapters.keys import Keys
from engine.adapters.vault import KeyVault
from engine.bus import Bus
from engine.commands.definitions import Definitions
from engine.commands.transaction import Services
from engine.store.database import Database
from engine.store.migrations import upgrade
from tests.dsl import KEY, Office, PlainHasher
from tests.proof.notary import TWO, hand_in

VARIABLES = (
    "KRABUAN_CHECKPOINTS", "KRABUAN_SIGNING_KEY", "KRABUAN_SECOND_FACTOR_KEY", "KRABUAN_DATABASE", "KRABUAN_DATA",
)  # fmt: skip


def fill(folder: Path, url: str | None = None) -> str:
    """Make the database in `folder`, or the one at `url`; a case with a document, and a checkpoint. The URL."""
    folder.mkdir(mode=0o700, exist_ok=True)
    url = url or f"sqlite:///{folder / 'krabuan.db'}"
    database = Database(url)
    upgrade(database)
    database.close()
    with working(url) as office:
        office.deploy(TWO)
        hand_in(office, office.start(amount=1), "report")
    assert main(["checkpoint", "--data", str(folder), "--database", url]) == 0
    return url


@contextmanager
def working(url: str) -> Iterator[Office]:
    """An office at work over the database, with keys and a clock as the service has them, so that there may be another
    before and after it."""
    office = Office(url)
    services = Services(Keys(), Definitions(), PlainHasher(), vault=KeyVault(KEY))
    office.bus = Bus(office.database, SystemClock(), services)
    try:
        yield office
    finally:
        office.close()
