"""The namespaces of the dialect and small ways to look into elements of them."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
ZEEBE = "http://camunda.org/schema/zeebe/1.0"
KRABUAN = "https://krabuan.org/schema/1.0"
CAMUNDA_7 = "http://camunda.org/schema/1.0/bpmn"


def local(element: etree._Element) -> str:
    """The element's name without its namespace; "" for comments."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def namespace(element: etree._Element) -> str | None:
    """The element's namespace; None for comments and elements in none."""
    return etree.QName(element).namespace if isinstance(element.tag, str) else None


def children(element: etree._Element, uri: str, name: str | None = None) -> Iterator[etree._Element]:
    """The child elements in a namespace, with a name if one is given."""
    for child in element:
        if namespace(child) == uri and (name is None or local(child) == name):
            yield child


def child(element: etree._Element, uri: str, name: str) -> etree._Element | None:
    """The first such child, or None."""
    return next(children(element, uri, name), None)


def extension(element: etree._Element, uri: str, name: str) -> etree._Element | None:
    """The first such element in the element's bpmn:extensionElements, or None."""
    box = child(element, BPMN, "extensionElements")
    return None if box is None else child(box, uri, name)


def extensions(element: etree._Element, uri: str) -> Iterator[etree._Element]:
    """All extension elements of a namespace."""
    box = child(element, BPMN, "extensionElements")
    if box is not None:
        yield from children(box, uri)


def flag(element: etree._Element, name: str, default: bool = False) -> bool:
    """An attribute of XML Schema's type boolean: true and 1 are one value, false and 0 the other."""
    value = element.get(name)
    return default if value is None else value.strip() in ("true", "1")


def body(element: etree._Element | None) -> str | None:
    """The text of an element without outer blanks; None when there is no element or no text."""
    if element is None:
        return None
    found = "".join(str(part) for part in element.itertext()).strip()
    return found or None


def local_ref(value: str | None) -> str | None:
    """A QName reference without its prefix (`bpmn:Message_1` and `Message_1` are the same id)."""
    return None if value is None else value.rsplit(":", 1)[-1].strip()
