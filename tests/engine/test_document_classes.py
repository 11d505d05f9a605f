"""Documents with a class of their own, within cases that more people may see."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from engine.commands.activate_jobs import ActivateJobs
from engine.commands.classify_document import ClassifyDocument
from engine.commands.classify_instance import ClassifyInstance
from engine.commands.create_document import CreateDocument
from engine.commands.delete_document import DeleteDocument
from engine.commands.link_document import LinkDocument
from engine.commands.set_variables import SetVariables
from engine.errors import Forbidden, InvalidArgument, NotFound
from engine.model.actor import SYSTEM, Actor
from engine.model.masking import MASK, MASK_TEXT
from engine.queries.documents import get_document, open_link
from engine.queries.elements import search_variables
from engine.queries.evidence import get_history, get_variables_at
from engine.queries.instances import search_instances
from engine.queries.search import Search
from tests.dsl import AUDITOR, OWNER, WORKER, Office, person
from tests.execution.bench import diagram, flows, node, user

TASK = user("a", '<zeebe:assignmentDefinition candidateGroups="finance"/>')
JOB = node("serviceTask", "j", '<zeebe:taskDefinition type="x"/>')
ONE = diagram(node("startEvent", "s") + node("parallelGateway", "g") + TASK + JOB + flows("s g", "g a", "g j"))
ANN, BEN = person("ann", "finance"), person("ben", "finance")
NAME, WHY = "plan-of-the-raid.txt", "the matter is closed"


def cleared(actor: Actor, clearance: int) -> Actor:
    return replace(actor, clearance=clearance)


@pytest.fixture
def case(office: Office) -> Office:
    """A case whose task is for finance."""
    office.deploy(ONE)
    office.start()
    return office


def hand_in(office: Office, actor: Actor, access_class: str | None = None, case: bool = True) -> Any:
    key = office.key if case else None
    return office.run(CreateDocument(NAME, b"x", process_instance_key=key, access_class=access_class), actor)


def reads(office: Office, actor: Actor, document: str) -> bool:
    with office.database.read() as db:
        try:
            return get_document(db, actor, document, office.clock.now(), None)[1] == b"x"
        except NotFound as error:
            assert error.members == {"documentId": document}
            return False


@pytest.mark.parametrize("case_too", [True, False])
def test_above_ones_class_there_is_no_such_document(case: Office, case_too: bool) -> None:
    made = hand_in(case, cleared(ANN, 2), "secret", case_too)
    assert made["metadata"]["accessClass"] == "SECRET"
    document = made["documentId"]
    assert [reads(case, cleared(ANN, c), document) for c in range(4)] == [False, False, True, True]
    for actor in (OWNER, AUDITOR, WORKER, SYSTEM):
        assert reads(case, actor, document) == (actor is SYSTEM)
        assert reads(case, cleared(actor, 2), document)
    before = case.snapshot()
    absent = "0" * len(document)
    for command in (DeleteDocument, LinkDocument, lambda d: ClassifyDocument(d, "normal", WHY)):
        for wanted in (document, absent):
            with pytest.raises(NotFound) as refused:
                case.run(command(wanted), OWNER)
            assert refused.value.members == {"documentId": wanted}
    assert case.snapshot() == before


def test_a_document_follows_its_case_and_is_never_below_it(case: Office) -> None:
    document = hand_in(case, ANN)["documentId"]
    case.run(ClassifyInstance(case.key, "confidential"), cleared(OWNER, 3))
    assert [reads(case, cleared(OWNER, c), document) for c in range(3)] == [False, True, True]
    for wrong in ("normal",):
        with pytest.raises(InvalidArgument, match="higher class"):
            hand_in(case, cleared(ANN, 3), wrong)
    secret = hand_in(case, cleared(ANN, 2), "secret")["documentId"]
    assert hand_in(case, cleared(ANN, 1))["metadata"]["accessClass"] == "CONFIDENTIAL"
    case.run(ClassifyInstance(case.key, "secret"), cleared(OWNER, 3))
    with pytest.raises(InvalidArgument, match="higher class"):
        case.run(ClassifyDocument(document, "confidential"), cleared(OWNER, 3))
    case.run(ClassifyInstance(case.key, "normal", WHY), cleared(OWNER, 3))
    assert (reads(case, OWNER, document), reads(case, OWNER, secret)) == (True, False)


def test_classifying(case: Office) -> None:
    document = hand_in(case, ANN)["documentId"]
    for wrong, who, kind in (
        (ClassifyDocument(document, "secret"), cleared(ANN, 1), Forbidden),  # above one's own
        (ClassifyDocument(document, "secret"), cleared(AUDITOR, 3), Forbidden),
        (ClassifyDocument(document, "cosmic"), cleared(ANN, 3), InvalidArgument),
    ):
        with pytest.raises(kind):
            case.run(wrong, who)
    with pytest.raises(Forbidden):
        hand_in(case, cleared(ANN, 1), "secret")
    case.run(ClassifyDocument(document, "secret"), cleared(BEN, 2))
    assert case.event("document-classified") | {"sha256": ""} == {
        "document": document, "fileName": NAME, "contentType": "application/octet-stream", "size": 1, "sha256": "",
        "class": "secret", "from": "normal", "to": "secret", "reason": None,
    }  # fmt: skip
    for wrong, who, kind in (
        (ClassifyDocument(document, "normal", WHY), cleared(ANN, 2), Forbidden),  # who takes part raises only
        (ClassifyDocument(document, "normal"), cleared(OWNER, 2), InvalidArgument),
    ):
        with pytest.raises(kind):
            case.run(wrong, who)
    case.run(ClassifyDocument(document, "normal", WHY), cleared(OWNER, 2))
    assert reads(case, BEN, document) and case.verified()


def test_no_link_opens_what_is_classified(case: Office) -> None:
    document = hand_in(case, ANN)["documentId"]
    token = case.run(LinkDocument(document), ANN)["token"]
    case.run(ClassifyDocument(document, "confidential"), cleared(ANN, 1))
    with case.database.read() as db, pytest.raises(NotFound):
        open_link(db, token, case.clock.now())
    with pytest.raises(Forbidden):
        case.run(LinkDocument(document), cleared(ANN, 1))


def history(office: Office, actor: Actor) -> list[Any]:
    with office.database.read() as db:
        return list(get_history(db, actor, _diagrams(office), office.key, 0, 1000)["items"])


def _diagrams(office: Office) -> Any:
    return lambda db, key: office.bus.services.definitions.process(db, key).definition.process


@pytest.mark.parametrize("gone", [False, True])
def test_neither_history_nor_variables_tell_of_it(case: Office, gone: bool) -> None:
    made = hand_in(case, cleared(ANN, 2), "secret")
    case.run(SetVariables(case.key, {"paper": [made], "other": "x"}), OWNER)
    if gone:
        case.run(DeleteDocument(made["documentId"]), cleared(OWNER, 2))
    for actor, told in ((OWNER, False), (cleared(OWNER, 2), True), (SYSTEM, True)):
        events = history(case, actor)
        assert (NAME in str(events)) == told
        if not told:
            assert [e["data"] for e in events if e["type"] == "document-added"] == [MASK]
        with case.database.read() as db:
            past = {v["name"]: v["value"] for v in get_variables_at(db, actor, case.key, 10_000)["items"]}
        assert (NAME in past["paper"], past["other"]) == (told, '"x"')


def test_a_variable_that_refers_to_it_is_masked_and_not_found_by_it(case: Office) -> None:
    made = hand_in(case, cleared(ANN, 2), "secret")
    case.run(SetVariables(case.key, {"paper": [made], "other": "x"}), OWNER)
    wanted = {"variables": [{"name": "paper", "value": {"$like": "*raid*"}}]}
    for actor, told in ((OWNER, False), (cleared(OWNER, 2), True)):
        with case.database.read() as db:
            seen = {v["name"]: v["value"] for v in search_variables(db, actor, Search())["items"]}
            found = search_instances(db, actor, Search(wanted))["items"]
        assert (seen["paper"] == MASK_TEXT, NAME in seen["paper"], seen["other"]) == (not told, told, '"x"')
        assert len(found) == int(told)
    (job,) = case.run(ActivateJobs("x", "w", 1000, 1), WORKER)
    assert job["variables"] == {"paper": [MASK], "other": "x"}
