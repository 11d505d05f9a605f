"""What people chose and administrators wrote shows in what leaves."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import insert, update

from engine.commands.set_notification_preference import SetNotificationPreference
from engine.commands.set_notification_template import ResetNotificationTemplate, SetNotificationTemplate
from engine.errors import Forbidden, InvalidArgument, NotFound, StaleRevision
from engine.model.actor import Actor
from engine.notify.settings import Telling
from engine.store import tables as t
from tests.dsl import ADMIN, Office
from tests.notify.test_outbox import ANN, FINANCE, Carrier, carrier, notice, tell

__all__ = ["carrier"]
ANN_SELF = Actor("ann", roles=frozenset({"staff"}))


def choose(office: Office, language: str = "th", choices: Any = None, digest: str = "08:00", quiet: Any = (None, None), rev: int | None = None) -> None:
    office.run(SetNotificationPreference("ann", language, choices or {}, digest, *quiet, rev), ANN_SELF)


def test_english_is_told_to_who_chose_it(office: Office, carrier: Carrier) -> None:
    choose(office, "en")
    tell(office, notice(office), FINANCE)
    office.settle()
    assert [(p.username, p.language, p.items[0].subject, p.items[0].text) for p in carrier.parcels] == [
        ("ann", "en", "Due soon", "text"), ("bob", "th", "ใกล้ครบกำหนด", "เนื้อความ"),
    ]  # fmt: skip


def test_what_is_off_is_dropped_and_the_bell_still_shows_it(office: Office, carrier: Carrier) -> None:
    choose(office, choices={"reminders": {"mail": "off"}, "statutory": {"mail": "off"}})
    tell(office, notice(office), ANN)
    tell(office, notice(office, "statutory"), ANN)
    office.settle()
    assert carrier.parcels == [] and len(office.rows(t.notification)) == 2
    assert [(r.state, r.error_message) for r in office.rows(t.delivery)] == [("DROPPED", "not wanted")] * 2


def test_another_choice_holds_for_what_waits(office: Office, carrier: Carrier) -> None:
    choose(office, choices={"reminders": {"mail": "digest"}}, digest="07:00")
    tell(office, notice(office), ANN)
    office.advance("PT1H")
    assert carrier.parcels == []
    choose(office, digest="07:00", rev=1)
    office.settle()
    assert len(carrier.parcels) == 1
    with pytest.raises(StaleRevision):
        choose(office, rev=1)


def test_a_digest_tells_what_is_open_at_its_time(office: Office, carrier: Carrier) -> None:
    choose(office, choices={"messages": {"mail": "digest"}, "reminders": {"mail": "digest"}}, digest="18:00")
    for topic in ("reminder", "message"):
        tell(office, notice(office, topic), ANN)
    office.settle()
    assert carrier.parcels == []
    office.complete("a").advance("PT2H")
    assert [[item.topic for item in parcel.items] for parcel in carrier.parcels] == [["message"]]


def test_one_chooses_for_oneself_and_only_what_there_is(office: Office, carrier: Carrier) -> None:
    before = office.rows(t.notification_preference, everything=True)
    with pytest.raises(Forbidden):
        office.run(SetNotificationPreference("ann", "th", {}, "08:00", None, None), Actor("bob", roles=frozenset({"staff"})))
    with pytest.raises(NotFound):
        office.run(SetNotificationPreference("zoe", "th", {}, "08:00", None, None), Actor("zoe", roles=frozenset({"staff"})))
    for quiet in (("20:00", None), (None, "06:00"), ("20:00", "20:00"), ("20:60", "06:00")):
        with pytest.raises(InvalidArgument):
            choose(office, quiet=quiet)
    assert office.rows(t.notification_preference, everything=True) == before == []


def test_the_offices_text_is_told_and_the_built_in_one_again_after_that(office: Office, carrier: Carrier) -> None:
    text = "เรียน {{ person }}: {{ body }} ({{ task }}, {{ business_id or case }})"
    office.run(SetNotificationTemplate("reminder", "th", "[งาน] {{ subject }}", text), ADMIN)
    tell(office, notice(office), ANN)
    office.settle()
    office.run(ResetNotificationTemplate("reminder", "th", rev=1), ADMIN)
    office.advance("PT5M")
    tell(office, notice(office), ANN)
    office.settle()
    first, second = (parcel.items[0] for parcel in carrier.parcels)
    assert (first.subject, first.text) == ("[งาน] ใกล้ครบกำหนด", f"เรียน ann: เนื้อความ (a, {office.key})")
    assert (second.subject, second.text) == ("ใกล้ครบกำหนด", "เนื้อความ")


def test_a_template_that_cannot_be_used_keeps_nothing_back(office: Office, carrier: Carrier) -> None:
    office.run(SetNotificationTemplate("reminder", "th", "{{ subject }}", "{{ body }}!"), ADMIN)
    with office.database.write() as db:  # as a release that knows fewer values would find it
        db.execute(update(t.notification_template).values(text="{{ gone }}"))
    tell(office, notice(office), ANN)
    office.settle()
    assert carrier.parcels[0].items[0].text == "เนื้อความ"


def test_links_lead_to_the_task_else_to_the_case(office: Office, carrier: Carrier) -> None:
    office.bus.services = type(office.bus.services)(
        office.bus.services.keys, office.bus.services.definitions, office.bus.services.hasher, telling=Telling("https://k.test")
    )
    tell(office, notice(office), ANN)
    tell(office, notice(office, "message", of_task=False), ANN)
    office.settle()
    (parcel,) = carrier.parcels
    task = office.task("a").key
    assert [item.link for item in parcel.items] == [f"https://k.test/tasks/{task}", f"https://k.test/cases/{office.key}"]


def test_no_template_quotes_a_classified_field(office: Office, carrier: Carrier) -> None:
    with office.database.write() as db:
        db.execute(insert(t.marked_field), {"form_id": "f", "name": "secret", "access_class": 1, "personal": False})
        db.execute(insert(t.form_use), {"form_id": "f", "process_id": "p"})
    office.start(secret="เนื้อความ")
    office.run(SetNotificationTemplate("reminder", "th", "{{ body }}", "{{ body }}{{ subject }}"), ADMIN)
    tell(office, notice(office), ANN)
    office.settle()
    item = carrier.parcels[-1].items[0]
    assert "เนื้อความ" not in item.subject + item.text and "ปกปิด" in item.text
