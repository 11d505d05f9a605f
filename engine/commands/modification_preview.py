"""What moving the tokens of many cases would do: nothing is changed by asking."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import Connection, func, select

from engine.commands.definitions import Definitions
from engine.errors import InvalidArgument
from engine.execution.planned import objections_to_moving
from engine.model.access import TOP_SECRET
from engine.model.actor import Actor
from engine.model.faults import Fault
from engine.policy.permissions import Facts, require
from engine.store.tables import element_instance as ei
from engine.store.tables import process_instance as pi

MOST_CASES = 500  # that are looked into; of more, the oldest


def preview_modification(
    db: Connection, actor: Actor, definitions: Definitions, key: int, source: str, target: str
) -> dict[str, Any]:
    """Of the running cases of a version that stand at `source` and that the actor is cleared for: {secondPerson, cases:
    {total, looked, possible}, faults: [{elementId, rule, th, en, cases}]}, if all their tokens there went to `target`.

    Raises NotFound for a version that is not there, Forbidden for who does not own the process, InvalidArgument for
    elements that the version does not have, or that are the same.
    """
    deployed = definitions.process(db, key)
    require(actor, "process-instance:modify", Facts(frozenset({deployed.process_id})))
    process = deployed.definition.process
    if source == target or not {source, target} <= process.nodes.keys():
        raise InvalidArgument("source and target are two elements of the version")
    stands = select(ei.c.key).where(
        ei.c.process_instance_key == pi.c.key, ei.c.element_id == source, ei.c.state == "ACTIVE"
    )
    where = [pi.c.definition_key == key, pi.c.state == "ACTIVE", stands.exists()]
    if not actor.is_system and actor.clearance < TOP_SECRET:
        where.append(pi.c.access_class <= actor.clearance)
    total = db.execute(select(func.count()).select_from(pi).where(*where)).scalar_one()
    found: Counter[Fault] = Counter()
    looked = possible = 0
    for (state,) in db.execute(select(pi.c.execution).where(*where).order_by(pi.c.key).limit(MOST_CASES)):
        speaks = set(objections_to_moving(state, deployed.definition, [(source, target)]))
        found.update(speaks)
        looked, possible = looked + 1, possible + (not speaks)
    return {
        "secondPerson": bool(process.interventions.get("modify")),
        "cases": {"total": total, "looked": looked, "possible": possible},
        "faults": [{"elementId": f.element_id, "rule": f.rule, "th": f.th, "en": f.en, "cases": n}
                   for f, n in found.items()],
    }  # fmt: skip
