"""What the trail says: data before and after, who for whom, and nothing that later edits can reach."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from engine.commands.assign_task import AssignTask
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.correct_variables import CorrectVariables
from engine.commands.create_instance import CreateInstance
from engine.commands.set_variables import SetVariables
from engine.commands.update_task import UpdateTask
from engine.errors import InvalidArgument
from engine.model.actor import Actor
from engine.store import tables as t
from tests.dsl import OWNER, Office, person
from tests.execution.bench import diagram, flows, node, user

FINANCE = '<zeebe:assignmentDefinition candidateGroups="finance"/>'
TWO = diagram(node("startEvent", "s") + user("a", FINANCE) + user("b") + node("endEvent", "e") + flows("s a", "a b", "b e"))
ANN = person("ann", "finance")


def replay(office: Office) -> dict[str, dict[str, Any]]:
    """The variables by scope as the trail alone tells them."""
    found: dict[str, dict[str, Any]] = {}
    for row in office.rows(t.history_event):
        if row.type == "variable-set":
            data = orjson.loads(row.body)["data"]
            values = found.setdefault(data["scope"], {})
            assert ("before" in data) == (data["name"] in values)
            if "before" in data:
                assert values[data["name"]] == data["before"]
            values[data["name"]] = data["value"]
    return found


def test_the_variables_can_be_told_from_the_trail_alone(office: Office) -> None:
    office.deploy(TWO)
    office.start(amount=1, who={"name": "ann", "tags": ["x"]})
    office.complete("a", amount=2.5, who={"name": "bob", "tags": ["x", "y"]}, new=None)
    office.run(SetVariables(office.key, {"amount": 3, "flag": True}), OWNER)
    assert replay(office)[str(office.key)] == office.variables


def test_a_nested_change_does_not_change_what_was_written_before(office: Office) -> None:
    office.deploy(TWO)
    office.start(plan={"steps": [{"done": False}]})
    office.complete("a", plan={"steps": [{"done": True}]})
    values = [orjson.loads(r.body)["data"]["value"] for r in office.rows(t.history_event) if r.type == "variable-set"]
    assert values == [{"steps": [{"done": False}]}, {"steps": [{"done": True}]}]


def test_an_unchanged_value_is_no_event(office: Office) -> None:
    office.deploy(TWO)
    office.start(amount=1, text="x")
    office.complete("a", amount=1.0, text="x")
    assert len(office.events("variable-set")) == 2


def test_what_looks_alike_is_a_change(office: Office) -> None:
    office.deploy(TWO)
    office.start(one=1, none=None)
    office.complete("a", one=True, none="")
    changes = [orjson.loads(r.body)["data"] for r in office.rows(t.history_event) if r.type == "variable-set"][2:]
    assert [(c["before"], c["value"]) for c in changes] == [(1, True), (None, "")]


def test_each_event_says_who_and_for_whom(office: Office) -> None:
    office.deploy(TWO)
    office.start()
    substitute = Actor("zoe", roles=frozenset({"staff"}), groups=frozenset({"finance"}), on_behalf_of="ann")
    office.run(CompleteTask(office.task("a").key), substitute)
    rows = [r for r in office.rows(t.history_event) if r.type == "user-task-completed"]
    assert [(r.actor, r.on_behalf_of) for r in rows] == [("zoe", "ann")]
    assert [r.completed_by for r in office.rows(t.user_task) if r.element_id == "a"] == ["ann"]


def test_assignment_and_change_keep_what_was_before(office: Office) -> None:
    office.deploy(TWO)
    office.start()
    key = office.task("a").key
    office.run(ClaimTask(key), ANN)
    assert office.event("assignee-set") == {"assignee": "ann", "before": None}
    office.run(UpdateTask(key, {"priority": 90, "candidate_groups": ["audit"]}), OWNER)
    assert office.event("user-task-changed") == {"before": {"priority": 50, "candidate_groups": ["finance"]}}
    assert office.event("user-task-updated")["changes"] == {"priority": 90, "candidate_groups": ["audit"]}


def test_a_correction_says_from_what_to_what(office: Office) -> None:
    form = {
        "schemaVersion": 16, "type": "default", "id": "p.start",
        "components": [{"type": "textfield", "key": "aware_at", "id": "F1", "label": "ทราบเหตุ"}],
    }  # fmt: skip
    start = node("startEvent", "s", '<zeebe:formDefinition formId="p.start"/>')
    office.deploy(("p.bpmn", diagram(start + user("a") + flows("s a"))), ("p.form", orjson.dumps(form)))
    answer = office.run(CreateInstance("p", variables={"aware_at": "x"}, by_form=True), ANN)
    office.key = int(answer["processInstanceKey"])
    office.run(CorrectVariables(office.key, {"aware_at": "y"}), ANN)
    assert office.event("variables-corrected") == {"variables": {"aware_at": "y"}}
    assert office.event("variable-set")["before"] == "x"


def test_a_refused_command_leaves_no_event(office: Office) -> None:
    office.deploy(TWO)
    office.start()
    before = office.events()
    with pytest.raises(InvalidArgument):
        office.run(AssignTask(office.task("a").key, "nobody"), OWNER)
    assert office.events() == before


def test_numbers_keep_every_digit(office: Office) -> None:
    from decimal import Decimal

    office.deploy(TWO)
    office.start(exact=Decimal("0.1"), large=Decimal(2**53 + 1), money=Decimal("123456789.25"))
    office.complete("a")
    assert replay(office)[str(office.key)] == {"exact": 0.1, "large": 2**53 + 1, "money": 123456789.25}


def test_the_sequence_has_no_gap_and_the_time_never_goes_back(office: Office) -> None:
    office.deploy(TWO)
    office.start()
    office.advance("PT1H").complete("a").advance("PT1H").complete("b")
    rows = office.rows(t.history_event)
    assert [r.sequence for r in rows] == list(range(1, len(rows) + 1))
    assert [r.at for r in rows] == sorted(r.at for r in rows)
