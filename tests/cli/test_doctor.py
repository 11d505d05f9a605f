"""krabuan doctor on one machine with SQLite: each fault is named, with what to do, and nothing is changed."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, text

from api.cli import main
from api.doctor.database import clock_line
from api.doctor.line import Level, Line, guarded, worst
from api.doctor.machine import packages, pins, python
from api.doctor.service import backup
from api.doctor.words import HEALTH
from api.variables import KNOWN, unread
from engine.model.actor import SYSTEM
from engine.queries.health import get_health
from engine.store.database import Database
from engine.store.migrations import upgrade
from engine.store.tables import incident
from engine.store.tables.append_only import TABLES, names
from tests.cli.keeping import VARIABLES, fill, working
from tests.house.sources import ROOT

Ask = Callable[..., tuple[int, dict[str, dict[str, Any]]]]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation in which all is well."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "data"
    fill(folder)
    (folder / "second-factor.key").write_text("A" * 43 + "=\n", encoding="ascii")
    (folder / "second-factor.key").chmod(0o600)
    assert main(["backup", "--made", "by hand", "--data", str(folder)]) == 0
    assert main(["checkpoint", "--data", str(folder)]) == 0
    return folder


@pytest.fixture
def ask(data: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Ask for JSON: the status, and the lines by name."""

    def asked(*options: str) -> tuple[int, dict[str, dict[str, Any]]]:
        capsys.readouterr()
        status = main(["doctor", "--json", "--data", str(data), *options])
        return status, {line["check"]: line for line in json.loads(capsys.readouterr().out)["checks"]}

    return asked


def contents(folder: Path) -> dict[Path, tuple[bytes, float]]:
    return {path: (path.read_bytes(), path.stat().st_mtime) for path in folder.rglob("*") if path.is_file()}


