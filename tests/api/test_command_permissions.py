"""Commands that no operation of the API carries out for who asks: of the command line, of jobs and of the service itself.

Who may, may; who may not is refused and nothing changes. All others are in the permission matrix (test_permissions.py).
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from api.description import describe
from api.runtime import Runtime
from engine.commands.add_demo_accounts import AddDemoAccounts
from engine.commands.add_person import AddPerson
from engine.commands.advance_batch_operation import AdvanceBatchOperation, FailBatchItem
from engine.commands.archive_history import ArchiveHistory, RestoreHistory
from engine.commands.begin_batch_operation import BeginBatchOperation
from engine.commands.carry_out_retention import CarryOutRetention
from engine.commands.end_provider_sessions import EndProviderSessions
from engine.commands.fire_timer import FireTimer
from engine.commands.give_up_job import GiveUpJob
from engine.commands.give_up_parcel import GiveUpParcel
from engine.commands.grant_role import GrantRole
from engine.commands.import_organisation import ImportOrganisation, read_organisation
from engine.commands.import_people import ImportPeople
from engine.commands.move_deadlines import BeginCalendarChange, MoveDeadlines
from engine.commands.note_access import NoteAccess
from engine.commands.note_configuration import NoteConfiguration
from engine.commands.note_webhook import NoteWebhook
from engine.commands.pack_deliveries import PackDeliveries
from engine.commands.rearm import RearmStartEvents
from engine.commands.record_checkpoint import RecordCheckpoint
from engine.commands.refuse_sign_in import RefuseSignIn
from engine.commands.registry import all_handlers
from engine.commands.run_builtin_job import RunBuiltinJob
from engine.commands.set_password import SetPassword
from engine.commands.sign_in_externally import SignInExternally
from engine.commands.tidy_up import TidyUp
from engine.errors import EngineError, Forbidden, InvalidArgument, NotFound
from engine.store.tables import metadata
from tests.api.people import ORGANISATION
from tests.api.world import EVERYBODY, World, actor, open_world

ALL = set(EVERYBODY)
# command -> who may (the system always may)
TABLE: dict[type, tuple[Callable[[World], Any], set[str]]] = {
    AddDemoAccounts: (lambda w: AddDemoAccounts(read_organisation(ORGANISATION), "password"), {"admin"}),
    AddPerson: (lambda w: AddPerson("new", "New"), {"admin"}),
    AdvanceBatchOperation: (lambda w: AdvanceBatchOperation(w.batch), set()),
    BeginCalendarChange: (lambda w: BeginCalendarChange(1, 0), set()),
    MoveDeadlines: (lambda w: MoveDeadlines(1, (), None), set()),
    BeginBatchOperation: (lambda w: BeginBatchOperation(w.batch), set()),
    ArchiveHistory: (lambda w: ArchiveHistory('{"number": 1}', "", (), (), datetime.now(UTC), "x"), set()),
    RestoreHistory: (lambda w: RestoreHistory(1, (), "x", "because"), set()),
    CarryOutRetention: (lambda w: CarryOutRetention('{"number": 1}', "", (), (), "P10Y", "x"), set()),
    EndProviderSessions: (lambda w: EndProviderSessions("https://id.example", "p-1", None), set()),
    FailBatchItem: (lambda w: FailBatchItem(1, "it failed"), set()),
    FireTimer: (lambda w: FireTimer(1), set()),
    GiveUpJob: (lambda w: GiveUpJob(1, "it failed"), set()),
    GiveUpParcel: (lambda w: GiveUpParcel(1, "it failed"), set()),
    GrantRole: (lambda w: GrantRole("ann", "auditor"), {"admin"}),
    ImportOrganisation: (lambda w: ImportOrganisation(ORGANISATION), {"admin"}),
    ImportPeople: (lambda w: ImportPeople((("people.csv", "account,name\nnew,New\n"),)), {"admin"}),
    NoteAccess: (lambda w: NoteAccess("history-read", (str(w.waiting),)), ALL - {"stranger"}),
    PackDeliveries: (lambda w: PackDeliveries("mail"), set()),
    RearmStartEvents: (lambda w: RearmStartEvents(), set()),
    RefuseSignIn: (lambda w: RefuseSignIn("ann"), ALL),
    RunBuiltinJob: (lambda w: RunBuiltinJob(1), set()),
    SetPassword: (lambda w: SetPassword("ann", "a new password"), {"admin"}),
    SignInExternally: (
        lambda w: SignInExternally(
            "https://id.example", "p-1", "new", "New", None, frozenset(), frozenset(), frozenset(), frozenset()
        ),
        set(),
    ),
    TidyUp: (lambda w: TidyUp(), set()),
    NoteConfiguration: (lambda w: NoteConfiguration({}), set()),
    NoteWebhook: (lambda w: NoteWebhook(1, accepted=False), set()),
    RecordCheckpoint: (lambda w: RecordCheckpoint("{}", "", ()), set()),
}


def contents(runtime: Runtime) -> list[str]:
    """Every row of every table, as it is stored."""
    with runtime.database.read() as db:
        raw: Any = db.connection.driver_connection
        return [f"{name} {row}" for name in metadata.tables for row in raw.execute(f"SELECT * FROM {name}")]


def test_no_command_is_forgotten() -> None:
    """What an operation carries out stands in a module of the API that is no command line."""
    describe()
    modules = [module for name, module in sys.modules.items() if name.startswith("api.") and "api.cli" not in name]
    carried_out = {found for module in modules for found in vars(module).values() if isinstance(found, type)}
    assert {command.__name__ for command in set(all_handlers()) - carried_out - set(TABLE)} == set()


@pytest.mark.parametrize("command", TABLE, ids=lambda c: c.__name__)
def test_denied(command: type, world_file: tuple[Path, World], tmp_path: Path) -> None:
    path, world = world_file
    shutil.copy(path, tmp_path / "world.db")
    runtime = open_world(tmp_path / "world.db")
    make, may = TABLE[command]
    before = contents(runtime)
    for username in ALL - may:
        with pytest.raises((Forbidden, NotFound, InvalidArgument)):  # for who sees no such case, there is none
            runtime.bus.run(make(world), actor(runtime, username))
    assert contents(runtime) == before
    runtime.close()


@pytest.mark.parametrize("command", TABLE, ids=lambda c: c.__name__)
def test_allowed(command: type, world_file: tuple[Path, World], tmp_path: Path) -> None:
    path, world = world_file
    make, may = TABLE[command]
    for username in sorted(may):
        shutil.copy(path, tmp_path / f"{username}.db")
        runtime = open_world(tmp_path / f"{username}.db")
        try:
            runtime.bus.run(make(world), actor(runtime, username))
        except Forbidden:
            pytest.fail(f"{username} should be let through")
        except EngineError:
            pass  # let through, and refused for what it asks
        finally:
            runtime.close()
