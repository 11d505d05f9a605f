"""How data of a diagram are called as variables (BPMN 2.0.2, section 10.4.1).

By their name, else by their id. Modelers write the name of a data object on its references and give the object none:
then it is that of the first reference that has one.
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from engine.execution.reader.names import BPMN, local, local_ref

ITEM_AWARE = {"dataInput", "dataOutput", "dataObject", "dataObjectReference", "property"}


def data_of(definitions: etree._Element) -> dict[str, etree._Element]:
    """The data of a file by id, wherever they stand."""
    found = definitions.iter(*(f"{{{BPMN}}}{name}" for name in sorted(ITEM_AWARE)))
    return {id_: element for element in found if (id_ := element.get("id"))}


def variables_of(data: Mapping[str, etree._Element]) -> dict[str, str]:
    """The variable of each, by id; a reference is the variable of its object."""
    objects = {id_: local_ref(e.get("dataObjectRef")) or "" for id_, e in data.items() if _refers(e)}
    by_reference: dict[str, str] = {}
    for id_, referred in objects.items():
        if name := name_of(data[id_]):
            by_reference.setdefault(referred, name)
    own = {id_: name_of(e) or by_reference.get(id_) or id_ for id_, e in data.items()}
    return own | {id_: own[referred] for id_, referred in objects.items() if referred in own}


def name_of(element: etree._Element) -> str:
    """What it is called in the file; empty when it is not."""
    return (element.get("name") or "").strip()


def _refers(element: etree._Element) -> bool:
    return local(element) == "dataObjectReference"
