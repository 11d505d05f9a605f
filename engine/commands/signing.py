"""What is laid before co-signers: who has to sign it, who has, and when their signatures are void.

A signature is for the data of the task's form as the performer filled them in, bit by bit: it names their digest.
"""

from __future__ import annotations

import hashlib
from collections import ChainMap
from collections.abc import Mapping
from typing import Any

import orjson
from sqlalchemy import Row, select, update

from engine.commands.running import Running
from engine.commands.transaction import Transaction
from engine.errors import InvalidState, SignaturesMissing
from engine.execution.expressions import names
from engine.execution.failures import ElementFailure
from engine.feel import to_json
from engine.model.diagram import Node
from engine.store.instances import Instance
from engine.store.tables import co_signature, user_task
from engine.store.tasks import Task

Named = tuple[str, str]  # user | group, and which
OPEN = ("PENDING", "AGREED", "REFUSED")
_c = co_signature.c


def digest_of(variables: Mapping[str, Any]) -> str:
    """SHA-256 over the data as JSON with sorted names, in hexadecimal."""
    return hashlib.sha256(orjson.dumps(to_json(dict(variables)), option=orjson.OPT_SORT_KEYS)).hexdigest()


def demanded(r: Running, instance: Instance, task: Task, node: Node, values: Mapping[str, Any]) -> list[Named]:
    """Whom the diagram asks to sign, evaluated over the case with the submitted `values` in front. Raises InvalidState
    when that cannot be told."""
    if node.co_sign is None:
        return []
    scope = ChainMap(dict(values), r.case(instance).scope_of(task.key))  # type: ignore[arg-type]  # only read
    try:
        users = names(node.co_sign.users, scope, r.environment(), "coSign users")
        groups = names(node.co_sign.groups, scope, r.environment(), "coSign groups")
    except ElementFailure as failure:
        raise InvalidState(f"who has to sign cannot be told: {failure.message}", userTaskKey=str(task.key)) from failure
    return list(dict.fromkeys([*(("user", name) for name in users), *(("group", name) for name in groups)]))


def current(tx: Transaction, task_key: int) -> list[Row[Any]]:
    """What was asked of co-signers and is not void, in the order of asking."""
    query = select(co_signature).where(_c.task_key == task_key, _c.state.in_(OPEN)).order_by(_c.key)
    return list(tx.db.execute(query))


def performers(task: Task) -> frozenset[str]:
    """Who does the task, or helped with it."""
    return frozenset(name for name in (task.assignee, task.owner, *task.hands) if name)


def check_signed(
    r: Running, instance: Instance, task: Task, node: Node, filled: Mapping[str, Any], values: Mapping[str, Any]
) -> None:
    """Raise SignaturesMissing, which names them, unless everybody who has to sign agreed to just what was `filled` in
    (`values`: what that becomes), and none of them does the task."""
    if node.co_sign is None and task.signing is None:
        return
    rows, doing = current(r.tx, task.key), performers(task) | r.tx.actor.hands
    digest = digest_of(filled)
    states = {(row.kind, row.name): row.state for row in rows}
    good = {
        (row.kind, row.name) for row in rows
        if row.state == "AGREED" and row.digest == digest and not doing & {row.signed_by, row.signed_through}
    }  # fmt: skip
    wanted = dict.fromkeys([*demanded(r, instance, task, node, values), *states])
    missing = [
        {"kind": kind, "name": name, "state": _said(states.get((kind, name)))}
        for kind, name in wanted if (kind, name) not in good
    ]  # fmt: skip
    if missing:
        raise SignaturesMissing(userTaskKey=str(task.key), signatures=missing)


def _said(state: str | None) -> str:
    """How it stands with a signature that is missing; one that was given was for other data."""
    return "VOID" if state == "AGREED" else state or "NOT_ASKED"


def void_if_changed(tx: Transaction, instance: Instance, task: Task, filled: Mapping[str, Any] | None) -> None:
    """What was signed, or is to be, is void when what is filled in now is not that (any more)."""
    if task.signing is None or (filled is not None and digest_of(filled) == task.signing):
        return
    void(tx, instance, task, [row.key for row in current(tx, task.key)])
    tx.db.execute(update(user_task).where(user_task.c.key == task.key).values(signing=None))


def void(tx: Transaction, instance: Instance, task: Task, keys: list[int]) -> None:
    """These signatures hold no longer; history keeps who had given them."""
    if keys:
        tx.db.execute(update(co_signature).where(_c.key.in_(keys)).values(state="VOID"))
        said = {"signatures": [str(key) for key in keys]}
        tx.record(instance, "co-signatures-void", task.element_id, task.key, **said)
