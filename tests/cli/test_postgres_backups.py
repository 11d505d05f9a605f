"""What docs/how-to/back-up-and-restore.md says of PostgreSQL, done with PostgreSQL's own programs."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from api.cli import main
from tests.cli.keeping import VARIABLES, fill, working
from tests.cli.postgres import Server, folder, program, running

if TYPE_CHECKING:
    from tests.conftest import PostgresCluster

pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("postgres_cluster", "nothing_named")]


@pytest.fixture
def nothing_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that the server may write to."""
    with folder() as made:
        yield made


def wait_until_archived(server: Server, segment: str) -> None:
    """The server hands its log over beside its work."""
    end = time.monotonic() + 60
    while server.ask("SELECT coalesce(max(last_archived_wal), '') FROM pg_stat_archiver") < segment:
        assert time.monotonic() < end, server.ask("SELECT pg_stat_archiver::text FROM pg_stat_archiver")
        time.sleep(0.05)


def test_a_dump_goes_to_another_server(
    postgres_cluster: PostgresCluster, postgres_url: str, place: Path, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """The folder first, then the dump: then the database knows every checkpoint of the folder."""
    data, plain = tmp_path / "data", postgres_url.replace("+psycopg", "")
    fill(data, postgres_url)
    there = ["--data", str(data), "--database", postgres_url]
    assert main(["backup", str(tmp_path / "b.zip"), *there]) == 1
    assert "pg_dump" in capsys.readouterr().err
    assert main(["backup", str(tmp_path / "b.zip"), "--without", "database", *there]) == 0
    with working(postgres_url) as office:
        office.start(amount=2)
    assert main(["checkpoint", *there]) == 0
    program("pg_dump", "--format", "custom", "--file", place / "krabuan.dump", plain)
    program("pg_dumpall", "--roles-only", "--no-role-passwords", "--file", place / "roles.sql", "--dbname", plain)
    assert main(["backup", "--made", "pg_dump", *there]) == 0

    server = Server(place / "server")
    server.make()
    with running(server):
        roles = "--set=ON_ERROR_STOP=off"  # the account that makes the server is there already
        program("psql", "--no-psqlrc", roles, "--file", place / "roles.sql", server.uri())
        server.create("krabuan")
        program("pg_restore", "--exit-on-error", "--dbname", server.uri("krabuan"), place / "krabuan.dump")
        new = ["--data", str(tmp_path / "new"), "--database", server.url("krabuan")]
        assert main(["restore", str(tmp_path / "b.zip"), *new]) == 0
        capsys.readouterr()
        assert main(["verify", *new, "--checkpoints", str(tmp_path / "new" / "checkpoints")]) == 0
        assert "0 findings" in capsys.readouterr().out
        assert main(["checkpoint", *new]) == 0, "the keys came back, too"
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="only ever added"):
            server.ask("DELETE FROM history_event", "krabuan")


def test_back_to_a_moment_before_a_mistake(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A base backup and the archived write-ahead log give the database of any moment since. What was signed after that
    moment is named as lost; with a folder of their own for new checkpoints, everything verifies again."""
    archive, base, data, far = place / "archive", place / "base", tmp_path / "data", tmp_path / "far"
    server = Server(place / "first")
    server.make()
    archive.mkdir(mode=0o777)
    archive.chmod(0o777)
    server.configure(
        "wal_level = replica", "archive_mode = on", f"archive_command = 'test ! -f {archive}/%f && cp %p {archive}/%f'"
    )
    monkeypatch.setenv("KRABUAN_CHECKPOINTS", str(far))
    with running(server):
        server.create("krabuan")
        there = ["--data", str(data), "--database", server.url("krabuan")]
        fill(data, server.url("krabuan"))
        program("pg_basebackup", "--dbname", server.uri(), "--pgdata", base, "--checkpoint", "fast")
        program("pg_verifybackup", base)
        with working(server.url("krabuan")) as office:
            kept = office.start(amount=2)
            assert main(["checkpoint", *there]) == 0
            moment = server.ask("SELECT clock_timestamp()")
            lost = office.start(amount=3)
        assert main(["checkpoint", *there]) == 0
        wait_until_archived(server, server.ask("SELECT pg_walfile_name(pg_switch_wal())"))
        server.stop("immediate")

    restored = Server(base)
    restored.configure(
        f"restore_command = 'cp {archive}/%f %p'", f"recovery_target_time = '{moment}'",
        "recovery_target_action = promote", "archive_mode = off",
    )  # fmt: skip
    (base / "recovery.signal").touch()
    with running(restored):
        wait_until_promoted(restored)
        new = ["--data", str(data), "--database", restored.url("krabuan")]
        assert main(["verify", str(kept), *new]) == 0
        assert main(["verify", str(lost), *new]) == 1
        assert main(["verify", *new]) == 0
        capsys.readouterr()
        assert main(["verify", *new, "--checkpoints", str(far)]) == 1
        said = capsys.readouterr().err
        assert "note: the database ends at checkpoint 2 of" in said and "go on to 3 of" in said
        assert f"case {lost}: removed (the whole case is missing)" in said
        assert f"case {kept}" not in said
        with working(restored.url("krabuan")) as office:
            office.start(amount=4)
        assert main(["checkpoint", *new]) == 1, "a folder holds the checkpoints of one past"
        assert "has checkpoint 3, and the database ends at 2" in capsys.readouterr().err
        monkeypatch.setenv("KRABUAN_CHECKPOINTS", str(tmp_path / "new"))
        assert main(["checkpoint", *new]) == 0
        assert main(["verify", *new, "--checkpoints", str(tmp_path / "new")]) == 0
        assert "0 findings" in capsys.readouterr().out


def wait_until_promoted(server: Server) -> None:
    end = time.monotonic() + 60
    while server.ask("SELECT pg_is_in_recovery()") == "True":
        assert time.monotonic() < end, (server.data / "log").read_text(encoding="utf-8")
        time.sleep(0.05)
