"""All migrations together give exactly the tables that the code is written for, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, select, text

from engine.model.sealed import pseudonym_for
from engine.store import migrations
from engine.store.database import Database
from engine.store.migrations import revisions, upgrade
from engine.store.tables import delivery, metadata, task_candidate, task_label, user_task
from engine.store.tables.months import partitions

DOWNWARDS = "ix_job_open"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()


def _is_ours(_object: Any, name: str | None, _kind: str, _reflected: bool, _other: Any) -> bool:
    """The queue's tables come from its own package; of an index that goes downwards SQLite cannot tell its columns."""
    return name is None or not (name.startswith("procrastinate_") or "_grams" in name or name == DOWNWARDS)


def differences(database: Database) -> list[Any]:
    with database.read() as db:
        # PostgreSQL compares defaults itself; on SQLite the comparison of texts takes '' and "" for two defaults
        options: dict[str, Any] = {"compare_type": True, "compare_server_default": not database.is_sqlite}
        months = set(partitions(db))  # parts of a table, which make themselves as the whole is
        options["include_name"] = lambda name, kind, _: kind != "table" or name not in months
        options["include_object"] = _is_ours
        context = MigrationContext.configure(db, opts=options)
        return list(compare_metadata(context, metadata))


def test_migrations_equal_the_tables(database: Database) -> None:
    upgrade(database)
    assert differences(database) == []


def test_partial_indexes_carry_their_conditions(database: Database) -> None:
    """Alembic does not compare the WHERE of an index, and a rule of ours stands in each of them."""
    upgrade(database)
    with database.read() as db:
        listed = "SELECT name, sql FROM sqlite_master WHERE type = 'index'"
        if not database.is_sqlite:
            listed = "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
        made = {name: sql or "" for name, sql in db.execute(text(listed))}
    dialect = "sqlite" if database.is_sqlite else "postgresql"
    for table in metadata.tables.values():
        for index in table.indexes:
            condition = index.dialect_options[dialect]["where"]
            assert (" WHERE " in made[str(index.name)]) == (condition is not None), index.name
            assert ("UNIQUE" in made[str(index.name)]) == index.unique, index.name


def test_an_index_of_history_is_put_together_of_those_of_its_months(database: Database) -> None:
    """They were built while others wrote: none is built a second time with the whole."""
    upgrade(database)
    with database.read() as db:
        on = text("SELECT count(*) FROM pg_indexes WHERE tablename = :month AND indexdef LIKE '%(at, type)'")
        months = partitions(db)
        assert [db.execute(on, {"month": month}).scalar() for month in months] == [1] * len(months)
        if months:
            of = text("SELECT count(*) FROM pg_inherits WHERE inhparent = 'ix_history_event_at'::regclass")
            assert db.execute(of).scalar() == len(months)


def test_incidents_of_before_get_the_number_of_their_text(database: Database) -> None:
    upgrade(database, "0005")
    rows = {
        "deployment": {"key": 1, "deployed_at": "-", "deployed_by": "-"},
        "process_definition": {
            "key": 2, "process_id": "p", "version": 1, "resource_name": "p", "deployment_key": 1, "xml": "-",
            "checksum": "-", "startable": True, "deployed_at": "-",
        },
        "process_instance": {
            "key": 3, "root_key": 3, "definition_key": 2, "process_id": "p", "version": 1, "state": "ACTIVE",
            "execution_format": 1, "rev": 1, "started_at": "-", "started_by": "-", "history_sequence": 0,
            "history_head": "-",
        },
        "incident": {
            "key": 4, "process_instance_key": 3, "definition_key": 2, "process_id": "p", "element_instance_key": 3,
            "element_id": "a", "error_type": "UNKNOWN", "message": "Hello", "state": "ACTIVE", "created_at": "-",
        },
    }  # fmt: skip
    with database.write() as db:
        for table, row in rows.items():
            names = ", ".join(row)
            db.execute(text(f"INSERT INTO {table} ({names}) VALUES ({', '.join(f':{name}' for name in row)})"), row)
    upgrade(database)
    with database.read() as db:
        assert db.execute(text("SELECT message_hash FROM incident")).scalar_one() == 69609650


def test_the_newest_revision_is_known_without_alembic(database: Database) -> None:
    """By the names of the files: a server whose schema is as it should be does not load what would change it."""
    upgrade(database, "0047")
    with database.read() as db:
        before = revisions(db)
    upgrade(database)
    with database.read() as db:
        after = revisions(db)
        assert MigrationContext.configure(db).get_current_revision() == after[0]
    assert (before[0], after) == ("0047", (before[1], before[1]))
    scripts = ScriptDirectory(str(Path(migrations.__file__).parent))
    assert scripts.get_heads() == [after[1]]


