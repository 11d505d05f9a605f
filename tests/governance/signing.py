"""A case in which the performer of b lays what was filled in before others."""

from __future__ import annotations

from typing import Any

import pytest

from engine.commands.ask_co_signatures import AskCoSignatures
from engine.commands.claim_task import ClaimTask
from engine.errors import EngineError, SignaturesMissing
from engine.model.actor import Actor
from engine.queries.inbox import search_inbox
from engine.queries.search import Search
from engine.queries.signing import get_co_signatures
from engine.store import tables as t
from tests.dsl import Office
from tests.governance.people import account, employ, two_steps

DATA = {"amount": 100, "for": "ค่าเดินทาง"}
ALSO_LEGAL = '<krabuan:coSign users="=if amount &gt; 50 then [checker] else []" groups="legal"/>'


def refused(office: Office, error: type[EngineError], command: Any, actor: Actor) -> EngineError:
    """The command is refused, and nothing is changed by it."""
    before = office.snapshot()
    with pytest.raises(error) as caught:
        office.run(command, actor)
    assert office.snapshot() == before
    return caught.value


def at_b(office: Office, on_b: str = "", performer: str = "ben", **variables: Any) -> int:
    """Cem has done a; the performer has claimed b. Its key."""
    employ(office).deploy(two_steps(on_b))
    office.start(**variables)
    office.complete("a", account(office, "cem"))
    key = int(office.task("b").key)
    office.run(ClaimTask(key), account(office, performer))
    return key


def ask(office: Office, key: int, *users: str, data: dict[str, Any] = DATA, groups: tuple[str, ...] = ()) -> str:
    """The performer asks them to sign; the digest that they are shown."""
    office.run(AskCoSignatures(key, users, groups, data), account(office, str(office.task("b").assignee)))
    return shown(office, key, "ben")["digest"] or ""


def shown(office: Office, key: int, name: str) -> dict[str, Any]:
    with office.database.read() as db:
        return get_co_signatures(db, account(office, name), key)


def states(office: Office) -> dict[str, str]:
    return {f"{r.kind}:{r.name}": r.state for r in office.rows(t.co_signature)}


def to_sign(office: Office, actor: Actor) -> list[str]:
    with office.database.read() as db:
        found = search_inbox(db, actor, Search({"view": "toSign"}), office.clock.now())
    return [item["elementId"] for item in found["items"]]


def missing(error: EngineError) -> list[tuple[str, str]]:
    assert isinstance(error, SignaturesMissing)
    listed: Any = error.members["signatures"]
    return [(each["name"], each["state"]) for each in listed]
