"""What people may do with a task besides completing it, as the diagram says."""

from __future__ import annotations

from lxml import etree

from engine.execution.reader.faults import FaultList
from engine.execution.reader.names import KRABUAN, extension
from engine.model.manual import CoSign


def read_co_sign(element: etree._Element, owner: str, faults: FaultList) -> CoSign | None:
    """krabuan:coSign, or None."""
    found = extension(element, KRABUAN, "coSign")
    if found is None:
        return None
    users, groups = (faults.text_or_feel(owner, found.get(name), f"coSign {name}") for name in ("users", "groups"))
    if not users and not groups:
        faults.add(owner, "co-sign", "krabuan:coSign ต้องมี users หรือ groups", "krabuan:coSign needs users or groups.")
    return CoSign(users, groups)


def read_return(element: etree._Element, owner: str, faults: FaultList) -> tuple[str, ...]:
    """The ids that krabuan:return names, with blanks between them; () without one."""
    found = extension(element, KRABUAN, "return")
    if found is None:
        return ()
    named = tuple(dict.fromkeys(found.get("to", "").split()))
    if not named:
        faults.add(owner, "return", "krabuan:return ไม่ได้ระบุงานปลายทาง", "krabuan:return names no task (to).")
    return named