def test_indexes_are_the_same_with_their_orders_and_conditions(tmp_path: Path) -> None:
    """Which the comparison of tables does not look at."""
    migrated, made = (Database(f"sqlite:///{tmp_path / name}.db") for name in ("migrated", "made"))
    upgrade(migrated)
    metadata.create_all(made.engine)
    assert indexes(migrated) == indexes(made)
    assert "priority DESC" in indexes(made)[DOWNWARDS]


def indexes(database: Database) -> dict[str, str]:
    """The statements that make them, of an SQLite database that is closed then."""
    with database.read() as db:
        found = db.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")).all()
    database.close()
    return {name: " ".join(sql.replace('"', "").split()) for name, sql in found if "_grams" not in name}


def test_a_schema_as_it_should_be_is_left_alone(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    upgrade(database)
    monkeypatch.setattr("alembic.command.upgrade", lambda *_: pytest.fail("asked to migrate"))
    upgrade(database)


def test_a_schema_of_a_newer_release_is_left_alone(database: Database, caplog: pytest.LogCaptureFixture) -> None:
    """A server of this release that ends while the next comes starts again beside it."""
    upgrade(database)
    with database.write() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    upgrade(database)
    with database.read() as db:
        assert revisions(db)[0] == "9999"
    assert "the schema is of a newer release: 9999" in caplog.text


def test_migrating_twice_changes_nothing(database: Database) -> None:
    upgrade(database)
    upgrade(database)
    assert differences(database) == []


def test_a_failing_migration_leaves_nothing_behind(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    from alembic.operations import Operations

    original = Operations.create_table

    def refuse(self: Operations, name: str, *columns: Any, **options: Any) -> Any:
        if name == "history_event":
            raise RuntimeError("no space left")
        return original(self, name, *columns, **options)

    # the operations proxy looks the method up on the class for every call
    monkeypatch.setattr(Operations, "create_table", refuse)
    with pytest.raises(RuntimeError):
        upgrade(database)
    with database.read() as db:
        assert inspect(db).get_table_names() == []


def test_what_waits_goes_on_waiting(database: Database) -> None:
    """0006 makes the table anew on SQLite; its rows and its index stay."""
    upgrade(database, "0005")
    with database.write() as db:
        db.execute(
            text(
                "INSERT INTO subscription (key, kind, name, correlation_key, process_id, element_id)"
                " VALUES (1, 'signal', 'a', '', 'p', 's')"
            )
        )
    upgrade(database)
    with database.read() as db:
        assert db.execute(text("SELECT kind, name, element_id, part FROM subscription")).all() == [("signal", "a", "s", None)]
        assert "ix_subscription_name" in {i["name"] for i in inspect(db).get_indexes("subscription")}


def test_accounts_of_before_get_pseudonyms_and_later_changes_are_noticed(database: Database) -> None:
    upgrade(database, "0021")
    with database.write() as db:
        db.execute(text("INSERT INTO person (username, display_name, active) VALUES ('ann', 'Ann', true)"))
    upgrade(database)
    stamps = []
    with database.write() as db:
        row = db.execute(text("SELECT pseudonym, salt FROM pseudonym WHERE username = 'ann'")).one()
        assert row.pseudonym == pseudonym_for("ann", bytes.fromhex(row.salt))
        for change in ("display_name = 'Ann B'", "display_name = 'Ann B'", "failed_sign_ins = 3", "email = 'a@b'"):
            db.execute(text(f"UPDATE person SET {change}"))
            stamps.append(db.execute(text("SELECT value FROM setting WHERE name = 'sealing'")).scalar_one())
    first, *same, last = stamps
    assert same == [first, first] and last != first


def test_mails_that_waited_are_carried_over_as_the_same_mails(database: Database) -> None:
    upgrade(database, "0027")
    person = {"display_name": "-", "active": True, "failed_sign_ins": 0, "clearance": 0}
    told = {"about": "reminder", "subject": "s", "body": "b", "created_at": "2026-01-02"}
    mail = {
        "kind": "MAIL", "type": "mail", "state": "PENDING", "due_at": "2026-01-03", "retries": 5, "priority": 0,
        "created_at": "2026-01-02",
    }  # fmt: skip
    rows: list[tuple[str, dict[str, Any]]] = [
        ("person", {"username": "ann", "email": "ann@office.test", **person}),
        ("person", {"username": "bob", "email": "bob@office.test", **person}),
        ("group_", {"key": "g", "kind": "unit", "th": "-", "en": "-"}),
        ("membership", {"group_key": "g", "username": "bob"}),
        ("notification", {"key": 1, "recipient_kind": "user", "recipient": "ann", **told}),
        ("notification", {"key": 2, "recipient_kind": "group", "recipient": "g", **told}),
        ("job", {"key": 3, "payload": '{"to":"ann@office.test","subject":"s","body":"b"}', **mail}),
        ("job", {"key": 4, "payload": '{"to":"bob@office.test","subject":"s","body":"b"}', **mail}),
        ("job", {"key": 5, "payload": '{"to":"gone@office.test","subject":"s","body":"b"}', **mail}),
        ("job", {"key": 6, "payload": "{}", **mail, "state": "COMPLETED"}),
    ]
    with database.write() as db:
        for table, row in rows:
            names = ", ".join(row)
            db.execute(text(f"INSERT INTO {table} ({names}) VALUES ({', '.join(f':{name}' for name in row)})"), row)
    upgrade(database)
    with database.read() as db:
        assert db.execute(text("SELECT count(*) FROM job")).scalar_one() == 0
        carried = select(delivery).order_by(delivery.c.key)
        found = [(d.key, d.parcel_key, d.notification_key, d.username, d.state, d.content["to"]) for d in db.execute(carried)]
        events = db.execute(text("SELECT event, topic FROM notification ORDER BY key")).all()
    assert found == [(3, 3, 1, "ann", "PACKED", "ann@office.test"), (4, 4, 2, "bob", "PACKED", "bob@office.test")]
    assert events == [("1", "reminder"), ("2", "reminder")]


def test_tasks_of_before_are_found_by_their_words(database: Database) -> None:
    """Each task is told what it is called, each name once; what is closed is in no list and needs none."""
    upgrade(database, "0045")
    case = {
        "key": 3, "root_key": 3, "definition_key": 2, "process_id": "p", "version": 1, "state": "ACTIVE", "execution_format": 1, "rev": 1,
        "started_at": "-", "started_by": "-", "history_sequence": 0, "history_head": "-",
    }  # fmt: skip
    task = {
        "process_instance_key": 3, "root_key": 3, "definition_key": 2, "process_id": "p", "process_version": 1, "process_name": "คําขอ",
        "business_id": "กษ ๑๒/2569 A", "element_id": "a", "state": "CREATED", "candidate_groups": "[]", "candidate_users": "[]",
        "priority": 50, "custom_headers": "{}", "created_at": "-", "rev": 1, "hands": "[]",
    }  # fmt: skip
    listed = {"kind": "group", "process_instance_key": 3, "due_sort": "9999", "priority": 50}
    rows: list[tuple[str, dict[str, Any]]] = [
        ("deployment", {"key": 1, "deployed_at": "-", "deployed_by": "-"}),
        ("process_definition", {
            "key": 2, "process_id": "p", "version": 1, "resource_name": "p", "deployment_key": 1, "xml": "-", "checksum": "-",
            "startable": True, "deployed_at": "-",
        }),
        ("process_instance", case),
        *(("user_task", {**task, "key": key, "name": name}) for key, name in ((4, "ตรวจ"), (5, "ตรวจ"), (6, None))),
        ("task_candidate", {**listed, "name": "g", "task_key": 4, "status": "free"}),
        ("task_candidate", {**listed, "name": "h", "task_key": 6, "status": "closed"}),
    ]  # fmt: skip
    with database.write() as db:
        for table, row in rows:
            names = ", ".join(row)
            db.execute(text(f"INSERT INTO {table} ({names}) VALUES ({', '.join(f':{name}' for name in row)})"), row)
    upgrade(database)
    with database.read() as db:
        labels = {row.key: row.words for row in db.execute(select(task_label))}
        called = {row.key: labels[row.label_key] for row in db.execute(select(user_task.c.key, user_task.c.label_key))}
        found = {row.name: (row.number, labels.get(row.label_key or 0)) for row in db.execute(select(task_candidate))}
    assert called == {4: "ตรวจ\nคำขอ", 5: "ตรวจ\nคำขอ", 6: "คำขอ"} and len(labels) == 2
    assert found == {"g": ("กษ 12/2569 a", "ตรวจ\nคำขอ"), "h": (None, None)}
