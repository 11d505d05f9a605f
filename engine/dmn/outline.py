"""What a DMN file says of itself before it is read whole: who it is, and which models it imports."""

from __future__ import annotations

from dataclasses import dataclass

from engine.dmn.reading import InvalidDecisions
from engine.dmn.xml import Element, Refused, read_xml
from engine.model.faults import Fault

_OF_MODELS = "/dmn/"


@dataclass(frozen=True, slots=True)
class Import:
    """A model that a file imports: its namespace and, perhaps "", the place where the file looks for it."""

    namespace: str
    location: str


@dataclass(frozen=True, slots=True)
class Outline:
    """Id and namespace of a file's `definitions`, and the models it imports, each once."""

    id: str
    namespace: str
    imports: tuple[Import, ...]


def imports_model(element: Element) -> bool:
    """Whether an `import` is of a DMN model, and not of types or values of another kind."""
    return _OF_MODELS in element.get("importType").lower()


def read_outline(xml: bytes, file: str) -> Outline:
    """The outline of a DMN file. Raises InvalidDecisions for bytes that are no DMN file."""
    try:
        root = read_xml(xml)
    except Refused as refused:
        raise InvalidDecisions((Fault(file, None, refused.rule, refused.th, refused.en),)) from refused
    found = {
        item.get("namespace"): Import(item.get("namespace"), item.get("locationURI"))
        for item in root.all("import")
        if imports_model(item)
    }
    return Outline(root.get("id"), root.get("namespace"), tuple(found.values()))
