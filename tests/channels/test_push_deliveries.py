"""From a notification to a person's own push channel: that there is a task, and nothing of it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import insert, update

from engine.commands.push_addresses import AddPushAddress, RemovePushAddress
from engine.commands.push_services import AddPushService, RemovePushService
from engine.commands.set_clearance import SetClearance
from engine.errors import Forbidden, InvalidArgument, NotFound
from engine.queries.channels import push_services
from engine.store import tables as t
from tests.channels.receiver import Receiver
from tests.channels.test_webhooks import ANN, BEN, FINANCE, case, states, tell
from tests.dsl import ADMIN, Office, person

KEY = "A" * 15
ME = person("ann")


def channel(office: Office, there: Receiver, label: str = "mine") -> int:
    address = f"gotify://127.0.0.1:{there.port}/{KEY}"
    return int(office.run(AddPushAddress("ann", label, address), ME)["pushAddressKey"])


def pushed(there: Receiver) -> list[Any]:
    return [json.loads(got.body) for got in there.got]


@pytest.fixture(autouse=True)
def accepting(there: Receiver) -> None:
    there.answers = [(200, {})] * 20


def test_a_member_of_a_group_hears_once_that_there_is_a_task_and_not_which(wired: Office, there: Receiver) -> None:
    case(wired)
    key = channel(wired, there)
    tell(wired, FINANCE, ANN, BEN, process_instance_key=wired.key)
    (told,) = pushed(there)
    assert told["message"] == "คุณมีงานรอดำเนินการในระบบกระบวน"
    assert "เรื่องลับ" not in str(told) and "secret" not in str(told)
    (row,) = wired.rows(t.delivery)
    assert (row.username, row.channel, row.state, row.content) == ("ann", f"push:{key}", "SENT", None)


def test_in_the_language_that_the_person_chose_and_not_at_all_when_it_is_off(wired: Office, there: Receiver) -> None:
    channel(wired, there)
    choices = {"username": "ann", "language": "en", "choices": {"messages": {"push": "at-once", "mail": "off"}, "reminders": {"push": "off"}}, "digest_at": "08:00", "rev": 1}
    with wired.database.write() as db:
        db.execute(insert(t.notification_preference), choices)
    tell(wired, ANN)
    tell(wired, ANN, topic="reminder")
    assert [told["message"] for told in pushed(there)] == ["There is a task for you in Krabuan."]
    assert states(wired) == [("SENT", None), ("DROPPED", "not wanted")]


def test_each_channel_of_a_person_is_told_by_itself(wired: Office, there: Receiver) -> None:
    """One that fails is tried again; the other is not told twice."""
    channel(wired, there)
    channel(wired, there, "another")
    there.answers = [(200, {}), (503, {}), (200, {})]
    tell(wired, ANN)
    assert sorted(state for state, _ in states(wired)) == ["PACKED", "SENT"]
    wired.advance("PT2M")
    assert ([state for state, _ in states(wired)], len(there.got)) == (["SENT", "SENT"], 3)


def test_who_is_not_cleared_is_not_told(wired: Office, there: Receiver) -> None:
    case(wired)
    channel(wired, there)
    with wired.database.write() as db:
        db.execute(update(t.process_instance).values(access_class=2))
    tell(wired, FINANCE, process_instance_key=wired.key)
    assert (there.got, wired.rows(t.delivery)) == ([], [])
    wired.run(SetClearance("ann", "secret"), ADMIN)
    tell(wired, FINANCE, process_instance_key=wired.key)
    assert len(pushed(there)) == 1


def test_what_waits_for_a_channel_that_is_removed_is_dropped(wired: Office, there: Receiver) -> None:
    key = channel(wired, there)
    there.answers = [(503, {})]
    tell(wired, ANN)
    wired.run(RemovePushAddress(key), ME)
    wired.advance("PT2M")
    assert (states(wired), len(there.got)) == ([("DROPPED", "the address was removed")], 1)


def test_through_an_account_of_the_office_a_person_says_only_who_they_are(wired: Office, there: Receiver) -> None:
    address = f"gotify://127.0.0.1:{there.port}/office/{{to}}"
    service = int(wired.run(AddPushService(" Gotify ", address), ADMIN)["pushServiceKey"])
    with wired.database.read() as db:
        assert push_services(db, ME) == [{"pushServiceKey": str(service), "name": "Gotify", "service": "gotify"}]
    wired.run(AddPushAddress("ann", "mine", KEY, service), ME)
    tell(wired, FINANCE)
    assert len(there.got) == 1 and KEY in str(there.got[0])
    with wired.database.read() as db:
        kept = str([db.execute(table.select()).all() for table in (t.push_service, t.push_address, t.service_event)])
    assert "office" not in kept and KEY not in kept
    wired.advance("PT1M")
    there.answers = [(503, {})]
    tell(wired, FINANCE)
    wired.run(RemovePushService(service), ADMIN)
    wired.advance("PT2M")
    assert (states(wired)[1], len(there.got), wired.rows(t.push_address)) == (("DROPPED", "the service was removed"), 2, [])


@pytest.mark.parametrize(("address", "recipient"), [("mailto://a/{to}", "x"), ("gotify://127.0.0.1:1/{to}", "x"), ("gotify://127.0.0.1/k", "x"), ("", "a/b"), ("", "a?verify=no")])
def test_an_account_or_a_person_that_cannot_be_is_refused(wired: Office, there: Receiver, address: str, recipient: str) -> None:
    service = int(wired.run(AddPushService("Gotify", f"gotify://127.0.0.1:{there.port}/{{to}}"), ADMIN)["pushServiceKey"])
    with pytest.raises(InvalidArgument):
        if address:
            wired.run(AddPushService("x", address), ADMIN)
        else:
            wired.run(AddPushAddress("ann", "mine", recipient, service), ME)
    for command, actor in ((AddPushAddress("ann", "mine", KEY, 1), ME), (RemovePushService(1), ADMIN)):
        with pytest.raises(NotFound):
            wired.run(command, actor)
    for command in (AddPushService("x", f"gotify://127.0.0.1:{there.port}/{{to}}"), RemovePushService(service)):
        with pytest.raises(Forbidden):
            wired.run(command, ME)
    assert (len(wired.rows(t.push_service)), wired.rows(t.push_address)) == (1, [])


def test_a_refused_message_is_an_incident_of_its_case_without_the_address(wired: Office, there: Receiver) -> None:
    case(wired)
    channel(wired, there)
    there.answers = [(401, {})]
    tell(wired, ANN, process_instance_key=wired.key)
    (incident,) = wired.rows(t.incident)
    assert "127.0.0.1 refused it: 401" in incident.message and KEY not in incident.message
