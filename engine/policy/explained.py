"""Why an account may do what it may: the table of permissions asked with one reason at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from engine.model.actor import Actor
from engine.policy.permissions import RULES, Facts, allowed

_ANY, _GROUP = "any-process", "any-group"
# what the thing acted on may be to somebody who works here, by what it is called
_RELATIONS: Mapping[str, Facts] = {
    "assignee": Facts(assignee="me"),
    "candidate": Facts(candidate_groups=frozenset({_GROUP})),
    "participant": Facts(participant=True),
    "self": Facts(person="me"),
    "head": Facts(heads=True),
    "task-owner": Facts(task_owner="me"),
    "co-signer": Facts(co_signer=True),
    "completed": Facts(completed_by="me"),
    "overseer": Facts(oversees=True),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """`name` is a role, a process id ("*" for all), or what the thing is to the account."""

    kind: Literal["role", "process", "relation"]
    name: str


def explain(actor: Actor) -> dict[str, list[Reason]]:
    """The reasons by permission, in the table's order; what nothing gives is not there. Of relations each account has
    its own: they say for which things, and are not repeated where a role gives it for all."""
    found = {}
    for permission in RULES:
        reasons = [*_by_roles(actor, permission)] or [*_by_processes(actor, permission)]
        reasons += [] if any(reason.kind == "role" for reason in reasons) else _by_relations(permission)
        if reasons:
            found[permission] = reasons
    return found


def _by_roles(actor: Actor, permission: str) -> Iterator[Reason]:
    for role in sorted(actor.roles):
        alone = Actor("me", actor.kind, roles=frozenset({role}))
        of_cases = Facts(process_ids=frozenset({_ANY}))
        if allowed(alone, permission, of_cases) or (role != "process-owner" and allowed(alone, permission, Facts())):
            yield Reason("role", role)


def _by_processes(actor: Actor, permission: str) -> Iterator[Reason]:
    for process in sorted(actor.owned):
        alone = Actor("me", roles=frozenset({"process-owner"}), owned=frozenset({process}))
        if allowed(alone, permission, Facts(process_ids=frozenset({_ANY if process == "*" else process}))):
            yield Reason("process", process)


def _by_relations(permission: str) -> Iterator[Reason]:
    me = Actor("me", groups=frozenset({_GROUP}))
    for name, facts in _RELATIONS.items():
        if allowed(me, permission, replace(facts, process_ids=frozenset({_ANY}))):
            yield Reason("relation", name)
