"""A small office at work: one process deployed, three cases at different places, accounts of every kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select

from api.runtime import Runtime, open_runtime
from engine.adapters.clock import TestClock
from engine.adapters.passwords import Passwords
from engine.adapters.vault import KeyVault
from engine.commands.activate_jobs import ActivateJobs
from engine.commands.add_client import AddClient
from engine.commands.add_person import AddPerson
from engine.commands.cancel_instance import CancelInstance
from engine.commands.checking import Resource
from engine.commands.claim_task import ClaimTask
from engine.commands.complete_task import CompleteTask
from engine.commands.correlate_message import CorrelateMessage
from engine.commands.create_document import CreateDocument
from engine.commands.create_instance import CreateInstance
from engine.commands.deploy import Deploy
from engine.commands.enter_substitution import EnterSubstitution
from engine.commands.evaluate_decision import EvaluateDecision
from engine.commands.fail_job import FailJob
from engine.commands.make_token import MakeToken
from engine.commands.place_hold import PlaceHold
from engine.commands.request_intervention import RequestIntervention
from engine.commands.sign_in import SignIn, token_hash
from engine.history.signing import Signer
from engine.model.actor import SYSTEM, Actor
from engine.queries.people import account_of
from engine.store.tables import (
    batch_operation,
    batch_operation_item,
    control_point_result,
    deadline,
    delivery,
    incident,
    notification,
    service_event,
    start_arrival,
    subscription,
    user_task,
    variable,
)
from tests.api.people import PASSWORD
from tests.conftest import START

DIAGRAM = Path(__file__).parents[1] / "sdk" / "order.bpmn"
PROCESS = "sdk-order"
BATCH, DEAD_LETTER = 10, 8
EVERYBODY = ("admin", "narrow", "other", "ann", "ben", "auditor", "worker", "stranger", "head")
PEOPLE = (
    AddPerson("narrow", "Owner of this process alone", PASSWORD, roles=(("process-owner", PROCESS),)),
    AddPerson("other", "Owner of another process", PASSWORD, roles=(("process-owner", "another"),)),
    AddPerson("starter", "Starts cases", PASSWORD, groups=("checkers",)),
    AddPerson("head", "Head of the clerks", PASSWORD, groups=("director",)),
)


@dataclass(frozen=True)
class World:
    """The keys of what is there. `waiting` stands at its user task, `working` at a job, `broken` at an incident."""

    definition: int
    resource: int
    waiting: int
    task: int
    working: int
    job: int
    broken: int
    broken_job: int
    incident: int
    notification: int
    token_id: str
    decision: int
    requirements: int
    variable: int
    evaluation: str
    broken_element: int
    batch: int
    document: str
    client_id: str
    session_id: str
    done_task: int  # of `working`
    audit_log: int
    substitution: int
    intervention: int
    hold: int
    clock: int  # a deadline of `waiting`


def actor(runtime: Runtime, username: str) -> Actor:
    """Who acts as this account."""
    with runtime.database.read() as db:
        found = account_of(db, username)
    assert found is not None, username
    return found.actor()


def build(runtime: Runtime) -> World:
    """Deploy, start three cases and move them; the people of `conftest` are there already."""
    for person in PEOPLE:
        runtime.bus.run(person, SYSTEM)
    table = Path(__file__).parent / "price.dmn"
    files = tuple(Resource(p.name, p.read_bytes()) for p in (DIAGRAM, table))
    deployed = runtime.bus.run(Deploy(files), SYSTEM)["deployments"]
    definition = next(d["processDefinition"] for d in deployed if d["processDefinition"])
    decision = next(d["decisionDefinition"] for d in deployed if d["decisionDefinition"])
    waiting, task = start(runtime, "w")
    working = to_job(runtime, "j")
    (job,) = activate(runtime)
    broken = to_job(runtime, "b")
    (broken_job,) = activate(runtime)
    runtime.bus.run(FailJob(broken_job, 0, "no box"), SYSTEM)
    token = runtime.bus.run(MakeToken("ann", "hers"), SYSTEM)["tokenId"]
    client = runtime.bus.run(AddClient("ann", "hers"), SYSTEM)["clientId"]
    evaluated = runtime.bus.run(EvaluateDecision("price", variables={"amount": 1}), SYSTEM)
    handed_in = CreateDocument("paper.pdf", b"%PDF", process_instance_key=waiting)
    document = runtime.bus.run(handed_in, actor(runtime, "ann"))["documentId"]
    session_id = _signed_in(runtime, "ann")
    weeks = (runtime.clock.now(), runtime.clock.now() + timedelta(days=14))
    stands_in = runtime.bus.run(EnterSubstitution("ann", "ben", *weeks), SYSTEM)["substitutionKey"]
    request = RequestIntervention("cancel", CancelInstance(waiting, "entered twice"))
    asked = runtime.bus.run(request, actor(runtime, "narrow"))["interventionKey"]
    hold = runtime.bus.run(PlaceHold(waiting, "a court asked for it"), SYSTEM)["legalHoldKey"]
    with runtime.database.write() as db:
        found, broken_element = db.execute(select(incident.c.key, incident.c.element_instance_key)).one()
        done_task = db.execute(select(user_task.c.key).where(user_task.c.process_instance_key == working)).scalar_one()
        audit_log = db.execute(select(service_event.c.key).limit(1)).scalar_one()
        order = db.execute(select(variable.c.key).where(variable.c.scope_key == waiting)).scalars().first()
        db.execute(notification.delete())  # that Ben stands in, and that narrow asks
        db.execute(notification.insert(), _notice(waiting, runtime.clock.now()))
        db.execute(delivery.insert(), _dead_letter(waiting, runtime.clock.now()))
        db.execute(deadline.insert(), _clock(waiting, runtime.clock.now()))
        db.execute(control_point_result.insert(), _checked(waiting, task, runtime.clock.now()))
        db.execute(subscription.insert(), _expects(waiting, task))
        db.execute(start_arrival.insert(), _came(int(definition["processDefinitionKey"]), runtime.clock.now()))
        db.execute(batch_operation.insert(), _asked(runtime.clock.now()))
        db.execute(batch_operation_item.insert(), _item(waiting))
    key, decision_key = int(definition["processDefinitionKey"]), int(decision["decisionDefinitionKey"])
    return World(
        key, key, waiting, task, working, job, broken, broken_job, found, 7, token, decision_key,
        int(decision["decisionRequirementsKey"]), order or 0, f"{evaluated['decisionEvaluationKey']}-1", broken_element,
        BATCH, document, client, session_id, done_task, audit_log,
        int(stands_in), int(asked), int(hold), 8,
    )  # fmt: skip


def _signed_in(runtime: Runtime, username: str) -> str:
    with runtime.database.read() as db:
        account = account_of(db, username)
    assert account is not None and account.password_hash is not None
    return token_hash(runtime.bus.run(SignIn(username, account.password_hash), SYSTEM)["token"])


def _notice(instance: int, now: datetime) -> dict[str, Any]:
    return {
        "key": 7, "recipient_kind": "user", "recipient": "ann", "about": "reminder", "subject": "ใกล้ครบกำหนด",
        "body": "-", "created_at": now, "process_instance_key": instance,
    }  # fmt: skip


def _dead_letter(instance: int, now: datetime) -> dict[str, Any]:
    content = {"language": "th", "to": "ann@office.test", "topic": "reminder", "link": None, "guarded": False}
    return {
        "key": DEAD_LETTER, "notification_key": 7, "process_instance_key": instance, "username": "ann", "channel": "mail",
        "state": "FAILED", "due_at": now, "attempts": 8, "error_message": "the mail server answered 550", "parcel_key": 9,
        "content": content | {"subject": "ใกล้ครบกำหนด", "text": "-"}, "created_at": now, "packed_at": now,
    }  # fmt: skip


def _clock(instance: int, now: datetime) -> dict[str, Any]:
    return {
        "key": 8, "process_instance_key": instance, "process_id": PROCESS, "deadline_id": "dl", "scope_key": instance,
        "kind": "statutory", "state": "RUNNING", "started_at": now, "due_at": now + timedelta(hours=72), "warnings": [],
        "late_until": now + timedelta(days=15),
    }  # fmt: skip


def _checked(instance: int, task: int, now: datetime) -> dict[str, Any]:
    return {
        "key": 6, "process_instance_key": instance, "process_id": PROCESS, "task_key": task, "element_id": "Task_Check",
        "control_point_id": "cp", "state": "WAIVED", "detail": {"reason": "the minister agreed", "requestedBy": "ann"},
        "recorded_at": now, "recorded_by": "head",
    }  # fmt: skip


def _expects(instance: int, element: int) -> dict[str, Any]:
    return {
        "key": 9, "kind": "message", "name": "withdrawn", "correlation_key": "w", "process_id": PROCESS,
        "process_instance_key": instance, "element_instance_key": element, "element_id": "Task_Check",
    }  # fmt: skip


def _came(definition: int, now: datetime) -> dict[str, Any]:
    return {
        "key": 10, "process_id": PROCESS, "definition_key": definition, "element_id": "Start", "part": 0,
        "correlation_key": "w", "kind": "message", "name": "ordered", "variables": {}, "arrived_at": now,
    }  # fmt: skip


def _asked(now: datetime) -> dict[str, Any]:
    """A batch operation of narrow's that goes on."""
    return {
        "key": BATCH, "type": "SUSPEND_PROCESS_INSTANCE", "state": "ACTIVE", "actor": "narrow", "actor_kind": "person",
        "filter": {}, "plan": {}, "total": 1, "completed": 0, "failed": 0, "errors": [], "created_at": now,
        "started_at": now,
    }  # fmt: skip


