"""The path of a case, drawn on the diagram of the version that it follows."""

from __future__ import annotations

from typing import Any

from api.diagram_figures import Drawing, drawing, went
from api.evidence_tables import Words
from engine.queries.case_evidence import Evidence

SVG = "diagrams/path.svg"
TITLE = ("เส้นทางของเรื่องบนแผนภาพ", "The path of the case on its diagram")
NOTE = (
    "เส้นและกรอบเข้มคือส่วนที่เรื่องผ่านมาแล้ว กรอบสีส้มหนาคือจุดที่เรื่องอยู่ขณะจัดทำ ตัวเลข × คือจำนวนครั้งที่ทำเสร็จ",
    "Dark lines and frames are what the case went through, thick orange ones where it stands now; × says how often.",
)


def path_of(evidence: Evidence, nodes: Any, w: Words) -> Drawing | None:
    """None where the diagram has no diagram information. `nodes` are those of the process, by id."""
    xml = evidence.files.get(f"diagrams/{evidence.case.get('processDefinitionKey')}.bpmn")
    if xml is None:
        return None

    def called(element: str, given: str) -> str:
        node = nodes.get(element)
        return given if node is None else w(given, node.name_en or given)

    return drawing(xml, went(evidence.events), called)
