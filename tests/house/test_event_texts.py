"""Every event of a case's history has a name in the pages, in Thai and in English: no auditor reads a code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def told(node: ast.AST) -> Iterator[str]:
    """The types that a call records: `.record(instance, "type", ...)`, `handles(..., event="type")`, `asks(_, "type")`."""
    if not isinstance(node, ast.Call):
        return
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    found = [node.args[1]] if name in ("record", "record_for_office", "asks") and len(node.args) > 1 else []
    found += [k.value for k in node.keywords if name == "handles" and k.arg == "event"]
    for value in found:
        for part in (value.body, value.orelse) if isinstance(value, ast.IfExp) else (value,):
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                yield part.value


def recorded() -> set[str]:
    modules = [*(ROOT / "engine" / "commands").glob("*.py"), *(ROOT / "engine" / "jobs").glob("*.py")]
    trees = (ast.parse(module.read_text(encoding="utf-8")) for module in modules)
    return {type_ for tree in trees for node in ast.walk(tree) for type_ in told(node)}


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_event_of_history_has_a_text(language: str) -> None:
    texts = (ROOT / "web" / "src" / "i18n" / f"events.{language}.ts").read_text(encoding="utf-8")
    named = set(re.findall(r"'event\.([a-z-]+)':", texts))
    types = recorded()
    assert len(types) > 50
    assert types - named == set()
