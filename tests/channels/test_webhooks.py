"""Webhooks, from a notification to a real receiver: signed, at least once, tried again, given up, switched off."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import orjson
import pytest
from sqlalchemy import update

from api.runtime import couriers_of
from engine.commands.add_webhook import AddWebhook
from engine.commands.allow_host import DisallowHost
from engine.commands.change_webhook import ChangeWebhook, RemoveWebhook, RenewWebhookSecret
from engine.commands.resolve_incident import ResolveIncident
from engine.jobs.couriers import WebhookCourier
from engine.jobs.outbox import deliver
from engine.model.manual import Words
from engine.model.webhooks import signature
from engine.notify.recipients import Recipient
from engine.notify.send import Notice, send
from engine.ports import Item, Parcel
from engine.store import tables as t
from tests.channels.receiver import Receiver
from tests.dsl import ADMIN, OWNER, START, Office
from tests.execution.bench import diagram, flows, node, user

ANN, BEN, FINANCE = Recipient("user", "ann"), Recipient("user", "ben"), Recipient("group", "finance")


def hook(office: Office, there: Receiver, *topics: str, groups: tuple[str, ...] = ()) -> tuple[int, str]:
    """A new webhook: its key and its secret."""
    made = office.run(AddWebhook("registry", there.url, topics, groups), ADMIN)
    return int(made["webhookKey"]), made["secret"]


def tell(office: Office, *recipients: Recipient, topic: str = "message", **about: Any) -> None:
    """Tell them of an event, and let go out what is due."""
    words = Words("เรื่องลับ", "secret words")
    with office.database.write() as db:
        send(db, office.bus.services.keys.next, office.clock.now(), recipients, Notice(topic, "m", words, words, **about))
    office.settle()


def events(there: Receiver) -> list[dict[str, Any]]:
    return [orjson.loads(got.body) for got in there.got]


def states(office: Office) -> list[tuple[str, str | None]]:
    return [(row.state, row.error_message) for row in office.rows(t.delivery, everything=True)]


def case(office: Office) -> Any:
    """A case with an open task that has a due time; the task."""
    schedule = '<zeebe:taskSchedule dueDate="2026-04-13T09:00:00Z"/>'
    office.deploy(diagram(node("startEvent", "s") + user("u", schedule) + flows("s u")))
    office.start(secret="bravo")
    return office.task("u")


def test_a_notification_is_one_signed_event_for_programs(wired: Office, there: Receiver) -> None:
    task = case(wired)
    _, secret = hook(wired, there)
    tell(wired, FINANCE, topic="reminder", process_instance_key=wired.key, task_key=task.key)
    (got,), (event,) = there.got, events(there)
    (row,) = wired.rows(t.delivery)
    (notice,) = wired.rows(t.notification)
    assert (row.state, row.username, event["id"]) == ("SENT", "", str(row.parcel_key))
    assert got.headers["content-type"] == "application/cloudevents+json; charset=utf-8"
    signed = signature(secret, got.headers["webhook-id"], int(got.headers["webhook-timestamp"]), got.body)
    assert (got.headers["webhook-id"], got.headers["webhook-signature"]) == (event["id"], signed)
    assert (event["specversion"], event["type"], event["subject"]) == ("1.0", "org.krabuan.notification.reminder", f"user-tasks/{task.key}")
    assert event["data"] == {
        "notificationKey": str(notice.key), "topic": "reminder", "recipient": {"kind": "group", "name": "finance"}, "processInstanceKey": str(wired.key),
        "processDefinitionId": "p", "userTaskKey": str(task.key), "elementId": "u", "taskName": {"th": "u", "en": None}, "dueDate": "2026-04-13T09:00:00.000000Z",
        "link": None, "guarded": False,
    }  # fmt: skip
    assert b"secret words" not in got.body and "เรื่องลับ".encode() not in got.body and b"bravo" not in got.body


def test_of_a_classified_case_there_are_no_names(wired: Office, there: Receiver) -> None:
    task = case(wired)
    with wired.database.write() as db:
        db.execute(update(t.process_instance).values(access_class=2))
    hook(wired, there)
    tell(wired, FINANCE, process_instance_key=wired.key, task_key=task.key)
    (event,) = events(there)
    data = event["data"]
    assert (data["guarded"], data["recipient"], data["taskName"], data["userTaskKey"]) == (True, None, None, str(task.key))


def test_topics_and_groups_say_what_a_webhook_gets(wired: Office, there: Receiver) -> None:
    hook(wired, there, "reminder")
    hook(wired, there, groups=("finance",))
    tell(wired, BEN)
    assert there.got == []
    tell(wired, ANN)  # a member
    tell(wired, FINANCE)
    assert [event["data"]["recipient"]["name"] for event in events(there)] == ["ann", "finance"]
    tell(wired, BEN, topic="reminder")
    assert [event["type"].rpartition(".")[2] for event in events(there)] == ["message", "message", "reminder"]


def test_a_group_is_one_event_and_the_same_event_is_told_once(wired: Office, there: Receiver) -> None:
    hook(wired, there)
    for _ in range(2):
        tell(wired, FINANCE, BEN, event="e")
    assert [event["data"]["recipient"]["name"] for event in events(there)] == ["finance", "ben"]
    assert len({event["id"] for event in events(there)}) == 2


@pytest.mark.parametrize("status", [408, 409, 425, 429, 500, 503])
def test_what_may_be_accepted_later_is_sent_again_as_the_same(wired: Office, there: Receiver, status: int) -> None:
    _, secret = hook(wired, there)
    there.answers = [(status, {})]
    tell(wired, ANN)
    assert states(wired) == [("PACKED", f"HTTP {status}")]
    wired.advance("PT2M")
    first, second = there.got
    assert (first.headers["webhook-id"], first.body) == (second.headers["webhook-id"], second.body)
    assert int(second.headers["webhook-timestamp"]) - int(first.headers["webhook-timestamp"]) == 120
    assert second.headers["webhook-signature"] == signature(secret, second.headers["webhook-id"], int(second.headers["webhook-timestamp"]), second.body)
    assert states(wired) == [("SENT", None)]


def test_a_receiver_may_ask_to_be_waited_for(wired: Office, there: Receiver) -> None:
    hook(wired, there)
    there.answers = [(503, {"Retry-After": "3600"})]
    tell(wired, ANN)
    wired.advance("PT59M")
    assert len(there.got) == 1
    wired.advance("PT1M")
    assert len(there.got) == 2


@pytest.mark.parametrize("status", [301, 400, 401, 403, 404, 413, 422])
def test_what_is_refused_is_undelivered_at_once_and_an_incident_of_its_case(wired: Office, there: Receiver, status: int) -> None:
    case(wired)
    hook(wired, there)
    there.answers = [(status, {"Location": there.url})]
    tell(wired, ANN, process_instance_key=wired.key)
    assert (states(wired), len(there.got)) == ([("FAILED", f"HTTP {status}")], 1)
    (incident,) = wired.rows(t.incident)
    assert f"HTTP {status}" in incident.message
    wired.run(ResolveIncident(incident.key), OWNER)
    wired.settle()
    first, second = there.got
    assert (states(wired), first.headers["webhook-id"]) == ([("SENT", None)], second.headers["webhook-id"])


def test_after_the_last_try_it_is_undelivered(wired: Office, there: Receiver) -> None:
    hook(wired, there)
    there.answers = [(500, {})] * 8
    tell(wired, ANN)
    wired.advance("P2D")
    assert (states(wired), len(there.got)) == ([("FAILED", "HTTP 500")], 8)
    assert [row.type for row in wired.rows(t.service_event, everything=True)][-1] == "delivery-failed"


def test_a_node_that_dies_after_the_receiver_accepted_sends_the_same_again(wired: Office, there: Receiver) -> None:
    class Killed(BaseException):
        """What the process sees of SIGKILL: nothing runs any more."""

    class Dying:
        def __init__(self, courier: Any) -> None:
            self.courier = courier

        def deliver(self, parcel: Parcel) -> None:
            self.courier.deliver(parcel)
            raise Killed

        def rest(self) -> None:
            self.courier.rest()

    hook(wired, there)
    courier = wired.couriers["webhook"]
    wired.couriers["webhook"] = Dying(courier)
    with pytest.raises(Killed):
        tell(wired, ANN)
    deliver(wired.bus, "webhook", courier)
    first, second = there.got
    assert (first.headers["webhook-id"], first.body) == (second.headers["webhook-id"], second.body)
    assert states(wired) == [("SENT", None)]


def test_what_waits_behind_a_failure_is_not_held_against_it(wired: Office, there: Receiver) -> None:
    """One try shows that the receiver is away; the others wait without one."""
    hook(wired, there)
    there.answers = [(503, {})]
    with wired.database.write() as db:
        for number in range(3):
            send(db, wired.bus.services.keys.next, wired.clock.now(), [ANN], Notice("message", str(number), Words("a", "a"), Words("b", "b")))
    wired.settle()
    assert len(there.got) == 1
    assert sorted(row.attempts for row in wired.rows(t.delivery)) == [0, 0, 1]
    wired.advance("PT2M")
    assert {state for state, _ in states(wired)} == {"SENT"}
    assert len(there.got) == 4


def test_a_slow_receiver_holds_up_the_others_once_in_a_run(wired: Office, there: Receiver) -> None:
    seconds = iter(range(0, 100, 5))  # five between each two looks at the watch
    guarded = couriers_of(wired.bus)["webhook"]
    assert isinstance(guarded, WebhookCourier)
    wired.couriers["webhook"] = WebhookCourier(wired.bus, guarded._poster, lambda: next(seconds))
    hook(wired, there)
    hook(wired, there)
    tell(wired, ANN, BEN)
    assert [row.state for row in wired.rows(t.delivery)] == ["SENT", "SENT", "PACKED", "PACKED"]
    wired.advance("PT10S")
    assert {state for state, _ in states(wired)} == {"SENT"}
    assert len(there.got) == 4


def test_trying_it_out_does_not_wait_for_what_has_failed(wired: Office, there: Receiver) -> None:
    key, _ = hook(wired, there)
    courier = wired.couriers["webhook"]
    assert courier is not None
    there.answers = [(500, {})]
    tell(wired, ANN)
    trial = Parcel(5, f"webhook:{key}", "", "", "", (Item(0, "test", "", "", None, False, START, None, None, {}),), START)
    courier.deliver(trial)
    assert len(there.got) == 2


def test_a_new_secret_signs_beside_the_one_before(wired: Office, there: Receiver) -> None:
    key, first = hook(wired, there)
    second = wired.run(RenewWebhookSecret(key), ADMIN)["secret"]
    tell(wired, ANN)
    wired.advance("P1D")
    tell(wired, ANN)
    made = [[signature(s, g.headers["webhook-id"], int(g.headers["webhook-timestamp"]), g.body) for s in (second, first)] for g in there.got]
    assert [got.headers["webhook-signature"].split() for got in there.got] == [made[0], made[1][:1]]


def test_after_long_failure_it_is_switched_off_and_the_administrators_are_told(wired: Office, there: Receiver) -> None:
    key, _ = hook(wired, there)
    there.answers = [(500, {})] * 100
    for _ in range(4):
        tell(wired, ANN)
        wired.advance("P1D")
    (row,) = wired.rows(t.webhook)
    assert (row.active, row.failing_since, row.switched_off_at - row.failing_since >= timedelta(days=3)) == (False, wired.clock.now() - timedelta(days=4), True)
    assert "webhook-switched-off" in [event.type for event in wired.rows(t.service_event, everything=True)]
    assert [(n.recipient, n.subject_en) for n in wired.rows(t.notification) if n.about == "webhook"] == [("admin", "Webhook switched off: registry")]
    tried = len(there.got)
    tell(wired, ANN)
    wired.advance("P2D")
    assert len(there.got) == tried
    there.answers = []
    wired.run(ChangeWebhook(key, "registry", there.url, (), (), True), ADMIN)
    tell(wired, ANN)
    assert len(there.got) == tried + 1
    assert wired.rows(t.webhook)[0].failing_since is None


def test_who_says_gone_is_switched_off_at_once(wired: Office, there: Receiver) -> None:
    hook(wired, there)
    there.answers = [(410, {})]
    tell(wired, ANN)
    assert (states(wired)[0], wired.rows(t.webhook)[0].active) == (("FAILED", "HTTP 410"), False)


def test_an_acceptance_forgets_the_failures_before_it(wired: Office, there: Receiver) -> None:
    hook(wired, there)
    there.answers = [(500, {})]
    tell(wired, ANN)
    assert wired.rows(t.webhook)[0].failing_since == wired.clock.now()
    wired.advance("PT2M")
    assert wired.rows(t.webhook)[0].failing_since is None


def test_nothing_goes_to_a_host_that_was_taken_from_the_list(wired: Office, there: Receiver) -> None:
    hook(wired, there)
    wired.run(DisallowHost(wired.rows(t.allowed_host)[0].key), ADMIN)
    tell(wired, ANN)
    ((state, said),) = states(wired)
    assert (state, there.got) == ("FAILED", [])
    assert said is not None and "not on the list" in said


def test_what_waits_for_a_webhook_that_is_removed_or_switched_off_is_dropped(wired: Office, there: Receiver) -> None:
    key, _ = hook(wired, there)
    other, _ = hook(wired, there)
    there.answers = [(500, {})] * 2
    tell(wired, ANN)
    wired.run(RemoveWebhook(key), ADMIN)
    del wired.couriers["webhook"]
    tell(wired, BEN)
    wired.run(ChangeWebhook(other, "off", there.url, (), (), False), ADMIN)
    deliver(wired.bus, "webhook", couriers_of(wired.bus)["webhook"])
    assert states(wired) == [("DROPPED", "the webhook was removed"), ("PACKED", "HTTP 500"), ("DROPPED", "the webhook is switched off")]
    assert len(there.got) == 2


def test_without_the_key_of_the_service_nothing_is_sent_unsigned(wired: Office, there: Receiver) -> None:
    from dataclasses import replace

    hook(wired, there)
    wired.bus.services = replace(wired.bus.services, vault=None)
    tell(wired, ANN)
    assert (states(wired), there.got) == ([("PACKED", "this service cannot open what was sealed")], [])
