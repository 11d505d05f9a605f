"""Put a common pattern into a sequence flow of a diagram. What the diagram says otherwise stays as it is."""

from __future__ import annotations

from itertools import count

from lxml import etree
from lxml.etree import _Element as Element

from engine.commands.pattern_texts import BPMN, KRABUAN, PATTERNS, XSI, ZEEBE, Pattern
from engine.errors import InvalidArgument, NotFound

_NAMES = {"bpmn": BPMN, "zeebe": ZEEBE, "krabuan": KRABUAN, "xsi": XSI}
_BEFORE_FLOWS = {f"{{{BPMN}}}{name}" for name in ("documentation", "extensionElements")}


class PatternPlace(InvalidArgument):
    """A pattern is put into a sequence flow: choose one, or a step that one alone leads out of."""

    code = "pattern-place"
    th = "แทรกรูปแบบสำเร็จได้ที่เส้นลำดับ โปรดเลือกเส้นลำดับ หรือขั้นตอนที่มีเส้นออกเพียงเส้นเดียว"


def inserted(content: bytes, element_id: str, pattern_id: str) -> bytes:
    """The diagram with the pattern in a sequence flow, or in the only one that leads out of a flow node, not yet drawn.
    Its tasks are for the groups of the step before, else of the first task that names groups. Raises NotFound for a
    pattern that there is not, PatternPlace, InvalidArgument for what is no diagram."""
    pattern = PATTERNS.get(pattern_id)
    if pattern is None:
        raise NotFound(patternId=pattern_id[:100])
    root = _parsed(content)
    flow = _flow(root, element_id)
    process = flow.getparent()
    source, target = (_by_id(process, flow.get(name, "")) for name in ("sourceRef", "targetRef"))
    if process is None or source is None or target is None:
        raise PatternPlace(elementId=element_id)
    number = _number(root)
    out = f"Flow_Out_{number}"
    told = _performer(process, source)
    pieces = _pieces(pattern.body, number, out, told)
    for piece in pieces:
        process.append(piece)
    first, last = (_by_id(process, f"{name}_{number}") for name in (pattern.first, pattern.last))
    assert first is not None and last is not None
    flow.set("targetRef", first.get("id", ""))
    _unlink(target, "incoming", flow.get("id", ""))
    process.append(_element("sequenceFlow", id=out, sourceRef=last.get("id", ""), targetRef=target.get("id", "")))
    for each in (flow, *process.iterchildren(f"{{{BPMN}}}sequenceFlow")):
        _link(process, each)
    _into_lane(process, source, [piece for piece in pieces if piece.tag != f"{{{BPMN}}}sequenceFlow"])
    _around(process, pattern, number, out, told)
    return etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8")


def _parsed(content: bytes) -> Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise InvalidArgument("the file is no diagram") from None


def _flow(root: Element, element_id: str) -> Element:
    found = _by_id(root, element_id)
    if found is not None and found.tag != f"{{{BPMN}}}sequenceFlow":
        out = [each for each in root.iter(f"{{{BPMN}}}sequenceFlow") if each.get("sourceRef") == element_id]
        found = out[0] if len(out) == 1 else None
    if found is None:
        raise PatternPlace(elementId=element_id)
    return found


def _by_id(root: Element | None, id_: str) -> Element | None:
    if root is None or not id_:
        return None
    return next((each for each in root.iter(f"{{{BPMN}}}*") if each.get("id") == id_), None)


def _number(root: Element) -> int:
    """One that stands at the end of no id."""
    used = {each.get("id", "").rpartition("_")[2].rpartition("-")[2] for each in root.iter("*")}
    return next(n for n in count(1) if str(n) not in used)


def _pieces(text: str, number: int, out: str, told: tuple[str, str]) -> list[Element]:
    whole = text.replace("{n}", str(number)).replace("{out}", out)
    whole = whole.replace("{performer}", told[0]).replace("{recipients}", told[1])
    spaces = " ".join(f'xmlns:{name}="{uri}"' for name, uri in _NAMES.items())
    return list(etree.fromstring(f"<x {spaces}>{whole}</x>"))


def _performer(process: Element, source: Element) -> tuple[str, str]:
    """The groups of the step before, else of the first task that names any: as an assignment, and as a FEEL list."""
    tag = f"{{{ZEEBE}}}assignmentDefinition"
    groups = [each.get("candidateGroups", "") for each in (*source.iter(tag), *process.iter(tag))]
    plain = next((each for each in groups if each and each[0] != "=" and not set(each) & set("<>&\"{}")), None)
    if plain is None:
        return "", "[]"
    names = ", ".join(f"&quot;{name.strip()}&quot;" for name in plain.split(",") if name.strip())
    return f'<zeebe:assignmentDefinition candidateGroups="{plain}"/>', f"[{names}]"


def _element(name: str, text: str | None = None, **attributes: str) -> Element:
    made = etree.Element(f"{{{BPMN}}}{name}", nsmap={"bpmn": BPMN})
    made.text = text
    for key, value in attributes.items():
        made.set(key, value)
    return made


def _link(process: Element, flow: Element) -> None:
    """Write the flow down at both its ends, where it is not yet."""
    for name, end in (("outgoing", "sourceRef"), ("incoming", "targetRef")):
        node = _by_id(process, flow.get(end, ""))
        if node is None or flow.get("id") in (each.text for each in node.iterchildren(f"{{{BPMN}}}{name}")):
            continue
        before = {*_BEFORE_FLOWS, f"{{{BPMN}}}incoming"} | ({f"{{{BPMN}}}outgoing"} if name == "outgoing" else set())
        at = sum(each.tag in before for each in node)
        node.insert(at, _element(name, flow.get("id")))


def _unlink(node: Element, name: str, flow_id: str) -> None:
    for each in list(node.iterchildren(f"{{{BPMN}}}{name}")):
        if (each.text or "").strip() == flow_id:
            node.remove(each)


def _into_lane(process: Element, source: Element, nodes: list[Element]) -> None:
    """The new flow nodes stand in the lanes in which the step before stands."""
    for place in list(process.iter(f"{{{BPMN}}}flowNodeRef")):
        if (place.text or "").strip() == source.get("id"):
            for node in nodes:
                place.addnext(_element("flowNodeRef", node.get("id")))


def _around(process: Element, pattern: Pattern, number: int, out: str, told: tuple[str, str]) -> None:
    pieces = _pieces(pattern.around, number, out, told)
    if not pieces:
        return
    tag = f"{{{BPMN}}}extensionElements"
    place = next(process.iterchildren(tag), None)
    if place is None:
        place = _element("extensionElements")
        process.insert(sum(each.tag == f"{{{BPMN}}}documentation" for each in process), place)
    place.extend(pieces)
