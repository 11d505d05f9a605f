"""From BPMN XML to what is to be drawn. The semantic part only: diagram information in the file is not looked at."""

from __future__ import annotations

from lxml import etree

from engine.layout.model import Artifact, Diagram, Flow, Lane, LayoutError, Level, Link, Node, Pool

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DD = "http://www.omg.org/spec/DD/20100524/DI"

SUB_PROCESSES = frozenset({"subProcess", "transaction", "adHocSubProcess"})
ACTIVITIES = SUB_PROCESSES | {
    "task", "userTask", "serviceTask", "scriptTask", "businessRuleTask", "sendTask", "receiveTask", "manualTask",
    "callActivity",
}  # fmt: skip
EVENTS = frozenset({"startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"})
GATEWAYS = frozenset({"exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway"})
FLOW_NODES = ACTIVITIES | EVENTS | GATEWAYS
ARTIFACTS = frozenset({"dataObjectReference", "dataStoreReference", "textAnnotation"})


def tag(name: str) -> str:
    return f"{{{BPMN}}}{name}"


def local(element: etree._Element) -> str:
    """Local name of a BPMN element; empty for comments and for elements of other namespaces."""
    if not isinstance(element.tag, str) or not element.tag.startswith(f"{{{BPMN}}}"):
        return ""
    return element.tag[len(BPMN) + 2 :]


