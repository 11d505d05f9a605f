"""One person's way through an office: as somebody whom a case is about, and as somebody who works there.

Every table that can hold a person's data does: marked fields and rows of lists, a file, drafts, comments, messages, a
decision, an incident, a mail, an account with sessions, tokens and an identity elsewhere.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import orjson
from sqlalchemy import insert

from engine.commands.activate_jobs import ActivateJobs
from engine.commands.add_client import AddClient
from engine.commands.add_person import AddPerson
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_job import CompleteJob
from engine.commands.complete_task import CompleteTask
from engine.commands.create_document import CreateDocument
from engine.commands.create_instance import CreateInstance
from engine.commands.drafts import SaveDraft
from engine.commands.enter_substitution import EnterSubstitution
from engine.commands.fail_job import FailJob
from engine.commands.import_organisation import ImportOrganisation
from engine.commands.make_token import MakeToken
from engine.commands.publish_message import PublishMessage
from engine.commands.resolve_incident import ResolveIncident
from engine.commands.set_variables import SetVariables
from engine.commands.sign_in import SignIn
from engine.commands.sign_in_externally import SignInExternally
from engine.commands.update_job import UpdateJob
from engine.commands.write_comment import WriteComment
from engine.model.actor import SYSTEM, Actor
from engine.store import tables as t
from tests.api.people import ORGANISATION
from tests.dmn.support import decision, definitions, table
from tests.dsl import OWNER, WORKER, Office
from tests.execution.bench import diagram, flows, node, user

PERSONAL = {"krabuan.personalData": "true"}
NUMBER, NAME, MAIL = "1101799912345", "สมมุติ ตัวอย่างบุคคล", "sommut.p@citizen.example"
STREET, RELATIVE, BORN, NICK = "๙๙/๑ ถนนสมมุติสุขสันต์", "ตัวอย่าง ญาติสนิท", "2530-12-31", "Quo\"ted\\Nick"
FILE = "บัตรของสมมุติ.pdf"
VALUES = {
    "nationalId": NUMBER, "fullName": NAME, "email": MAIL, "address": {"street": STREET, "zip": "10000"},
    "relatives": [{"name": RELATIVE, "kin": "พี่"}, {"name": "อีกคน ในรายการ", "kin": "น้อง"}], "born": BORN, "nick": NICK, "income": 7654321,
}  # fmt: skip
# what is searched for afterwards: of the case ...
OF_CASE = (NUMBER, NAME, MAIL, STREET, RELATIVE, "อีกคน ในรายการ", BORN, NICK, "7654321", FILE, "บัตรจริงของบุคคล")
USER, SHOWN, ADDRESS = "prasit.tt", "ประสิทธิ์ ทดสอบบัญชี", "prasit.tt@office.example"
OF_ACCOUNT = (USER, SHOWN, ADDRESS, "subject-of-prasit")  # ... and of the account
FIELDS = [
    {"type": "textfield", "key": "nationalId", "properties": PERSONAL}, {"type": "textfield", "key": "fullName", "properties": PERSONAL},
    {"type": "textfield", "key": "email", "properties": PERSONAL}, {"type": "textfield", "key": "born", "properties": PERSONAL},
    {"type": "textfield", "key": "nick", "properties": PERSONAL}, {"type": "number", "key": "income", "properties": PERSONAL},
    {"type": "textfield", "key": "address.street", "properties": PERSONAL}, {"type": "textfield", "key": "address.zip"},
    {"type": "filepicker", "key": "idCard", "properties": PERSONAL}, {"type": "textfield", "key": "subject"},
    {"type": "dynamiclist", "path": "relatives", "components": [{"type": "textfield", "key": "name", "properties": PERSONAL}, {"type": "textfield", "key": "kin"}]},
]  # fmt: skip
FORM = orjson.dumps({"schemaVersion": 16, "type": "default", "id": "p.f", "components": FIELDS})
RULES = definitions(decision("rate", table("FIRST", "income", "rate", "> 5 -> 1", "- -> 2")))
PAPER = '<bpmn:message id="M" name="paper"><bpmn:extensionElements><zeebe:subscription correlationKey="=nationalId"/></bpmn:extensionElements></bpmn:message>'
PROCESS = diagram(
    node("startEvent", "s") + user("a", '<zeebe:formDefinition formId="p.f"/><zeebe:assignmentDefinition candidateGroups="clerks"/>')
    + node("businessRuleTask", "d", '<zeebe:calledDecision decisionId="rate" resultVariable="rate"/>')
    + node("serviceTask", "j", '<zeebe:taskDefinition type="post"/>') + node("receiveTask", "r", attributes='messageRef="M"')
    + user("b", '<zeebe:assignmentDefinition candidateGroups="clerks"/>') + node("endEvent", "e")
    + flows("s a", "a d", "d j", "j r", "r b", "b e"), PAPER,
)  # fmt: skip
PRASIT = Actor(USER, roles=frozenset({"staff"}), groups=frozenset({"clerks"}))
ADMIN = Actor("chief.admin", roles=frozenset({"administrator"}), clearance=3)
WHY = "คำขอของเจ้าของข้อมูล เลขที่ ๑๒/๒๕๖๙"


def prepare(office: Office) -> None:
    """The office, with its people, and what it does."""
    office.run(ImportOrganisation(ORGANISATION), SYSTEM)
    office.run(AddPerson(ADMIN.id, "หัวหน้าผู้ดูแล", "long enough a password", roles=(("administrator", ""),)), SYSTEM)
    office.run(AddPerson("somebody.else", "คนอื่น ในสำนักงาน", None, "else@office.example", ("clerks",)), SYSTEM)
    office.deploy(("p.bpmn", PROCESS), ("f.form", FORM), ("r.dmn", RULES))


def account(office: Office) -> None:
    """The account of a member of staff, with all that an account can have."""
    password = "a password of four words"
    office.run(AddPerson(USER, SHOWN, password, ADDRESS, ("clerks",), (("auditor", ""),)), SYSTEM)
    office.run(SignIn(USER, f"plain:{password}", f"plain:{password}"), SYSTEM)
    office.run(MakeToken(USER, f"for the scripts of {USER}"), SYSTEM)
    office.run(AddClient(USER, f"client of {SHOWN}"), SYSTEM)
    elsewhere = SignInExternally(
        "https://id.example", "subject-of-prasit", USER, SHOWN, ADDRESS, frozenset(), frozenset(), frozenset(), frozenset()
    )
    with office.database.write() as db:
        row = {"issuer": elsewhere.issuer, "subject": elsewhere.subject, "username": USER, "made_at": office.clock.now()}
        db.execute(insert(t.external_identity), row)
    office.run(elsewhere, SYSTEM)
    until = office.clock.now() + timedelta(days=9)
    office.run(EnterSubstitution(USER, "somebody.else", office.clock.now(), until), SYSTEM)


def case(office: Office, **values: Any) -> int:
    """A case about the person, through everything that a case can go through, to its last task."""
    made = office.run(CreateInstance("p", variables={"subject": "คำขอ"}, business_id="69/77"), PRASIT)
    office.key = int(made["processInstanceKey"])
    task = office.task("a").key
    office.run(ClaimTask(task), PRASIT)
    document = office.run(CreateDocument(FILE, "%PDF บัตรจริงของบุคคล".encode(), "application/pdf", None, office.key), PRASIT)
    given = VALUES | {"idCard": [f"files::{document['documentId']}"], "subject": "คำขอ"} | values
    office.run(SaveDraft(task, given | {"fullName": f"{NAME} (ร่าง)"}), PRASIT)
    office.run(WriteComment(office.key, f"โทรคุยกับ {NAME} แล้ว เลข {NUMBER} ถูกต้อง"), PRASIT)
    office.run(CompleteTask(task, given), PRASIT, idempotency="one")
    office.settle()
    (job,) = office.run(ActivateJobs("post", "w", 60_000, 1), WORKER)
    office.run(FailJob(int(job["jobKey"]), 0, f"no letter box at {STREET}"), WORKER)
    office.run(UpdateJob(int(job["jobKey"]), retries=1), OWNER)
    incident = office.rows(t.incident)[0].key
    office.run(ResolveIncident(incident, "ลองใหม่อีกครั้ง"), OWNER)
    (job,) = office.run(ActivateJobs("post", "w", 60_000, 1), WORKER)
    office.run(CompleteJob(int(job["jobKey"]), {"posted": True}), WORKER)
    office.settle()
    office.run(PublishMessage("paper", NUMBER, 3_600_000, None, {"fullName": NAME, "email": MAIL}), WORKER)
    office.run(PublishMessage("unheard", NUMBER, 3_600_000, None, {"fullName": NAME, "born": BORN}), WORKER)
    office.run(SetVariables(office.key, {"nick": f"{NICK} II"}), OWNER)
    _mail(office)
    office.run(ClaimTask(office.task("b").key), PRASIT)
    office.run(SaveDraft(office.task("b").key, {"note": f"ขอบคุณคุณ {NAME}"}), PRASIT)
    return office.key


def _mail(office: Office) -> None:
    """Notices of the case, and a mail that waits to be sent again because the server was away."""
    subject, body = f"เรื่องของ {NAME}", f"เรียน {SHOWN} ... {MAIL}"
    now = office.clock.now()
    with office.database.write() as db:
        for key, kind, who in ((6, "user", USER), (7, "group", "clerks")):
            db.execute(insert(t.notification), {
                "key": key, "recipient_kind": kind, "recipient": who, "process_instance_key": office.key, "about": "mail",
                "subject": subject, "body": body, "subject_en": subject, "body_en": body, "created_at": now,
            })  # fmt: skip
        db.execute(insert(t.delivery), {
            "key": 8, "notification_key": 7, "process_instance_key": office.key, "username": USER, "channel": "mail",
            "state": "PACKED", "due_at": now + timedelta(days=90), "parcel_key": 9, "created_at": now, "packed_at": now,
            "content": {"to": ADDRESS, "language": "th", "topic": "message", "subject": subject, "text": body},
        })  # fmt: skip


def end(office: Office) -> None:
    """The last task is done."""
    office.run(CompleteTask(office.task("b").key), PRASIT)
    office.settle()
