"""What the parts of a process are called in a comparison."""

from __future__ import annotations

from engine.comparison.change import Subject, quoted
from engine.model.diagram import Flow, Node, Process
from engine.model.manual import Words

_KINDS = {
    "startEvent": Words("จุดเริ่มต้น", "Start"),
    "endEvent": Words("จุดสิ้นสุด", "End"),
    "boundaryEvent": Words("เหตุการณ์ที่ขอบงาน", "Boundary event"),
    "intermediateCatchEvent": Words("เหตุการณ์", "Event"),
    "intermediateThrowEvent": Words("เหตุการณ์", "Event"),
    "callActivity": Words("เรียกกระบวนงาน", "Call activity"),
    "businessRuleTask": Words("งานตามตารางตัดสินใจ", "Business rule task"),
    "subProcess": Words("กระบวนงานย่อย", "Sub-process"),
    "transaction": Words("กระบวนงานย่อย", "Sub-process"),
    "adHocSubProcess": Words("กระบวนงานย่อย", "Sub-process"),
    "exclusiveGateway": Words("ทางเลือก", "Gateway"),
    "inclusiveGateway": Words("ทางเลือก", "Gateway"),
    "complexGateway": Words("ทางเลือก", "Gateway"),
    "eventBasedGateway": Words("ทางเลือก", "Gateway"),
    "parallelGateway": Words("ทางแยกคู่ขนาน", "Parallel gateway"),
}
_TASK = Words("งาน", "Task")


def kind_of(node: Node) -> Words:
    """What kind of element it is."""
    return _KINDS.get(node.type, _TASK)


def named(node: Node) -> Words:
    """The name of a node in quotation marks, else its id."""
    return quoted(Words(node.name or node.id, node.name_en or node.name or node.id))


def process_subject(process: Process) -> Subject:
    """The process as a whole."""
    name = quoted(Words(process.name or process.id, process.name_en or process.name or process.id))
    return Subject("PROCESS", process.id, process.id, Words(f"กระบวนงาน {name.th}", f"Process {name.en}"))


def node_subject(process: Process, node: Node) -> Subject:
    """ขั้นตอนที่ 5 “…” for what does a printed step, else the kind of element and its name."""
    name, kind, step = named(node), kind_of(node), node.step
    if step is not None and step.number:
        title = Words(f"ขั้นตอนที่ {step.number} {name.th}", f"Step {step.number} {name.en}")
    else:
        title = Words(f"{kind.th} {name.th}", f"{kind.en} {name.en}")
    return Subject("ELEMENT", node.id, process.id, title)


def flow_subject(process: Process, flow: Flow) -> Subject:
    """A flow by what it leads from and to."""
    ends = [process.nodes.get(end) for end in (flow.source, flow.target)]
    source, target = (named(node) if node else quoted("?") for node in ends)
    own = f" {quoted(flow.name).th}" if flow.name else ""
    title = Words(f"เส้นทาง{own} จาก {source.th} ไป {target.th}", f"Flow{own} from {source.en} to {target.en}")
    return Subject("FLOW", flow.id, process.id, title)
