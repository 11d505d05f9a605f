"""What stands in a person's calendar feed, over both databases: nothing that the person may not see."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Connection

from engine.commands.add_person import AddPerson
from engine.commands.change_calendar_feed import ChangeCalendarFeed
from engine.commands.claim_task import ClaimTask
from engine.commands.classify_instance import ClassifyInstance
from engine.commands.import_organisation import ImportOrganisation
from engine.commands.make_calendar_feed import MakeCalendarFeed
from engine.commands.revoke_calendar_feed import RevokeCalendarFeed
from engine.commands.set_clearance import SetClearance
from engine.commands.sign_in import token_hash
from engine.commands.update_task import UpdateTask
from engine.errors import Forbidden, NotFound
from engine.model.access import CONFIDENTIAL, NORMAL
from engine.model.actor import SYSTEM
from engine.model.diagram import Process
from engine.queries.calendar_feed import Entry, entries_of, feed_behind, feed_of
from engine.queries.people import account_of
from engine.store import tables as t
from tests.dsl import OWNER, Office
from tests.execution.bench import diagram, flows, node, user

CLOCK = '<krabuan:deadline id="dl" from="=aware_at" stoppedBy="b" duration="PT72H"/>'
DUE = '<zeebe:taskSchedule dueDate="2026-04-20T08:30:00+07:00"/>'
CLERKS = '<zeebe:assignmentDefinition candidateGroups="clerks"/>' + DUE
AWARE = "2026-04-10T16:00:00+07:00"
GROUPS = "units:\n  - {key: clerks, th: กลุ่มธุรการ, en: Clerks}\n  - {key: others, th: อื่น, en: Others}\n"


class Feeds:
    """An office with Ann and Ben, clerks; one case with a free task that is due, under a statutory clock."""

    def __init__(self, office: Office) -> None:
        self.office = office
        office.run(ImportOrganisation(GROUPS), SYSTEM)
        for name, group in (("ann", "clerks"), ("ben", "clerks"), ("cat", "others")):
            office.run(AddPerson(name, name.title(), "secret secret", groups=(group,)), SYSTEM)
        box = f"<bpmn:extensionElements>{CLOCK}</bpmn:extensionElements>"
        inner = box + node("startEvent", "s") + user("a", CLERKS) + user("b") + node("endEvent", "e")
        office.deploy(diagram(inner + flows("s a", "a b", "b e")))
        office.start(business_id="กข 1/2569", aware_at=AWARE)

    def actor(self, name: str) -> Any:
        with self.office.database.read() as db:
            account = account_of(db, name)
        assert account is not None
        return account.actor()

    def make(self, name: str, *choices: bool) -> str:
        answer: dict[str, str] = self.office.run(MakeCalendarFeed(name, *choices), self.actor(name))
        return answer["token"]

    def read(self, token: str, quoted_class: int = NORMAL) -> list[Entry] | None:
        definitions = self.office.bus.services.definitions
        with self.office.database.read() as db:
            feed = feed_behind(db, token_hash(token))
            if feed is None:
                return None

            def drawn(db: Connection, key: int) -> Process:
                return definitions.process(db, key).definition.process

            return entries_of(db, feed, drawn, self.office.clock.now(), quoted_class)

    def kinds(self, token: str) -> list[str]:
        return [entry.kind for entry in self.read(token) or []]


@pytest.fixture
def feeds(office: Office) -> Feeds:
    return Feeds(office)


def test_free_tasks_of_groups_and_statutory_deadlines_by_choice(feeds: Feeds) -> None:
    token = feeds.make("ann")
    clock, task = feeds.read(token) or []
    assert (clock.kind, clock.due) == ("statutory", datetime(2026, 4, 13, 9, tzinfo=UTC))
    assert (task.kind, task.key, task.due) == (
        "group",
        str(feeds.office.task("a").key),
        datetime(2026, 4, 20, 1, 30, tzinfo=UTC),
    )
    assert task.business_id == "กข 1/2569" and task.what is not None and task.what.th == "a"
    feeds.office.run(ChangeCalendarFeed("ann", group_tasks=False, statutory=True), feeds.actor("ann"))
    assert feeds.kinds(token) == ["statutory"]
    feeds.office.run(ChangeCalendarFeed("ann", group_tasks=True, statutory=False), feeds.actor("ann"))
    assert feeds.kinds(token) == ["group"]


def test_what_one_has_taken_is_ones_own_and_nobody_elses(feeds: Feeds) -> None:
    ann, ben = feeds.make("ann", False, False), feeds.make("ben")
    feeds.office.run(ClaimTask(feeds.office.task("a").key), feeds.actor("ann"))
    assert feeds.kinds(ann) == ["mine"]
    assert feeds.kinds(ben) == ["statutory"], "he is a candidate of the case, and the task is taken"
    assert feeds.kinds(feeds.make("cat")) == [], "nothing of cases that one has no part in"
    before = (feeds.read(ann) or [])[0]
    feeds.office.run(UpdateTask(int(before.key), {"due_at": datetime(2026, 4, 21, tzinfo=UTC)}), OWNER)
    (after,) = feeds.read(ann) or []
    assert (after.key, after.due) == (before.key, datetime(2026, 4, 21, tzinfo=UTC)) and after.rev > before.rev
    feeds.office.complete("a", feeds.actor("ann"))
    assert feeds.kinds(ann) == []


def test_a_classified_case_shows_its_number_to_who_is_cleared_and_nothing_to_others(feeds: Feeds) -> None:
    ann, ben = feeds.make("ann"), feeds.make("ben")
    feeds.office.run(SetClearance("ann", "secret"), SYSTEM)
    feeds.office.run(ClassifyInstance(feeds.office.key, "secret"), SYSTEM)
    found = feeds.read(ann) or []
    assert [entry.kind for entry in found] == ["statutory", "group"]
    for entry in found:
        assert (entry.what, entry.business_id, entry.process.th) == (None, None, "")
        assert entry.case_key == str(feeds.office.key)
    assert feeds.kinds(ben) == []


def test_an_office_may_let_feeds_tell_of_a_class(feeds: Feeds) -> None:
    feeds.office.run(SetClearance("ann", "secret"), SYSTEM)
    token = feeds.make("ann")
    feeds.office.run(ClassifyInstance(feeds.office.key, "confidential"), SYSTEM)
    assert [entry.what is None for entry in feeds.read(token) or []] == [True, True]
    told = feeds.read(token, quoted_class=CONFIDENTIAL) or []
    assert [entry.what is None for entry in told] == [False, False]
    feeds.office.run(ClassifyInstance(feeds.office.key, "secret"), SYSTEM)
    assert [entry.what is None for entry in feeds.read(token, quoted_class=CONFIDENTIAL) or []] == [True, True]


def test_a_name_that_quotes_a_classified_field_is_told_without_it(feeds: Feeds) -> None:
    office = feeds.office
    form = (
        '{"schemaVersion": 16, "type": "default", "id": "secrets", "components": [{"id": "f", "key": "plan", '
        '"label": "Plan", "type": "textfield", "properties": {"krabuan.class": "confidential"}}]}'
    )
    shown = '<zeebe:formDefinition formId="secrets"/>' + CLERKS
    inner = node("startEvent", "s") + user("c", shown) + node("endEvent", "e") + flows("s c", "c e")
    office.deploy(("q.bpmn", diagram(inner).replace(b'id="p"', b'id="q"')), ("secrets.form", form.encode()))
    office.start("q", business_id="about bluebird", plan="bluebird")
    (entry,) = [e for e in feeds.read(feeds.make("ann")) or [] if e.case_key == str(office.key)]
    assert entry.business_id is not None and "bluebird" not in entry.business_id


def test_an_address_is_replaced_revoked_and_ends_with_the_account(feeds: Feeds) -> None:
    office, ann = feeds.office, feeds.actor("ann")
    first = feeds.make("ann")
    second = feeds.make("ann", False)
    assert first != second and feeds.read(first) is None and feeds.read(second) is not None
    with office.database.read() as db:
        assert feed_of(db, ann) == {"madeAt": "2026-04-10T09:00:00.000000Z", "groupTasks": False, "statutory": True}
    assert first not in str(office.snapshot()) and second not in str(office.snapshot()), "stored as its hash"
    office.run(RevokeCalendarFeed("ann"), ann)
    assert feeds.read(second) is None
    with pytest.raises(NotFound):
        office.run(RevokeCalendarFeed("ann"), ann)
    with pytest.raises(NotFound):
        office.run(ChangeCalendarFeed("ann", group_tasks=True, statutory=True), ann)
    third = feeds.make("ann")
    with office.database.write() as db:
        db.execute(t.person.update().where(t.person.c.username == "ann").values(active=False))
    assert feeds.read(third) is None
    told = [(e["type"], e["data"]["entityKey"]) for e in office.trail(t.service_event) if e["type"].startswith("calendar")]
    assert told == [
        ("calendar-feed-made", "ann"), ("calendar-feed-replaced", "ann"),
        ("calendar-feed-revoked", "ann"), ("calendar-feed-made", "ann"),
    ]  # fmt: skip


def test_nobody_makes_or_revokes_a_feed_of_another(feeds: Feeds) -> None:
    token, before = feeds.make("ann"), feeds.office.snapshot()
    for command in (MakeCalendarFeed("ann"), ChangeCalendarFeed("ann", True, True), RevokeCalendarFeed("ann")):
        with pytest.raises(Forbidden):
            feeds.office.run(command, feeds.actor("ben"))
    assert feeds.office.snapshot() == before and feeds.read(token) is not None
