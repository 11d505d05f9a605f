"""Classified cases reach nobody who is not cleared: no task of theirs, no reminder, no mail, no key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import orjson
import pytest
from sqlalchemy import update

from engine.commands.assign_task import AssignTask
from engine.commands.claim_task import ClaimTask
from engine.commands.classify_instance import ClassifyInstance
from engine.commands.correlate_message import CorrelateMessage
from engine.commands.create_instance import CreateInstance
from engine.commands.evaluate_conditions import EvaluateConditions
from engine.commands.hand_over_task import HandOverTask
from engine.commands.pack_deliveries import PackDeliveries
from engine.commands.publish_message import PublishMessage
from engine.commands.set_clearance import SetClearance
from engine.commands.telling import plain
from engine.errors import NotCleared
from engine.model.actor import SYSTEM, Actor
from engine.notify.recipients import Recipient
from engine.notify.send import Notice, send
from engine.queries.evidence import search_notifications
from engine.queries.search import Search
from engine.store import tables as t
from tests.dsl import ADMIN, OWNER, WORKER, Office
from tests.engine.test_classes import classed
from tests.execution.bench import diagram, flows, node, user
from tests.governance.people import TO_FINANCE, absence, account, employ, in_the_name_of, two_steps

CHIEF = replace(OWNER, clearance=3)
WHY = "she retires"
SUBJECT = "ด่วน / urgent: bravo"


@pytest.fixture
def secret(office: Office) -> Iterator[Office]:
    """Task a of a secret case for finance. Ann is cleared for it, Ben for less, Cem for nothing."""
    employ(office)
    for name, clearance in (("ann", "secret"), ("ben", "confidential"), ("dao", "topSecret")):
        office.run(SetClearance(name, clearance), SYSTEM)
    with office.database.write() as db:
        for name in ("ann", "ben", "cem"):
            db.execute(update(t.person).where(t.person.c.username == name).values(email=f"{name}@office.test"))
    office.deploy(two_steps())
    office.start()
    office.run(ClassifyInstance(office.key, "secret"), CHIEF)
    yield office


def assignee(office: Office) -> Any:
    return office.task("a").assignee


def test_a_task_is_assigned_to_nobody_who_is_not_cleared(secret: Office) -> None:
    task, before = secret.task("a").key, secret.snapshot()
    for name in ("ben", "cem"):
        with pytest.raises(NotCleared) as refused:
            secret.run(AssignTask(task, name), CHIEF)
        assert refused.value.members == {"people": [name]} and refused.value.code == "not-cleared"
    assert secret.snapshot() == before
    secret.run(AssignTask(task, "ann"), CHIEF)
    assert assignee(secret) == "ann" and secret.verified()


def test_a_task_is_handed_over_to_nobody_who_is_not_cleared(secret: Office) -> None:
    task = secret.task("a").key
    secret.run(ClaimTask(task), account(secret, "ann"))
    with pytest.raises(NotCleared):
        secret.run(HandOverTask(task, "ann", "ben", WHY), replace(ADMIN, clearance=3))
    secret.run(HandOverTask(task, "ann", None, WHY), replace(ADMIN, clearance=3))
    assert assignee(secret) is None


def test_a_normal_case_asks_for_no_clearance(secret: Office) -> None:
    secret.run(ClassifyInstance(secret.key, "normal", "it is known by now"), CHIEF)
    secret.run(AssignTask(secret.task("a").key, "cem"), CHIEF)
    assert assignee(secret) == "cem"


@pytest.mark.parametrize(("scope", "name", "refused"), [("all", "", True), ("process", "p", True), ("group", "legal", False)])
def test_a_substitute_must_be_cleared_for_the_tasks_that_wait(secret: Office, scope: str, name: str, refused: bool) -> None:
    ann = account(secret, "ann")
    secret.run(ClaimTask(secret.task("a").key), ann)
    before = secret.snapshot()
    if refused:
        with pytest.raises(NotCleared):
            secret.run(absence(secret, "ann", "ben", scope, name), ann)
        assert secret.snapshot() == before
    else:  # the task is not one of that group
        secret.run(absence(secret, "ann", "ben", scope, name), ann)
    secret.run(absence(secret, "ann", "dao", scope if refused else "group", name if refused else "finance"), ann)


def test_a_substitution_tells_nothing_of_cases_that_who_enters_it_may_not_see(secret: Office) -> None:
    secret.run(ClaimTask(secret.task("a").key), account(secret, "ann"))
    secret.run(absence(secret, "ann", "cem"), ADMIN)
    assert secret.rows(t.substitution, everything=True)[0].substitute == "cem"


def test_who_stands_in_claims_nothing_for_a_person_who_is_not_cleared(secret: Office) -> None:
    ben = account(secret, "ben")
    secret.run(absence(secret, "ben", "ann"), ben)
    with pytest.raises(NotCleared) as refused:
        secret.run(ClaimTask(secret.task("a").key), in_the_name_of(secret, "ben", "ann"))
    assert refused.value.members == {"people": ["ben"]}


def sent(office: Office, *to: Recipient) -> tuple[list[str], dict[str, tuple[str, str]]]:
    """Whom a notice of the case reached, and the mails by their addresses."""
    with office.database.write() as db:
        notice = Notice("reminder", "reminder", plain(SUBJECT), plain("the body of bravo"), office.key)
        told = send(db, office.bus.services.keys.next, office.clock.now(), to, notice)
    office.run(PackDeliveries("mail"), SYSTEM)
    return [r.name for r in told], {m["to"]: (m["subject"], m["text"]) for m in packed(office)}


def packed(office: Office) -> list[dict[str, Any]]:
    """What is to leave by mail."""
    return [r.content for r in office.rows(t.delivery, everything=True) if r.content]


PEOPLE = [Recipient("user", name) for name in ("ann", "ben", "cem", "nobody")]


def test_of_a_classified_case_only_the_cleared_are_told_and_mails_say_its_number(secret: Office) -> None:
    told, mails = sent(secret, *PEOPLE, Recipient("group", "finance"))
    assert told == ["ann", "finance"] and list(mails) == ["ann@office.test"]
    subject, body = mails["ann@office.test"]
    assert str(secret.key) in subject and "bravo" not in subject + body and "urgent" not in subject + body
    rows = [r for r in secret.rows(t.notification) if r.subject == SUBJECT]
    assert [r.recipient for r in rows] == ["ann", "finance"]
    assert [len(_seen(secret, account(secret, name))) for name in ("ann", "ben", "cem")] == [2, 0, 0]


def _seen(office: Office, actor: Actor) -> list[Any]:
    with office.database.read() as db:
        items: list[Any] = search_notifications(db, actor, Search())["items"]
    return items


def test_a_mail_quotes_no_classified_field(office: Office) -> None:
    employ(office)
    office.run(SetClearance("ann", "topSecret"), SYSTEM)
    with office.database.write() as db:
        db.execute(update(t.person).values(email=t.person.c.username + "@office.test"))
    field = {"type": "textfield", "key": "b", "label": "b", "properties": {"krabuan.class": "confidential"}}
    form = {"schemaVersion": 16, "type": "default", "id": "f", "components": [field]}
    shows = '<zeebe:formDefinition formId="f"/>'
    office.deploy(diagram(node("startEvent", "s") + user("a", shows) + flows("s a")), ("f.form", orjson.dumps(form)))
    office.start(b="bravo")
    told, mails = sent(office, Recipient("user", "ann"), Recipient("user", "ben"))
    assert told == ["ann", "ben"]
    for subject, body in mails.values():
        assert "urgent" in subject and "bravo" not in subject + body
    assert _seen(office, account(office, "ann"))[0]["subject"] == SUBJECT
    assert "bravo" not in str(_seen(office, account(office, "ben")))


TIMED = '<krabuan:reminder after="P1D" to="performer"/>'


def test_reminders_reach_the_cleared_and_history_says_whom(secret: Office) -> None:
    secret.deploy(diagram(node("startEvent", "s") + user("a", TO_FINANCE + TIMED) + flows("s a"), process_id="q"))
    secret.key = int(secret.run(CreateInstance("q"), OWNER)["processInstanceKey"])
    secret.run(ClassifyInstance(secret.key, "secret"), CHIEF)
    secret.advance("P2D")
    assert secret.event("reminder-sent")["to"] == ["finance"]
    mails = [r for r in secret.rows(t.delivery) if r.state != "PENDING"]
    assert {r.username for r in mails} == {"ann"}


WAITS = diagram(
    node("startEvent", "s") + node("receiveTask", "r", attributes='messageRef="m"') + flows("s r"),
    '<bpmn:message id="m" name="m"><bpmn:extensionElements><zeebe:subscription correlationKey="=k"/>'
    "</bpmn:extensionElements></bpmn:message>",
)  # fmt: skip


@pytest.mark.parametrize("clearance", [0, 1, 2])
def test_a_message_reaches_a_case_and_tells_its_key_to_who_may_see_it(office: Office, clearance: int) -> None:
    office.deploy(WAITS)
    office.start(k="7")
    office.run(ClassifyInstance(office.key, "confidential"), CHIEF)
    sender = replace(WORKER, clearance=clearance)
    assert "processInstanceKey" not in office.run(PublishMessage("m", "another"), sender)
    answer = office.run(CorrelateMessage("m", "7"), sender)
    assert answer["processInstanceKey"] == (str(office.key) if clearance else "-1")
    assert office.instance.state == "COMPLETED"


def test_a_condition_tells_only_of_cases_that_one_may_see(office: Office) -> None:
    event = '<bpmn:conditionalEventDefinition id="d"><bpmn:condition>=x &gt; 1</bpmn:condition></bpmn:conditionalEventDefinition>'
    office.deploy(classed(diagram(node("startEvent", "s", body=event) + user("a") + flows("s a")), "secret"))
    begun = office.run(EvaluateConditions({"x": 2}), OWNER)["processInstances"]
    seen = office.run(EvaluateConditions({"x": 2}), CHIEF)["processInstances"]
    assert (begun, len(seen)) == ([], 1)
