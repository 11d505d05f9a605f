"""krabuan:mail and krabuan:log: through a real mail server, refused, tried again, never lost, recognisable twice."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from engine.adapters.mail import LINGER, MailCourier, MailServer
from engine.commands.resolve_incident import ResolveIncident
from engine.commands.set_variables import SetVariables
from engine.jobs.outbox import deliver
from engine.ports import Parcel, Refused
from engine.store import tables as t
from tests.dsl import OWNER, Office
from tests.execution.bench import diagram, flows, node, user
from tests.notify.post_office import Keeper, item, parcel, post_office, said


@pytest.fixture
def keeper(office: Office) -> Iterator[Keeper]:
    """A mail server that the office sends to."""
    logging.getLogger("krabuan.outbox").disabled = True  # refusals are made on purpose
    with post_office() as (kept, courier):
        office.couriers["mail"] = courier
        yield kept
    logging.getLogger("krabuan.outbox").disabled = False


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


def mails(office: Office) -> list[Any]:
    return office.rows(t.delivery, everything=True)


def test_everybody_with_an_address_gets_one_mail_in_thai(office: Office, keeper: Keeper) -> None:
    people(office, ann="ann@office.test", bob="bob@office.test", zoe=None, gone="gone@office.test")
    office.deploy(sends("=[&quot;finance&quot;, &quot;ann&quot;]", "แจ้งเตือน", "=&quot;เรียน&quot; + string join([&quot;&quot;, name], &quot; &quot;)"))
    office.start(name="กลุ่มการเงิน")
    assert sorted(m["To"] for m in keeper.mails) == ["ann@office.test", "bob@office.test"]
    first = keeper.mails[0]
    assert (first["Subject"], first["From"]) == ("แจ้งเตือน", "krabuan@office.test")
    assert said(first).startswith("เรียน กลุ่มการเงิน\n") and "เรียน กลุ่มการเงิน" in said(first, "html")
    assert office.waiting == ["u"]
    assert [(r.recipient_kind, r.recipient) for r in office.rows(t.notification)] == [("group", "finance"), ("user", "ann")]
    assert {(r.state, r.content) for r in mails(office)} == {("SENT", None)}
    assert office.event("mail-sent") == {"to": ["finance", "ann"], "subject": "แจ้งเตือน"}


@pytest.mark.parametrize("answer", ["451 try later", "552 full", "550 no such user", "421 closing"])
def test_a_refused_mail_is_sent_later_with_the_same_id(office: Office, keeper: Keeper, answer: str) -> None:
    people(office, ann="ann@office.test")
    keeper.answers = [answer, answer]
    office.deploy(sends())
    office.start()
    (row,) = mails(office)
    assert (row.state, row.attempts, keeper.mails) == ("PACKED", 1, [])
    assert office.waiting == ["u"]  # the case does not wait for the post
    office.clock.advance(timedelta(minutes=1))
    office.settle()
    assert mails(office)[0].attempts == 1
    office.clock.advance(timedelta(minutes=1))
    office.settle()
    assert mails(office)[0].attempts == 2
    office.clock.advance(timedelta(minutes=10))
    office.settle()
    assert [m["Message-ID"] for m in keeper.mails] == [f"<{row.parcel_key}@krabuan>"]
    assert (mails(office)[0].state, mails(office)[0].attempts) == ("SENT", 3)


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
    assert [(r.state, r.error_message) for r in mails(office)] == [("FAILED", "the mail server answered 550")]
    assert keeper.mails == []


def test_one_refused_mail_does_not_hold_up_the_others(office: Office, keeper: Keeper) -> None:
    people(office, ann="ann@office.test", bob="bob@office.test")
    keeper.answers = ["550 no"]
    office.deploy(sends())
    office.start()
    assert [m["To"] for m in keeper.mails] == ["bob@office.test"]


@pytest.mark.parametrize("address", ["ann@office.test\nBcc: all@office.test", "no address", "ก@สำนักงาน.ไทย", "a" * 255, "ann", "<script>@x"])
def test_an_address_that_no_mail_can_have_does_not_hold_up_the_others(office: Office, keeper: Keeper, address: str) -> None:
    people(office, ann=address, bob="bob@office.test")
    office.deploy(sends())
    office.start()
    assert "bob@office.test" in [m["To"] for m in keeper.mails]
    assert all(m["Bcc"] is None for m in keeper.mails)
    assert [r.state for r in mails(office) if r.username == "ann"] == ["FAILED"]


def test_a_subject_cannot_add_a_header(office: Office, keeper: Keeper) -> None:
    people(office, ann="ann@office.test")
    office.deploy(sends(subject="=subject"))
    office.start(subject="hello\r\nBcc: all@office.test\r\n\r\nbody")
    (mail,) = keeper.mails
    assert mail["Bcc"] is None and mail["Subject"].startswith("hello Bcc:")
    assert said(mail).startswith("b\n")


def test_a_server_that_is_away_loses_nothing(office: Office) -> None:
    logging.getLogger("krabuan.outbox").disabled = True
    people(office, ann="ann@office.test")
    with post_office() as (_, courier):
        gone = courier  # its server is stopped when the block ends
    office.couriers["mail"] = gone
    office.deploy(sends())
    office.start()
    (row,) = mails(office)
    assert (row.state, row.error_message) == ("PACKED", "ConnectionRefusedError")
    with post_office() as (keeper, courier):
        office.couriers["mail"] = courier
        office.clock.advance(timedelta(minutes=2))
        office.settle()
        assert len(keeper.mails) == 1
    logging.getLogger("krabuan.outbox").disabled = False


def test_a_node_that_dies_while_it_sends_sends_again_with_the_same_id(office: Office, keeper: Keeper) -> None:
    people(office, ann="ann@office.test")

    class Killed(BaseException):
        """What the process sees of SIGKILL: nothing runs any more."""

    class Dying(MailCourier):
        def deliver(self, parcel: Parcel) -> None:
            super().deliver(parcel)
            raise Killed

    real = office.couriers["mail"]
    assert isinstance(real, MailCourier)
    office.couriers["mail"] = dying = Dying(real.server)
    office.deploy(sends())
    with pytest.raises(Killed):
        office.start()
    dying.close()
    assert deliver(office.bus, "mail", real) == 1
    assert deliver(office.bus, "mail", real) == 0
    first, second = keeper.mails
    assert first.as_bytes() == second.as_bytes() and first["Message-ID"] == f"<{mails(office)[0].parcel_key}@krabuan>"


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


def test_the_courier_tells_apart_refusal_and_acceptance() -> None:
    with post_office() as (keeper, courier):
        courier.deliver(parcel(to="a@office.test"))
        assert keeper.mails[0]["To"] == "a@office.test"
        keeper.answers = ["550 no"]
        with pytest.raises(OSError):
            courier.deliver(parcel(to="a@office.test"))
        with pytest.raises(Refused):
            courier.deliver(parcel(to="a"))
    with pytest.raises(OSError):
        MailCourier(MailServer("127.0.0.1", courier.server.port, timeout=1)).deliver(parcel())


def test_one_connection_serves_a_run_of_mails_and_is_opened_anew_when_the_server_closed_it() -> None:
    with post_office() as (keeper, courier):
        for key in range(3):
            courier.deliver(parcel(key=key))
        assert len(keeper.sessions) == 1
        keeper.answers = ["421 going down"]
        with pytest.raises(OSError):
            courier.deliver(parcel(key=4))
        courier.deliver(parcel(key=4))
        assert len(keeper.sessions) == 2 and len(keeper.mails) == 4


def test_a_server_that_is_away_is_asked_once_in_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def away(host: str, *_: Any, **__: Any) -> None:
        asked.append(host)
        raise TimeoutError

    monkeypatch.setattr("smtplib.SMTP", away)
    courier = MailCourier(MailServer("mail.office.test"))
    for _ in range(3):
        with pytest.raises(TimeoutError):
            courier.deliver(parcel())
    assert asked == ["mail.office.test"]
    courier.rest()
    with pytest.raises(TimeoutError):
        courier.deliver(parcel())
    assert len(asked) == 2


def test_headers_say_that_a_machine_wrote_it() -> None:
    with post_office() as (keeper, courier):
        courier.deliver(parcel(item("เรื่อง"), language="th"))
    (mail,) = keeper.mails
    assert (mail["Auto-Submitted"], mail["Content-Language"]) == ("auto-generated", "th")
    assert mail["List-ID"] == "<notifications.krabuan.office.test>" and mail["Date"] == "Fri, 10 Apr 2026 09:00:00 +0000"
    assert mail.get_content_type() == "multipart/alternative"


def test_several_notifications_are_one_mail() -> None:
    with post_office() as (keeper, courier):
        courier.deliver(parcel(item("ก", "๑", "https://k.test/tasks/1"), item("ข", "<b>๒</b>"), language="en"))
    (mail,) = keeper.mails
    assert mail["Subject"] == "2 notifications"
    assert MailCourier(MailServer("x")).mail_of(parcel(item(), item()))["Subject"] == "การแจ้งเตือน ๒ เรื่อง"
    assert "1. ก\n๑\nOpen: https://k.test/tasks/1\n\n2. ข\n<b>๒</b>" in said(mail)
    assert "&lt;b&gt;๒&lt;/b&gt;" in said(mail, "html") and 'href="https://k.test/tasks/1"' in said(mail, "html")


def test_a_connection_that_nothing_has_gone_over_for_a_moment_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = [100.0]
    monkeypatch.setattr("engine.adapters.mail.time.monotonic", lambda: seconds[0])
    with post_office() as (keeper, courier):
        for key, later in ((1, 0.0), (2, LINGER / 2), (3, 2 * LINGER)):
            seconds[0] += later
            courier.rest()
            courier.deliver(parcel(key=key))
        assert len(keeper.mails) == 3 and len(keeper.sessions) == 2
