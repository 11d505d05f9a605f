"""What is a person's task has a row, and nothing else has."""

from __future__ import annotations

from sqlalchemy import select

from engine.commands.cancel_instance import CancelInstance
from engine.store.tables import user_task
from tests.dsl import OWNER, Office
from tests.execution.bench import diagram, flows, node, user

LOOP = (
    "<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements>"
    '<zeebe:loopCharacteristics inputCollection="=items" inputElement="item"/>'
    "</bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>"
)


def around(body: str) -> bytes:
    return diagram(node("startEvent", "s") + body + node("endEvent", "e") + flows("s a", "a e"))


def rows(office: Office) -> list[tuple[str, str]]:
    with office.bus.database.read() as db:
        return [(r.element_id, r.state) for r in db.execute(select(user_task).order_by(user_task.c.key))]


def test_each_round_of_a_loop_is_a_task_and_its_body_is_none(office: Office) -> None:
    office.deploy(around(user("a", body=LOOP)))
    office.start(items=[1, 2])
    office.complete("a")
    office.complete("a")
    assert office.instance.state == "COMPLETED"
    assert rows(office) == [("a", "COMPLETED"), ("a", "COMPLETED")]


def test_a_task_that_failed_before_it_was_asked_for_leaves_no_row(office: Office) -> None:
    office.deploy(around(user("a", '<zeebe:assignmentDefinition assignee="=nobody.knows"/>')))
    office.start()
    office.run(CancelInstance(office.key), OWNER)
    assert rows(office) == []


def test_a_user_task_that_a_worker_does_has_no_row(office: Office) -> None:
    office.deploy(around(node("userTask", "a")))
    office.start()
    office.run(CancelInstance(office.key), OWNER)
    assert rows(office) == []
