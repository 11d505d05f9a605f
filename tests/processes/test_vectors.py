"""The rules of scoring answer what their documents say: `processes/<id>/vectors.yaml`, decision by decision.

A file says which `decision` of the folder it is about (a vector may say another), and for each of its `vectors` a
name, the inputs, and what is expected of the answer: of a context at least these members, number for number.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from engine.dmn import DecisionModel, parse_decisions
from engine.feel import Environment, from_json, to_json
from engine.scenarios.looking import matches
from tests.processes.conftest import PROCESSES

FILES = sorted(PROCESSES.glob("*/vectors.yaml"))
ENV = Environment(now=datetime(2026, 4, 10, 9, 0, tzinfo=UTC))


def _vectors() -> list[Any]:
    found = []
    for file in FILES:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        for vector in content["vectors"]:
            decision = vector.get("decision", content.get("decision"))
            marks = (file.parent, decision, vector["inputs"], vector["expected"])
            found.append(pytest.param(*marks, id=f"{file.parent.name}/{vector['name']}"))
    return found


@cache
def _models(folder: Path) -> tuple[DecisionModel, ...]:
    return tuple(parse_decisions(file.read_bytes(), file.name) for file in sorted(folder.glob("*.dmn")))


def _model_with(folder: Path, decision: str) -> DecisionModel:
    return next(model for model in _models(folder) if decision in model.decisions)


def test_there_are_vectors() -> None:
    assert FILES


@pytest.mark.parametrize(("folder", "decision", "inputs", "expected"), _vectors())
def test_the_decision_answers_as_documented(
    folder: Path, decision: str, inputs: dict[str, object], expected: object
) -> None:
    scope = from_json(inputs)
    assert isinstance(scope, Mapping)
    result = _model_with(folder, decision).evaluate(decision, scope, ENV)
    assert result.failure is None
    assert matches(expected, to_json(result.output)), to_json(result.output)
