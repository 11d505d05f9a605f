"""krabuan backup and restore on SQLite: what a person on the machine does before, and after, a disk is lost."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import threading
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from api.backup.place import place_of
from api.cli import main
from engine.store.copying import faults_of
from engine.store.database import Database
from engine.store.migrations import upgrade
from tests.cli.keeping import VARIABLES, fill, working


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of data with a case, a checkpoint, both keys and sign-in settings with their secret."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "data"
    fill(folder)
    (folder / "second-factor.key").write_text("a2V5\n", encoding="ascii")
    (folder / "identity.yaml").write_text("providers: []\n", encoding="utf-8")
    (folder / "secrets").mkdir()
    (folder / "secrets" / "client").write_text("hush", encoding="utf-8")
    return folder


@pytest.fixture
def archive(data: Path, tmp_path: Path) -> Path:
    """A backup of all of it."""
    made = tmp_path / "backup.zip"
    assert main(["backup", str(made), "--data", str(data)]) == 0
    return made


def cases(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "krabuan.db")) as db:
        return int(db.execute("SELECT count(*) FROM process_instance").fetchone()[0])


def test_a_lost_machine_comes_back_whole(
    data: Path, archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path.relative_to(data): path.read_bytes() for path in data.rglob("*") if path.is_file()}
    shutil.rmtree(data)
    capsys.readouterr()
    assert main(["restore", str(archive), "--data", str(data)]) == 0
    assert "0 findings" in capsys.readouterr().out
    after = {path.relative_to(data): path.read_bytes() for path in data.rglob("*") if path.is_file()}
    databases = {path for path in before if path.name.startswith("krabuan.db")}
    assert {p: c for p, c in after.items() if p not in databases} == {p: c for p, c in before.items() if p not in databases}
    assert {path.stat().st_mode & 0o077 for path in [data, *data.rglob("*")]} == {0}, "for nobody else's eyes"
    assert main(["verify", "--data", str(data), "--checkpoints", str(data / "checkpoints")]) == 0
    assert main(["checkpoint", "--data", str(data)]) == 0, "the key is the one that the folder knows"
    with working(f"sqlite:///{data / 'krabuan.db'}") as office:
        office.start(amount=2)
    assert cases(data) == 2


def test_a_backup_is_for_nobody_else_and_is_never_written_over(
    data: Path, archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = archive.read_bytes()
    assert archive.stat().st_mode & 0o777 == 0o600
    assert main(["backup", str(archive), "--data", str(data)]) == 1
    assert archive.read_bytes() == content
    assert "is there already" in capsys.readouterr().err
    assert main(["backup", str(tmp_path), "--data", str(data)]) == 0, "a folder, named by the time"
    assert len(list(tmp_path.glob("krabuan-*Z.zip"))) == 1
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == [], "nothing is left lying about"


def test_the_service_writes_on_while_it_is_backed_up(data: Path, tmp_path: Path) -> None:
    """Whenever the copy is made it is of one moment: chains verify, and cases begun before are in it."""
    url, ended, started = f"sqlite:///{data / 'krabuan.db'}", threading.Event(), threading.Event()
    begun: list[int] = []

    def work() -> None:
        with working(url) as office:
            while not ended.is_set():
                begun.append(office.start(amount=len(begun)))
                started.set()

    worker = threading.Thread(target=work)
    worker.start()
    try:
        assert started.wait(60)
        for number in range(3):
            known = len(begun)
            assert main(["backup", str(tmp_path / f"{number}.zip"), "--data", str(data)]) == 0
            new = tmp_path / str(number)
            assert main(["restore", str(tmp_path / f"{number}.zip"), "--data", str(new)]) == 0
            assert 1 + known <= cases(new) <= 1 + len(begun) + 1
    finally:
        ended.set()
        worker.join()


def test_checkpoints_that_are_later_than_the_copy_are_left_out(data: Path, tmp_path: Path) -> None:
    """They would be findings of a history that was never lost."""
    later = data / "checkpoints" / "checkpoint-00000002.jsonl"
    shutil.copy(data / "checkpoints" / "checkpoint-00000001.jsonl", later)
    assert main(["backup", str(tmp_path / "b.zip"), "--data", str(data)]) == 0
    with zipfile.ZipFile(tmp_path / "b.zip") as made:
        names = [name for name in made.namelist() if name.startswith("checkpoints/")]
    assert names == ["checkpoints/checkpoint-00000001.jsonl", "checkpoints/public-key.pem"]


def test_what_is_there_gives_way_only_when_told_to_and_is_kept(
    data: Path, archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with working(f"sqlite:///{data / 'krabuan.db'}") as office:
        office.start(amount=2)
    (data / "identity.yaml").write_text("secondFactor: []\n", encoding="utf-8")
    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    assert main(["restore", str(archive), "--data", str(data)]) == 1
    assert "--force" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in data.rglob("*") if path.is_file()} == before
    assert main(["restore", str(archive), "--data", str(data), "--force"]) == 0
    said = capsys.readouterr().out
    (aside,) = data.glob("krabuan.db.replaced-*Z")
    assert str(aside) in said
    assert cases(data) == 1
    with closing(sqlite3.connect(aside)) as old:
        assert old.execute("SELECT count(*) FROM process_instance").fetchone() == (2,)
    (settings,) = data.glob("identity.yaml.replaced-*")
    assert "secondFactor" in settings.read_text(encoding="utf-8")
    assert not list(data.glob("signing-key.pem.replaced-*")), "what is the same stays"


def test_nothing_is_put_in_place_of_a_database_that_is_in_use(
    data: Path, archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another process has it open, as the service does."""
    program = (
        "import sys; from engine.store.database import Database; d = Database(sys.argv[1]); c = d.engine.connect();"
        "c.exec_driver_sql('SELECT 1 FROM person').all(); c.rollback(); print('open', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", program, f"sqlite:///{data / 'krabuan.db'}"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as service:
        assert service.stdout is not None and service.stdout.readline() == "open\n"
        (data / "identity.yaml").write_text("secondFactor: []\n", encoding="utf-8")
        assert main(["restore", str(archive), "--data", str(data), "--force"]) == 1
        assert "is in use: stop the service" in capsys.readouterr().err
        assert not list(data.glob("*.replaced-*")), "what moved before went back"
        assert (data / "identity.yaml").read_text(encoding="utf-8") == "secondFactor: []\n"
        service.communicate()
    assert main(["restore", str(archive), "--data", str(data), "--force"]) == 0


def test_a_log_that_was_left_behind_is_not_written_into_the_restored_database(data: Path, archive: Path) -> None:
    """As where somebody deleted the damaged file alone."""
    (data / "krabuan.db").rename(data / "krabuan.db-wal")
    place = ["--data", str(data)]
    assert main(["restore", str(archive), *place]) == 1
    assert main(["restore", str(archive), "--force", *place]) == 0
    assert [path.name.partition(".replaced")[0] for path in data.glob("krabuan.db*.replaced-*")] == ["krabuan.db-wal"]
    assert main(["verify", *place, "--checkpoints", str(data / "checkpoints")]) == 0


def test_an_older_database_is_migrated_before_it_is_in_place(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = tmp_path / "old"
    old.mkdir()
    database = Database(f"sqlite:///{old / 'krabuan.db'}")
    upgrade(database, "0040")
    database.close()
    assert main(["backup", str(tmp_path / "old.zip"), "--data", str(old)]) == 0
    assert "not noted" in capsys.readouterr().out, "a backup before an upgrade changes nothing"
    assert main(["restore", str(tmp_path / "old.zip"), "--data", str(tmp_path / "new")]) == 0
    assert main(["verify", "--data", str(tmp_path / "new")]) == 0
    with closing(sqlite3.connect(old / "krabuan.db")) as db:
        assert db.execute("SELECT version_num FROM alembic_version").fetchone() == ("0040",)


def test_keys_are_kept_apart_by_choice(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place, rest, keys = ["--data", str(data)], tmp_path / "rest.zip", tmp_path / "keys.zip"
    assert main(["backup", str(keys), "--only", "keys", *place]) == 0
    assert "It holds the keys" in capsys.readouterr().out
    assert main(["backup", str(rest), "--without", "keys", *place]) == 0
    assert "It holds the keys" not in capsys.readouterr().out
    with zipfile.ZipFile(rest) as made:
        assert not [name for name in made.namelist() if "key" in name and name != "checkpoints/public-key.pem"]
    new = tmp_path / "new"
    for archive in (keys, rest):
        assert main(["restore", str(archive), "--data", str(new)]) == 0
    assert (new / "signing-key.pem").read_bytes() == (data / "signing-key.pem").read_bytes()
    assert main(["checkpoint", "--data", str(new)]) == 0


def test_a_backup_stands_in_the_audit_log(data: Path, archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["backup", "--made", "snapshot of the disk", "--data", str(data)]) == 0
    assert main(["export", str(data.parent / "export"), "--data", str(data)]) == 0
    told = (data.parent / "export" / "events.jsonl").read_text(encoding="utf-8")
    assert len([line for line in told.splitlines() if '"type":"backup-made"' in line]) == 2
    assert "snapshot of the disk, by the account" in told and "to backup.zip, sha256 " in told


def test_a_damaged_database_is_not_backed_up(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = data / "krabuan.db"
    content = bytearray(file.read_bytes())
    content[4096 * 3 : 4096 * 30] = bytes(4096 * 27)
    file.write_bytes(content)
    assert faults_of(file)
    assert main(["backup", str(tmp_path / "b.zip"), "--data", str(data)]) == 1
    assert "damaged" in capsys.readouterr().err
    assert not (tmp_path / "b.zip").exists()


@pytest.mark.parametrize(
    "wrong", [["b.tar"], [], ["--made", "x", "b.zip"], ["b.zip", "--only", "keys", "--without", "keys"]]
)
def test_a_wrong_call_makes_nothing(wrong: list[str], data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(data.parent)
    assert main(["backup", *wrong, "--data", str(data)]) == 1
    assert not list(data.parent.glob("b.*"))


def test_the_folder_of_the_checkpoints_may_lie_elsewhere(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its files are in the backup. After a restore what is later stays there, as the record of what was lost."""
    far = tmp_path / "far"
    shutil.move(data / "checkpoints", far)
    monkeypatch.setenv("KRABUAN_CHECKPOINTS", str(far))
    url = f"sqlite:///{data / 'krabuan.db'}"
    assert not place_of(data, data / "krabuan.db", {"KRABUAN_CHECKPOINTS": str(far)}).own
    assert main(["backup", str(tmp_path / "b.zip"), "--data", str(data)]) == 0
    with working(url) as office:
        lost = office.start(amount=2)
    assert main(["checkpoint", "--data", str(data)]) == 0
    capsys.readouterr()
    assert main(["restore", str(tmp_path / "b.zip"), "--data", str(data), "--force"]) == 1
    said = capsys.readouterr()
    assert "has checkpoints 2 to 2, which are later than this backup" in said.err
    assert "note: the database ends at checkpoint 1 of 20" in said.err and "go on to 2 of 20" in said.err
    assert f"case {lost}: removed (the whole case is missing)" in said.err
    assert "checkpoint 2: removed" in said.err
    new = ["--data", str(data)]
    monkeypatch.setenv("KRABUAN_CHECKPOINTS", str(tmp_path / "new"))
    assert main(["checkpoint", *new]) == 0
    assert main(["verify", *new, "--checkpoints", str(tmp_path / "new")]) == 0
    assert "restored from a backup" not in capsys.readouterr().err
