"""The command line, as a person on the machine uses it."""

from __future__ import annotations

import io
import shutil
from dataclasses import replace
from pathlib import Path

import pyotp
import pytest
from sqlalchemy import text

from api.app import create_app
from api.cli import COMMANDS, main
from api.cli.deploy import bring
from api.cli.serve import PASSWORD_VARIABLE, _make_demo
from api.runtime import Runtime, open_runtime
from engine.adapters.passwords import Passwords
from engine.adapters.vault import KeyVault
from engine.commands.create_instance import CreateInstance
from engine.commands.enrol_second_factor import BeginSecondFactor, ConfirmSecondFactor
from engine.model.actor import SYSTEM
from engine.queries.people import account_of
from engine.scenarios.content import read_content
from engine.store.database import Database
from engine.store.tables.append_only import lifted

DIAGRAM = Path(__file__).parents[1] / "sdk" / "order.bpmn"
ORGANISATION = """
units: [{key: clerks, th: กลุ่มธุรการ, en: Clerks}]
positions: [{key: director, th: ผู้อำนวยการ, en: Director, unit: clerks, head: true}]
demo: [{account: both1, groups: [clerks, director]}]
"""


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A folder of content with one process."""
    folder = tmp_path / "content" / "processes" / "sdk-order"
    folder.mkdir(parents=True)
    shutil.copy(DIAGRAM, folder / "sdk-order.bpmn")
    (folder.parent / "organisation.yaml").write_text(ORGANISATION, encoding="utf-8")
    return tmp_path / "content"


@pytest.fixture
def data(tmp_path: Path) -> list[str]:
    """The option that names a folder for the data."""
    return ["--data", str(tmp_path / "data")]


def opened(data: list[str]) -> Runtime:
    return open_runtime(f"sqlite:///{data[1]}/krabuan.db", hasher=Passwords(8, 1))


def test_help_lists_what_works(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    listed = {line.split()[0] for line in capsys.readouterr().out.splitlines() if line.startswith("    ")}
    assert {command.__name__.rsplit(".", 1)[1].replace("_", "-") for command in COMMANDS} <= listed


def test_deploying_a_folder(content: Path, data: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["deploy", str(content), *data]) == 0
    assert "sdk-order: version 1" in capsys.readouterr().out
    assert main(["deploy", str(content / "processes" / "sdk-order"), *data]) == 0
    runtime = opened(data)
    with runtime.database.read() as db:
        assert db.execute(text("SELECT count(*) FROM process_definition")).scalar() == 1
        assert db.execute(text("SELECT count(*) FROM group_")).scalar() == 2
    runtime.close()
    assert (Path(data[1]).stat().st_mode & 0o777) == 0o700, "nobody else reads the data"


def test_a_server_deploys_what_it_has_not_deployed_before(
    content: Path, data: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """It reads its content once; afterwards only what is changed in the folder is deployed at a start."""
    diagram = content / "processes" / "sdk-order" / "sdk-order.bpmn"
    deployments = text("SELECT count(*) FROM deployment")
    assert main(["deploy", str(content), *data]) == 0
    runtime = opened(data)
    for expected in (2, 2):  # by hand, and by the first start
        bring(runtime, read_content(content))
        with runtime.database.read() as db:
            assert db.execute(deployments).scalar() == expected
    diagram.write_text(DIAGRAM.read_text(encoding="utf-8").replace('name="', 'name="New: ', 1), encoding="utf-8")
    capsys.readouterr()
    bring(runtime, read_content(content))
    assert "sdk-order: version 2" in capsys.readouterr().out
    diagram.write_text(DIAGRAM.read_text(encoding="utf-8"), encoding="utf-8")
    bring(runtime, read_content(content))
    with runtime.database.read() as db:
        assert db.execute(deployments).scalar() == 3
    runtime.close()


def test_faults_are_told_and_nothing_is_changed(
    content: Path, data: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    diagram = content / "processes" / "sdk-order" / "sdk-order.bpmn"
    diagram.write_text(DIAGRAM.read_text(encoding="utf-8").replace("Error_1", "Error_2", 1), encoding="utf-8")
    for command in (["lint", str(content)], ["deploy", str(content), *data]):
        assert main(command) == 1
        said = capsys.readouterr().err
        assert "sdk-order.bpmn" in said and "fault(s)" in said
    runtime = opened(data)
    with runtime.database.read() as db:
        assert db.execute(text("SELECT count(*) FROM process_definition")).scalar() == 0
    runtime.close()


def test_lint_needs_no_database(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint", str(content)]) == 0
    assert "no fault" in capsys.readouterr().out


def test_warnings_are_told_and_do_not_refuse(
    content: Path, data: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    diagram = content / "processes" / "sdk-order" / "sdk-order.bpmn"
    unused = '<bpmn:signal id="Signal_Unused" name="nobody"/><bpmn:process '
    diagram.write_text(DIAGRAM.read_text(encoding="utf-8").replace("<bpmn:process ", unused, 1), encoding="utf-8")
    for command in (["lint", str(content)], ["deploy", str(content), *data]):
        assert main(command) == 0
        said = capsys.readouterr()
        assert "sdk-order.bpmn: Signal_Unused: warning: declaration-unused" in said.err
        assert "warning(s)" in said.out or "version 1" in said.out


def test_a_refusal_tells_warnings_too(content: Path, data: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    diagram = content / "processes" / "sdk-order" / "sdk-order.bpmn"
    broken = DIAGRAM.read_text(encoding="utf-8").replace("<bpmn:process ", '<bpmn:signal id="Signal_Unused"/><bpmn:process ', 1)
    diagram.write_text(broken.replace("<bpmn:process ", '<bpmn:process colour="red" ', 1), encoding="utf-8")
    assert main(["deploy", str(content), *data]) == 1
    said = capsys.readouterr().err
    assert "schema-attribute-unknown" in said and "warning: declaration-unused" in said and "1 fault(s)" in said


def test_a_folder_with_nothing_in_it(tmp_path: Path, data: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["deploy", str(tmp_path), *data]) == 1
    assert main(["deploy", str(tmp_path / "nowhere"), *data]) == 1
    assert capsys.readouterr().err.count("krabuan:") == 2


def test_verifying_finds_a_changed_event(content: Path, data: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    main(["deploy", str(content), *data])
    runtime = opened(data)
    for order in ("a", "b"):
        runtime.bus.run(CreateInstance("sdk-order", variables={"orderId": order}), SYSTEM)
    runtime.close()
    assert main(["verify", *data]) == 0
    assert "2 process instances" in capsys.readouterr().out
    database = Database(f"sqlite:///{data[1]}/krabuan.db")
    with database.write() as db, lifted(db):
        first = "SELECT min(process_instance_key) FROM history_event"
        changed = "UPDATE history_event SET actor = 'x' WHERE sequence = 2 AND process_instance_key"
        db.execute(text(f"{changed} = ({first})"))
    database.close()
    assert main(["verify", *data]) == 1
    assert "broken at event 2" in capsys.readouterr().err
    assert main(["verify", "1", *data]) == 1


def test_verifying_finds_a_changed_event_of_the_service(
    content: Path, data: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    main(["deploy", str(content), *data])
    assert main(["verify", *data]) == 0
    assert "events of the service verified, 0 broken" in capsys.readouterr().out
    database = Database(f"sqlite:///{data[1]}/krabuan.db")
    with database.write() as db, lifted(db):
        db.execute(text("UPDATE service_event SET actor = 'x' WHERE sequence = 1"))
    database.close()
    assert main(["verify", *data]) == 1
    assert "service: broken at event 1" in capsys.readouterr().err


def test_accounts(
    content: Path, data: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    main(["deploy", str(content), *data])
    monkeypatch.setattr("sys.stdin", io.StringIO("correct horse\n"))
    assert main(["user", "add", "ann", "--name", "Ann", "--group", "clerks", *data]) == 0
    assert main(["user", "role", "ann", "--role", "process-owner", "--process", "sdk-order", *data]) == 0
    assert main(["user", "role", "ann", "--role", "process-owner", *data]) == 1, "an owner owns a process"
    monkeypatch.setattr("sys.stdin", io.StringIO("better horse\n"))
    assert main(["user", "password", "ann", *data]) == 0
    capsys.readouterr()
    assert main(["user", "token", "ann", *data]) == 0
    shown = capsys.readouterr()
    token, token_id = shown.out.strip(), shown.err.strip().rsplit(" ", 1)[1]
    runtime = opened(data)
    client = create_app(runtime).test_client()
    assert client.get("/v2/topology", auth=("ann", "correct horse")).status_code == 401
    me = client.get("/v2/authentication/me", auth=("ann", "better horse")).get_json()
    assert (me["roles"], me["ownedProcesses"]) == (["process-owner", "staff"], ["sdk-order"])
    bearer = {"Authorization": f"Bearer {token}"}
    assert client.get("/v2/topology", headers=bearer).status_code == 200
    assert main(["user", "revoke-token", token_id, *data]) == 0
    assert client.get("/v2/topology", headers=bearer).status_code == 401
    runtime.close()


def test_a_second_factor_is_reset_on_the_server(
    content: Path, data: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["deploy", str(content), *data])
    monkeypatch.setattr("sys.stdin", io.StringIO("correct horse\n"))
    main(["user", "add", "ann", *data])
    runtime = opened(data)
    runtime.bus.services = replace(runtime.bus.services, vault=KeyVault(bytes(32)))
    with runtime.database.read() as db:
        account = account_of(db, "ann")
    assert account is not None and account.password_hash is not None
    secret = runtime.bus.run(BeginSecondFactor("ann", account.password_hash), SYSTEM)["secret"]
    runtime.bus.run(ConfirmSecondFactor("ann", pyotp.TOTP(secret).at(runtime.clock.now())), SYSTEM)
    assert main(["user", "reset-second-factor", "ann", *data]) == 0
    with runtime.database.read() as db:
        account = account_of(db, "ann")
    assert account is not None and not account.second_factor
    runtime.close()
    assert main(["user", "reset-second-factor", "ann", *data]) == 1
    assert "no second factor" in capsys.readouterr().err


def test_the_demo_accounts(
    content: Path, data: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    main(["deploy", str(content), *data])
    runtime, found = opened(data), read_content(content)
    capsys.readouterr()
    monkeypatch.delenv(PASSWORD_VARIABLE, raising=False)
    _make_demo(runtime, found)
    password = capsys.readouterr().out.strip().rsplit(" ", 1)[1]
    client = create_app(runtime).test_client()

    def can_sign_in(username: str, with_password: str) -> bool:
        return client.get("/v2/topology", auth=(username, with_password)).status_code == 200

    names = ("admin", "owner", "auditor", "clerks1", "clerks2", "director1", "director2", "both1")
    assert all(can_sign_in(name, password) for name in names)
    _make_demo(runtime, found)
    assert capsys.readouterr().out == "", "a password is printed once"
    assert can_sign_in("director1", password)
    monkeypatch.setenv(PASSWORD_VARIABLE, "a given password")
    _make_demo(runtime, found)
    assert capsys.readouterr().out == "" and can_sign_in("director1", "a given password")
    assert not can_sign_in("director1", password)
    with runtime.database.read() as db:
        owner, both = account_of(db, "owner"), account_of(db, "both1")
    assert owner is not None and owner.actor().owns("any-process")
    assert both is not None and both.groups == {"clerks", "director"}
    runtime.close()


def test_a_faulty_organisation_is_told(content: Path, data: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    file = content / "processes" / "organisation.yaml"
    file.write_text(
        "units: [{key: a, th: ก, en: A, parent: z}, {key: a, th: ก}]\nroles: {x: y}\ndemo: [{account: d, groups: [q]}]",
        encoding="utf-8",
    )
    assert main(["deploy", str(content), *data]) == 1
    said = capsys.readouterr().err
    assert "5 fault(s)" in said and said.count("organisation.yaml") == 5
    file.write_text("units: [", encoding="utf-8")
    assert main(["deploy", str(content), *data]) == 1


def test_legal_holds(content: Path, data: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    main(["deploy", str(content), *data])
    runtime = opened(data)
    key = runtime.bus.run(CreateInstance("sdk-order", variables={"orderId": "a"}), SYSTEM)["processInstanceKey"]
    runtime.close()
    capsys.readouterr()
    ordered = ["--by", "director1", "--reason", "a court\nasked for it"]
    assert main(["hold", "place", key, *ordered, *data]) == 0
    hold = capsys.readouterr().out.strip()
    assert main(["hold", "list", *data]) == 0
    listed = capsys.readouterr().out
    assert listed.startswith(f"{hold}  case {key}  since") and listed.endswith("by director1: a court asked for it\n")
    assert main(["hold", "end", hold, *ordered, *data]) == 0
    assert main(["hold", "end", hold, *ordered, *data]) == 1, "it has ended"
    assert main(["hold", "place", "7", *ordered, *data]) == 1, "there is no such case"
    capsys.readouterr()
    assert main(["hold", "list", *data]) == 0
    assert capsys.readouterr().out == ""
