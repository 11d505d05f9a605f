"""One office in one SQLite file: content, demo accounts and calendar on a test clock; saved whole, and opened again."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import event, select

from engine.adapters.clock import TestClock
from engine.adapters.keys import CountingKeys
from engine.bus import Bus
from engine.commands.add_demo_accounts import AddDemoAccounts
from engine.commands.definitions import Definitions
from engine.commands.deploy import Deploy
from engine.commands.import_organisation import ImportOrganisation, read_organisation
from engine.commands.seed_calendar import SeedCalendar
from engine.commands.transaction import Services
from engine.model.actor import SYSTEM
from engine.model.diagram import Process
from engine.scenarios.content import Content
from engine.scenarios.world import NobodysPassword, World
from engine.store.database import Database
from engine.store.tables import metadata, process_definition


def found(file: Path, content: Content, at: datetime) -> World:
    """A new office whose clock stands at `at`: start timers count from there. Raises DeploymentRefused."""
    file.unlink(missing_ok=True)
    world = _world(file, at, 1)
    metadata.create_all(world.database.engine)
    world.bus.run(SeedCalendar(tuple(range(at.year - 1, at.year + 3))), SYSTEM)
    if content.organisation is not None:
        organisation = content.organisation.read_text(encoding="utf-8")
        world.bus.run(ImportOrganisation(organisation), SYSTEM)
        world.bus.run(AddDemoAccounts(read_organisation(organisation), "-"), SYSTEM)
    world.bus.run(Deploy(content.resources), SYSTEM)
    return world


def save(world: World, file: Path) -> None:
    """Copy the whole database to `file`, as it stands between two commands."""
    half = file.with_suffix(".half")
    half.unlink(missing_ok=True)
    source = world.database.engine.raw_connection()
    with closing(sqlite3.connect(half)) as copy:
        source.driver_connection.backup(copy)  # type: ignore[union-attr]
    source.close()
    half.replace(file)


def resume(saved: Path, file: Path, at: datetime, first_key: int) -> World:
    """The office as it was saved, in `file`; its keys go on from `first_key`."""
    for suffix in ("", "-wal", "-shm"):
        Path(f"{file}{suffix}").unlink(missing_ok=True)
    shutil.copyfile(saved, file)
    return _world(file, at, first_key)


def _world(file: Path, at: datetime, first_key: int) -> World:
    database = Database(f"sqlite:///{file}")
    event.listen(database.engine, "connect", _no_power_cut)
    clock = TestClock(at)
    services = Services(CountingKeys(first_key), Definitions(), NobodysPassword())
    return World(database, clock, Bus(database, clock, services))


def _no_power_cut(connection: Any, _record: Any) -> None:
    """What is saved is what counts here: commits need not outlive the machine."""
    connection.execute("PRAGMA synchronous=OFF")


def processes(world: World) -> dict[str, Process]:
    """The newest version of every process, by id."""
    p = process_definition.c
    with world.database.read() as db:
        keys: Iterable[Any] = db.execute(select(p.process_id, p.key).order_by(p.version)).all()
        newest = {row.process_id: row.key for row in keys}
        known = world.bus.services.definitions
        return {name: known.process(db, key).definition.process for name, key in newest.items()}
