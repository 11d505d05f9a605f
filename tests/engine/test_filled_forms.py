"""The form of a finished task as it was sent: in the version of then, with the data of then, as far as one may read it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import orjson
import pytest

from engine.commands.cancel_instance import CancelInstance
from engine.commands.set_variables import SetVariables
from engine.errors import Forbidden, NotFound
from engine.model.actor import Actor
from engine.model.masking import MASK
from engine.queries.filled_form import get_filled_form
from engine.store import tables as t
from tests.dsl import ADMIN, AUDITOR, OWNER, Office, person
from tests.engine.test_masking import SHOWS, E, S, field, form
from tests.execution.bench import diagram, flows, user

FINANCE = '<zeebe:assignmentDefinition candidateGroups="finance"/>'
ANN, CEM = person("ann", "finance"), person("cem", "legal")
CLEARED = replace(OWNER, clearance=3)


@pytest.fixture
def sent(office: Office) -> tuple[Office, int]:
    """A task of finance with a form, sent with x = 1 and a note that is confidential, and one after it."""
    body = S + user("a", SHOWS.format("q.f") + FINANCE) + user("b", FINANCE) + E + flows("s a", "a b", "b e")
    office.deploy(("p.bpmn", diagram(body)), ("q.form", form(field("x"), field("note", "confidential"))))
    office.start(before="ก่อน")
    key = office.task("a").key
    office.complete("a", replace(ANN, clearance=3), x="1", note="ลับ")
    return office, key


def filled(office: Office, key: int, actor: Actor = CLEARED) -> Any:
    with office.database.read() as db:
        return get_filled_form(db, actor, key)


def test_what_was_sent_stays_whatever_is_changed_later(sent: tuple[Office, int]) -> None:
    office, key = sent
    office.run(SetVariables(office.key, {"x": "2", "before": "หลัง"}), OWNER)
    office.deploy(("q.form", form(field("x"), field("y"))))
    found = filled(office, key)
    assert found["variables"] == {"before": "ก่อน", "x": "1", "note": "ลับ"}
    schema = orjson.loads(found["form"]["schema"])
    assert [c["key"] for c in schema["components"]] == ["x", "note"] and found["form"]["version"] == 1


def test_what_is_above_the_reader_is_masked(sent: tuple[Office, int]) -> None:
    office, key = sent
    assert filled(office, key, ANN)["variables"] == {"before": "ก่อน", "x": "1", "note": MASK}
    assert filled(office, key, AUDITOR)["variables"]["note"] == MASK


def test_an_open_task_and_a_cancelled_one_have_none(sent: tuple[Office, int]) -> None:
    office, _ = sent
    key = office.task("b").key
    assert filled(office, key) is None
    office.run(CancelInstance(office.key), OWNER)
    assert filled(office, key) is None


def test_a_task_without_a_form(sent: tuple[Office, int]) -> None:
    office, _ = sent
    key = office.task("b").key
    office.complete("b", ANN, y=2)
    found = filled(office, key)
    assert found["form"] is None and found["variables"]["y"] == 2


def test_who_may_not_read_the_case_gets_nothing(sent: tuple[Office, int]) -> None:
    office, key = sent
    with pytest.raises(NotFound):
        filled(office, key, CEM)
    with pytest.raises(Forbidden):
        filled(office, key, ADMIN)
    with pytest.raises(NotFound):
        filled(office, 10**9)
    with office.database.write() as db:
        db.execute(t.process_instance.update().values(access_class=3))
    with pytest.raises(NotFound):
        filled(office, key, ANN)
