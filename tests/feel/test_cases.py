"""Expressions with their values, in files of `expression => value` lines, both of them FEEL."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.feel import Environment, Evaluation, Run, from_json, kind, parse_expression
from engine.feel.values.comparing import equal

CASES = Path(__file__).parent / "cases"
SCOPE: dict[str, object] = {
    "ระดับ": "สูง",
    "ระดับ ความเสี่ยง": "ปานกลาง",
    "วงเงิน": 500000,
    "วงเงิน งบประมาณ": 2000000,
    "จำนวน/เดือน": 3,
    "a": 3,
    "b": 2,
    "a-b": 7,
    "ข้อกำหนด and เงื่อนไข": "ชื่อเดียว",
    "my name": "Somchai",
    "ผู้รับผิดชอบ": {"ชื่อ": "ดวงใจ", "หน่วยงาน": {"ชื่อ ไทย": "ศูนย์เทคโนโลยีสารสนเทศ"}},
    "บุคลากร": [
        {"ชื่อ": "สมหญิง", "อายุ": 30, "ตำแหน่ง งาน": "นักวิชาการ"},
        {"ชื่อ": "กานดา", "อายุ": 45, "ตำแหน่ง งาน": "นักวิชาการ"},
        {"ชื่อ": "ปรีชา", "อายุ": 55, "ตำแหน่ง งาน": "ผู้อำนวยการ"},
    ],
    "formula": "แปรผัน",
    "forest": "ป่า",
    "nothing": None,
    "date": "2026-12-05",
    "aware_at": "2026-04-10T16:00:00+07:00",
}


def read_cases() -> list[tuple[str, str, str]]:
    found: list[tuple[str, str, str]] = []
    for file in sorted(CASES.glob("*.txt")):
        for line in file.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                expression, _, expected = line.rpartition(" => ")
                found.append((file.stem, expression, expected))
    return found


def assert_same(found: Evaluation, expected: str, env: Environment) -> None:
    wanted = parse_expression(expected).evaluate({}, env)
    assert wanted.warnings == (), expected
    assert kind(found.value) == kind(wanted.value), found
    assert equal(found.value, wanted.value, Run(env)) is True, found


@pytest.mark.parametrize(("group", "expression", "expected"), read_cases())
def test_value(group: str, expression: str, expected: str, env: Environment) -> None:
    found = parse_expression(expression).evaluate(SCOPE, env)
    assert_same(found, expected, env)


@pytest.mark.parametrize(("group", "expression", "expected"), read_cases())
def test_json_scope_gives_the_same(group: str, expression: str, expected: str, env: Environment) -> None:
    """Whether numbers come as Decimals or as the ints and floats of JSON makes no difference."""
    scope = from_json(SCOPE)
    assert isinstance(scope, dict)
    assert_same(parse_expression(expression, tuple(scope)).evaluate(scope, env), expected, env)


def test_there_are_enough() -> None:
    """Besides the 49 of everyday.json and the examples of the documentation."""
    expressions = {expression for _, expression, _ in read_cases()}
    assert len(expressions) == len(read_cases()) >= 500
    assert sum(any("ก" <= letter <= "๛" for letter in expression) for expression in expressions) >= 90
