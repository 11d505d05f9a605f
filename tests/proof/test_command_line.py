"""krabuan checkpoint, export and verify, and the verifier as a program of its own."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from api.cli import main
from engine.adapters.clock import SystemClock
from engine.store import tables as t
from tests.dsl import Office
from tests.proof.notary import TWO, hand_in

ROOT = Path(__file__).parents[2]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of data with a case that has a document."""
    from engine.store.database import Database
    from engine.store.migrations import upgrade

    for name in ("KRABUAN_CHECKPOINTS", "KRABUAN_SIGNING_KEY"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "data"
    folder.mkdir()
    url = f"sqlite:///{folder / 'krabuan.db'}"
    database = Database(url)
    upgrade(database)
    database.close()
    office = Office(url)
    office.deploy(TWO)
    hand_in(office, office.start(amount=1), "report")
    office.close()
    return folder


@pytest.fixture
def export(data: Path, tmp_path: Path) -> Path:
    assert main(["export", str(tmp_path / "export"), "--data", str(data)]) == 0
    return tmp_path / "export"


def test_checkpoints_are_made_once_and_exported_anywhere(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = ["--data", str(data)]
    assert main(["checkpoint", *place]) == 0
    assert main(["checkpoint", *place, "--to", str(tmp_path / "usb")]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("1 checkpoints made") and said[1].startswith("0 checkpoints made")
    names = ["checkpoint-00000001.jsonl", "public-key.pem"]
    assert sorted(path.name for path in (tmp_path / "usb").iterdir()) == names
    assert (data / "signing-key.pem").stat().st_mode & 0o777 == 0o600
    assert main(["verify", "--checkpoints", str(tmp_path / "usb"), *place]) == 0
    assert "0 findings; 0 later events" in capsys.readouterr().out


def test_the_environment_names_key_and_folder(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KRABUAN_CHECKPOINTS", str(tmp_path / "far"))
    monkeypatch.setenv("KRABUAN_SIGNING_KEY", str(tmp_path / "secret.pem"))
    assert main(["checkpoint", "--data", str(data)]) == 0
    assert (tmp_path / "secret.pem").is_file() and (tmp_path / "far" / "public-key.pem").is_file()
    assert sorted(path.name for path in data.iterdir() if "krabuan.db" not in path.name) == []


def test_an_export_is_verified_without_the_engine(export: Path) -> None:
    """Only the verifier's own folder is there, and it finds what was changed."""
    alone = export.parent / "alone"
    shutil.copytree(ROOT / "krabuan_verify", alone / "krabuan_verify")
    command = [sys.executable, "-c", _ALONE, str(export)]
    finished = subprocess.run(command, cwd=alone, capture_output=True, text=True, check=False)
    assert (finished.returncode, "0 findings" in finished.stdout) == (0, True), finished.stderr
    file = export / "events.jsonl"
    file.write_text(file.read_text(encoding="utf-8").replace('"actor":"owner"', '"actor":"ownes"', 1), encoding="utf-8")
    finished = subprocess.run(command, cwd=alone, capture_output=True, text=True, check=False)
    assert finished.returncode == 1 and "event 1, field actor: changed" in finished.stderr


def test_an_export_is_in_the_audit_log_that_it_holds(export: Path) -> None:
    told = [line for file in export.glob("*.jsonl") for line in file.read_text(encoding="utf-8").splitlines()]
    (noted,) = [line for line in told if "history-exported" in line]
    assert "of the machine" in noted


_ALONE = """
import sys
sys.path = ["."] + [path for path in sys.path if path and not path.endswith("krabuan")]
from krabuan_verify.__main__ import main
status = main()
assert not [name for name in sys.modules if name.split(".")[0] in ("engine", "api", "sqlalchemy", "flask")]
sys.exit(status)
"""


def _drop_line(file: Path) -> None:
    lines, first = _lines_and_first(file)
    file.write_bytes(b"".join(lines[: first + 1] + lines[first + 2 :]))


def _swap_lines(file: Path) -> None:
    lines, first = _lines_and_first(file)
    lines[first], lines[first + 1] = lines[first + 1], lines[first]
    file.write_bytes(b"".join(lines))


def _lines_and_first(file: Path) -> tuple[list[bytes], int]:
    """The events, and where the first of a case stands: those of the service are before it."""
    lines = file.read_bytes().splitlines(keepends=True)
    return lines, next(at for at, line in enumerate(lines) if json.loads(line)["case"] != 0)


def _other_content(file: Path) -> None:
    (file.parent / "documents" / "1.bin").write_bytes(b"%PDF-9")


@pytest.mark.parametrize(("tamper", "said"), [
    (_drop_line, "event 2: removed"), (_other_content, "document report, field content: changed"),
])  # fmt: skip
def test_a_changed_export(
    export: Path, capsys: pytest.CaptureFixture[str], tamper: Callable[[Path], None], said: str
) -> None:
    tamper(export / "events.jsonl")
    assert main(["verify", "--export", str(export)]) == 1
    assert said in capsys.readouterr().err


def test_the_order_of_the_lines_says_nothing(export: Path) -> None:
    """Events are numbered; the file may be sorted otherwise."""
    _swap_lines(export / "events.jsonl")
    assert main(["verify", "--export", str(export)]) == 0


@pytest.mark.parametrize("rubbish", ["{", "[]", "{}", '"x"'])
def test_what_is_no_export_is_told(export: Path, capsys: pytest.CaptureFixture[str], rubbish: str) -> None:
    (export / "events.jsonl").write_text(rubbish + "\n", encoding="utf-8")
    assert main(["verify", "--export", str(export)]) == 2
    assert "events.jsonl, line 1" in capsys.readouterr().err
    assert main(["verify", "--export", str(export / "nowhere")]) == 2


def test_an_export_cannot_name_files_elsewhere(export: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = json.loads((export / "documents.jsonl").read_text(encoding="utf-8")) | {"file": "../cases.jsonl"}
    (export / "documents.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    assert main(["verify", "--export", str(export)]) == 2
    assert "is no file of an export" in capsys.readouterr().err


def test_a_key_that_did_not_sign(export: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from engine.history.signing import open_signer

    other = tmp_path / "other.pub"
    other.write_text(open_signer(tmp_path / "other.pem").public_pem(), encoding="utf-8")
    checkpoints = str(export / "checkpoints")
    assert main(["verify", "--export", str(export), "--checkpoints", checkpoints, "--key", str(other)]) == 1
    assert "checkpoint 1, field signature: changed" in capsys.readouterr().err
    other.write_text("no key", encoding="utf-8")
    assert main(["verify", "--export", str(export), "--key", str(other)]) == 2


def test_a_folder_with_something_in_it_is_left_alone(export: Path, data: Path) -> None:
    before = sorted(path.name for path in export.rglob("*"))
    assert main(["export", str(export), "--data", str(data)]) == 1
    assert sorted(path.name for path in export.rglob("*")) == before
    assert (export.stat().st_mode & 0o777, (export / "events.jsonl").stat().st_mode & 0o777) == (0o700, 0o600)


def test_the_service_signs_by_itself(data: Path) -> None:
    from api.proof import proof_of
    from api.proving import Proving
    from api.runtime import open_runtime
    from api.service import Worker

    runtime = open_runtime(f"sqlite:///{data / 'krabuan.db'}", clock=SystemClock())
    proof = proof_of(data, {})
    proving = Proving(proof.checkpoints(runtime))
    worker = Worker(runtime, proving)
    worker.work()
    assert proving.signing is not None
    proving.signing.join(30)
    first = sorted(path.name for path in proof.folder.iterdir())
    assert first == ["checkpoint-00000001.jsonl", "public-key.pem"]
    (proof.folder / "checkpoint-00000001.jsonl").unlink()
    signed = proving.signing
    worker.work()  # not with every look
    assert proving.signing is signed
    assert sorted(path.name for path in proof.folder.iterdir()) == ["public-key.pem"]
    proving.sign()
    assert sorted(path.name for path in proof.folder.iterdir()) == first
    shutil.rmtree(proof.folder)
    proof.folder.write_text("in the way", encoding="utf-8")
    proving.sign()  # what cannot be exported now does not stop the service
    runtime.close()


def test_retention_on_the_command_line(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = ["--data", str(data)]
    office = Office(f"sqlite:///{data / 'krabuan.db'}")  # whose clock stands in April 2026
    office.key = office.rows(t.process_instance, everything=True)[0].key
    gone = office.key
    office.complete("a").complete("b")
    office.start()
    office.close()
    carry_out = ["retention", "--carry-out", *place]
    assert main(["retention", "--dry-run", *place]) == 0
    assert "0 cases with 0 events would be deleted" in capsys.readouterr().out
    assert main(carry_out) == main([*carry_out, "--by", "director1"]) == 2
    monkey = pytest.MonkeyPatch()
    monkey.setenv("KRABUAN_RETENTION", "P1D")
    monkey.setattr(SystemClock, "now", lambda self: datetime(2027, 1, 1, tzinfo=UTC))
    capsys.readouterr()
    assert main(["retention", "--dry-run", *place]) == 0
    said = capsys.readouterr().out.splitlines()
    assert "ended 2026-04-10  kept until 2026-04-11" in said[0] and said[-1].startswith("1 cases with ")
    assert main([*carry_out, "--by", "director1", "--reason", "no"]) == 1, "that is no reason"
    assert main([*carry_out, "--by", "director1", "--reason", "kept long enough"]) == 0
    assert "certificate 1: 1 cases with" in capsys.readouterr().out
    assert main(["verify", *place]) == 0
    assert main(["export", str(tmp_path / "export"), *place]) == 0
    monkey.undo()
    capsys.readouterr()
    verified = subprocess.run(
        [sys.executable, "-m", "krabuan_verify", str(tmp_path / "export")], cwd=ROOT, capture_output=True, text=True
    )
    assert verified.returncode == 0, verified.stderr
    assert f"case {gone}: deleted by retention, certificate 1" in verified.stdout
