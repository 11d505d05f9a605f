"""krabuan:mail and krabuan:log: through a real mail server, refused, tried again, never lost, recognisable twice."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from engine.adapters.mail import SmtpMailer
from engine.commands.resolve_incident import ResolveIncident
from engine.commands.set_variables import SetVariables
from engine.jobs.mail import send_mails
from engine.ports import Letter
from engine.store import tables as t
from tests.dsl import OWNER, Office
from tests.execution.bench import diagram, flows, node, user
from tests.notify.post_office import Keeper, post_office


@pytest.fixture
def keeper(office: Office) -> Iterator[Keeper]:
    """A mail server that the office sends to."""
    logging.getLogger("krabuan.mail").disabled = True  # refusals are made on purpose
    with post_office() as (kept, mailer):
        office.mailer = mailer
        yield kept
    logging.getLogger("krabuan.mail").disabled = False


def people(office: Office, **addresses: str | None) -> None:
    """Members of the group finance by name, with their addresses."""
    with office.database.write() as db:
        db.execute(insert(t.group_), {"key": "finance", "kind": "unit", "th": "การเงิน", "en": "Finance", "parent": None, "head_of": None})
        for name, address in addresses.items():
            row = {"username": name, "display_name": name, "email": address, "password_hash": None, "active": name != "gone"}
            db.execute(insert(t.person), row)
            db.execute(insert(t.membership), {"group_key": "finance", "username": name})


def sends(to: str = "finance", subject: str = "s", body: str = "b") -> bytes:
    """A process that sends a mail and goes on to a task."""
    inputs = "".join(f'<zeebe:input source="{v}" target="{k}"/>' for k, v in (("to", to), ("subject", subject), ("body", body)))
    mail = f'<zeebe:taskDefinition type="krabuan:mail"/><zeebe:ioMapping>{inputs}</zeebe:ioMapping>'
    return diagram(node("startEvent", "s") + node("sendTask", "m", mail) + user("u") + flows("s m", "m u"))


def mail_rows(office: Office) -> list[Any]:
    return [r for r in office.rows(t.job, everything=True) if r.kind == "MAIL"]


def test_everybody_with_an_address_gets_one_mail_in_thai(office: Office, keeper: Keeper) -> None:
    people(office, ann="ann@office.test", bob="bob@office.test", zoe=None, gone="gone@office.test")
    office.deploy(sends("=[&quot;finance&quot;, &quot;ann&quot;]", "แจ้งเตือน", "=&quot;เรียน&quot; + string join([&quot;&quot;, name], &quot; &quot;)"))
    office.start(name="กลุ่มการเงิน")
    assert sorted(m["To"] for m in keeper.mails) == ["ann@office.test", "bob@office.test"]
    first = keeper.mails[0]
    assert (first["Subject"], first["From"]) == ("แจ้งเตือน", "krabuan@office.test")
    assert first.get_content().strip() == "เรียน กลุ่มการเงิน"
    assert office.waiting == ["u"]
    assert [(r.recipient_kind, r.recipient) for r in office.rows(t.notification)] == [("group", "finance"), ("user", "ann")]
    assert {r.state for r in mail_rows(office)} == {"COMPLETED"}
    assert office.event("mail-sent") == {"to": ["finance", "ann"], "subject": "แจ้งเตือน"}


@pytest.mark.parametrize("answer", ["451 try later", "552 full", "550 no such user", "421 closing"])
def test_a_refused_mail_is_sent_later_with_the_same_id(office: Office, keeper: Keeper, answer: str) -> None:
    people(office, ann="ann@office.test")
    keeper.answers = [answer, answer]
    office.deploy(sends())
    office.start()
    (row,) = mail_rows(office)
    assert (row.state, row.retries, keeper.mails) == ("PENDING", 7, [])
    assert office.waiting == ["u"]  # the case does not wait for the post
    office.clock.advance(timedelta(minutes=1))
    office.settle()
    assert mail_rows(office)[0].retries == 7
    office.clock.advance(timedelta(minutes=1))
    office.settle()
    assert mail_rows(office)[0].retries == 6
    office.clock.advance(timedelta(minutes=10))
    office.settle()
    assert [m["Message-ID"] for m in keeper.mails] == [f"<{row.key}@krabuan>"]
    assert mail_rows(office)[0].state == "COMPLETED"


def test_a_mail_server_may_be_away_for_a_day(office: Office, keeper: Keeper) -> None:
    people(office, ann="ann@office.test")
    keeper.answers = ["451 no"] * 7
    office.deploy(sends())
    office.start()
    for _ in range(26):
        office.clock.advance(timedelta(hours=1))
        office.settle()
    assert len(keeper.mails) == 1


def test_a_mail_that_is_refused_for_good_is_marked_and_does_not_come_again(office: Office, keeper: Keeper) -> None:
    people(office, ann="ann@office.test")
    keeper.answers = ["550 no"] * 8
    office.deploy(sends())
    office.start()
    for _ in range(60):
        office.clock.advance(timedelta(hours=1))
        office.settle()
    assert [(r.state, r.error_message) for r in mail_rows(office)] == [("FAILED", "SMTPDataError")]
    assert keeper.mails == []


def test_one_refused_mail_does_not_hold_up_the_others(office: Office, keeper: Keeper) -> None:
    people(office, ann="ann@office.test", bob="bob@office.test")
    keeper.answers = ["550 no"]
    office.deploy(sends())
    office.start()
    assert [m["To"] for m in keeper.mails] == ["bob@office.test"]


@pytest.mark.parametrize("address", ["ann@office.test\nBcc: all@office.test", "no address", "ก@สำนักงาน.ไทย", "a" * 255])
def test_an_address_that_no_mail_can_have_does_not_hold_up_the_others(office: Office, keeper: Keeper, address: str) -> None:
    people(office, ann=address, bob="bob@office.test")
    office.deploy(sends())
    office.start()
    assert "bob@office.test" in [m["To"] for m in keeper.mails]
    assert all(m["Bcc"] is None for m in keeper.mails)


def test_a_subject_cannot_add_a_header(office: Office, keeper: Keeper) -> None:
    people(office, ann="ann@office.test")
    office.deploy(sends(subject="=subject"))
    office.start(subject="hello\r\nBcc: all@office.test\r\n\r\nbody")
    (mail,) = keeper.mails
    assert mail["Bcc"] is None and mail["Subject"].startswith("hello Bcc:")
    assert mail.get_content().strip() == "b"


def test_a_server_that_is_away_loses_nothing(office: Office) -> None:
    logging.getLogger("krabuan.mail").disabled = True
    people(office, ann="ann@office.test")
    with post_office() as (_, mailer):
        gone = mailer  # its server is stopped when the block ends
    office.mailer = gone
    office.deploy(sends())
    office.start()
    (row,) = mail_rows(office)
    assert (row.state, row.error_message) == ("PENDING", "ConnectionRefusedError")
    with post_office() as (keeper, mailer):
        office.mailer = mailer
        office.clock.advance(timedelta(minutes=2))
        office.settle()
        assert len(keeper.mails) == 1
    logging.getLogger("krabuan.mail").disabled = False


def test_a_node_that_dies_while_it_sends_sends_again_with_the_same_id(office: Office, keeper: Keeper) -> None:
    people(office, ann="ann@office.test")

    class Killed(BaseException):
        """What the process sees of SIGKILL: nothing runs any more."""

    class DyingMailer:
        def __init__(self, mailer: Any) -> None:
            self.mailer = mailer

        def send(self, letter: Letter) -> None:
            self.mailer.send(letter)
            raise Killed

    real, office.mailer = office.mailer, DyingMailer(office.mailer)
    office.deploy(sends())
    with pytest.raises(Killed):
        office.start()
    office.mailer = real
    assert send_mails(office.bus, real) == 0  # nobody else sends it while it may still be under way
    office.clock.advance(timedelta(minutes=5))
    assert send_mails(office.bus, real) == 1
    ids = [m["Message-ID"] for m in keeper.mails]
    assert len(ids) == 2 and len(set(ids)) == 1


@pytest.mark.parametrize(
    ("inputs", "missing"), [({"to": "=nobody"}, "'to'"), ({"subject": "=nothing"}, "'subject'"), ({"to": "=[1]"}, "'to'"), ({"body": "=5"}, "'body'")]
)
def test_a_mail_that_the_diagram_left_incomplete_is_an_incident(office: Office, keeper: Keeper, inputs: dict[str, str], missing: str) -> None:
    people(office, ann="ann@office.test")
    office.deploy(sends(**inputs))
    office.start()
    (incident,) = office.rows(t.incident)
    assert missing in incident.message and incident.element_id == "m"
    assert (keeper.mails, office.waiting) == ([], [])
    local = {"to": "finance", "subject": "s", "body": "b"}
    element = next(r.key for r in office.rows(t.element_instance) if r.element_id == "m")
    office.run(SetVariables(element, local, local=True), OWNER)
    office.run(ResolveIncident(incident.key), OWNER)
    office.settle()
    assert (len(keeper.mails), office.waiting) == (1, ["u"])


def test_a_mail_to_nobody_known_is_still_a_notification(office: Office, keeper: Keeper) -> None:
    office.deploy(sends("dpo, role:director"))
    office.start()
    assert [(r.recipient_kind, r.recipient) for r in office.rows(t.notification)] == [("user", "dpo"), ("user", "director")]
    assert (keeper.mails, office.waiting) == ([], ["u"])


def test_log_writes_into_history_and_goes_on(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    log = '<zeebe:taskDefinition type="krabuan:log"/><zeebe:ioMapping><zeebe:input source="=&quot;รับเรื่อง &quot; + no" target="message"/></zeebe:ioMapping>'
    office.deploy(diagram(node("startEvent", "s") + node("serviceTask", "l", log) + user("u") + flows("s l", "l u")))
    with caplog.at_level(logging.INFO, logger="krabuan.process"):
        office.start(no="๑๒")
    assert office.event("logged") == {"message": "รับเรื่อง ๑๒"}
    assert office.waiting == ["u"]
    assert "รับเรื่อง ๑๒" in caplog.text


def test_the_mailer_tells_apart_refusal_and_acceptance() -> None:
    with post_office() as (keeper, mailer):
        mailer.send(Letter(("a@office.test", "b@office.test"), "s", "b", "1@x"))
        assert keeper.mails[0]["To"] == "a@office.test, b@office.test"
        keeper.answers = ["550 no"]
        with pytest.raises(OSError):
            mailer.send(Letter(("a@office.test",), "s", "b", "2@x"))
    with pytest.raises(OSError):
        SmtpMailer("127.0.0.1", mailer.port, timeout=1).send(Letter(("a@office.test",), "s", "b", "3@x"))
