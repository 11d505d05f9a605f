"""Co-signatures: what is laid before the co-signers of a task, and who has signed it."""

from __future__ import annotations

from typing import Any

import orjson
from sqlalchemy import Connection, Select, and_, or_, select

from engine.model.actor import Actor
from engine.model.masking import Cover
from engine.queries.masking import covers
from engine.queries.noun import Field, Noun
from engine.queries.tasks import get_task
from engine.queries.visibility import sees_contents
from engine.store.tables import co_signature as s
from engine.store.tables import task_draft
from engine.store.tables import user_task as t

CO_SIGNATURE = Noun(
    "CoSignature",
    s,
    "coSignatureKey",
    {
        "coSignatureKey": Field(s.c.key, "key"),
        "kind": Field(s.c.kind, "string"),
        "name": Field(s.c.name, "string"),
        "source": Field(s.c.source, "string"),
        "state": Field(s.c.state, "string"),
        "digest": Field(s.c.digest, "string"),
        "askedBy": Field(s.c.asked_by, "string"),
        "askDate": Field(s.c.asked_at, "moment"),
        "signedBy": Field(s.c.signed_by, "string", nullable=True),
        "signedThrough": Field(s.c.signed_through, "string", nullable=True),
        "signDate": Field(s.c.signed_at, "moment", nullable=True),
        "reason": Field(s.c.reason, "string", nullable=True),
    },
)


def to_sign(actor: Actor) -> Select[Any]:
    """The keys of the tasks that the actor is asked to sign, by name or in a group."""
    by_name = and_(s.c.kind == "user", s.c.name == actor.name)
    by_group = and_(s.c.kind == "group", s.c.name.in_(sorted(actor.groups)))
    return select(s.c.task_key).where(s.c.state == "PENDING", or_(by_name, by_group))


def get_co_signatures(db: Connection, actor: Actor, key: int) -> dict[str, Any]:
    """All that were asked for of a task, the void ones too, in the order of asking. `digest` and `variables` are what
    is laid before the co-signers now: `variables` only for who may read what the case holds. Raises NotFound."""
    task = get_task(db, actor, key)
    rows = db.execute(CO_SIGNATURE.select().where(s.c.task_key == key).order_by(s.c.key))
    digest = db.execute(select(t.c.signing).where(t.c.key == key)).scalar_one()
    mine = db.execute(to_sign(actor).where(s.c.task_key == key)).first() is not None
    laid = None if digest is None else _laid_before(db, actor, key, int(task["processInstanceKey"]))
    items = [CO_SIGNATURE.shape(row) for row in rows]
    return {"items": items, "digest": digest, "variables": laid, "mayISign": digest is not None and mine}


def _laid_before(db: Connection, actor: Actor, key: int, case: int) -> Any:
    """What is laid before them is the draft of who asks, which cannot change without making it void."""
    asks = select(s.c.asked_by).where(s.c.task_key == key, s.c.state != "VOID").order_by(s.c.key.desc()).limit(1)
    c = task_draft.c
    may = sees_contents(actor, t.c.process_instance_key, t.c.process_id)
    theirs = (c.task_key == key, c.person == asks.scalar_subquery(), may)
    text = db.execute(select(c.variables).join(t, t.c.key == c.task_key).where(*theirs)).scalar()
    if text is None:
        return None
    return covers(db, actor, [case]).get(case, Cover())(orjson.loads(text))
