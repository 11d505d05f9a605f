"""DMN files as plain trees, read so that no file can do harm.

No DOCTYPE (so no entities), no network, bounded size and depth. Everything above this file works on
`Element`, which knows nothing of the XML library.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

MAX_BYTES = 5_000_000
MAX_DEPTH = 200
MAX_ELEMENTS = 100_000

NAMESPACES = {
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd": "1.1",
    "http://www.omg.org/spec/DMN/20180521/MODEL/": "1.2",
    "https://www.omg.org/spec/DMN/20191111/MODEL/": "1.3",
    "https://www.omg.org/spec/DMN/20211108/MODEL/": "1.4",
    "https://www.omg.org/spec/DMN/20230324/MODEL/": "1.5",
}


class Refused(Exception):
    """The bytes are no DMN file we read; `rule`, `th` and `en` as in a Fault."""

    def __init__(self, rule: str, th: str, en: str) -> None:
        super().__init__(en)
        self.rule, self.th, self.en = rule, th, en


@dataclass(slots=True)
class Element:
    """One element of the DMN namespaces. Others (layout, extensions) are left out.

    `text` is what stands directly in it, comments taken out. `line` is where it begins, from 1.
    """

    tag: str
    attributes: dict[str, str]
    text: str
    line: int
    children: list[Element] = field(default_factory=list)
    extensions: dict[str, str] = field(default_factory=dict)
    """Attributes of foreign elements in `extensionElements`, by "tag.attribute" (zeebe's versionTag)."""

    def all(self, *tags: str) -> Iterator[Element]:
        """The children with one of these tags, in order."""
        return (child for child in self.children if child.tag in tags)

    def child(self, *tags: str) -> Element | None:
        """The first child with one of these tags."""
        return next(self.all(*tags), None)

    def get(self, name: str) -> str:
        """An attribute without its surrounding blanks; "" when absent."""
        return self.attributes.get(name, "").strip()

    def text_of(self, tag: str) -> str:
        """The text of a child; "" when there is none."""
        child = self.child(tag)
        return "" if child is None else child.text.strip()


def read_xml(data: bytes) -> Element:
    """The `definitions` of a DMN file. Raises Refused."""
    if len(data) > MAX_BYTES:
        raise Refused("dmn-too-large", "ไฟล์ DMN ใหญ่เกินไป", f"the DMN file is larger than {MAX_BYTES} bytes")
    root = _parsed(data)
    namespace, tag = _name(root)
    if namespace not in NAMESPACES or tag != "definitions":
        raise Refused("dmn-not-dmn", "ไฟล์นี้ไม่ใช่ DMN 1.1 ถึง 1.5", "this is not a DMN file of version 1.1 to 1.5")
    return _tree(root)


def _parsed(data: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused("dmn-not-xml", f"ไฟล์ไม่ใช่ XML ที่ถูกต้อง: {error}", f"the file is not correct XML: {error}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Refused("dmn-doctype", "ไฟล์ต้องไม่มี DOCTYPE", "the file must not have a DOCTYPE")
    return root


def _tree(root: etree._Element) -> Element:
    """The tree below the root, built without recursion. Raises Refused."""
    made = _element(root, "definitions")
    waiting = [(root, made, 1)]
    count = 0
    while waiting:
        source, target, depth = waiting.pop()
        for child in source:
            count += 1
            if depth > MAX_DEPTH or count > MAX_ELEMENTS:
                raise Refused(
                    "dmn-too-large",
                    "ไฟล์ DMN มีส่วนประกอบมากหรือซ้อนกันลึกเกินไป",
                    "the DMN file has too many elements, or they nest too deep",
                )
            namespace, tag = _name(child)
            if namespace not in NAMESPACES:
                continue
            if tag == "extensionElements":
                target.extensions.update(_extensions(child))
                continue
            below = _element(child, tag)
            target.children.append(below)
            waiting.append((child, below, depth + 1))
    return made


def _name(source: etree._Element) -> tuple[str, str]:
    """Namespace and local name."""
    namespace, _, tag = str(source.tag).rpartition("}")
    return namespace[1:], tag


def _element(source: etree._Element, tag: str) -> Element:
    attributes = {str(name): str(value) for name, value in source.attrib.items() if not str(name).startswith("{")}
    return Element(tag, attributes, str(source.text or ""), int(str(source.sourceline)))


def _extensions(source: etree._Element) -> dict[str, str]:
    return {f"{_name(child)[1]}.{name!s}": str(value) for child in source for name, value in child.attrib.items()}
