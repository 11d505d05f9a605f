"""The copies of an office in which scenarios are played: what has been read once is not read again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from engine.commands import definitions
from engine.commands.checking import Resource
from engine.scenarios.world import Template
from tests.execution.bench import diagram, flows, node

AT = datetime(2026, 4, 10, tzinfo=UTC)
BODY = node("startEvent", "s") + node("endEvent", "e") + flows("s e")


def drawn(process: str, body: str = BODY) -> Resource:
    """A diagram of one process in a file of its name."""
    return Resource(f"{process}.bpmn", diagram(body, process_id=process))


def test_a_hunt_for_mutants_reads_the_other_diagrams_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    parsed = definitions._parsed

    def noted(row: Any) -> Any:
        read.append(row.resource_name)
        return parsed(row)

    monkeypatch.setattr(definitions, "_parsed", noted)
    template = Template([drawn("one"), drawn("two")], None)
    for name in ("Changed", "Changed otherwise"):
        template.world(AT, drawn("one", BODY.replace('id="e"', f'id="e" name="{name}"'))).close()
    template.close()
    assert sorted(read) == ["one.bpmn", "two.bpmn"]
