"""Requests that Schemathesis makes from the description of the API, sent by every kind of account.

Each answer is held against all of its checks: no 5xx, no status or shape that is not described, nothing without
signing in, unsound data refused. One check is left out: that whatever fits the schemas is accepted. They cannot say
that a process exists, that an expression is sound or that a filter's operators fit its field. In its place stands one
of our own: who may not under any circumstances, by engine/policy/permissions.py, never succeeds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.checks import CHECKS, load_all_checks

from api.app import create_app
from api.description import describe
from api.runtime import Runtime
from engine.commands.import_organisation import ImportOrganisation
from engine.commands.make_token import MakeToken
from engine.model.actor import SYSTEM, Actor
from engine.policy.permissions import Facts, allowed
from engine.store.migrations import upgrade
from tests.api.people import ORGANISATION, PEOPLE
from tests.api.world import EVERYBODY, actor, build, open_world

NOBODY = "nobody"  # sends no credentials
ROLES = (NOBODY, *EVERYBODY)
ENDLESS = frozenset({"/v2/events"})  # a stream that never ends by itself
_KEY = re.compile(r"-?[0-9]{1,25}")
LEFT_OUT = frozenset({"positive_data_acceptance"})


@dataclass
class Tally:
    """What was asked and answered so far."""

    requests: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)  # "seed role"
    seconds: float = 0


def checks() -> list[Callable[..., Any]]:
    """Every check that Schemathesis has, without those of LEFT_OUT."""
    load_all_checks()
    return [check for check in CHECKS.get_all() if check.__name__ not in LEFT_OUT]


def attack(runtime: Runtime, keys: list[int], role: str, number: int, examples: int, tally: Tally) -> None:
    """Send `examples` requests to every operation as one role; what is wrong is added to the tally."""
    app = create_app(runtime)
    who = Actor(NOBODY) if role == NOBODY else actor(runtime, role)
    headers = {} if role == NOBODY else {"Authorization": f"Bearer {_token(runtime, role)}"}
    schema = schemathesis.openapi.from_wsgi("/v2/openapi.json", app)
    wanted = checks()
    for found in schema.get_all_operations():
        operation = found.ok()
        if operation.path not in ENDLESS:
            _ask(operation, keys, who, headers, wanted, number, examples, tally)


def _ask(
    operation: Any,
    keys: list[int],
    who: Actor,
    headers: dict[str, str],
    wanted: list[Callable[..., Any]],
    number: int,
    examples: int,
    tally: Tally,
) -> None:
    name = f"{operation.method.upper()} {operation.path}"
    described = describe()["paths"][operation.path][operation.method.lower()]
    permission, declared = described["x-permission"], set(described["responses"]) - {"default"}

    @seed(number)
    @settings(
        max_examples=examples, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(), key=st.sampled_from([None, *keys]))
    def send(case: Any, key: int | None) -> None:
        _tame(case, key)
        response = case.call(headers=headers)
        tally.requests += 1
        tally.statuses[str(response.status_code)] += 1
        try:
            case.validate_response(response, checks=wanted, headers=headers)
        except BaseExceptionGroup as errors:
            tally.faults += [f"{who.id}: {name}: {error}" for error in errors.exceptions]
        except AssertionError as error:
            tally.faults.append(f"{who.id}: {name}: {error}")
        if str(response.status_code) not in declared and _leads_here(case):
            tally.faults.append(f"{who.id}: {name}: {response.status_code} is not described")
        if permission is not None and response.status_code == 401 and who.id != NOBODY:
            # from here on nothing would be asked as this account
            tally.faults.append(f"{who.id}: {name}: 401 for who is signed in")
        if permission is not None and response.status_code < 300 and not _may(who, permission, response):
            tally.faults.append(f"{who.id}: {name}: {response.status_code} without {permission}")

    send()


def _tame(case: Any, key: int | None) -> None:
    """A key of something that is there, now and then, and no request that is held for long."""
    for name, value in (case.path_parameters or {}).items():
        if key is not None and name == "key" and _KEY.fullmatch(str(value)):
            case.path_parameters[name] = str(key)
    if isinstance(case.body, dict) and isinstance(case.body.get("requestTimeout"), int):
        case.body["requestTimeout"] = min(case.body["requestTimeout"], 1)
    if case.operation.path.endswith("/jobs/activation") and isinstance(case.body, dict):
        case.body["requestTimeout"] = -1


def _leads_here(case: Any) -> bool:
    """Whether the address is one of the operation's: what is no key leads to another one, or to none."""
    return all(_KEY.fullmatch(str(value)) for name, value in (case.path_parameters or {}).items() if name == "key")


def _may(who: Actor, permission: str, response: Any) -> bool:
    """Whether success can be right: under the most favourable facts, or because a search found nothing."""
    best = Facts(
        assignee=who.id, candidate_users=frozenset({who.id}), participant=who.id != "stranger", person=who.id
    )
    if who.id != NOBODY and allowed(who, permission, best):
        return True
    try:
        return who.id != NOBODY and response.json().get("items") == []
    except (ValueError, AttributeError):
        return False


def _token(runtime: Runtime, username: str) -> str:
    """A key of the account: wrong passwords, which some operations ask for, lock those out that come with one."""
    return str(runtime.bus.run(MakeToken(username, "fuzz"), SYSTEM)["token"])


def worlds(folder: Path) -> Callable[[str], tuple[Runtime, list[int]]]:
    """Makes an office at work once; each call opens a copy of its own, with the keys of what is in it."""
    first = folder / "world.db"
    runtime = open_world(first)
    upgrade(runtime.database)
    for command in (ImportOrganisation(ORGANISATION), *PEOPLE):
        runtime.bus.run(command, SYSTEM)
    world = build(runtime)
    runtime.close()
    keys = sorted({value for value in asdict(world).values() if isinstance(value, int)})

    def made(name: str) -> tuple[Runtime, list[int]]:
        copy = folder / f"{name}.db"
        copy.write_bytes(first.read_bytes())
        return open_world(copy), keys

    return made
