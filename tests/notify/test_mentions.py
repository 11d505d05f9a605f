"""A comment mentions people: those who may read the case, and nobody else, are told, each by their own choice."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import insert, select, update

from engine.bus import Bus
from engine.commands.claim_task import ClaimTask
from engine.commands.classify_instance import ClassifyInstance
from engine.commands.write_comment import MAX_MENTIONS, MentionedCannotRead, WriteComment
from engine.errors import Forbidden, InvalidArgument, NotFound
from engine.model.actor import Actor
from engine.model.telling import GROUP_OF
from engine.policy.permissions import Facts, allowed
from engine.queries.people import account_of
from engine.queries.readers import search_readers
from engine.queries.search import Search
from engine.queries.visibility import sees_contents
from engine.store import tables as t
from engine.store.readers import reads_case
from tests.dsl import OWNER, Office
from tests.notify.test_events import ANN, BOB, case, employ, told

CLEARED = replace(OWNER, clearance=3)


@pytest.fixture
def staffed(office: Office) -> Office:
    """A case with a task of finance: Ann and Bob. Cem is of legal, whose task comes later; Dan does something else,
    Oda owns the process, Ian audits, Una administers, Gone has left."""
    with employ(office).database.write() as db:
        for name in ("oda", "ian", "una", "gone"):
            db.execute(insert(t.person), {"username": name, "display_name": name, "active": name != "gone"})
        db.execute(insert(t.membership), {"group_key": "finance", "username": "gone"})
        for name, role, process in (("oda", "process-owner", "p"), ("ian", "auditor", ""), ("una", "administrator", "")):
            db.execute(insert(t.role_grant), {"username": name, "role": role, "process_id": process})
    return case(office)


def readers(office: Office, actor: Actor = ANN, text: str = "") -> list[str]:
    """The user names that a search finds."""
    request = Search({"name": {"$like": f"*{text}*"}} if text else {}, [{"field": "username"}], {})
    with office.database.read() as db:
        return [item["username"] for item in search_readers(db, actor, office.key, request)["items"]]


def test_only_who_may_read_the_case_can_be_mentioned(staffed: Office) -> None:
    assert readers(staffed) == ["ann", "bob", "ian", "oda"]
    assert readers(staffed, text="b") == ["bob"]
    staffed.run(ClaimTask(staffed.task("a").key), ANN)
    staffed.complete("a", ANN)
    assert readers(staffed) == ["ann", "bob", "cem", "ian", "oda"]  # the task of legal has come


def test_the_list_is_what_the_rules_say_of_each_account(staffed: Office) -> None:
    staffed.complete("a", OWNER)
    with staffed.database.write() as db:
        db.execute(update(t.person).where(t.person.c.username.in_(("cem", "ian"))).values(clearance=2))
    staffed.run(ClassifyInstance(staffed.key, "confidential"), CLEARED)
    with staffed.database.read() as db:
        pi = t.process_instance.c
        for name in db.execute(select(t.person.c.username)).scalars():
            account = account_of(db, name)
            assert account is not None
            mine = (pi.key == staffed.key, sees_contents(account.actor(), pi.key, pi.process_id))
            may = db.execute(select(pi.key).where(*mine)).first() is not None
            listed = db.execute(select(t.person.c.username).where(t.person.c.username == name, reads_case(staffed.key)))
            assert (listed.first() is not None) == (may and account.active), name
    assert readers(staffed, CLEARED) == ["cem", "ian"]


def test_who_is_mentioned_is_told_once_and_who_writes_is_not(staffed: Office) -> None:
    task = staffed.task("a").key
    staffed.run(WriteComment(staffed.key, "@bob @oda ดูด้วย", task, ("bob", "oda", "bob", "ann")), ANN)
    assert told(staffed) == [("mention", "bob"), ("mention", "oda")]
    row = staffed.rows(t.notification)[0]
    assert (row.body, row.task_key, row.about) == ("@bob @oda ดูด้วย", task, "a") and "a" in row.subject_en
    assert staffed.rows(t.comment)[0].mentions == ["bob", "oda", "ann"]
    assert staffed.event("comment-written")["mentions"] == ["bob", "oda", "bob", "ann"]
    assert GROUP_OF["mention"] == "mentions"


def test_a_case_of_which_nobody_is_mentioned_tells_nobody(staffed: Office) -> None:
    staffed.run(WriteComment(staffed.key, "@bob"), ANN)
    assert told(staffed) == [] and "mentions" not in staffed.event("comment-written")


@pytest.mark.parametrize("beyond", ["dan", "una", "gone", "nobody", "finance", ""])
def test_who_may_not_read_it_cannot_be_told_of_it(staffed: Office, beyond: str) -> None:
    before = staffed.snapshot()
    with pytest.raises(MentionedCannotRead) as refused:
        staffed.run(WriteComment(staffed.key, "x", mentions=("bob", beyond)), ANN)
    assert refused.value.members["people"] == [beyond] and staffed.snapshot() == before


def test_too_many_at_once(staffed: Office) -> None:
    with pytest.raises(InvalidArgument):
        staffed.run(WriteComment(staffed.key, "x", mentions=tuple(map(str, range(MAX_MENTIONS + 1)))), ANN)


def test_of_a_classified_case_only_the_cleared(staffed: Office) -> None:
    staffed.run(ClassifyInstance(staffed.key, "confidential"), CLEARED)
    with pytest.raises(MentionedCannotRead):
        staffed.run(WriteComment(staffed.key, "x", mentions=("bob",)), replace(ANN, clearance=3))
    with pytest.raises(NotFound), staffed.database.read() as db:
        search_readers(db, ANN, staffed.key, Search({}, [], {}))


def test_an_administrator_is_not_told_who_reads_it(staffed: Office) -> None:
    una = Actor("una", roles=frozenset({"administrator"}))
    assert not allowed(una, "process-instance:contents", Facts(frozenset({"p"})))
    with pytest.raises(Forbidden), staffed.database.read() as db:
        search_readers(db, una, staffed.key, Search({}, [], {}))


def test_sent_twice_it_tells_once(staffed: Office) -> None:
    bus: Bus = staffed.bus
    for _ in range(2):
        bus.run(WriteComment(staffed.key, "x", mentions=("bob",)), ANN, "the-same")
    assert told(staffed) == [("mention", "bob")] and len(staffed.rows(t.comment)) == 1


def test_whose_choice_is_off_gets_no_mail(staffed: Office) -> None:
    choice = {"username": "bob", "language": "th", "choices": {"mentions": {"mail": "off"}}, "digest_at": "08:00", "rev": 1}
    with staffed.database.write() as db:
        db.execute(insert(t.notification_preference), choice)
    staffed.run(WriteComment(staffed.key, "x", mentions=("bob",)), ANN)
    staffed.settle()
    assert [row.state for row in staffed.rows(t.delivery)] in ([], ["DROPPED"])
    assert BOB.id == "bob" and told(staffed) == [("mention", "bob")]
