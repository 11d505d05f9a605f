"""Every example in docs/reference/feel.md is true, and every built-in function has one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.feel import Environment, parse_expression
from engine.feel.functions.registry import BUILTINS
from tests.feel.conftest import NOW
from tests.feel.test_cases import assert_same
from tests.feel.test_working_time import OFFICE

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "feel.md"
_ROW = re.compile(r"\| (?:`` ?(.+?) ?``|`(.+?)`) \| `(.+?)` \|")


def examples() -> list[tuple[str, str]]:
    rows = (_ROW.match(line) for line in PAGE.read_text(encoding="utf-8").splitlines())
    return [(row[1] or row[2], row[3]) for row in rows if row]


@pytest.mark.parametrize(("expression", "expected"), examples())
def test_example(expression: str, expected: str) -> None:
    env = Environment(now=NOW, calendar=OFFICE)
    assert_same(parse_expression(expression).evaluate({}, env), expected, env)


def test_every_function_has_an_example() -> None:
    shown = " ".join(expression for expression, _ in examples())
    assert [name for name in BUILTINS if f"{name}(" not in shown] == []


def test_the_examples_are_found() -> None:
    assert len(examples()) > 150