def test_all_is_well_and_nothing_is_changed(ask: Ask, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(data)
    status, lines = ask()
    assert {name: line for name, line in lines.items() if line["level"] != "good"} == {}
    assert status == 0
    assert {"python", "packages", "database", "schema", "signing-key", "alarms", "checkpoint", "backup"} <= set(lines)
    assert all(line["th"] and line["en"] for line in lines.values())
    assert main(["doctor", "--data", str(data)]) == 0
    said = capsys.readouterr().out
    assert "✓ ปกติ / good  database: ฐานข้อมูล" in said and "0 bad" in said.splitlines()[-1]
    assert contents(data) == before


def _sql(statement: str) -> Callable[[Path], None]:
    def done(data: Path) -> None:
        with closing(sqlite3.connect(data / "krabuan.db")) as db:
            db.execute(statement)
            db.commit()

    return done


def _damage(data: Path) -> None:
    content = bytearray((data / "krabuan.db").read_bytes())
    content[4096 * 3 : 4096 * 30] = bytes(4096 * 27)
    (data / "krabuan.db").write_bytes(content)


def _ahead(data: Path) -> None:
    one = data / "checkpoints" / "checkpoint-00000002.jsonl"
    one.with_name("checkpoint-00000003.jsonl").write_bytes(one.read_bytes())


FAULTS: dict[str, tuple[str, Level, Callable[[Path], object]]] = {
    "others read the folder": ("data", "warning", lambda data: data.chmod(0o755)),
    "others read the signing key": ("signing-key", "bad", lambda data: (data / "signing-key.pem").chmod(0o644)),
    "no signing key": ("signing-key", "warning", lambda data: (data / "signing-key.pem").unlink()),
    "a key that is none": ("second-factor-key", "bad", lambda data: (data / "second-factor.key").write_text("x")),
    "checkpoints are no folder": ("checkpoints-folder", "bad", lambda data: (data / "checkpoints").rename(data / "c") and (data / "checkpoints").touch()),
    "no database": ("database", "warning", lambda data: (data / "krabuan.db").unlink()),
    "no database file at all": ("database", "bad", lambda data: (data / "krabuan.db").write_text("x" * 9000)),
    "a damaged database": ("database", "bad", _damage),
    "another journal": ("sqlite-journal", "warning", _sql("PRAGMA journal_mode = DELETE")),
    "an older schema": ("schema", "warning", _sql("UPDATE alembic_version SET version_num = '0040'")),
    "a newer schema": ("schema", "bad", _sql("UPDATE alembic_version SET version_num = '9999'")),
    "an index that somebody took away": ("schema-parts", "warning", _sql("DROP INDEX ix_job_open")),
    "a trigger by which words are found": ("schema-parts", "bad", _sql("DROP TRIGGER variable_grams_add")),
    "numbers that may come twice": ("schema-parts", "bad", _sql("DROP INDEX uq_process_instance_business_id")),
    "a rule that somebody took away": ("history-rules", "bad", _sql("DROP TRIGGER history_event_no_update")),
    "the clock was set back": ("clock", "bad", _sql("INSERT INTO service_event SELECT 999, 999, '2999-01-01T00:00:00.000000Z', type, actor, on_behalf_of, entity_key, body, 'x' FROM service_event LIMIT 1")),
    "checkpoints of a lost past": ("checkpoints-past", "bad", _ahead),
    "a checkpoint that is not exported": ("checkpoints-past", "warning", lambda data: (data / "checkpoints" / "checkpoint-00000002.jsonl").unlink()),
    "settings for sign-in that cannot be": ("sign-in-settings", "bad", lambda data: (data / "identity.yaml").write_text("- 1")),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_faults(fault: str, ask: Ask, data: Path) -> None:
    check, level, make = FAULTS[fault]
    make(data)
    before = contents(data)
    status, lines = ask()
    assert (lines[check]["level"], status) == (level, 1 if level == "warning" else 2)
    assert lines[check]["do"]["th"] and lines[check]["do"]["en"]
    assert contents(data) == before, "the doctor only looks"


def test_an_installation_that_is_not_there_yet_is_not_made(tmp_path: Path, ask: Ask) -> None:
    status, lines = ask("--data", str(tmp_path / "nowhere"))
    assert (status, lines["data"]["level"], lines["database"]["level"]) == (1, "warning", "warning")
    assert not (tmp_path / "nowhere").exists()


def test_an_office_with_nothing_to_do(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir(mode=0o700)
    database = Database(f"sqlite:///{tmp_path / 'new' / 'krabuan.db'}")
    upgrade(database)
    database.close()
    _, lines = ask("--data", str(tmp_path / "new"))
    assert (lines["content"]["level"], lines["content"]["do"]["en"]) == ("warning", "krabuan deploy DIR")


def test_work_that_lies_behind(ask: Ask, data: Path) -> None:
    """While the service has the database open."""
    with working(f"sqlite:///{data / 'krabuan.db'}") as office:
        row = {"key": 1, "process_instance_key": office.start(amount=2), "definition_key": 1, "process_id": "p"}
        row |= {"element_instance_key": 1, "element_id": "a", "error_type": "UNKNOWN", "message": "-", "state": "ACTIVE"}
        with office.database.write() as db:
            db.execute(insert(incident), [{**row, "created_at": datetime.now(UTC)}])
        status, lines = ask()
    assert lines["database"]["level"] == "good"
    assert (status, lines["incidents"]["level"]) == (1, "warning")
    assert lines["incidents"]["en"].startswith("open incidents: 1 (20")


def test_content_that_is_not_deployed(ask: Ask, data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "content" / "processes" / "sdk-order"
    folder.mkdir(parents=True)
    (folder / "sdk-order.bpmn").write_bytes((ROOT / "tests" / "sdk" / "order.bpmn").read_bytes())
    _, lines = ask("--content", str(tmp_path / "content"))
    assert "was not deployed yet" in lines["content"]["en"]


@pytest.mark.parametrize(("days", "level"), [(0, "good"), (1, "good"), (3, "warning"), (20, "bad")])
def test_how_old_the_last_backup_may_be(days: int, level: str, ask: Ask, data: Path) -> None:
    database = Database(f"sqlite:///{data / 'krabuan.db'}")
    with database.read() as db:
        line = backup(db, datetime.now(UTC) + timedelta(days=days))
    database.close()
    assert line.level == level


def test_no_backup_is_known_of(tmp_path: Path, ask: Ask) -> None:
    fill(tmp_path / "new")
    _, lines = ask("--data", str(tmp_path / "new"))
    assert lines["backup"]["level"] == "warning" and "krabuan backup" in lines["backup"]["do"]["en"]


def test_misspelt_variables(ask: Ask, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """But for those that the settings for sign-in name."""
    (data / "identity.yaml").write_text(
        "providers: [{id: a, th: ก, en: A, issuer: 'http://localhost:9', clientId: k,"
        " clientSecret: {variable: KRABUAN_OUR_SECRET}}]",
        encoding="utf-8",
    )
    monkeypatch.setenv("KRABUAN_OUR_SECRET", "hush-hush")
    monkeypatch.setenv("KRABUAN_SMPT_HOST", "mail.invalid")
    status, lines = ask()
    assert lines["variables"]["en"] == "nobody reads: KRABUAN_SMPT_HOST (KRABUAN_SMTP_HOST?)"
    assert lines["sign-in-settings"]["level"] == "good"
    assert status == 2 and lines["provider-a"]["level"] == "bad", "nobody listens there"
    assert "hush-hush" not in json.dumps(lines)


def test_settings_that_cannot_be(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KRABUAN_SMTP_HOST", "mail.invalid")
    monkeypatch.setenv("KRABUAN_SMTP_PORT", "none")
    monkeypatch.setenv("KRABUAN_GIT_SOURCE", "/nowhere/at/all")
    _, lines = ask()
    assert "KRABUAN_SMTP_PORT is 'none'" in lines["settings"]["en"]
    assert lines["mail"]["level"] == "bad"
    assert "is no Git repository" in lines["git-source"]["en"]


def test_every_variable_that_is_read_is_known() -> None:
    """And no other: a name that nobody reads any more is a typing error."""
    files = [file for top in ("api", "engine", "build_backend") for file in (ROOT / top).rglob("*.py")]
    texts = [file.read_text(encoding="utf-8") for file in files if file.name != "variables.py"] + [(ROOT / "run").read_text()]
    read = {name for said in texts for name in re.findall(r"KRABUAN_[A-Z_]*[A-Z]", said)}
    of_mail = {name for name in KNOWN if name.startswith("KRABUAN_SMTP_")}  # put together from a prefix
    renamed = {"KRABUAN_SMTP_STARTTLS", "KRABUAN_SMTP", "KRABUAN_CHANNEL"}
    assert (read | of_mail) - renamed == KNOWN
    assert unread({"KRABUAN_DATA": "", "PATH": ""}) == {}


def test_every_line_of_the_health_has_words(data: Path) -> None:
    database = Database(f"sqlite:///{data / 'krabuan.db'}")
    with database.read() as db:
        told = {line["check"] for line in get_health(db, SYSTEM, datetime.now(UTC))}
    database.close()
    assert told - {"database", "schema"} == set(HEALTH)


def test_packages_that_are_not_those_that_were_tested(tmp_path: Path) -> None:
    assert pins(ROOT)["Flask"] == pins(tmp_path)["Flask"], "a checkout, and an installed package"
    assert packages(pins(ROOT)).level == "good"
    assert packages({"Flask": "0.1"}).level == "warning"
    assert packages({"no-such-package-at-all": "1"}).level == "bad"
    assert (python((3, 11)).level, python((3, 10)).level) == ("good", "bad")


@pytest.mark.parametrize(("skew", "level"), [(0.2, "good"), (-3, "warning"), (60, "bad")])
def test_clocks_that_differ(skew: float, level: str) -> None:
    assert clock_line(skew).level == level


def test_an_examination_that_fails_is_a_line_without_its_secrets() -> None:
    def fails() -> list[Line]:
        raise RuntimeError("password=hush")

    (line,) = guarded("x", fails)
    assert (line.level, "hush" in str(line)) == ("bad", False)
    assert worst([]) == "good"


def test_every_table_that_only_grows_is_looked_at(tmp_path: Path) -> None:
    from engine.store.condition import missing_rules

    database = Database(f"sqlite:///{tmp_path / 'k.db'}")
    upgrade(database)
    with database.write() as db:
        assert missing_rules(db) == []
        for table in TABLES:
            db.execute(text(f"DROP TRIGGER {names('sqlite', table)[0]}"))
        assert missing_rules(db) == list(TABLES)
    database.close()
