"""What process owners write every day, each expression with its value as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.feel import Environment, parse_expression, to_json

_DATA = json.loads((Path(__file__).parent / "everyday.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", _DATA["cases"], ids=lambda case: str(case["expression"]))
def test_value(case: dict[str, object], env: Environment) -> None:
    found = parse_expression(str(case["expression"])).evaluate(_DATA["context"], env)
    assert to_json(found.value) == case["expected"]
