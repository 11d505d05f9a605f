"""A person's name is personal data (PDPA section 6) wherever a form asks for it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from tests.processes.conftest import PROCESSES

_NAME = re.compile("ชื่อ ?[–-] ?(?:นาม)?สกุล")


def _fields(component: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield component
    for inner in component.get("components", ()):
        yield from _fields(inner)


def test_every_field_for_a_persons_name_is_marked() -> None:
    files = sorted((PROCESSES.parent / "forms").rglob("*.form"))
    asked = [
        (f"{file.stem}: {field['id']}", field.get("properties", {}).get("krabuan.personalData"))
        for file in files
        for field in _fields(json.loads(file.read_text(encoding="utf-8")))
        if field["type"] in ("textfield", "textarea") and _NAME.search(field.get("label", ""))
    ]
    assert asked
    assert [where for where, mark in asked if mark != "true"] == []
