"""A small documented process, its diagram, and what comes of comparing them."""

from __future__ import annotations

import re
from pathlib import Path

from engine.catalogue.check import Compared, check_catalogue
from tests.execution.bench import diagram, flows, node

ORGANISATION = """units:
- {key: center, th: ศูนย์, en: Center}
- {key: strategy, th: กลุ่ม, en: Group, parent: center}
- {key: finance, th: การเงิน, en: Finance}
external:
- {key: vendor, th: ผู้ขาย, en: Seller}
roles: {group: strategy}
"""
PRINTED = """id: p
source: {process_no: '1', section: ส่วนหนึ่ง, pages: '1'}
title: {th: ตรวจแผน, en: Check a plan}
kpis:
- {th: ร้อยละของแผน, en: Share of plans}
quality_standard:
- {th: ทันเวลา, en: In time, target_percent: 90}
value_chain:
- {stage: manage, steps: [1]}
roles: []
steps:
- 'no': 1
  key: check
  title: {th: ตรวจแผน, en: Check the plan}
  detail: {th: ตรวจให้ครบทุกข้อ, en: All of it}
  sub_steps:
  - {th: ตรวจงบประมาณ, en: Check the budget}
  duration: {text_th: ๗ วัน, iso8601: P7D, calendar: unstated}
  roles: [group]
  control_points:
  - {th: ลงนามแล้ว, en: It is signed}
  risks:
  - {th: ข้อมูลไม่ครบ, en: Data are missing}
  quality: {th: ไม่มีข้อผิดพลาด, en: No fault}
  documents:
  - {th: บันทึกผล, en: Record}
deadlines:
- {th: ภายใน ๗ วัน, en: Within 7 days, iso8601: P7D, from: x, to: y}
forms:
- key: f
  title: {th: แบบ, en: Form}
  fields:
  - {key: a, label: {th: เลขที่หนังสือ, en: Number}, type: text, required: true}
"""
_POINT = (
    '<krabuan:controlPoint id="cp-check-1"><krabuan:text lang="th">ลงนามแล้ว</krabuan:text>'
    '<krabuan:text lang="en">It is signed</krabuan:text><krabuan:binding type="condition" expression="=true"/>'
    "</krabuan:controlPoint>"
)
_RISK = (
    '<krabuan:risk id="r-check-1"><krabuan:text lang="th">ข้อมูลไม่ครบ</krabuan:text>'
    '<krabuan:text lang="en">Data are missing</krabuan:text></krabuan:risk>'
)
_TOLD = (
    "<bpmn:documentation>ตรวจให้ครบทุกข้อ ไม่มีข้อผิดพลาด ตรวจงบประมาณ บันทึกผล เลขที่หนังสือ</bpmn:documentation>"
)
_FACTS = (
    '<bpmn:extensionElements><krabuan:text lang="en">Check a plan</krabuan:text>'
    '<krabuan:process number="1" targetPercent="90"><krabuan:kpi><krabuan:text lang="th">ร้อยละของแผน</krabuan:text>'
    '<krabuan:text lang="en">Share of plans</krabuan:text></krabuan:kpi><krabuan:qualityStandard>'
    '<krabuan:text lang="th">ทันเวลา</krabuan:text><krabuan:text lang="en">In time</krabuan:text>'
    "</krabuan:qualityStandard></krabuan:process></bpmn:extensionElements>"
)
_STEP = '<krabuan:step key="check" number="1" stage="manage" standardTime="P7D" calendar="calendar"/>'
_GROUP = '<zeebe:assignmentDefinition candidateGroups="strategy"/>'


def drawn() -> str:
    """The diagram that agrees with what is printed."""
    task = node(
        "userTask", "a", f'<zeebe:userTask/><krabuan:text lang="en">Check the plan</krabuan:text>{_STEP}{_GROUP}{_POINT}{_RISK}',
        attributes='name="ตรวจแผน"',
    )  # fmt: skip
    task = task.replace("<bpmn:extensionElements>", f"{_TOLD}<bpmn:extensionElements>", 1)
    body = _FACTS + node("startEvent", "s") + task + node("endEvent", "e") + flows("s a", "a e")
    return re.sub('(<bpmn:process id="p"[^>]*?) name="[^"]*"', r'\1 name="ตรวจแผน"', diagram(body).decode(), count=1)


def compare(folder: Path, printed: str, diagram_: str, reasons: str | None = None) -> Compared:
    """The one process of a catalogue of one file."""
    for name in ("catalogue", "processes/p", "forms/p"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "catalogue" / "p.yaml").write_text(printed, encoding="utf-8")
    (folder / "processes" / "organisation.yaml").write_text(ORGANISATION, encoding="utf-8")
    (folder / "processes" / "p" / "p.bpmn").write_text(diagram_, encoding="utf-8")
    if reasons is not None:
        (folder / "processes" / "p" / "differences.yaml").write_text(reasons, encoding="utf-8")
    (found,) = check_catalogue(folder / "catalogue", folder)
    return found
