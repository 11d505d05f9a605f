"""Small BPMN files for the tests of the layout, written as code and without any diagram information."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from itertools import pairwise

NAMES = (
    "รับเรื่อง",
    "ตรวจสอบความถูกต้องครบถ้วนของเอกสาร",
    "จัดทำบันทึกข้อความเสนอผู้บังคับบัญชาเพื่อพิจารณาอนุมัติ",
    "พิจารณา",
    "ประชุมคณะกรรมการกลั่นกรองโครงการด้านเทคโนโลยีสารสนเทศ ครั้งที่ ๑",
    "แจ้งผล",
)
QUESTIONS = ("ผ่าน?", "เห็นชอบหรือไม่", "เอกสารครบถ้วนถูกต้องหรือไม่")
ANSWERS = ("ใช่", "ไม่ใช่", "ให้แก้ไข", "เห็นชอบ")
LANES = ("กลุ่มยุทธศาสตร์เทคโนโลยีสารสนเทศ", "ผู้อำนวยการ", "คณะกรรมการ", "กองคลัง")


@dataclass
class Process:
    """Collects elements of one process; `xml` writes the file."""

    lanes: list[str] = field(default_factory=list)
    members: dict[int, list[str]] = field(default_factory=dict)
    body: list[str] = field(default_factory=list)
    collaboration: list[str] = field(default_factory=list)
    count: int = 0

    def node(
        self, kind: str, name: str = "", lane: int = 0, inner: str = "", node_id: str = "", extra: str = ""
    ) -> str:
        self.count += 1
        node_id = node_id or f"{kind}_{self.count}"
        self.body.append(f'<bpmn:{kind} id="{node_id}" name="{name}"{extra}>{inner}</bpmn:{kind}>')
        self.members.setdefault(lane, []).append(node_id)
        return node_id

    def boundary(self, host: str, name: str = "") -> str:
        self.count += 1
        node_id = f"boundary_{self.count}"
        timer = "<bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>"
        self.body.append(
            f'<bpmn:boundaryEvent id="{node_id}" name="{name}" attachedToRef="{host}">{timer}</bpmn:boundaryEvent>'
        )
        return node_id

    def flow(self, source: str, target: str, name: str = "") -> str:
        self.count += 1
        flow_id = f"Flow_{self.count}"
        self.body.append(
            f'<bpmn:sequenceFlow id="{flow_id}" name="{name}" sourceRef="{source}" targetRef="{target}" />'
        )
        return flow_id

    def chain(self, *nodes: str) -> None:
        for source, target in pairwise(nodes):
            self.flow(source, target)

    def add(self, text: str) -> None:
        self.body.append(text)

    def pool(self, pool_id: str, name: str) -> str:
        self.collaboration.append(f'<bpmn:participant id="{pool_id}" name="{name}" />')
        return pool_id

    def message(self, source: str, target: str, name: str = "") -> None:
        self.count += 1
        self.collaboration.append(
            f'<bpmn:messageFlow id="Message_{self.count}" name="{name}" sourceRef="{source}" targetRef="{target}" />'
        )

    def lane_set(self) -> str:
        if not self.lanes:
            return ""
        lanes = ""
        for k, name in enumerate(self.lanes):
            refs = "".join(f"<bpmn:flowNodeRef>{i}</bpmn:flowNodeRef>" for i in self.members.get(k, []))
            lanes += f'<bpmn:lane id="Lane_{k}" name="{name}">{refs}</bpmn:lane>'
        return f'<bpmn:laneSet id="Lanes">{lanes}</bpmn:laneSet>'

    def inner(self) -> str:
        return "".join(self.body)

    def xml(self) -> bytes:
        collaboration = ""
        if self.collaboration or self.lanes:
            collaboration = (
                '<bpmn:collaboration id="Collaboration_1"><bpmn:participant id="Pool" name="กระบวนงานทดสอบ" '
                f'processRef="Process_1" />{"".join(self.collaboration)}</bpmn:collaboration>'
            )
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="Definitions_1" '
            f'targetNamespace="http://bpmn.io/schema/bpmn">\n{collaboration}\n'
            f'<bpmn:process id="Process_1" isExecutable="true">\n{self.lane_set()}{self.inner()}\n'
            "</bpmn:process>\n</bpmn:definitions>\n"
        ).encode()


def random_process(seed: int, size: int = 14, depth: int = 0) -> Process:
    """A process with lanes, branches, loops back, boundary events, a sub-process and other authorities; any seed."""
    rng = random.Random(seed)
    process = Process(lanes=[] if depth else list(LANES[: rng.randint(1, 4)]))
    process.count = 1000 * (depth + 1) + seed % 97 * 10000
    lanes = max(1, len(process.lanes))
    nodes = [process.node("startEvent", "เริ่มต้น", rng.randrange(lanes))]
    for _ in range(rng.randint(3, size)):
        nodes.append(_random_node(rng, process, nodes, lanes, seed, depth))
    for _ in range(rng.randint(0, 2)):
        early, late = sorted(rng.sample(range(1, len(nodes)), 2)) if len(nodes) > 2 else (1, 1)
        process.flow(nodes[late], nodes[early], rng.choice(ANSWERS))
    tasks = [n for n in nodes if n.startswith(("userTask", "subProcess"))]
    for host in rng.sample(tasks, min(len(tasks), rng.randint(0, 2))):
        for _ in range(rng.randint(1, 3)):
            target = process.node("endEvent", "สิ้นสุด", rng.randrange(lanes))
            process.flow(process.boundary(host, "ครบ ๒๔ ชั่วโมง"), target)
    process.flow(nodes[-1], process.node("endEvent", "เสร็จสิ้น", rng.randrange(lanes)))
    if not depth:
        for k in range(rng.randint(0, 3)):
            pool = process.pool(f"Box_{k}", "หน่วยงานภายนอก")
            for task in rng.sample(tasks, min(len(tasks), rng.randint(1, 2))):
                process.message(*rng.choice([(task, pool), (pool, task)]), "ส่งเอกสาร")
        for task in rng.sample(tasks, min(len(tasks), rng.randint(0, 2))):
            note = f"Note_{task}"
            process.add(f'<bpmn:textAnnotation id="{note}"><bpmn:text>ตามระเบียบ ข้อ ๕</bpmn:text></bpmn:textAnnotation>')
            process.add(f'<bpmn:association id="A_{note}" sourceRef="{task}" targetRef="{note}" />')
    return process


def _random_node(rng: random.Random, process: Process, nodes: list[str], lanes: int, seed: int, depth: int) -> str:
    roll = rng.random()
    lane = rng.randrange(lanes)
    if roll < 0.25:
        node = process.node("exclusiveGateway", rng.choice(QUESTIONS), lane)
    elif roll < 0.35 and not depth:
        inner = random_process(seed * 31 + process.count, 4, depth + 1)
        node = process.node("subProcess", rng.choice(NAMES), lane, inner.inner())
    else:
        node = process.node("userTask", rng.choice(NAMES), lane)
    sources = [nodes[-1]] if rng.random() < 0.75 else rng.sample(nodes, min(len(nodes), 2))
    for source in sources:
        process.flow(source, node, rng.choice(ANSWERS) if source.startswith("exclusive") else "")
    return node
