"""A loop that is being undone round by round is carried over to another version, and keeps its order."""

from __future__ import annotations

import pytest

from engine.commands.migrate_instance import MigrateInstance
from engine.errors import MigrationRefused
from engine.store import tables as t
from tests.dsl import OWNER, Office
from tests.execution.bench import user
from tests.execution.test_compensated_loops import around, loop, undoable

PLAN = (("a", "a"), ("x", "x"), ("t", "t"), ("undo", "undo2"), ("c_a", "c_a"))


def test_what_is_still_to_be_undone_is_carried_over(office: Office) -> None:
    first = around(undoable(user("a", body=loop(sequential=True))))
    office.deploy(first)
    office.start(items=["x", "y", "z"])
    for element in ("a", "a", "a", "x"):
        office.complete(element)
    assert (office.waiting, _item(office)) == (["undo"], '"z"')
    office.deploy(first.replace(b'"undo"', b'"undo2"'))
    target = office.rows(t.process_definition, everything=True)[-1].key
    with pytest.raises(MigrationRefused):
        office.run(MigrateInstance(office.key, target, tuple(p for p in PLAN if p[0] != "undo"), "ย้ายรุ่น"), OWNER)
    office.run(MigrateInstance(office.key, target, PLAN, "ย้ายรุ่น"), OWNER)
    for item in ("z", "y", "x"):
        assert (office.waiting, _item(office, "undo2")) == (["undo2"], f'"{item}"')
        office.complete("undo2")
    assert office.waiting == ["u"]
    assert office.verified()


def _item(office: Office, element: str = "undo") -> str:
    """The item that the open task of the handler sees, as JSON text."""
    key = office.task(element).key
    value: str = next(r.value for r in office.rows(t.variable) if r.scope_key == key and r.name == "item")
    return value
