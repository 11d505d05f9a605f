"""A process whose first task has a form with personal data."""

from __future__ import annotations

from typing import Any

import orjson

from tests.execution.bench import diagram, flows, node, user

SHOWN = '<zeebe:formDefinition formId="p.f"/>'
TWO = diagram(node("startEvent", "s") + user("a", SHOWN) + user("b") + node("endEvent", "e") + flows("s a", "a b", "b e"))


def form(*names: str) -> bytes:
    """A form with these personal fields, and an amount, which is none."""
    mark = {"properties": {"krabuan.personalData": "true"}}
    plain: list[dict[str, Any]] = [{"type": "textfield", "key": name} | mark for name in names if "[]" not in name]
    rows = [{"type": "textfield", "key": name.partition("[].")[2]} | mark for name in names if "[]" in name]
    listed = {"type": "dynamiclist", "path": "children", "components": rows}
    components = [*plain, {"type": "number", "key": "amount"}, listed]
    return orjson.dumps({"schemaVersion": 16, "type": "default", "id": "p.f", "components": components})
