"""Make a draft of a process: from a deployed version, or an empty diagram."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import quoteattr

from engine.commands.draft_sources import files_of_version
from engine.commands.model_drafts import EDIT, LONGEST_NAME, begin, check_name
from engine.commands.registry import OfService, Target, handles
from engine.commands.transaction import Transaction
from engine.errors import InvalidArgument
from engine.policy.permissions import Facts

_EMPTY = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"
    xmlns:di="http://www.omg.org/spec/DD/20100524/DI" id="Definitions" targetNamespace="http://bpmn.io/schema/bpmn">
  <bpmn:process id="{id}" name={name} isExecutable="true">
    <bpmn:startEvent id="Start"><bpmn:outgoing>Flow</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="Flow" sourceRef="Start" targetRef="End" />
    <bpmn:endEvent id="End"><bpmn:incoming>Flow</bpmn:incoming></bpmn:endEvent>
  </bpmn:process>
  <bpmndi:BPMNDiagram id="Diagram">
    <bpmndi:BPMNPlane id="Plane" bpmnElement="{id}">
      <bpmndi:BPMNShape id="Shape_Start" bpmnElement="Start"><dc:Bounds x="160" y="100" width="36" height="36" />
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="Shape_End" bpmnElement="End"><dc:Bounds x="400" y="100" width="36" height="36" />
      </bpmndi:BPMNShape>
      <bpmndi:BPMNEdge id="Edge_Flow" bpmnElement="Flow"><di:waypoint x="196" y="118" /><di:waypoint x="400" y="118" />
      </bpmndi:BPMNEdge>
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</bpmn:definitions>
"""


@dataclass(frozen=True, slots=True)
class MakeModelDraft:
    """With a process, all files of it at a version (None: the newest); without, a diagram from start to end."""

    name: str
    process_id: str | None = None
    version: int | None = None

    def told(self) -> dict[str, Any]:
        """What the audit log says of it."""
        return {"name": self.name[:LONGEST_NAME], "processDefinitionId": self.process_id, "version": self.version}


def _target(command: MakeModelDraft, _tx: Transaction) -> Target:
    return Target(Facts(frozenset({command.process_id} if command.process_id is not None else ())))


@handles(
    MakeModelDraft, permission=EDIT, event=OfService("draft-made", lambda _, answer: answer["draftKey"]), target=_target
)
def make_model_draft(command: MakeModelDraft, _target: Target, tx: Transaction) -> dict[str, str]:
    """Answer {draftKey}. Raises NotFound for a version that there is not, InvalidArgument, and what `begin` raises."""
    key, name = tx.key(), check_name(command.name)
    if command.process_id is not None:
        version, files = files_of_version(tx.db, tx.services.definitions, command.process_id, command.version)
        begin(tx, key, name, files, (command.process_id, version), f"version {version}")
        return {"draftKey": str(key)}
    if command.version is not None:
        raise InvalidArgument("a version needs the processDefinitionId that it is of")
    id_ = f"process-{key}"
    diagram = _EMPTY.format(id=id_, name=quoteattr(name))
    begin(tx, key, name, [(f"processes/{id_}/{id_}.bpmn", diagram)], None, "a new diagram")
    return {"draftKey": str(key)}
