"""The boxed expressions of DMN, one kind a module; found by being here.

A module defines `BOXED`, subclasses of `Boxed`.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from engine.dmn.boxed.base import Boxed
from engine.dmn.reading import Reading
from engine.dmn.xml import Element


@cache
def kinds() -> dict[str, type[Boxed]]:
    """The kinds of boxed expressions by the tags they read."""
    found: dict[str, type[Boxed]] = {}
    for module in pkgutil.iter_modules(__path__):
        listed: tuple[type[Boxed], ...] = getattr(import_module(f"{__name__}.{module.name}"), "BOXED", ())
        found.update({tag: kind for kind in listed for tag in kind.tags})
    return found


def expression_of(element: Element) -> Element | None:
    """The element among the children that is an expression."""
    return element.child(*kinds())


def read_boxed(element: Element, reading: Reading) -> Boxed | None:
    """The boxed expression an element is; None and a fault when it is none."""
    kind = kinds().get(element.tag)
    if kind is None:
        reading.fault(
            element, "dmn-expression", f"ไม่รู้จักนิพจน์ชนิด {element.tag}", f"there is no expression <{element.tag}>"
        )
        return None
    return kind.read(element, reading)


def inside(element: Element, reading: Reading, tag: str = "") -> Boxed | None:
    """The expression inside an element, or inside its child `tag`; a fault when there is none."""
    holder = element.child(tag) if tag else element
    found = None if holder is None else expression_of(holder)
    if found is None:
        said = f"<{element.tag}>" if not tag else f"<{tag}>"
        reading.fault(element, "dmn-expression-missing", f"ไม่มีนิพจน์ใน {said}", f"there is no expression in {said}")
        return None
    return reading.boxed(found)
