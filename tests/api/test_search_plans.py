"""How the databases find cases: by an index, whatever lies in the tables, and also where nobody counted what does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import event, text

from engine.model.actor import SYSTEM
from engine.queries import instances, variable_filter
from engine.queries.instances import search_instances
from engine.queries.search import Search
from engine.store.database import Database
from engine.store.migrations import upgrade

BY_INDEX: dict[str, dict[str, Any]] = {
    "ix_variable_value": {"variables": [{"name": "amount", "value": "4"}]},
    "ix_process_instance_business_id": {"businessId": "A-4"},
}
BETWEEN = {"variables": [{"name": "amount", "value": {"$gt": "4", "$lte": "9"}}]}


def plans(database: Database, filter: dict[str, Any], *settings: str) -> list[str]:
    """The steps of every statement of a search of cases, as the database carries them out."""
    explain = "EXPLAIN QUERY PLAN" if database.is_sqlite else "EXPLAIN"
    sent: list[tuple[str, Any]] = []

    def note(_conn: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        sent.append((statement, parameters))

    with database.read() as db:
        for setting in settings:
            db.execute(text(setting))
        event.listen(db.engine, "before_cursor_execute", note)
        search_instances(db, SYSTEM, Search(filter))
        event.remove(db.engine, "before_cursor_execute", note)
        raw, steps = db.connection.cursor(), []
        for statement, parameters in sent:
            raw.execute(f"{explain} {statement}", parameters)
            steps += [str(row[-1]) for row in raw.fetchall()]
    return steps


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    upgrade(opened)
    yield opened
    opened.close()


@pytest.mark.parametrize(("index", "filter"), [*BY_INDEX.items(), ("ix_variable_value", BETWEEN)])
def test_cases_are_found_by_index(database: Database, index: str, filter: dict[str, Any]) -> None:
    """On PostgreSQL small tables would be read whole: that is forbidden here."""
    settings = () if database.is_sqlite else ("SET LOCAL enable_seqscan = off", "SET LOCAL enable_bitmapscan = off")
    steps = plans(database, filter, *settings)
    assert any(index in step for step in steps), steps
    assert [step for step in steps if step.startswith("SCAN process_instance")] == []


@pytest.mark.parametrize(("pattern", "how"), [("A-4*", "begins"), ("*-4?1", "holds"), ("A*-401", "holds")])
def test_cases_are_found_by_a_part_of_their_number(
    database: Database, monkeypatch: pytest.MonkeyPatch, pattern: str, how: str
) -> None:
    """Where letters are sorted as a language has them, PostgreSQL's ordinary index leads to no beginning. Here they may
    not be, so that it is taken away."""
    monkeypatch.setattr(instances, "NEXT", 0)
    if not database.is_sqlite:
        with database.write() as db:
            db.execute(text("DROP INDEX ix_process_instance_business_id"))
    settings = () if database.is_sqlite else ("SET LOCAL enable_seqscan = off", "SET LOCAL enable_indexscan = off")
    index = "ix_process_instance_grams" if not database.is_sqlite else {
        "begins": "ix_process_instance_business_id (business_id>? AND business_id<?)",
        "holds": "process_instance_grams",
    }[how]  # fmt: skip
    steps = plans(database, {"businessId": {"$like": pattern}}, *settings)
    assert any(index in step for step in steps), steps


@pytest.fixture
def on_sqlite(sqlite_url: str) -> Iterator[Database]:
    opened = Database(sqlite_url)
    upgrade(opened)
    yield opened
    opened.close()


def test_a_value_that_many_have_is_not_gathered_first(on_sqlite: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(variable_filter, "NAMED", -1)
    monkeypatch.setattr(variable_filter, "FEW", -1)
    steps = plans(on_sqlite, BY_INDEX["ix_variable_value"])
    assert any(step.startswith("SCAN process_instance") for step in steps), "the first that have it are found so"


def test_the_deadline_that_is_shown_is_found_by_its_case(on_sqlite: Database) -> None:
    """SQLite knows nothing of how many deadlines run, and would walk through all of them for every case."""
    steps = [step for step in plans(on_sqlite, {}) if " deadline " in step]
    assert steps == ["SEARCH deadline USING INDEX ix_deadline_process_instance_key (process_instance_key=?)"]


def test_a_range_of_numbers_is_asked_of_each_case_by_its_own_variables(on_sqlite: Database) -> None:
    """Of the index of values SQLite would read all that have the name, for every case anew."""
    steps = plans(on_sqlite, BETWEEN)
    read = [step.partition(" INDEX ")[2] for step in steps if step.startswith("SEARCH variable_1")]
    own = "ix_variable_process_instance_key (process_instance_key=?)"
    assert read == ["ix_variable_value (name=?)", own, own], "gathered once; then the page of them, and their number"
