"""Documents: handed in by who may, read by who may, linked for a time, gone when their time is over."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import pytest

from engine.commands.cancel_instance import CancelInstance
from engine.commands.claim_task import ClaimTask
from engine.commands.create_document import LARGEST, CreateDocument
from engine.commands.delete_document import DeleteDocument
from engine.commands.documents import MOST
from engine.commands.link_document import LinkDocument
from engine.commands.tidy_up import TidyUp
from engine.errors import AlreadyExists, Forbidden, InvalidArgument, InvalidState, NotFound
from engine.model.actor import SYSTEM, Actor
from engine.queries.documents import get_document, open_link
from engine.store import tables as t
from tests.dsl import ADMIN, AUDITOR, OWNER, WORKER, Office, person
from tests.execution.bench import diagram, flows, node, user

TASK = user("a", '<zeebe:assignmentDefinition candidateGroups="finance"/>')
ONE = diagram(node("startEvent", "s") + TASK + node("endEvent", "e") + flows("s a", "a e"))
ANN, BEN = person("ann", "finance"), person("ben", "audit")
OTHER = Actor("other", roles=frozenset({"process-owner"}), owned=frozenset({"q"}))


@pytest.fixture
def case(office: Office) -> Office:
    """A case whose task is for finance."""
    office.deploy(ONE)
    office.start()
    return office


def hand_in(office: Office, actor: Actor = ANN, **more: Any) -> str:
    """Its id."""
    made = office.run(CreateDocument("รายงาน.pdf", b"%PDF-1", "application/pdf", **more), actor)
    found: str = made["documentId"]
    return found


def readers(office: Office, document: str) -> set[str]:
    found = set()
    with office.database.read() as db:
        for actor in (ANN, BEN, OWNER, OTHER, ADMIN, AUDITOR, WORKER):
            try:
                get_document(db, actor, document, office.clock.now(), None)
                found.add(actor.id)
            except NotFound:
                pass
    return found


def test_a_document_of_a_case_is_shown_as_the_contract_says(case: Office) -> None:
    until = case.clock.now() + timedelta(days=1)
    made = case.run(
        CreateDocument(
            "รายงาน.pdf", b"%PDF-1", "application/pdf", "my-1", case.key, None, until, {"ลับ": True}
        ),
        ANN,
    )  # fmt: skip
    assert made == {
        "camunda.document.type": "camunda",
        "storeId": "krabuan",
        "documentId": "my-1",
        "contentHash": hashlib.sha256(b"%PDF-1").hexdigest(),
        "metadata": {
            "contentType": "application/pdf",
            "fileName": "รายงาน.pdf",
            "expiresAt": until.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "size": 6,
            "processDefinitionId": "p",
            "processInstanceKey": str(case.key),
            "customProperties": {"ลับ": True},
            "accessClass": "NORMAL",
        },
    }
    assert case.event("document-added") == {
        "document": "my-1", "fileName": "รายงาน.pdf", "contentType": "application/pdf", "size": 6,
        "sha256": made["contentHash"],
    }  # fmt: skip
    with case.database.read() as db:
        assert get_document(db, ANN, "my-1", case.clock.now(), made["contentHash"])[1] == b"%PDF-1"
        with pytest.raises(NotFound):
            get_document(db, ANN, "my-1", case.clock.now(), "0" * 64)
    assert case.verified()


def test_who_hands_in_and_who_reads(case: Office) -> None:
    of_case = hand_in(case, process_instance_key=case.key)
    assert readers(case, of_case) == {"ann", "owner", "auditor", "worker"}
    hers = hand_in(case)
    assert readers(case, hers) == {"ann", "owner", "auditor", "worker"}, "the owner of every process"
    of_process = hand_in(case, BEN, process_id="q")
    assert readers(case, of_process) == {"ben", "other", "owner", "auditor", "worker"}
    before = case.snapshot()
    for actor, more in ((BEN, {"process_instance_key": case.key}), (AUDITOR, {}), (OTHER, {"process_instance_key": case.key})):
        with pytest.raises(InvalidArgument if more else Forbidden):  # for who does not see the case there is none
            hand_in(case, actor, **more)
    assert case.snapshot() == before
    assert hand_in(case, WORKER, process_instance_key=case.key)


@pytest.mark.parametrize(
    "wrong",
    [
        CreateDocument("", b"x"),
        CreateDocument("x" * 257, b"x"),
        CreateDocument("a\nb", b"x"),
        CreateDocument("a", b"x", "text\r\nX-Evil: 1"),
        CreateDocument("a", b"x", "no type"),
        CreateDocument("a", b"x" * (LARGEST + 1)),
        CreateDocument("a", b"x", document_id="../../etc/passwd"),
        CreateDocument("a", b"x", document_id="a" * 65),
        CreateDocument("a", b"x", process_instance_key=99),
        CreateDocument("a", b"x", custom_properties={"x": "y" * 70_000}),
    ],
    ids=range(10),
)
def test_what_breaks_a_limit_is_refused(small_office: Office, wrong: CreateDocument) -> None:
    with pytest.raises(InvalidArgument):
        small_office.run(wrong, ANN)
    assert small_office.rows(t.document) == []


def test_a_time_that_is_over_and_an_id_in_use(case: Office) -> None:
    with pytest.raises(InvalidArgument):
        hand_in(case, expires_at=case.clock.now())
    hand_in(case, document_id="mine")
    with pytest.raises(AlreadyExists):
        hand_in(case, BEN, document_id="mine")


def test_a_case_holds_so_many(case: Office) -> None:
    row = {
        "process_instance_key": case.key, "file_name": "x", "content_type": "a/b", "size": 1, "sha256": "0",
        "custom_properties": {}, "uploaded_by": "ann", "uploaded_at": case.clock.now(), "content": b"x",
    }  # fmt: skip
    with case.database.write() as db:
        db.execute(t.document.insert(), [row | {"id": f"d{n}"} for n in range(MOST)])
    with pytest.raises(InvalidState):
        hand_in(case, process_instance_key=case.key)
    assert hand_in(case)


def test_taking_away_is_told_to_history_and_not_possible_once_the_case_has_ended(case: Office) -> None:
    first, second = (hand_in(case, process_instance_key=case.key) for _ in range(2))
    for actor, refused in ((BEN, NotFound), (AUDITOR, Forbidden), (WORKER, Forbidden)):
        with pytest.raises(refused):
            case.run(DeleteDocument(first), actor)
    case.run(DeleteDocument(first), ANN)
    assert case.event("document-deleted")["document"] == first
    with pytest.raises(NotFound):
        case.run(DeleteDocument(first), ANN)
    case.run(CancelInstance(case.key), OWNER)
    with pytest.raises(InvalidState):
        case.run(DeleteDocument(second), ANN)
    with pytest.raises(InvalidState):
        hand_in(case, process_instance_key=case.key)
    assert readers(case, second) >= {"ann", "auditor"}
    assert case.verified()


def test_an_expired_document_is_gone_at_once_and_tidied_up_later(case: Office) -> None:
    until = case.clock.now() + timedelta(hours=1)
    of_case, hers = hand_in(case, process_instance_key=case.key, expires_at=until), hand_in(case, expires_at=until)
    kept = hand_in(case)
    case.clock.set(until)
    assert readers(case, of_case) == readers(case, hers) == set()
    assert case.run(TidyUp(), SYSTEM) == 2
    assert case.run(TidyUp(), SYSTEM) == 0
    assert [r.id for r in case.rows(t.document, everything=True)] == [kept]
    assert case.event("document-expired")["document"] == of_case
    assert case.verified()


def follow(office: Office, token: str) -> bytes:
    with office.database.read() as db:
        return open_link(db, token, office.clock.now())[1]


def test_a_link_opens_for_its_time_and_no_longer(case: Office) -> None:
    document = hand_in(case, process_instance_key=case.key)
    made = case.run(LinkDocument(document, 60_000), ANN)
    assert follow(case, made["token"]) == b"%PDF-1"
    assert case.event("document-linked")["expiresAt"] == made["expiresAt"]
    case.advance("PT59S")
    assert follow(case, made["token"])
    case.advance("PT1S")
    with pytest.raises(NotFound):
        follow(case, made["token"])


def test_a_changed_link_leads_nowhere(case: Office) -> None:
    first, second = hand_in(case), hand_in(case)
    token: str = case.run(LinkDocument(first), ANN)["token"]
    name, until, signature = token.split(".")
    wrong = (
        f"{second}.{until}.{signature}", f"{name}.{int(until) + 1}.{signature}", f"{name}.{until}.{'0' * 64}",
        f"{name}.{until}.", f"{name}.{until}", name, "", "...", f"{name}.{until}.ก", f"{name}.{'9' * 40}.{signature}",
        f"{name}.๑.{signature}",
    )  # fmt: skip
    for changed in wrong:
        with pytest.raises(NotFound):
            follow(case, changed)
    case.run(DeleteDocument(first), ANN)
    with pytest.raises(NotFound):
        follow(case, token)
    with case.database.write() as db:  # another document under the same id
        db.execute(t.document.update().where(t.document.c.id == second).values(id=first, sha256="0" * 64))
    with pytest.raises(NotFound):
        follow(case, token)


def test_links_are_good_after_a_restart_and_another_office_has_another_secret(case: Office) -> None:
    document = hand_in(case)
    token = case.run(LinkDocument(document), ANN)["token"]
    again = case.run(LinkDocument(document), ANN)["token"]
    assert again == token, "the secret is kept"
    with case.database.write() as db:
        db.execute(t.setting.update().values(value="another"))
    with pytest.raises(NotFound):
        follow(case, token)


def test_a_link_lives_no_longer_than_its_document(case: Office) -> None:
    until = (case.clock.now() + timedelta(minutes=5)).replace(microsecond=0)
    document = hand_in(case, expires_at=until)
    assert case.run(LinkDocument(document), ANN)["expiresAt"] == until.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    for wrong in (0, 999, 8 * 24 * 3_600_000, -1, 1 << 60):
        with pytest.raises(InvalidArgument):
            case.run(LinkDocument(document, wrong), ANN)


def test_who_may_not_read_hands_out_no_link(case: Office) -> None:
    document = hand_in(case, process_instance_key=case.key)
    case.run(ClaimTask(case.task("a").key), ANN)
    with pytest.raises(NotFound):
        case.run(LinkDocument(document), BEN)
