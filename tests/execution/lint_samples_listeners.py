"""Diagrams that each break one rule about listeners, jobs and embedded forms, with the same diagram repaired."""

from __future__ import annotations

from tests.execution.bench import diagram, node, user
from tests.execution.lint_samples import END, JOB, START, flows, line


def heard(*written: str, retries: str = "3") -> str:
    """zeebe:executionListeners from texts like `start x`."""
    made = [
        f'<zeebe:executionListener eventType="{event}" type="{type_}" retries="{retries}"/>'
        for event, _, type_ in (w.partition(" ") for w in written)
    ]
    return f"<zeebe:executionListeners>{''.join(made)}</zeebe:executionListeners>"


def asked(event: str) -> str:
    """zeebe:taskListeners with one of an event."""
    return f'<zeebe:taskListeners><zeebe:taskListener eventType="{event}" type="a"/></zeebe:taskListeners>'


def linked(attributes: str) -> bytes:
    """A service task with a linked resource."""
    box = f"{JOB}<zeebe:linkedResources><zeebe:linkedResource {attributes}/></zeebe:linkedResources>"
    return line(node("serviceTask", "x", box))


def embedded(form: str, key: str) -> bytes:
    """A job-worker user task with the form that the process carries."""
    box = f'<bpmn:extensionElements><zeebe:userTaskForm id="f">{form}</zeebe:userTaskForm></bpmn:extensionElements>'
    task = node("userTask", "x", f'<zeebe:formDefinition formKey="camunda-forms:bpmn:{key}"/>')
    return diagram(box + START + task + END + flows("s x", "x e"))


def filtered(events: str) -> bytes:
    """A condition that is looked at after some changes of variables."""
    box = f'<bpmn:extensionElements><zeebe:conditionalFilter variableEvents="{events}"/></bpmn:extensionElements>'
    definition = f"<bpmn:conditionalEventDefinition>{box}<bpmn:condition>=go</bpmn:condition></bpmn:conditionalEventDefinition>"
    return line(node("intermediateCatchEvent", "x", body=definition))


URGENT = '<zeebe:priorityDefinition priority="70"/>'
PRIORITY = '<zeebe:jobPriorityDefinition priority="7"/>'
SAMPLES: dict[str, tuple[bytes, bytes]] = {
    "listener-event": (line(user("x", heard("cancel a"))), line(user("x", heard("start a")))),
    "listener-type": (line(user("x", heard("start "))), line(user("x", heard("start a")))),
    "listener-repeated": (line(user("x", heard("start a", "start a"))), line(user("x", heard("start a", "end a")))),
    "listener-retries": (line(user("x", heard("start a", retries="many"))), line(user("x", heard("start a", retries="=n")))),
    "task-listener-place": (line(node("userTask", "x", asked("creating"))), line(user("x", asked("creating")))),
    "task-listener-event": (line(user("x", asked("start"))), line(user("x", asked("assigning")))),
    "linked-resource": (linked('resourceId="r"'), linked('resourceId="r" resourceType="RPA"')),
    "job-priority-place": (line(user("x", PRIORITY)), line(node("userTask", "x", PRIORITY))),
    "condition-filter": (filtered("delete"), filtered("create, update")),
    "task-priority-place": (line(node("userTask", "x", URGENT)), line(user("x", URGENT))),
    "form-json": (embedded("[1]", "f"), embedded("{}", "f")),
    "form-embedded": (embedded("{}", "g"), embedded("{}", "f")),
}  # fmt: skip