def _item(instance: int) -> dict[str, Any]:
    return {"key": 11, "batch_key": BATCH, "process_instance_key": instance, "state": "ACTIVE"}


def start(runtime: Runtime, order: str, **variables: Any) -> tuple[int, int]:
    """Start a case; its key and that of its user task."""
    starter = actor(runtime, "starter")
    creation = CreateInstance(PROCESS, variables={"orderId": order, **variables})
    key = int(runtime.bus.run(creation, starter)["processInstanceKey"])
    with runtime.database.read() as db:
        query = select(user_task.c.key).where(user_task.c.process_instance_key == key)
        return key, db.execute(query).scalar_one()


def to_job(runtime: Runtime, order: str) -> int:
    """Start a case and bring it to its service task."""
    key, task = start(runtime, order)
    ann = actor(runtime, "ann")
    runtime.bus.run(ClaimTask(task), ann)
    runtime.bus.run(CompleteTask(task), ann)
    runtime.bus.run(CorrelateMessage("paid", order), SYSTEM)
    return key


def activate(runtime: Runtime) -> list[int]:
    """Take every free job."""
    return [int(job["jobKey"]) for job in runtime.bus.run(ActivateJobs("sdk-pack", "w", 60_000, 10), SYSTEM)]


def open_world(path: Path) -> Runtime:
    """An engine over a copy of the world, with a signing key of its own."""
    made = open_runtime(f"sqlite:///{path}", clock=TestClock(START), hasher=Passwords(8, 1), vault=KeyVault(bytes(32)))
    made.signer = Signer(Ed25519PrivateKey.generate())
    return made
