"""What leaves: written with the event, packed once, sent at least once, dropped when nobody needs it any more."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, event, insert, update

from engine.commands.cancel_instance import CancelInstance
from engine.commands.give_up_parcel import GiveUpParcel
from engine.commands.resolve_incident import ResolveIncident
from engine.jobs.outbox import deliver, next_delivery
from engine.model.actor import SYSTEM
from engine.model.manual import Words
from engine.notify.recipients import Recipient
from engine.notify.send import Notice, send
from engine.ports import Parcel, Refused
from engine.store import tables as t
from engine.store import turns
from engine.store.turns import turn
from tests.dsl import OWNER, Office, person
from tests.execution.bench import diagram, flows, node, user

TO_FINANCE = '<zeebe:assignmentDefinition candidateGroups="finance"/>'
FINANCE, ANN = Recipient("group", "finance"), Recipient("user", "ann")


class Carrier:
    """Takes parcels; `answers` come first."""

    def __init__(self) -> None:
        self.parcels: list[Parcel] = []
        self.answers: list[Exception] = []
        self.meanwhile: Callable[[], Any] = lambda: None

    def deliver(self, parcel: Parcel) -> None:
        self.parcels.append(parcel)
        self.meanwhile()
        if self.answers:
            raise self.answers.pop(0)

    def rest(self) -> None:
        """Nothing to let go."""


@pytest.fixture
def carrier(office: Office) -> Iterator[Carrier]:
    """An office with a task for finance, where ann and bob are, and somebody who carries what leaves it."""
    logging.getLogger("krabuan.outbox").disabled = True
    office.deploy(diagram(node("startEvent", "s") + user("a", TO_FINANCE) + flows("s a")))
    office.start()  # before there is anybody who would be told of its task
    employ(office, "ann", "bob")
    made = Carrier()
    office.couriers["mail"] = made
    yield made
    logging.getLogger("krabuan.outbox").disabled = False


def employ(office: Office, *names: str) -> None:
    with office.database.write() as db:
        db.execute(insert(t.group_), {"key": "finance", "kind": "unit", "th": "การเงิน", "en": "Finance", "parent": None, "head_of": None})
        for name in names:
            db.execute(insert(t.person), {"username": name, "display_name": name, "email": f"{name}@office.test", "active": True})
            db.execute(insert(t.membership), {"group_key": "finance", "username": name})


def notice(office: Office, topic: str = "reminder", event: str | None = None, of_task: bool = True) -> Notice:
    return Notice(
        topic, "reminder", Words("ใกล้ครบกำหนด", "Due soon"), Words("เนื้อความ", "text"), office.key,
        office.task("a").key if of_task else None, event,
    )  # fmt: skip


def tell(office: Office, notice: Notice, *to: Recipient) -> list[str]:
    with office.database.write() as db:
        return [r.name for r in send(db, office.bus.services.keys.next, office.clock.now(), to, notice)]


def states(office: Office) -> list[tuple[str, str]]:
    return [(row.username, row.state) for row in office.rows(t.delivery, everything=True)]


def test_each_member_of_a_group_gets_one_mail_also_when_named_besides(office: Office, carrier: Carrier) -> None:
    assert tell(office, notice(office), FINANCE, ANN) == ["finance", "ann"]
    assert states(office) == [("ann", "PENDING"), ("bob", "PENDING")]
    office.settle()
    assert states(office) == [("ann", "SENT"), ("bob", "SENT")]
    first, second = carrier.parcels
    assert (first.to, first.language, first.channel, first.username) == ("ann@office.test", "th", "mail", "ann")
    assert (first.items[0].subject, first.items[0].text, first.items[0].task_key) == ("ใกล้ครบกำหนด", "เนื้อความ", office.task("a").key)
    assert first.key != second.key


def test_one_event_tells_one_recipient_and_one_person_once(office: Office, carrier: Carrier) -> None:
    assert tell(office, notice(office, event="job-1"), FINANCE) == ["finance"]
    assert tell(office, notice(office, event="job-1"), FINANCE, ANN) == ["ann"]
    assert states(office) == [("ann", "PENDING"), ("bob", "PENDING")]
    assert tell(office, notice(office, event="job-2"), FINANCE) == ["finance"]
    assert len(states(office)) == 4


def test_two_hundred_members_take_no_more_statements_than_two(office: Office, carrier: Carrier) -> None:
    counted: list[str] = []

    def count(conn: Any, cursor: Any, statement: str, *_: Any) -> None:
        counted.append(statement)

    event.listen(office.database.engine, "before_cursor_execute", count)
    tell(office, notice(office), FINANCE)
    few = len(counted)
    with office.database.write() as db:
        people = [{"username": f"n{i}", "display_name": "n", "email": f"n{i}@office.test", "active": True} for i in range(200)]
        db.execute(insert(t.person), people)
        db.execute(insert(t.membership), [{"group_key": "finance", "username": p["username"]} for p in people])
    counted.clear()
    tell(office, notice(office), FINANCE)
    assert len(counted) == few and len(states(office)) == 2 + 202
    event.remove(office.database.engine, "before_cursor_execute", count)


def test_what_comes_at_once_comes_in_one_mail_and_the_next_a_minute_later(office: Office, carrier: Carrier) -> None:
    for topic in ("reminder", "escalation"):
        tell(office, notice(office, topic), ANN)
    office.settle()
    assert [[item.topic for item in parcel.items] for parcel in carrier.parcels] == [["reminder", "escalation"]]
    for _ in range(3):
        tell(office, notice(office), ANN)
        office.clock.advance(timedelta(seconds=10))
    office.settle()
    assert len(carrier.parcels) == 1
    assert next_delivery(office.bus, "mail") == carrier.parcels[0].packed_at + timedelta(minutes=1)
    office.advance("PT1M")
    assert [len(parcel.items) for parcel in carrier.parcels] == [2, 3]


def test_a_term_of_a_law_waits_for_no_minute_and_no_morning(office: Office, carrier: Carrier) -> None:
    office.advance("PT8H")  # midnight in Bangkok
    for _ in range(2):
        tell(office, notice(office, "statutory", of_task=False), ANN)
        office.settle()
    assert len(carrier.parcels) == 2
    tell(office, notice(office), ANN)
    office.settle()
    assert len(carrier.parcels) == 2
    office.advance("PT6H")
    assert len(carrier.parcels) == 3 and carrier.parcels[2].packed_at.hour == 23  # six in the morning in Bangkok


def test_a_task_that_waits_for_a_group_is_told_in_the_morning_if_nobody_has_taken_it(office: Office, carrier: Carrier) -> None:
    tell(office, notice(office, "task-open"), FINANCE)
    office.advance("PT15H")
    assert carrier.parcels == []
    office.advance("PT1H")  # eight o'clock
    assert [parcel.to for parcel in carrier.parcels] == ["ann@office.test", "bob@office.test"]
    tell(office, notice(office, "task-open"), FINANCE)
    office.complete("a", person("ann", "finance")).advance("P2D")
    assert len(carrier.parcels) == 2
    assert [(r.state, r.error_message) for r in office.rows(t.delivery)][2:] == [("DROPPED", "the task is done")] * 2


@pytest.mark.parametrize(("values", "reason"), [({"active": False}, "nobody is there to get it"), ({"email": None}, "nobody is there to get it")])
def test_nothing_is_sent_to_who_has_gone(office: Office, carrier: Carrier, values: dict[str, Any], reason: str) -> None:
    tell(office, notice(office), FINANCE)
    with office.database.write() as db:
        db.execute(update(t.person).where(t.person.c.username == "ann").values(**values))
    office.settle()
    assert [(r.username, r.state, r.error_message) for r in office.rows(t.delivery)] == [("ann", "DROPPED", reason), ("bob", "SENT", None)]


def test_a_case_that_was_classified_meanwhile_is_told_only_to_the_cleared_and_only_by_its_number(office: Office, carrier: Carrier) -> None:
    tell(office, notice(office), FINANCE)
    with office.database.write() as db:
        db.execute(update(t.process_instance).values(access_class=2))
        db.execute(update(t.person).where(t.person.c.username == "ann").values(clearance=3))
    office.settle()
    (parcel,) = carrier.parcels
    assert parcel.to == "ann@office.test" and parcel.items[0].guarded
    assert "กำหนด" not in parcel.items[0].subject + parcel.items[0].text and str(office.key) in parcel.items[0].subject


def test_a_case_that_is_deleted_takes_with_it_what_was_on_its_way(office: Office, carrier: Carrier) -> None:
    tell(office, notice(office), FINANCE)
    with office.database.write() as db:
        db.execute(delete(t.notification))
    assert states(office) == []


def test_without_a_server_what_is_due_is_dropped_and_says_so(office: Office, carrier: Carrier) -> None:
    office.couriers["mail"] = None
    tell(office, notice(office), ANN)
    office.settle()
    assert [(r.state, r.error_message) for r in office.rows(t.delivery)] == [("DROPPED", "no server is set up for it")]


class TestDeadLetters:
    """What cannot be delivered is told of, and sent again as what it was."""

    def test_what_is_refused_for_good_is_an_incident_of_the_case_and_resolving_it_sends_the_same_again(self, office: Office, carrier: Carrier) -> None:
        carrier.answers = [Refused("no such receiver")]
        tell(office, notice(office), ANN)
        office.settle()
        (incident,) = office.rows(t.incident)
        task = office.task("a")
        assert (incident.element_id, incident.element_instance_key, incident.message) == ("a", task.key, "mail: no such receiver")
        assert states(office) == [("ann", "FAILED")] and office.instance.incidents == 1
        office.run(ResolveIncident(incident.key), OWNER)
        office.settle()
        assert states(office) == [("ann", "SENT")] and office.instance.incidents == 0
        first, again = carrier.parcels
        assert first == again and office.verified()

    def test_one_that_fails_again_is_another_incident(self, office: Office, carrier: Carrier) -> None:
        carrier.answers = [Refused("no such receiver")] * 2
        tell(office, notice(office), ANN)
        office.settle()
        office.run(ResolveIncident(office.rows(t.incident)[0].key), OWNER)
        office.settle()
        assert [row.state for row in office.rows(t.incident)] == ["RESOLVED", "ACTIVE"]

    def test_a_case_that_has_ended_has_no_incident_but_the_service_tells(self, office: Office, carrier: Carrier) -> None:
        carrier.answers = [Refused("no such receiver")]
        tell(office, notice(office, "message"), ANN)
        office.run(CancelInstance(office.key), OWNER)
        office.settle()
        assert office.rows(t.incident) == [] and states(office) == [("ann", "FAILED")]
        (said,) = [s for s in office.trail(t.service_event, everything=True) if s["type"] == "delivery-failed"]
        assert (said["data"]["channel"], said["data"]["message"]) == ("mail", "no such receiver")

    def test_what_was_dropped_meanwhile_is_not_given_up(self, office: Office, carrier: Carrier) -> None:
        carrier.answers = [OSError("away")]
        tell(office, notice(office), ANN)
        office.settle()
        with office.database.write() as db:
            db.execute(update(t.delivery).values(state="DROPPED"))
        office.run(GiveUpParcel(carrier.parcels[0].key, "late"), SYSTEM)
        assert states(office) == [("ann", "DROPPED")] and office.rows(t.incident) == []
        office.advance("P2D")
        assert len(carrier.parcels) == 1

    def test_a_fault_of_a_courier_holds_up_no_other_parcel(self, office: Office, carrier: Carrier) -> None:
        carrier.answers = [RuntimeError("a fault")]
        tell(office, notice(office), FINANCE)
        office.settle()
        assert states(office) == [("ann", "FAILED"), ("bob", "SENT")]
        assert office.rows(t.delivery)[0].error_message == "RuntimeError"


def test_what_is_dropped_between_two_parcels_is_not_sent(office: Office, carrier: Carrier) -> None:
    def drop() -> None:
        with office.database.write() as db:
            db.execute(update(t.delivery).where(t.delivery.c.username == "bob").values(state="DROPPED"))

    carrier.meanwhile = drop
    tell(office, notice(office), FINANCE)
    office.settle()
    assert [parcel.username for parcel in carrier.parcels] == ["ann"]


def test_nodes_take_turns(office: Office, carrier: Carrier, monkeypatch: pytest.MonkeyPatch) -> None:
    """While one has a parcel under way, another sends nothing of this kind; afterwards it may."""
    if office.database.is_sqlite:
        return  # one process
    monkeypatch.setattr(turns, "PATIENCE", 1)
    tell(office, notice(office), ANN)
    with turn(office.database, "outbox", "mail") as first:
        assert first and deliver(office.bus, "mail", carrier) == 0 and carrier.parcels == []
    assert deliver(office.bus, "mail", carrier) == 2 and len(carrier.parcels) == 1


def test_a_turn_that_ends_meanwhile_is_taken_at_once(office: Office) -> None:
    taken, asked = threading.Event(), threading.Event()

    def wait() -> None:
        asked.set()
        with turn(office.database, "x") as ours:
            if ours:
                taken.set()

    waiting = threading.Thread(target=wait)
    with turn(office.database, "x"):
        waiting.start()
        assert asked.wait(30)
    waiting.join(30)
    assert taken.is_set()
