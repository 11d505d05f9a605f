"""The act that stops a clock: done just now, or done before the evidence came that started it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from engine.commands.clocks import Hands
from engine.commands.running import Running
from engine.execution import effects as fx
from engine.model.manual import Deadline
from engine.store.instances import Instance
from engine.store.tables import element_instance, user_task

_e = element_instance.c


@dataclass(frozen=True, slots=True)
class Act:
    """What stopped a clock, when, by whom; `hands` None: by who acts now."""

    element_id: str
    at: datetime
    hands: Hands | None = None


def end_of(clock: Deadline, scope_key: int, i: Instance, effects: Sequence[fx.Effect]) -> fx.Effect | None:
    """The effect that ends the clock: its act was done, its scope ended, or the instance did."""
    for effect in effects:
        if isinstance(effect, fx.ElementEnded):
            # an act done once for each item is done when all are; another scope's act stops another clock
            is_act = effect.node.id == clock.stopped_by and effect.completed and not effect.in_loop
            if is_act and scope_key in effect.scopes:
                return effect
            if effect.key == scope_key and scope_key != i.key:
                return effect
        elif isinstance(effect, fx.InstanceEnded):
            return effect
    return None


def act_in(r: Running, clock: Deadline, end: fx.Effect | None) -> Act | None:
    """The act, if it is what ended the clock."""
    if not isinstance(end, fx.ElementEnded) or end.node.id != clock.stopped_by or not end.completed:
        return None
    by = r.completing.get(end.key)
    return Act(end.node.id, r.tx.now, None if by is None else Hands(*by))


def act_before(r: Running, i: Instance, clock: Deadline, scope_key: int) -> Act | None:
    """The act when it was done already, the last time if it was done several times. None while it is being done
    again: the clock then waits for that. A scope that begins in this command has none behind it."""
    begins = r.writer.elements.get(scope_key, {}).get("state") == "ACTIVE"
    if clock.stopped_by is None or begins:
        return None
    mine = (_e.process_instance_key == i.key, _e.element_id == clock.stopped_by)
    stored = r.tx.db.execute(select(_e.key, _e.state, _e.ended_at).where(*mine))
    known_acts = {row.key: (row.state, row.ended_at) for row in stored}
    known_acts |= {
        key: (row["state"], row["ended_at"])
        for key, row in r.writer.elements.items() if row["element_id"] == clock.stopped_by
    }  # fmt: skip
    counted = {key: found for key, found in known_acts.items() if found[0] != "TERMINATED"}
    acts = {key: found for key, found in counted.items() if _within(r, key, scope_key, i)}
    if not acts or any(state == "ACTIVE" for state, _ in acts.values()):
        return None
    last = max(acts, key=lambda key: (acts[key][1], key))
    return Act(clock.stopped_by, acts[last][1], _who_did(r, last))


def _within(r: Running, element_key: int, scope_key: int, i: Instance) -> bool:
    """Whether an element instance lies in a scope, at whatever depth."""
    at: int | None = element_key
    while at is not None and at != i.key:
        at = _around(r, at)
        if at == scope_key:
            return True
    return False


def _around(r: Running, key: int) -> int | None:
    """The scope of an element instance, be it written already or not."""
    pending: int | None = r.writer.elements.get(key, {}).get("scope_key")
    if pending is not None and pending != key:
        return pending
    found: int | None = r.tx.db.execute(select(_e.scope_key).where(_e.key == key)).scalar()
    return found


def _who_did(r: Running, element_key: int) -> Hands:
    """Who completed the task; what no person did, the system did."""
    u = user_task.c
    found = r.tx.db.execute(select(u.completed_by, u.completed_through).where(u.key == element_key)).one_or_none()
    return Hands("system") if found is None or found.completed_by is None else Hands(*found)


def known(r: Running, i: Instance, scope_key: int, effects: Sequence[fx.Effect]) -> Mapping[str, Any]:
    """The variables as the scope of a clock knows them now, or knew them when it ended."""
    ended = next((e for e in effects if isinstance(e, fx.InstanceEnded)), None)
    if ended is not None:
        return ended.variables
    gone = any(isinstance(e, fx.ElementEnded) and e.key == scope_key for e in effects)
    seen = r.case(i).variables.visible(i.key if gone else scope_key)
    own = {e.name: e.value for e in effects if isinstance(e, fx.VariableSet) and e.scope_key == scope_key}
    return {**seen, **own} if gone else seen
