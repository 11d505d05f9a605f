"""The process whose cases all act on at once: two branches of two tasks each, then one more; and who acts."""

from __future__ import annotations

from benchmarks.linearizability.model import CLERKS, OWNER
from engine.model.actor import Actor

PROCESS_ID, GROUP = "shared", "clerks_group"
NODES = ("start", "fork", "a1", "a2", "b1", "b2", "join", "c", "end")
FLOWS = ("start fork", "fork a1", "a1 a2", "a2 join", "fork b1", "b1 b2", "b2 join", "join c", "c end")
VERSIONS = 3
PASSWORD = "Ratchaburi-29-cobalt-ferry"
ORGANISATION = f"units:\n  - {{key: {GROUP}, th: เจ้าหน้าที่, en: Clerks}}\n"

ACTORS = {OWNER: Actor(OWNER, roles=frozenset({"process-owner"}), owned=frozenset({"*"}))} | {
    name: Actor(name, roles=frozenset({"staff"}), groups=frozenset({GROUP})) for name in CLERKS
}


def diagram(version: int) -> bytes:
    """The process; its versions differ by a name."""
    tasks = "".join(_task(name, version) for name in ("a1", "a2", "b1", "b2", "c"))
    flows = "".join(_flow(number, *flow.split()) for number, flow in enumerate(FLOWS))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="https://krabuan.org/benchmarks">
  <bpmn:process id="{PROCESS_ID}" name="shared" isExecutable="true">
    <bpmn:startEvent id="start"/><bpmn:parallelGateway id="fork"/><bpmn:parallelGateway id="join"/>
    <bpmn:endEvent id="end"/>{tasks}{flows}
  </bpmn:process>
</bpmn:definitions>
""".encode()


def _task(name: str, version: int) -> str:
    return f"""
    <bpmn:userTask id="{name}" name="{name} ({version})"><bpmn:extensionElements>
      <zeebe:userTask/><zeebe:assignmentDefinition candidateGroups="{GROUP}"/>
    </bpmn:extensionElements></bpmn:userTask>"""


def _flow(number: int, source: str, target: str) -> str:
    return f'\n    <bpmn:sequenceFlow id="f{number}" sourceRef="{source}" targetRef="{target}"/>'
