"""Separation of duties (krabuan:duty): this task's performer differs from, or is, that of another.

A duty binds hands, not names: whoever completes a task in the name of an absent person has performed it as much as that
person, and neither of both may do what another has to do.
"""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import and_, bindparam, select

from engine.commands.running import Running
from engine.errors import DutiesConflict
from engine.model.diagram import Node
from engine.model.manual import Duty
from engine.store.instances import Instance
from engine.store.prepared import Prepared
from engine.store.sealing import read_name
from engine.store.tables import co_signature, element_instance, history_event, user_task
from engine.store.tasks import Task

_t, _h, _s = user_task.c, history_event.c, co_signature.c
_e, _mine = element_instance.alias(), element_instance.alias()
_OF_ELEMENT = (
    _t.process_instance_key == bindparam("b_instance"),
    _t.element_id == bindparam("b_element"),
    _t.state == "COMPLETED",
)
_PERFORMED = Prepared(
    select(_t.completed_by, _t.completed_through, _t.hands).where(*_OF_ELEMENT).order_by(_t.completed_at, _t.key)
)
_SIGNED = Prepared(
    select(_s.signed_by, _s.signed_through)
    .join(user_task, _t.key == _s.task_key)
    .where(*_OF_ELEMENT, _s.state == "AGREED")
)
# the other rounds of the same loop: what stands in the same scope for the same element
_BESIDE = Prepared(
    select(_t.state, _t.completed_by, _t.completed_through, _t.assignee, _t.owner, _t.hands)
    .join(_e, _e.c.key == _t.key)
    .join(_mine, and_(_mine.c.scope_key == _e.c.scope_key, _mine.c.element_id == _e.c.element_id))
    .where(_mine.c.key == bindparam("b_task"), _t.key != _mine.c.key, _t.state != "CANCELED")
)
# the first event of every chain is that of its start
_FIRST = _h.process_instance_key == bindparam("b_instance"), _h.sequence == 1
_STARTED = Prepared(select(read_name(_h.actor)).where(*_FIRST))


def check_duties(
    r: Running, instance: Instance, task: Task, node: Node, people: frozenset[str], claims: bool = False
) -> None:
    """Raise DutiesConflict when one of `people` (who does the task, and in whose name) may not do it. It names the
    other task (`element`, `elementName` in both languages) and who did that (`performers`).

    `differentFrom` binds towards everybody who performed the other task in this case, helped with it or signed it, in
    any of its rounds; `sameAs` towards the last who performed it. A duty towards what nobody has done yet binds nobody.
    `differentFrom` the task itself, which stands in a loop, binds towards the other rounds of that loop; for who
    `claims` one, also towards those that somebody has and has not completed.
    """
    for duty in node.duties:
        if duty.element == node.id:
            rounds = _beside(r, task.key, claims)
        else:
            rounds = _rounds(r, instance, duty)
        if not rounds:
            continue
        others = frozenset().union(*rounds) if duty.type == "differentFrom" else rounds[-1]
        if (duty.type == "differentFrom") == bool(others & people):
            raise _conflict(r, instance, duty, others)


def check_may_sign(r: Running, instance: Instance, task: Task, node: Node, people: frozenset[str]) -> None:
    """Raise DutiesConflict when one of `people` did what this task is separated from: who signs it has a part in it."""
    duties = tuple(duty for duty in node.duties if duty.type == "differentFrom")
    check_duties(r, instance, task, replace(node, duties=duties), people)


def _rounds(r: Running, instance: Instance, duty: Duty) -> list[frozenset[str]]:
    """Who had a hand in each round of another task, or in the start of the case."""
    if duty.element == "starter":
        first = _STARTED.rows(r.tx.db, {"b_instance": instance.key})
        return [frozenset((instance.started_by, *(row[0] for row in first)))]
    of = {"b_instance": instance.key, "b_element": duty.element}
    rounds = [_people(by, through, *hands) for by, through, hands in _PERFORMED.rows(r.tx.db, of)]
    if duty.type == "differentFrom":
        rounds += [_people(*row) for row in _SIGNED.rows(r.tx.db, of)]
    return rounds


def _beside(r: Running, task_key: int, claims: bool) -> list[frozenset[str]]:
    """Who had, or has, a hand in the other rounds of the loop that a task stands in."""
    rows = _BESIDE.rows(r.tx.db, {"b_task": task_key})
    done = [_people(by, through, *hands) for state, by, through, _, _, hands in rows if state == "COMPLETED"]
    had = [_people(has, owner) for state, _, _, has, owner, _ in rows if state != "COMPLETED" and claims]
    return done + had


def _people(*names: str | None) -> frozenset[str]:
    return frozenset(name for name in names if name)


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
