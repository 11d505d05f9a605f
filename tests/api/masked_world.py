"""One case that quotes a classified field wherever a case can: to see what is told of it to whom."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import select

from api.runtime import Runtime
from engine.commands.activate_jobs import ActivateJobs
from engine.commands.add_person import AddPerson
from engine.commands.cancel_instance import CancelInstance
from engine.commands.checking import Resource
from engine.commands.correlate_message import CorrelateMessage
from engine.commands.create_instance import CreateInstance
from engine.commands.deploy import Deploy
from engine.commands.drafts import SaveDraft
from engine.commands.fail_job import FailJob
from engine.commands.request_intervention import RequestIntervention
from engine.jobs.work import work
from engine.model.actor import SYSTEM
from engine.store import tables as t
from tests.api.people import PASSWORD
from tests.api.world import World, actor, open_world
from tests.controls.points import point
from tests.execution.bench import diagram, flows, node, user

NID = "1-2345-67890-12-3"
PLAIN = "an open remark"
MESSAGES = "".join(
    f'<bpmn:message id="m{n}" name="{n}"><bpmn:extensionElements><zeebe:subscription correlationKey="=nid"/>'
    "</bpmn:extensionElements></bpmn:message>"
    for n in ("came", "awaited")
)
MAIL = '<zeebe:taskDefinition type="krabuan:mail"/><zeebe:ioMapping>' + "".join(
    f'<zeebe:input source="{value}" target="{name}"/>'
    for name, value in (("to", "clerks"), ("subject", "=&quot;of &quot; + nid"), ("body", "=&quot;of &quot; + nid"))
) + "</zeebe:ioMapping>"  # fmt: skip
WORKS = (
    '<zeebe:taskDefinition type="{}"/><zeebe:ioMapping><zeebe:input source="=nid" target="nid"/></zeebe:ioMapping>'
)
DECIDES = '<zeebe:calledDecision decisionId="who" resultVariable="found"/>'
FORM = '<zeebe:formDefinition formId="p.f"/><zeebe:assignmentDefinition candidateGroups="clerks"/>'
FORM += point('type="condition" expression="=true"')


def _catch(id: str, message: str) -> str:
    return node("intermediateCatchEvent", id, body=f'<bpmn:messageEventDefinition id="{id}d" messageRef="m{message}"/>')


BODY = (
    node("startEvent", "s") + node("parallelGateway", "g") + user("a", FORM)
    + node("serviceTask", "waits", WORKS.format("waits")) + node("serviceTask", "fails", WORKS.format("fails"))
    + node("sendTask", "mail", MAIL) + node("businessRuleTask", "decides", DECIDES)
    + _catch("came", "came") + _catch("awaited", "awaited")
    + flows("s g", "g a", "g waits", "g fails", "g mail", "g decides", "g came", "g awaited")
)  # fmt: skip
DMN = b"""<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m" name="m" namespace="n">
<decision id="who" name="who"><decisionTable id="t" hitPolicy="FIRST">
<input id="i"><inputExpression id="ie" typeRef="string"><text>nid</text></inputExpression></input>
<output id="o" name="nid" typeRef="string"/><output id="p" name="ok" typeRef="string"/>
<rule id="r"><inputEntry id="e"><text>-</text></inputEntry><outputEntry id="v"><text>nid</text></outputEntry>
<outputEntry id="w"><text>"yes"</text></outputEntry></rule>
</decisionTable></decision></definitions>"""
FIELDS = (
    {"type": "textfield", "key": "nid", "label": "nid", "properties": {"krabuan.class": "secret"}},
    {"type": "textfield", "key": "remark", "label": "remark"},
)
FORM_FILE = orjson.dumps({"schemaVersion": 16, "type": "default", "id": "p.f", "components": FIELDS})
READER = AddPerson(
    "reader", "Reads all", PASSWORD, clearance="secret", groups=("clerks",),
    roles=(("auditor", ""), ("administrator", ""), ("client", ""), ("process-owner", "*")),
)  # fmt: skip


def build(path: Path) -> World:
    """Into a file with the people of the tests' office. The reader is cleared for the field, and takes part."""
    runtime = open_world(path)
    runtime.bus.run(READER, SYSTEM)
    files = (
        Resource("p.bpmn", diagram(BODY, MESSAGES)), Resource("who.dmn", DMN), Resource("f.form", FORM_FILE)
    )  # fmt: skip
    runtime.bus.run(Deploy(files), SYSTEM)
    reader = actor(runtime, "reader")
    made = runtime.bus.run(CreateInstance("p", variables={"nid": NID, "remark": PLAIN}), reader)
    case = int(made["processInstanceKey"])
    while work(runtime.bus):
        pass
    runtime.bus.run(CorrelateMessage("came", NID, {"nid": NID}), SYSTEM)
    (failing,) = runtime.bus.run(ActivateJobs("fails", "w", 1_000, 9), SYSTEM)
    failing_job = int(failing["jobKey"])
    runtime.bus.run(FailJob(failing_job, 0, f"cannot read {NID}"), SYSTEM)
    asked = runtime.bus.run(RequestIntervention("cancel", CancelInstance(case, f"{NID} was wrong")), reader)
    keys = _keys(runtime, case)
    runtime.bus.run(SaveDraft(keys["task"], {"nid": NID, "remark": PLAIN}), reader)
    _rows(runtime, case, keys["task"])
    runtime.close()
    empty = dict.fromkeys(World.__dataclass_fields__, 0)
    texts = {"token_id": "", "document": "", "client_id": "", "session_id": ""}
    found = {"waiting": case, "working": case, "broken": case, "intervention": int(asked["interventionKey"]), "clock": 8}
    return World(**{**empty, **texts, **found, **keys})


