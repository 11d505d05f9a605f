"""Judge the control points of a task against their evidence.

A control point passes, is unsatisfied (the task cannot be completed), or has failed for good: its
time has passed, the reasons are given, and the case goes on. What is judged is what was submitted
together with the case's variables; nothing here is a constant.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from engine.feel import Environment, Evaluation, FeelError, parse_expression
from engine.model.manual import ControlPoint, Words

State = Literal["PASSED", "FAILED", "UNSATISFIED"]


@dataclass(frozen=True, slots=True)
class Clock:
    """A deadline as a control point sees it. `late_until` is None where lateness has no term."""

    due_at: datetime
    late_until: datetime | None
    late_reasons_field: str | None


@dataclass(frozen=True, slots=True)
class Result:
    """The judgement on one control point; `detail` says why in both languages."""

    point: ControlPoint
    state: State
    detail: Words


class Undecided(LookupError):
    """A decision has no answer; the text says why, in English, and `th` in Thai."""

    def __init__(self, en: str, th: str | None = None) -> None:
        super().__init__(en)
        self.th = en if th is None else th


@dataclass(frozen=True, slots=True)
class Case:
    """All that judgements may look at.

    `scope` are the case's variables with the submitted data in front; `filled(field)` tells whether
    a field of the form is filled, ticked or attached, None when the form hides it; `decide` gives
    the output of a decision or raises Undecided.
    """

    scope: Mapping[str, Any]
    env: Environment
    filled: Callable[[str], bool | None]
    clocks: Mapping[str, Clock]
    standard_due: datetime | None
    decide: Callable[[str], Any]


_NOT_APPLICABLE = Words("ไม่เกี่ยวข้องกับกรณีนี้", "Not applicable in this case")
_OK = Words("เป็นไปตามจุดควบคุม", "Satisfied")
_LATE = Words("ล่วงเลยกำหนดเวลา ระบุเหตุผลแล้ว", "Late; the reasons are given")
_OUT_OF_TERM = Words("พ้นกำหนดเวลาที่กฎหมายให้ล่าช้าได้", "Out of the term within which lateness is allowed")
_REASONS = Words("ล่วงเลยกำหนดเวลาแล้ว ต้องระบุเหตุผลความจำเป็น", "The time has passed: the reasons are demanded")


def check(points: tuple[ControlPoint, ...], case: Case) -> list[Result]:
    """Judge each control point, in the order of the diagram."""
    return [_JUDGES[point.evidence.type](point, case) for point in points]


def _form_field(point: ControlPoint, case: Case) -> Result:
    field = point.evidence.field or ""
    filled = case.filled(field)
    if filled is None:
        return Result(point, "PASSED", _NOT_APPLICABLE)
    if not filled:
        return Result(
            point,
            "UNSATISFIED",
            Words(f"ยังไม่ได้กรอก ทำเครื่องหมาย หรือแนบ: {field}", f"Not filled, ticked or attached: {field}"),
        )
    if point.evidence.expression is None:
        return Result(point, "PASSED", _OK)
    scope = _with_value(case.scope.get(field), case)
    return _expression(point, point.evidence.expression, scope, case.env)


def _condition(point: ControlPoint, case: Case) -> Result:
    return _expression(point, point.evidence.expression or "null", case.scope, case.env)


def _expression(point: ControlPoint, feel: str, scope: Mapping[str, Any], env: Environment) -> Result:
    try:
        outcome = parse_expression(feel).evaluate(scope, env)
    except FeelError as error:
        return Result(point, "UNSATISFIED", Words(f"ตรวจสอบไม่ได้: {error.th}", f"Cannot be checked: {error}"))
    if outcome.value is True:
        return Result(point, "PASSED", _OK)
    th, en = (f" ({'; '.join(said)})" if outcome.warnings else "" for said in _complaints(outcome))
    return Result(point, "UNSATISFIED", Words(f"ไม่เป็นไปตามเงื่อนไข {feel}{th}", f"Not satisfied: {feel}{en}"))


def _complaints(outcome: Evaluation) -> tuple[list[str], list[str]]:
    """What an evaluation warned of, in Thai and in English."""
    return [w.th for w in outcome.warnings], [w.message for w in outcome.warnings]


def _decision(point: ControlPoint, case: Case) -> Result:
    decision = point.evidence.decision_id or ""
    try:
        value = case.decide(decision)
    except Undecided as error:
        return Result(point, "UNSATISFIED", Words(f"ตรวจสอบไม่ได้: {error.th}", f"Cannot be checked: {error}"))
    if point.evidence.expression is not None:
        return _expression(point, point.evidence.expression, _with_value(value, case), case.env)
    if value is True:
        return Result(point, "PASSED", _OK)
    return Result(
        point, "UNSATISFIED", Words(f"ไม่ผ่านตารางตัดสินใจ {decision}", f"Decision table {decision} does not hold")
    )


def _deadline(point: ControlPoint, case: Case) -> Result:
    clock = case.clocks.get(point.evidence.deadline_id or "")
    if clock is None:
        return Result(point, "UNSATISFIED", Words("นาฬิกากำหนดเวลายังไม่เริ่มนับ", "The clock has not started"))
    return _timed(point, case, clock)


def _standard_time(point: ControlPoint, case: Case) -> Result:
    if case.standard_due is None:
        return Result(point, "PASSED", _NOT_APPLICABLE)
    return _timed(point, case, Clock(case.standard_due, None, point.evidence.late_reasons_field))


def _timed(point: ControlPoint, case: Case, clock: Clock) -> Result:
    now = case.env.now
    if now <= clock.due_at:
        return Result(point, "PASSED", _OK)
    field = point.evidence.late_reasons_field or clock.late_reasons_field
    reasons = case.scope.get(field) if field is not None else None
    if field is not None and (not isinstance(reasons, str) or not reasons.strip()):
        return Result(point, "UNSATISFIED", Words(f"{_REASONS.th} ({field})", f"{_REASONS.en} ({field})"))
    if clock.late_until is not None and now > clock.late_until:
        return Result(point, "FAILED", _OUT_OF_TERM)
    return Result(point, "FAILED", _LATE)


_JUDGES: dict[str, Callable[[ControlPoint, Case], Result]] = {
    "formField": _form_field,
    "condition": _condition,
    "decision": _decision,
    "deadline": _deadline,
    "standardTime": _standard_time,
}


def _with_value(value: Any, case: Case) -> Mapping[str, Any]:
    """The case's scope with `value` in front."""
    return ChainMap({"value": value}, case.scope)  # type: ignore[arg-type]
