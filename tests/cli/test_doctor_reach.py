"""krabuan doctor and what the service reaches: a mail server, a virus scanner, PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from api.cli import main
from api.doctor.database import postgres_lines
from api.doctor.reach import mail, others
from engine.store.condition import PostgresCondition, may_change_history, missing_rules, postgres_condition
from engine.store.database import Database
from engine.store.tables.append_only import TABLES
from tests.cli.keeping import VARIABLES, fill
from tests.notify.post_office import post_office

if TYPE_CHECKING:
    from tests.conftest import PostgresCluster

NOW = datetime(2026, 4, 10, 9, tzinfo=UTC)
WELL = PostgresCondition(
    {
        "server_version_num": "180006", "server_encoding": "UTF8", "fsync": "on", "full_page_writes": "on",
        "synchronous_commit": "on", "wal_level": "replica", "archive_mode": "on", "max_connections": "100",
        "superuser_reserved_connections": "3", "reserved_connections": "0", "TimeZone": "Asia/Bangkok",
        "session_replication_role": "origin",
    },
    None, True, False, NOW, None,
)  # fmt: skip


def levels(found: PostgresCondition, pool: int = 32) -> dict[str, str]:
    return {line.check: line.level for line in postgres_lines(found, NOW, pool) if line.level != "good"}


def setting(**said: str) -> PostgresCondition:
    return replace(WELL, settings=WELL.settings | said)


def test_a_server_that_is_set_right() -> None:
    assert levels(WELL) == {}
    assert levels(setting(synchronous_commit="remote_apply", archive_mode="off")) == {}


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (setting(server_version_num="130018"), {"database": "bad"}),
        (setting(server_encoding="SQL_ASCII"), {"thai-text": "bad"}),
        (replace(WELL, letters=False), {"thai-text": "bad"}),
        (setting(fsync="off"), {"durability": "bad"}),
        (setting(full_page_writes="off"), {"durability": "bad"}),
        (setting(synchronous_commit="off"), {"durability": "bad"}),
        (setting(wal_level="minimal"), {"wal": "warning"}),
        (replace(WELL, failing=NOW), {"wal": "bad"}),
        (setting(max_connections="60"), {"connections": "warning"}),
        (setting(max_connections="30"), {"connections": "bad"}),
        (replace(WELL, limit=40), {"connections": "warning"}),
        (replace(WELL, now=NOW + timedelta(seconds=3)), {"database-clock": "warning"}),
        (replace(WELL, now=NOW - timedelta(seconds=9)), {"database-clock": "bad"}),
        (setting(session_replication_role="replica"), {"database-rules": "bad"}),
    ],
)
def test_a_server_that_is_not(found: PostgresCondition, expected: dict[str, str]) -> None:
    assert levels(found) == expected


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "data"


@pytest.mark.postgres
def test_a_real_server(data: Path, postgres_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    """That of the tests does not write to the disk at once, which is what the doctor finds; the rest is well."""
    fill(data, postgres_url)
    place = ["--data", str(data), "--database", postgres_url]
    assert main(["backup", "--made", "pg_dump", *place]) == 0
    assert main(["checkpoint", *place]) == 0
    capsys.readouterr()
    assert main(["doctor", "--json", *place]) == 2
    lines = {line["check"]: line for line in json.loads(capsys.readouterr().out)["checks"]}
    odd = {name: line["level"] for name, line in lines.items() if line["level"] != "good"}
    assert odd == {"second-factor-key": "warning", "durability": "bad", "history-role": "warning"}
    assert "fsync = off" in lines["durability"]["en"] and lines["thai-text"]["level"] == "good"
    assert lines["schema"]["level"] == lines["backup"]["level"] == "good"


@pytest.mark.postgres
def test_an_account_that_may_only_add_to_history(postgres_cluster: PostgresCluster, postgres_url: str, data: Path) -> None:
    """As docs/how-to/prove-the-history.md makes it."""
    fill(data, postgres_url)
    database = Database(postgres_url)
    with database.write() as db:
        assert may_change_history(db), "the owner"
        for statement in (
            "CREATE ROLE doctor_service",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO doctor_service",
        ):
            db.execute(text(statement))
        db.execute(text("SET LOCAL ROLE doctor_service"))
        assert may_change_history(db)
        db.execute(text("RESET ROLE"))
        db.execute(text(f"REVOKE UPDATE, DELETE ON {', '.join(TABLES)} FROM doctor_service"))
        db.execute(text("SET LOCAL ROLE doctor_service"))
        assert not may_change_history(db)
        assert missing_rules(db) == []
        assert not postgres_condition(db).superuser
        db.execute(text("RESET ROLE"))
        db.execute(text("ALTER TABLE history_event_rest DISABLE TRIGGER history_event_append_only"))
        assert missing_rules(db) == ["history_event_rest"]
        db.execute(text("DROP OWNED BY doctor_service"))
        db.execute(text("DROP ROLE doctor_service"))
    database.close()


def test_a_server_that_is_not_there(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its password is told to nobody."""
    url = "postgresql+psycopg://krabuan:hush-hush@127.0.0.1:1/krabuan"
    assert main(["doctor", "--json", "--data", str(data), "--database", url]) == 2
    said = capsys.readouterr()
    (line,) = [line for line in json.loads(said.out)["checks"] if line["check"] == "database"]
    assert line["level"] == "bad" and "127.0.0.1" in line["en"]
    assert "hush-hush" not in said.out + said.err


@pytest.fixture
def mail_port() -> Iterator[int]:
    with post_office() as (_, courier):
        yield courier.server.port


def test_a_mail_server(mail_port: int) -> None:
    named = {"KRABUAN_SMTP_HOST": "127.0.0.1", "KRABUAN_SMTP_PORT": str(mail_port)}
    assert [line.level for line in mail({})] == ["good"]
    assert [line.level for line in mail(named)] == ["good"]
    (refused,) = mail({**named, "KRABUAN_SMTP_TLS": "starttls", "KRABUAN_SMTP_PASSWORD": "hush-hush"})
    assert refused.level == "bad" and "hush-hush" not in str(refused), "it offers no TLS"
    (away,) = mail({**named, "KRABUAN_SMTP_PORT": "1"})
    assert away.level == "bad" and "ConnectionRefusedError" in away.en


def test_a_virus_scanner_that_is_not_there(tmp_path: Path) -> None:
    (line,) = others(tmp_path, {"KRABUAN_CLAMD": str(tmp_path / "clamd.sock")})
    assert (line.check, line.level) == ("virus-scanner", "bad")