def _keys(runtime: Runtime, case: int) -> dict[str, Any]:
    with runtime.database.read() as db:
        task = db.execute(select(t.user_task.c.key).where(t.user_task.c.process_instance_key == case)).scalar_one()
        nid = select(t.variable.c.key).where(t.variable.c.scope_key == case, t.variable.c.name == "nid")
        incident = db.execute(select(t.incident.c.key, t.incident.c.element_instance_key)).one()
        decision = db.execute(select(t.decision_instance.c.evaluation_key)).scalar_one()
        definition = db.execute(select(t.process_definition.c.key)).scalar_one()
        form = db.execute(select(t.form_definition.c.key)).scalar_one()
        return {
            "task": task, "done_task": task, "variable": db.execute(nid).scalar_one(), "incident": incident.key,
            "broken_element": incident.element_instance_key, "evaluation": f"{decision}-1", "definition": definition,
            "resource": form, "decision": db.execute(select(t.decision_definition.c.key)).scalar_one(),
            "requirements": db.execute(select(t.decision_requirements.c.key)).scalar_one(),
            "audit_log": db.execute(select(t.service_event.c.key).limit(1)).scalar_one(),
        }  # fmt: skip


def _rows(runtime: Runtime, case: int, task: int) -> None:
    """What would take a process of its own to come about: a late deadline, and the finding of a control point."""
    now = runtime.clock.now()
    late = {
        "key": 8, "process_instance_key": case, "process_id": "p", "deadline_id": "dl", "scope_key": case,
        "kind": "statutory", "state": "LATE", "started_at": now, "due_at": now + timedelta(hours=1), "warnings": [],
        "late_reasons": f"{NID} was away",
    }  # fmt: skip
    waived = {
        "key": 9, "process_instance_key": case, "process_id": "p", "task_key": task, "element_id": "a",
        "control_point_id": "cp", "state": "WAIVED", "detail": {"reason": f"{NID} is known"}, "recorded_at": now,
        "recorded_by": "owner",
    }  # fmt: skip
    record = {
        "key": 10, "process_instance_key": case, "deadline_key": 8, "kind": "SUPPLEMENTED", "at": now, "by": "owner",
        "data": {"nid": NID}, "text": f"{NID} was away",
    }  # fmt: skip
    with runtime.database.write() as db:
        db.execute(t.deadline.insert(), late)
        db.execute(t.deadline_record.insert(), record)
        db.execute(t.control_point_result.insert(), waived)