def parse(xml: bytes) -> etree._Element:
    """The definitions element. Raises LayoutError for anything but plain BPMN 2.0 XML; no entity is ever expanded."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise LayoutError(f"not well-formed XML: {error}") from error
    if getattr(root.getroottree().docinfo, "doctype", ""):
        raise LayoutError("a DOCTYPE is not allowed")
    if root.tag != tag("definitions"):
        raise LayoutError("not a BPMN 2.0 file: the outermost element is not definitions")
    return root


def read(root: etree._Element) -> list[Diagram]:
    """One diagram for the collaboration with all its pools, and one for each process outside of it."""
    processes = {p.get("id", ""): p for p in root.findall(tag("process"))}
    diagrams: list[Diagram] = []
    for collaboration in root.findall(tag("collaboration")):
        pools: list[Pool] = []
        for participant in collaboration.findall(tag("participant")):
            process = processes.pop(participant.get("processRef", "").split(":")[-1], None)
            level = None if process is None else _level(process)
            pools.append(Pool(participant.get("id"), participant.get("name", ""), level))
        if pools:
            diagrams.append(_diagram(collaboration, pools))
    for process in processes.values():
        if any(local(e) in FLOW_NODES for e in process):
            diagrams.append(_diagram(process, [Pool(None, "", _level(process))]))
    if not diagrams:
        raise LayoutError("there is nothing to draw: no process with flow nodes and no pool")
    return diagrams


def _diagram(plane: etree._Element, pools: list[Pool]) -> Diagram:
    links: list[Link] = []
    if local(plane) == "collaboration":
        links += _links(plane)
        for message in plane.findall(tag("messageFlow")):
            source, target = message.get("sourceRef", ""), message.get("targetRef", "")
            links.append(Link(message.get("id", ""), "messageFlow", source, target, message.get("name", "")))
    root = plane.getparent()
    assert root is not None
    for pool in pools:
        if pool.level:
            links += _links_below(next(p for p in root.findall(tag("process")) if p.get("id") == pool.level.id))
    loose = _artifacts(plane) if local(plane) == "collaboration" else []
    diagram = Diagram(plane.get("id", ""), pools, [x for x in links if x.id], loose)
    _attach(diagram, links)
    return diagram


def _level(element: etree._Element) -> Level:
    level = Level(element.get("id", ""))
    for child in element:
        name = local(child)
        node_id = child.get("id", "")
        if name in FLOW_NODES and node_id:
            node = Node(node_id, name, child.get("name", ""), 0, 0)
            if name == "boundaryEvent":
                node.host = child.get("attachedToRef", "")
            if name in SUB_PROCESSES:
                node.inner = _level(child)
                node.event_sub = child.get("triggeredByEvent") == "true"
                node.marked = _marked(child)
            level.nodes[node_id] = node
    for node in list(level.nodes.values()):
        if node.host is not None and level.nodes.get(node.host, node).host is not None:
            node.host = None  # attached to nothing that is drawn: draw it by itself rather than not at all
    defaults = {child.get("default") for child in element}
    for child in element.findall(tag("sequenceFlow")):
        source, target = child.get("sourceRef", ""), child.get("targetRef", "")
        if child.get("id") and source in level.nodes and target in level.nodes:
            default = child.get("id") in defaults
            level.flows.append(Flow(child.get("id", ""), source, target, child.get("name", ""), default))
    level.artifacts = {a.id: a for a in _artifacts(element)}
    _lanes(level, element)
    return level


def _marked(element: etree._Element) -> bool:
    loops = ("multiInstanceLoopCharacteristics", "standardLoopCharacteristics")
    looped = any(element.find(tag(loop)) is not None for loop in loops)
    return looped or local(element) == "adHocSubProcess" or element.get("isForCompensation") == "true"


def _artifacts(element: etree._Element) -> list[Artifact]:
    found: list[Artifact] = []
    for child in element:
        kind = local(child)
        if kind in ARTIFACTS and child.get("id"):
            text = child.get("name", "") if kind != "textAnnotation" else (child.findtext(tag("text")) or "")
            found.append(Artifact(child.get("id", ""), kind, text.strip(), 0, 0))
    return found


def _lanes(level: Level, element: etree._Element) -> None:
    """Read the lanes; a node in no lane goes where the node before it (or else after it) is."""
    placed: dict[str, int] = {}

    def walk(lane_set: etree._Element, depth: int) -> list[Lane]:
        lanes: list[Lane] = []
        for child in lane_set.findall(tag("lane")):
            lane = Lane(child.get("id", ""), child.get("name", ""), depth, None)
            inner = child.find(tag("childLaneSet"))
            if inner is not None and inner.find(tag("lane")) is not None:
                lane.children = walk(inner, depth + 1)
            else:
                lane.leaf = len(level.bands)
                level.bands.append(lane.name)
                for ref in child.findall(tag("flowNodeRef")):
                    placed[(ref.text or "").strip()] = lane.leaf
            lanes.append(lane)
        return lanes

    if local(element) == "process":
        for lane_set in element.findall(tag("laneSet")):
            level.lanes += walk(lane_set, 0)
    if not level.bands:
        level.bands = [""]
    _fill_lanes(level, placed)


def _fill_lanes(level: Level, placed: dict[str, int]) -> None:
    known = {i: placed[i] for i in level.nodes if i in placed}
    changed = True
    while changed:
        changed = False
        for flow in level.flows:
            for a, b in ((flow.source, flow.target), (flow.target, flow.source)):
                if level.anchor(a).id in known and level.anchor(b).id not in known:
                    known[level.anchor(b).id] = known[level.anchor(a).id]
                    changed = True
    for node in level.nodes.values():
        node.lane = known.get(level.anchor(node.id).id, 0)


def _links(element: etree._Element) -> list[Link]:
    return [
        Link(a.get("id", ""), "association", a.get("sourceRef", ""), a.get("targetRef", ""), "")
        for a in element.findall(tag("association"))
    ]


def _links_below(process: etree._Element) -> list[Link]:
    """Associations and data associations of a process and of all its sub-processes."""
    links: list[Link] = []
    for element in process.iter(tag("process"), *[tag(s) for s in sorted(SUB_PROCESSES)]):
        links += _links(element)
    for data in process.iter(tag("dataInputAssociation"), tag("dataOutputAssociation")):
        owner = data.getparent()
        if owner is None or local(owner) not in FLOW_NODES:
            continue
        refs = [r.text.strip() for r in data.findall(tag("sourceRef")) + data.findall(tag("targetRef")) if r.text]
        inward = local(data) == "dataInputAssociation"
        ref = (data.findtext(tag("sourceRef" if inward else "targetRef")) or "").strip()
        if refs and ref:
            ends = (ref, owner.get("id", "")) if inward else (owner.get("id", ""), ref)
            links.append(Link(data.get("id", ""), local(data), *ends, ""))
    return links


def levels(level: Level) -> list[Level]:
    """The level and all levels inside it, outermost first."""
    found = [level]
    for node in level.nodes.values():
        if node.inner:
            found += levels(node.inner)
    return found


def _attach(diagram: Diagram, links: list[Link]) -> None:
    """Hang every artifact on the first node of its own level that it is connected with."""
    for pool in diagram.pools:
        for level in levels(pool.level) if pool.level else []:
            flows = {f.id: f for f in level.flows}
            for link in links:
                for a, b in ((link.source, link.target), (link.target, link.source)):
                    artifact = level.artifacts.get(a)
                    at = flows[b].source if b in flows else b
                    if artifact and artifact.host is None and at in level.nodes:
                        artifact.host = at
