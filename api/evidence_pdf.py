"""The summary of a case as PDF, for people: who took part, steps, control points, clocks, decisions, documents, what
happened, the path on the diagram, and what is proved of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from api.diagram_page import draw
from api.evidence_path import NOTE, TITLE, path_of
from api.evidence_tables import BY, STEP, Words, parts_of
from api.evidence_words import EVENTS
from api.pdf_sheet import Sheet
from engine.queries.case_evidence import Evidence
from engine.queries.case_story import name_of

if TYPE_CHECKING:
    from api.evidence_bundle import Made

MOST_LINES = 1_000  # of the timeline; all events stand in history/shown.jsonl


def summary_pdf(
    evidence: Evidence, told: Mapping[str, Any], facts: Mapping[str, Any], made: Made, nodes: Any = None
) -> bytes:
    """`told` is what case_story.story tells, `facts` what the manifest says."""
    w = Words(made.language, made.zone)
    case = evidence.case
    title = w.both("ชุดหลักฐานของเรื่อง", "Evidence of a case")
    foot = f"{w('เรื่อง', 'Case')} {case['processInstanceKey']} · {w('จัดทำ', 'made')} {w.time(facts['madeAt'])}"
    with Sheet(title, foot, made.at) as sheet:
        sheet.big(title)
        sheet.pairs(_about(w, case, facts))
        sheet.heading(w.both("ความครบถ้วนของประวัติ", "What is proved of the history"))
        for line in _proved(w, facts["history"]):
            sheet.say(line)
        for part in parts_of(w, told):
            sheet.heading(w.both(*part.title))
            if part.rows:
                sheet.grid([w(*column) for column in part.columns], part.rows, part.shares)
            else:
                sheet.say(w("ไม่มี", "None."))
        _timeline(sheet, w, evidence, nodes or {})
        if (drawn := path_of(evidence, nodes or {}, w)) is not None:
            draw(sheet, drawn, w.both(*TITLE), w(*NOTE))
        return sheet.made()


def _about(w: Words, case: Mapping[str, Any], facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    names = case["processDefinitionName"], case["processNameEn"]
    people = {
        "names": w("ระบุชื่อบัญชีผู้ใช้", "by user name"),
        "pseudonyms": w("ใช้นามแฝง ค่าที่เป็นข้อมูลส่วนบุคคลปิดผนึกไว้", "by pseudonym; personal data are sealed"),
    }
    ended = w.time(case["endDate"]) or w("ยังไม่สิ้นสุด", "not ended")
    return [
        (w("เลขที่เรื่อง", "Case number"), case["businessId"] or w("ไม่ระบุ", "not told")),
        (w("รหัสเรื่อง", "Case key"), str(case["processInstanceKey"])),
        (w("กระบวนงาน", "Process"), names[w.n] or names[0] or case["processDefinitionId"]),
        (w("ฉบับ", "Version"), f"{case['processDefinitionVersion']} ({case['processDefinitionId']})"),
        (w("สถานะ", "State"), w.state(case["state"])),
        (w("เริ่ม", "Started"), f"{w.time(case['startDate'])} · {w.who(case['startedBy'])}"),
        (w("สิ้นสุด", "Ended"), ended),
        (w("บุคคลในชุดนี้", "People in this bundle"), people[facts["people"]]),
        (w("ผู้จัดทำชุดหลักฐาน", "Made by"), f"{w.who(facts['madeBy'])} · {w.time(facts['madeAt'])}"),
    ]


def _proved(w: Words, history: Mapping[str, Any]) -> list[str]:
    if not history["valid"]:
        th = f"ประวัติถูกแก้ไข: ลูกโซ่แฮชขาดที่เหตุการณ์ที่ {history['firstBadSequence']}"
        return [w(th, f"The history was changed: its hash chain breaks at event {history['firstBadSequence']}.")]
    events, signed = history["events"], history["signedEvents"]
    said = [
        w(
            f"ตรวจลูกโซ่แฮชครบ {events} เหตุการณ์แล้ว ไม่พบการแก้ไข แทรก ย้าย หรือตัดทอน",
            f"The hash chain of all {events} events was followed: none was changed, inserted, moved or cut off.",
        ),
        w(
            f"{signed} เหตุการณ์แรกอยู่ในจุดตรวจสอบที่ระบบลงลายมือชื่อไว้ก่อนแล้ว",
            f"The first {signed} events are covered by a checkpoint that was signed before.",
        )
        if signed
        else w(
            "ขณะจัดทำยังไม่มีจุดตรวจสอบครอบคลุมเรื่องนี้ ประวัติรับรองด้วยลายมือชื่อของชุดหลักฐานนี้",
            "No checkpoint covered this case yet when it was made; its history is signed with this bundle.",
        ),
    ]
    if not history["given"]:
        said.append(
            w(
                "ไม่ได้แนบเหตุการณ์ตามที่เก็บไว้ เพราะมีค่าที่ผู้จัดทำไม่มีสิทธิเห็น จึงตรวจลูกโซ่นอกระบบด้วยชุดนี้ไม่ได้",
                "The stored events are not in this bundle, as they hold values that its maker may not see: the chain "
                "cannot be verified with it alone.",
            )
        )
    return [*said, w(f"แฮชสุดท้าย {history['head']}", f"Last hash {history['head']}")]


def _timeline(sheet: Sheet, w: Words, evidence: Evidence, nodes: Any) -> None:
    shown = [event for event in evidence.events if event["type"] in EVENTS]
    sheet.heading(w.both("ลำดับเหตุการณ์", "What happened"))
    th = f"แสดง {min(len(shown), MOST_LINES)} จาก {len(evidence.events)} เหตุการณ์ ทั้งหมดอยู่ใน history/shown.jsonl"
    en = f"{min(len(shown), MOST_LINES)} of {len(evidence.events)} events; all are in history/shown.jsonl."
    sheet.say(w(th, en))
    rows = [
        [str(e["sequence"]), w.time(e["at"]), EVENTS[e["type"]][w.n],
         w.named(name_of(e["elementId"], nodes)) if e["elementId"] else "", w.who(e["actor"], e["onBehalfOf"])]
        for e in shown[:MOST_LINES]
    ]  # fmt: skip
    columns = ("#", w("เมื่อ", "When"), w("เหตุการณ์", "Event"), w(*STEP), w(*BY))
    sheet.grid(columns, rows, (0.07, 0.18, 0.25, 0.3, 0.2))
