"""What a command does to the database does not grow with what lies in the past, nor with what others wait for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import insert, select, text

from benchmarks.clones import cloned
from engine.commands.activate_jobs import ActivateJobs
from engine.commands.complete_job import CompleteJob
from engine.commands.publish_message import PublishMessage
from engine.jobs.outbox import deliver, next_delivery
from engine.model.actor import SYSTEM
from engine.queries.audit import get_audit_log
from engine.queries.work import has_activatable_job
from engine.store.constants import one_of
from engine.store.scopes import visible_variables
from engine.store.tables import delivery, job, person, service_event, substitution
from tests.dsl import WORKER, Office
from tests.execution.bench import diagram, flows, node, user
from tests.instructions import instructions
from tests.plans import asked_by, reads_whole

PAPER = (
    '<bpmn:message id="M" name="paper"><bpmn:extensionElements>'
    '<zeebe:subscription correlationKey="=number"/></bpmn:extensionElements></bpmn:message>'
)
WAITS = '<bpmn:messageEventDefinition messageRef="M"/>'
HOUR = "<bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>"
PROCESS = diagram(
    node("startEvent", "s") + user("a", '<zeebe:assignmentDefinition candidateGroups="staff_group"/>')
    + node("parallelGateway", "g") + node("serviceTask", "pay", '<zeebe:taskDefinition type="pay"/>')
    + node("intermediateCatchEvent", "m", body=WAITS) + node("intermediateCatchEvent", "t", body=HOUR)
    + node("parallelGateway", "j") + user("b", '<zeebe:assignmentDefinition assignee="somchai"/>') + node("endEvent", "e")
    + flows("s a", "a g", "g pay", "g m", "g t", "pay j", "m j", "t j", "j b", "b e"),
    PAPER,
)  # fmt: skip
DAY = 86_400_000  # ms
WAIT_FOR_PAPER, HAVE_TASKS, ENDED = 40, 40, 40  # cases


class Desk:
    """One case after the other, and what each command of it takes."""

    def __init__(self, office: Office) -> None:
        self.office, self._number = office, 0

    def instructions(self) -> dict[str, int]:
        """Of each command of a case, from its start to its end."""
        office, self._number = self.office, self._number + 1
        taken: dict[str, int] = {}

        def note(name: str, command: object, actor: object = SYSTEM) -> object:
            answers: list[object] = []
            done = instructions(office.database, lambda: answers.append(office.run(command, actor)))
            taken[name] = done
            return answers[0]

        early = PublishMessage("paper", f"early-{self._number}", DAY, f"id-{self._number}")
        note("publish a message that nobody waits for yet", early)
        taken["start"] = instructions(office.database, lambda: office.start(number=f"late-{self._number}"))
        taken["complete a task"] = instructions(office.database, lambda: office.complete("a"))
        note("hand out a job", ActivateJobs("pay", "w", 60_000, 1), WORKER)
        note("complete a job", CompleteJob(self._open_job()), WORKER)
        note("publish a message that one waits for", PublishMessage("paper", f"late-{self._number}", DAY))
        taken["fire a timer"] = instructions(office.database, lambda: office.advance("PT1H"))
        taken["complete the last task"] = instructions(office.database, lambda: office.complete("b", SYSTEM))
        return taken

    def _open_job(self) -> int:
        return next(row.key for row in self.office.rows(job) if row.type == "pay" and row.state == "LOCKED")


@pytest.fixture
def desk(small_office: Office) -> Iterator[Desk]:
    small_office.deploy(PROCESS)
    yield Desk(small_office)


def test_a_case_takes_as_much_among_many_as_among_few(desk: Desk) -> None:
    for _ in range(2):
        few = desk.instructions()
    for _ in range(ENDED):
        desk.instructions()
    office = desk.office
    for number in range(HAVE_TASKS + WAIT_FOR_PAPER):
        office.start(number=f"never-{number}")
        if number < WAIT_FOR_PAPER:
            office.complete("a")
            for done in office.run(ActivateJobs("pay", "other", DAY, 1), WORKER):
                office.run(CompleteJob(int(done["jobKey"])), WORKER)
    office.advance("PT2H")
    many = desk.instructions()
    assert {name: (few[name], found) for name, found in many.items() if found > few[name] * 1.1 + 50} == {}


def test_the_most_urgent_job_is_found_among_many_that_wait_and_many_that_are_done(desk: Desk) -> None:
    office = desk.office

    def hand_out() -> int:
        return instructions(office.database, lambda: office.run(ActivateJobs("pay", "w", 1_000, 1), WORKER))

    def look() -> None:
        with office.database.read() as db:
            assert not has_activatable_job(db, WORKER, "nobody has it", office.clock.now())

    for number in range(3):
        office.start(number=f"few-{number}")
        office.complete("a")
    few = [hand_out(), instructions(office.database, look)]
    for number in range(40):
        office.start(number=f"many-{number}")
        office.complete("a")
    office.advance("PT1M")  # whoever had one has it no longer
    for done in office.run(ActivateJobs("pay", "other", DAY, 20), WORKER):
        office.run(CompleteJob(int(done["jobKey"])), WORKER)
    many = [hand_out(), instructions(office.database, look)]
    assert [after > before + 30 for before, after in zip(few, many, strict=True)] == [False, False]


def test_a_message_that_came_early_is_found_among_all_that_were_taken(desk: Desk) -> None:
    office = desk.office

    def begin_to_wait(number: int) -> int:
        office.run(PublishMessage("paper", f"early-{number}", DAY), SYSTEM)
        office.start(number=f"early-{number}")
        taken = instructions(office.database, lambda: office.complete("a"))
        (paid,) = office.run(ActivateJobs("pay", "other", DAY, 1), WORKER)
        office.run(CompleteJob(int(paid["jobKey"])), WORKER)
        return taken

    few = [begin_to_wait(number) for number in range(2)][-1]
    assert [begin_to_wait(number) for number in range(2, 62)][-1] <= few + 50


def test_who_stands_in_now_is_found_among_all_who_ever_did(desk: Desk) -> None:
    office, now = desk.office, desk.office.clock.now()

    def tell() -> int:
        return desk.instructions()["fire a timer"]

    with office.database.write() as db:
        people = [{"username": name, "display_name": name, "active": True} for name in ("somchai", "malee")]
        db.execute(insert(person), people)
    tell()
    few = tell()
    absence = {
        "absent": "somchai", "substitute": "malee", "scope": "all", "starts_at": now - timedelta(days=20),
        "ends_at": now - timedelta(days=10), "entered_by": "somchai", "entered_at": now,
    }  # fmt: skip
    with office.database.write() as db:
        db.execute(insert(substitution), [{"key": number, **absence} for number in range(1, 101)])
    assert tell() <= few + 50


def test_an_entry_of_the_audit_log_is_found_by_its_key(desk: Desk) -> None:
    office = desk.office
    case = office.start(number="one")
    with office.database.read() as db:
        of_service = db.execute(select(service_event.c.key).order_by(service_event.c.sequence).limit(1)).scalar_one()
    keys = [str(of_service), f"{case}{1:06}"]

    def look() -> None:
        with office.database.read() as db:
            assert [get_audit_log(db, SYSTEM, key)["auditLogKey"] for key in keys] == keys

    few = instructions(office.database, look)
    for _ in range(40):
        desk.instructions()
    office.deploy(PROCESS + b" ")
    assert instructions(office.database, look) <= few + 20


def test_postgresql_finds_the_variables_of_a_step_among_those_of_all(emptied_postgres: str) -> None:
    office = Office(emptied_postgres)
    office.deploy(PROCESS)
    case = office.start(number="one")
    cloned(office.database, case, 3_000)
    with office.database.write() as db:
        db.execute(text("ANALYZE variable, element_instance"))

    def look() -> None:
        with office.database.read() as db:
            assert visible_variables(db, case) == {"number": "one"}

    looked = asked_by(office.database, look)
    assert [reads_whole(office.database, looked, table) for table in ("variable", "element_instance")] == [[], []]
    office.close()


def test_what_is_to_be_sent_is_found_among_all_that_was(emptied_postgres: str) -> None:
    """Planned once for whatever it is asked, as PostgreSQL comes to do."""
    office = Office(emptied_postgres)
    sent = {
        "username": "somchai", "channel": "mail", "state": "SENT", "due_at": office.clock.now(),
        "created_at": office.clock.now(),
    }  # fmt: skip
    with office.database.write() as db:
        columns = [c for c in delivery.c if not c.nullable and c.server_default is None and c.name not in (*sent, "key")]
        assert [c.name for c in columns] == ["notification_key"]
        db.execute(text("SET LOCAL session_replication_role = replica"))  # there is no notification
        db.execute(insert(delivery), [{"key": n, "notification_key": n, **sent} for n in range(1, 3_001)])
        db.execute(text("ANALYZE delivery"))
    looked = asked_by(office.database, lambda: next_delivery(office.bus, "mail"))
    looked += asked_by(office.database, lambda: deliver(office.bus, "mail", None))[:1]
    assert reads_whole(office.database, looked, "delivery") == []
    office.close()


def test_a_value_that_stands_in_the_statement_is_a_name() -> None:
    with pytest.raises(ValueError, match="names are needed"):
        one_of(job.c.state, "PENDING", "' OR ''='")
