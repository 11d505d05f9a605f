"""What the API tells of a case whose history was moved to an archive."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from api.cli import main
from api.runtime import Runtime
from engine.adapters.clock import TestClock
from engine.commands.checking import Resource
from engine.commands.deploy import Deploy
from engine.model.actor import SYSTEM
from engine.store.tables import process_instance
from tests.api.conftest import Caller
from tests.execution.bench import diagram, flows, node

DONE = diagram(node("startEvent", "s") + node("endEvent", "e") + flows("s e"))
BY = ["--by", "director1", "--reason", "two years old"]


@pytest.fixture
def archived(office: Runtime, caller: Callable[[str | None], Caller], clock: TestClock, tmp_path: Path) -> int:
    """A case that ended years ago, archived on the command line; its key."""
    office.bus.run(Deploy((Resource("done.bpmn", DONE),)), SYSTEM)
    caller("owner").post("/process-instances", {"processDefinitionId": "p"})
    with office.database.read() as db:
        key: int = db.execute(select(process_instance.c.key)).scalar_one()
    assert main(["archive", "--older-than", "P1D", "--to", str(tmp_path / "archives"), *BY, *place(office, tmp_path)]) == 0
    return key


def place(office: Runtime, tmp_path: Path) -> list[str]:
    return ["--data", str(tmp_path), "--database", str(office.database.url)]


def test_the_case_is_there_and_says_where_its_history_is(
    archived: int, office: Runtime, caller: Callable[[str | None], Caller], tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    owner = caller("owner")
    assert owner.get(f"/process-instances/{archived}")["state"] == "COMPLETED"
    history = owner.get(f"/process-instances/{archived}/history")
    assert history["items"] == [] and history["archive"]["archive"] == 1
    verified = owner.get(f"/process-instances/{archived}/history/verification")
    assert verified["valid"] and verified["archive"] == history["archive"] and verified["events"] == history["archive"]["events"]
    assert verified["signed"]["agrees"]
    for asked in (f"/process-instances/{archived}/variables-at", f"/process-instances/{archived}/evidence"):
        answer = owner("GET", asked)
        said = answer.get_json()
        assert (answer.status_code, said["code"], said["archive"]) == (409, "history-archived", 1), asked
        assert "แฟ้มจดหมายเหตุ" in said["th"] and "archive" in said["en"]
    assert main(["verify", *place(office, tmp_path)]) == 0
    assert "1 of them begin in archives" in capsys.readouterr().out


def test_it_is_brought_back_for_an_auditor(archived: int, office: Runtime, caller: Callable[[str | None], Caller], tmp_path: Path) -> None:
    (file,) = (tmp_path / "archives").iterdir()
    key = ["--key", str(tmp_path / "checkpoints" / "public-key.pem")]
    checkpoints = ["--checkpoints", str(tmp_path / "checkpoints")]
    assert main(["verify", "--export", str(file), *key, *place(office, tmp_path)]) == 0
    assert main(["verify", *checkpoints, "--archives", str(file.parent), *place(office, tmp_path)]) == 0
    assert main(["verify", "--archives", str(file.parent), *place(office, tmp_path)]) == 2  # against which checkpoints?
    assert main(["archive", "--restore", str(file), "--case", str(archived), *BY, *place(office, tmp_path)]) == 0
    history = caller("auditor").get(f"/process-instances/{archived}/history")
    assert history["archive"] is None and len(history["items"]) > 3
    assert main(["verify", *checkpoints, "--archives", str(file.parent), *place(office, tmp_path)]) == 0


@pytest.mark.parametrize(("options", "status"), [
    (["--older-than", "P2Y", "--dry-run"], 0), (["--older-than", "P2Y", "--to", "x"], 2), (["--older-than", "P2Y", *BY], 2),
    (["--restore", "x"], 2), (["--restore", "/dev/null", *BY], 1), (["--older-than", "soon", "--to", "x", *BY], 1),
])  # fmt: skip
def test_what_is_not_said_is_asked_for(office: Runtime, tmp_path: Path, options: list[str], status: int) -> None:
    assert main(["archive", *options, *place(office, tmp_path)]) == status
