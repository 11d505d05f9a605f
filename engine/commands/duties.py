"""Separation of duties (krabuan:duty): this task's performer differs from, or is, that of another.

A duty binds hands, not names: whoever completes a task in the name of an absent person has performed it as much as that
person, and neither of both may do what another has to do.
"""

from __future__ import annotations

from sqlalchemy import bindparam, select

from engine.commands.running import Running
from engine.errors import DutiesConflict
from engine.model.diagram import Node
from engine.model.manual import Duty
from engine.store.instances import Instance
from engine.store.prepared import Prepared
from engine.store.sealing import read_name
from engine.store.tables import history_event, user_task

_t, _h = user_task.c, history_event.c
_PERFORMED = Prepared(
    select(_t.completed_by, _t.completed_through)
    .where(
        _t.process_instance_key == bindparam("b_instance"),
        _t.element_id == bindparam("b_element"),
        _t.state == "COMPLETED",
    )
    .order_by(_t.completed_at, _t.key)
)
# the first event of every chain is that of its start
_FIRST = _h.process_instance_key == bindparam("b_instance"), _h.sequence == 1
_STARTED = Prepared(select(read_name(_h.actor)).where(*_FIRST))


def check_duties(r: Running, instance: Instance, node: Node, people: frozenset[str]) -> None:
    """Raise DutiesConflict when one of `people` (who does the task, and in whose name) may not do it. It names the
    other task (`element`, `elementName` in both languages) and who did that (`performers`).

    `differentFrom` binds towards everybody who performed the other task in this case, in any of its rounds; `sameAs`
    towards the last. A duty towards what nobody has done yet binds nobody.
    """
    for duty in node.duties:
        rounds = _rounds(r, instance, duty.element)
        if not rounds:
            continue
        others = frozenset().union(*rounds) if duty.type == "differentFrom" else rounds[-1]
        if (duty.type == "differentFrom") == bool(others & people):
            raise _conflict(r, instance, duty, others)


def _rounds(r: Running, instance: Instance, element: str) -> list[frozenset[str]]:
    """Who had a hand in each round of another task, or in the start of the case."""
    if element == "starter":
        first = _STARTED.rows(r.tx.db, {"b_instance": instance.key})
        return [frozenset((instance.started_by, *(row[0] for row in first)))]
    rows = _PERFORMED.rows(r.tx.db, {"b_instance": instance.key, "b_element": element})
    return [frozenset(name for name in row if name) for row in rows]


def _conflict(r: Running, instance: Instance, duty: Duty, others: frozenset[str]) -> DutiesConflict:
    node = r.deployed(instance).definition.process.nodes.get(duty.element)
    th, en = ("ผู้เริ่มเรื่อง", "the start of the case") if node is None else (node.name, node.name_en)
    name = {"th": th or duty.element, "en": en or th or duty.element}
    different = duty.type == "differentFrom"
    must = "somebody else than" if different else "the same person as"
    rule = "ต้องไม่ใช่บุคคลเดียวกับผู้ทำ" if different else "ต้องเป็นบุคคลเดียวกับผู้ทำ"
    return DutiesConflict(
        f"separation of duties: who does this task is {must} who did “{name['en']}”", duty=duty.type,
        element=duty.element, elementName=name, performers=sorted(others),
        th=f"หลักการแบ่งแยกหน้าที่: ผู้ทำงานนี้{rule} “{name['th']}”",
        en=f"Separation of duties: who does this task must be {must} who did “{name['en']}”.",
    )  # fmt: skip
