"""Chapter 12: diagram interchange (BPMN DI, with the DI and DC that it stands on)."""

from __future__ import annotations

from engine.execution.lint.schema.notation import row

_BANDS = "|".join(f"{at}_{kind}" for kind in ("initiating", "non_initiating") for at in ("top", "middle", "bottom"))
ROWS = (
    row(
        "dc:Font", None,
        "name:string size:double isBold:boolean isItalic:boolean isUnderline:boolean isStrikeThrough:boolean",
    ),
    row("dc:Bounds", None, "x:double! y:double! width:double! height:double!"),
    row("di:waypoint", None, "x:double! y:double!"),
    row("di:extension", None, inside="other"),
    row("di:DiagramElement", None, "id:ID", "di:extension?", abstract=True),
    row(
        "bpmndi:BPMNDiagram", None, "id:ID name:string documentation:string resolution:double",
        "bpmndi:BPMNPlane bpmndi:BPMNLabelStyle*",
    ),
    row("bpmndi:BPMNPlane", "di:DiagramElement", "bpmnElement:QName", "di:DiagramElement*"),
    row("bpmndi:BPMNLabelStyle", None, "id:ID", "dc:Font"),
    row("bpmndi:BPMNLabel", "di:DiagramElement", "labelStyle:QName", "dc:Bounds?"),
    row(
        "bpmndi:BPMNShape", "di:DiagramElement",
        "bpmnElement:QName isHorizontal:boolean isExpanded:boolean isMarkerVisible:boolean isMessageVisible:boolean "
        f"choreographyActivityShape:QName participantBandKind={_BANDS}",
        "dc:Bounds bpmndi:BPMNLabel?", group="di:DiagramElement",
    ),
    row(
        "bpmndi:BPMNEdge", "di:DiagramElement",
        "bpmnElement:QName sourceElement:QName targetElement:QName messageVisibleKind=initiating|non_initiating",
        "di:waypoint{2,} bpmndi:BPMNLabel?", group="di:DiagramElement",
    ),
)  # fmt: skip
