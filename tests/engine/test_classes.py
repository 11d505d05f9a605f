"""Confidentiality classes: where a case gets its class from, who may change it, and for whom it does not exist."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from engine.commands.activate_jobs import ActivateJobs
from engine.commands.add_person import AddPerson
from engine.commands.cancel_instance import CancelInstance
from engine.commands.classify_instance import ClassifyInstance
from engine.commands.complete_job import CompleteJob
from engine.commands.complete_task import CompleteTask
from engine.commands.create_document import CreateDocument
from engine.commands.create_instance import CreateInstance
from engine.commands.link_document import LinkDocument
from engine.commands.set_clearance import SetClearance
from engine.errors import DeploymentRefused, Forbidden, InvalidArgument, NotFound
from engine.model.access import CLASSES
from engine.model.actor import SYSTEM, Actor
from engine.queries.audience import change_of_instance
from engine.queries.documents import get_document, open_link
from engine.queries.inbox import search_inbox
from engine.queries.instances import get_hierarchy, get_instance, search_instances
from engine.queries.people import account_of
from engine.queries.search import Search
from engine.queries.work import has_activatable_job
from engine.store import tables as t
from tests.dsl import ADMIN, AUDITOR, OWNER, WORKER, Office, person
from tests.execution.bench import diagram, flows, node, user

NORMAL, CONFIDENTIAL, SECRET, TOP = range(4)
S, E = node("startEvent", "s"), node("endEvent", "e")
WORKS = "<zeebe:taskDefinition type='x'/>"
CALLS = "<zeebe:calledElement processId='q'/>"
GROUP = "<zeebe:assignmentDefinition candidateGroups='staff_group'/>"


def classed(xml: bytes, word: str) -> bytes:
    """The diagram with a class for the cases of its process."""
    head, tail = xml.split(b'isExecutable="true">', 1)
    access = f'<bpmn:extensionElements><krabuan:access class="{word}"/></bpmn:extensionElements>'.encode()
    return head + b'isExecutable="true">' + access + tail


PLAIN = diagram(S + user("a", GROUP) + E + flows("s a", "a e"))
JOBS = diagram(S + node("serviceTask", "j", WORKS) + E + flows("s j", "j e"))
CALLER = diagram(S + node("callActivity", "c", CALLS) + E + flows("s c", "c e"))
CALLED = diagram(S + user("a", GROUP) + E + flows("s a", "a e"), process_id="q")


def cleared(actor: Actor, clearance: int) -> Actor:
    return replace(actor, clearance=clearance)


def sees(office: Office, actor: Actor) -> bool:
    """Whether the case exists for the actor: the list, its count, and the key itself agree."""
    with office.database.read() as db:
        found = search_instances(db, actor, Search({"processInstanceKey": str(office.key)}))
        try:
            get_instance(db, actor, office.key)
            there = True
        except NotFound:
            there = False
        change = change_of_instance(db, office.key)
    assert change is not None
    assert len(found["items"]) == found["page"]["totalItems"] == int(there) == int(change[1].includes(actor))
    return there


@pytest.mark.parametrize("rank", range(4))
def test_a_case_has_the_class_of_its_process(office: Office, rank: int) -> None:
    office.deploy(classed(PLAIN, CLASSES[rank]))
    if rank:
        with pytest.raises(Forbidden):
            office.start()
    office.key = int(office.run(CreateInstance("p"), cleared(OWNER, rank))["processInstanceKey"])
    member = person("somchai", "staff_group")
    for actor in (OWNER, AUDITOR, ADMIN, member):
        assert [sees(office, cleared(actor, c)) for c in range(4)] == [c >= rank for c in range(4)], actor
    assert sees(office, SYSTEM)


def test_a_class_that_does_not_exist_is_refused(office: Office) -> None:
    with pytest.raises(DeploymentRefused, match="access-class"):
        office.deploy(classed(PLAIN, "cosmic"))


def test_a_case_above_ones_class_answers_as_if_there_were_none(office: Office) -> None:
    office.deploy(PLAIN)
    office.start()
    task = office.task("a").key
    office.run(ClassifyInstance(office.key, "secret"), cleared(OWNER, SECRET))
    member = person("somchai", "staff_group")
    before = office.rows(t.history_event)
    for command, named in (
        (CancelInstance(office.key), {"processInstanceKey": str(office.key)}),
        (CompleteTask(task), {"userTaskKey": str(task)}),
    ):
        for actor in (OWNER, ADMIN, AUDITOR, member):
            with pytest.raises(NotFound) as refused:
                office.run(command, actor)
            assert refused.value.members == named
    assert office.rows(t.history_event) == before
    with office.database.read() as db:
        for clearance, count in ((CONFIDENTIAL, 0), (SECRET, 1)):
            for view in ("groups", "overdue", "dueSoon", None):
                wanted = {} if view is None else {"view": view}
                found = search_inbox(db, cleared(member, clearance), Search(wanted), office.clock.now())
                assert found["page"]["totalItems"] == (count if view in ("groups", None) else 0)
    office.complete("a", cleared(OWNER, TOP))
    assert office.instance.state == "COMPLETED"


def test_a_worker_gets_the_jobs_that_it_is_cleared_for(office: Office) -> None:
    office.deploy(classed(JOBS, "confidential"))
    office.key = int(office.run(CreateInstance("p"), cleared(OWNER, CONFIDENTIAL))["processInstanceKey"])
    ask = ActivateJobs("x", "w", 1000, 1)
    with office.database.read() as db:
        ready = [has_activatable_job(db, cleared(WORKER, c), "x", office.clock.now()) for c in range(2)]
    assert ready == [False, True]
    assert office.run(ask, WORKER) == []
    (job,) = office.run(ask, cleared(WORKER, CONFIDENTIAL))
    with pytest.raises(NotFound):
        office.run(CompleteJob(int(job["jobKey"])), WORKER)
    office.run(CompleteJob(int(job["jobKey"])), cleared(WORKER, CONFIDENTIAL))
    assert office.instance.state == "COMPLETED"


def test_what_a_case_calls_is_of_no_lower_class(office: Office) -> None:
    office.deploy(("p.bpmn", CALLER), ("q.bpmn", CALLED))
    office.start()
    office.run(ClassifyInstance(office.key, "confidential"), cleared(OWNER, SECRET))
    child = next(r for r in office.rows(t.process_instance) if r.parent_key == office.key)
    assert child.access_class == CONFIDENTIAL
    told = [r for r in office.rows(t.history_event, everything=True) if r.type == "classified"]
    assert {r.process_instance_key for r in told} == {office.key, child.key}
    with pytest.raises(InvalidArgument, match="higher class"):
        office.run(ClassifyInstance(child.key, "normal", "it is known by now"), cleared(OWNER, SECRET))
    office.run(ClassifyInstance(child.key, "secret"), cleared(OWNER, SECRET))
    office.run(ClassifyInstance(office.key, "normal", "it is known by now"), cleared(OWNER, SECRET))
    assert sees(office, OWNER)
    office.key = child.key
    assert not sees(office, cleared(OWNER, CONFIDENTIAL)), "lowering one lowers nothing else"


def test_the_callers_of_a_case_are_shown_to_who_may_see_them(office: Office) -> None:
    office.deploy(("p.bpmn", CALLER), ("q.bpmn", CALLED))
    parent = office.start()
    child = next(r for r in office.rows(t.process_instance) if r.parent_key == parent)
    member = person("somchai", "staff_group")
    with office.database.read() as db:
        assert [int(c["processInstanceKey"]) for c in get_hierarchy(db, OWNER, child.key)] == [parent, child.key]
        assert [int(c["processInstanceKey"]) for c in get_hierarchy(db, member, child.key)] == [child.key]


def test_changing_a_class(office: Office) -> None:
    office.deploy(PLAIN)
    office.start()
    member = cleared(person("somchai", "staff_group"), SECRET)
    up, down = ClassifyInstance(office.key, "secret"), ClassifyInstance(office.key, "normal", "the matter is closed")
    for wrong, who, kind in (
        (up, cleared(member, CONFIDENTIAL), Forbidden),  # above one's own
        (up, cleared(AUDITOR, TOP), Forbidden),
        (up, cleared(ADMIN, TOP), Forbidden),
        (up, cleared(person("nobody"), TOP), NotFound),
        (ClassifyInstance(office.key, "cosmic"), member, InvalidArgument),
    ):
        with pytest.raises(kind):
            office.run(wrong, who)
    assert office.instance.access_class == NORMAL
    office.run(up, member)
    for wrong, who, kind in (
        (down, member, Forbidden),  # those who take part may raise it only
        (ClassifyInstance(office.key, "normal"), cleared(OWNER, SECRET), InvalidArgument),
        (down, OWNER, NotFound),
    ):
        with pytest.raises(kind):
            office.run(wrong, who)
    assert office.instance.access_class == SECRET
    office.run(down, cleared(OWNER, SECRET))
    assert office.instance.access_class == NORMAL
    kinds = [r.type for r in office.rows(t.history_event)][-4:]
    assert kinds == ["classification-requested", "classified"] * 2


def test_documents_of_a_classified_case(office: Office) -> None:
    office.deploy(PLAIN)
    office.start()
    paper = office.run(CreateDocument("a.txt", b"x", process_instance_key=office.key), OWNER)["documentId"]
    token = office.run(LinkDocument(paper), OWNER)["token"]
    owner = cleared(OWNER, SECRET)
    office.run(ClassifyInstance(office.key, "secret"), owner)
    with pytest.raises(Forbidden):
        office.run(LinkDocument(paper), owner)
    with office.database.read() as db:
        for actor in (OWNER, AUDITOR, WORKER, cleared(ADMIN, TOP)):
            with pytest.raises(NotFound):
                get_document(db, actor, paper, office.clock.now(), None)
        assert get_document(db, owner, paper, office.clock.now(), None)[1] == b"x"
        with pytest.raises(NotFound):
            open_link(db, token, office.clock.now())
    with pytest.raises(InvalidArgument, match="no such case"):
        office.run(CreateDocument("b.txt", b"x", process_instance_key=office.key), OWNER)


def test_clearance_is_given_by_somebody_else(office: Office) -> None:
    for one in (AddPerson("ann", "Ann"), AddPerson("bob", "Bob", clearance="secret")):
        office.run(one, SYSTEM)
    for wrong, who, kind in (
        (SetClearance("ann", "secret"), OWNER, Forbidden),
        (SetClearance("admin", "secret"), ADMIN, Forbidden),
        (SetClearance("nobody", "secret"), ADMIN, NotFound),
        (SetClearance("ann", "cosmic"), ADMIN, InvalidArgument),
        (AddPerson("cat", "Cat", clearance="cosmic"), SYSTEM, InvalidArgument),
    ):
        with pytest.raises(kind):
            office.run(wrong, who)
    office.run(SetClearance("ann", "topSecret"), ADMIN)
    assert [_clearance(office, name) for name in ("ann", "bob")] == [TOP, SECRET]


def _clearance(office: Office, name: str) -> Any:
    with office.database.read() as db:
        account = account_of(db, name)
    assert account is not None
    return account.actor().clearance
