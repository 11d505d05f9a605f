"""Control points judged while a form is being filled in: as for sending it, and without a trace."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from engine.commands.judge_task import JudgeTask
from engine.commands.set_variables import SetVariables
from engine.commands.unassign_task import UnassignTask
from engine.errors import Forbidden, InvalidState, NotFound
from engine.model.actor import Actor
from tests.controls.points import ANN, BOB, at_b, complete, point
from tests.controls.test_evidence import TestDecision as Decisions
from tests.dsl import AUDITOR, OWNER, Office, person

LIMIT = point('type="formField" field="amount" expression="=value &lt;= limit"', "cp-limit")
FILLED = point('type="formField" field="note"', "cp-note")
BOTH = point('type="condition" expression="=amount > 0 and sure = true"', "cp-both")
TABLE = point('type="decision" decisionId="allowed"', "cp-table")
FORM = orjson.dumps(
    {
        "schemaVersion": 16, "type": "default", "id": "q.f",
        "components": [
            {"type": "number", "key": "amount", "label": "amount", "validate": {"required": True}},
            {"type": "textfield", "key": "note", "label": "note", "conditional": {"hide": "=amount > 100"}},
            {"type": "checkbox", "key": "sure", "label": "sure"},
        ],
    }
)  # fmt: skip
SHOWS = '<zeebe:formDefinition formId="q.f"/>'


@pytest.fixture
def opened(office: Office) -> Office:
    """Ann has task b, with a form and four control points; limit is 50."""
    return at_b(office, SHOWS + LIMIT + FILLED + BOTH + TABLE, files=(("q.form", FORM), ("d.dmn", Decisions.TABLE)), limit=50)


def judged(office: Office, actor: Actor = ANN, **filled: Any) -> dict[str, bool]:
    """Whether each point holds, by its id."""
    items = office.run(JudgeTask(office.task("b").key, filled), actor)["items"]
    return {item["controlPointId"]: item["satisfied"] for item in items}


def test_each_by_what_is_filled_in_so_far(opened: Office) -> None:
    assert judged(opened) == {"cp-limit": False, "cp-note": False, "cp-both": False}
    assert judged(opened, amount=40, note="x") == {"cp-limit": True, "cp-note": True, "cp-both": False}
    assert judged(opened, amount=60, sure=True) == {"cp-limit": False, "cp-note": False, "cp-both": True}


def test_what_the_form_has_and_is_not_sent_is_empty(opened: Office) -> None:
    opened.run(SetVariables(opened.key, {"note": "ของเดิม"}), OWNER)
    assert judged(opened, amount=1)["cp-note"] is False
    assert judged(opened)["cp-note"] is False  # nor where something else is missing, too
    assert judged(opened, note="x")["cp-note"] is True
    assert judged(opened, note="x", nowhere=1)["cp-note"] is True


def test_a_field_that_the_form_hides_is_not_demanded(opened: Office) -> None:
    assert judged(opened, amount=101)["cp-note"] is True


@pytest.mark.parametrize("wrong", ["many", [1], {"a": 1}, True])
def test_what_is_wrong_in_the_form_holds_nothing_and_breaks_nothing(opened: Office, wrong: Any) -> None:
    assert judged(opened, amount=wrong)["cp-limit"] is False


def test_nothing_is_written(opened: Office) -> None:
    before = opened.snapshot()
    judged(opened, amount=40, note="x", sure=True)
    assert opened.snapshot() == before


def test_only_who_may_fill_it_in(opened: Office) -> None:
    for actor, error in ((BOB, Forbidden), (AUDITOR, Forbidden), (person("cem", "legal"), NotFound)):
        with pytest.raises(error):
            judged(opened, actor)
    opened.run(UnassignTask(opened.task("b").key), OWNER)
    assert judged(opened, BOB, note="x")["cp-note"] is True  # a candidate of a free task


def test_a_finished_task_is_not_judged(office: Office) -> None:
    key = at_b(office, FILLED).task("b").key
    complete(office, note="x")
    with pytest.raises(InvalidState):
        office.run(JudgeTask(key, {}), ANN)
    with pytest.raises(NotFound):
        office.run(JudgeTask(10**9, {}), ANN)


def test_without_a_form_any_data_count(office: Office) -> None:
    at_b(office, FILLED + BOTH)
    assert judged(office, note="x", amount=1, sure=True) == {"cp-note": True, "cp-both": True}
