"""Common patterns of processes as pieces of BPMN, ready to be put into a sequence flow.

In each, `{n}` makes the ids new, `{performer}` stands where the assignment of a task does, `{recipients}` where a FEEL
list of groups does, `{out}` where the id of the flow that goes on does. What flows in and out of a node is not written.
"""

from __future__ import annotations

from dataclasses import dataclass

BPMN, ZEEBE = "http://www.omg.org/spec/BPMN/20100524/MODEL", "http://camunda.org/schema/zeebe/1.0"
KRABUAN, XSI = "https://krabuan.org/schema/1.0", "http://www.w3.org/2001/XMLSchema-instance"


@dataclass(frozen=True, slots=True)
class Pattern:
    """`first` and `last`, without `{n}`, are the flow nodes that the flow leads to and goes on from; `around` is said
    of the process, or sub-process, that it is put into."""

    id: str
    th: str
    en: str
    about_th: str
    about_en: str
    first: str
    last: str
    body: str
    around: str = ""


def _task(id_: str, th: str, en: str, more: str = "", inside: str = "", performer: str = "{performer}") -> str:
    return (
        f'<bpmn:userTask id="{id_}_{{n}}" name="{th}"><bpmn:extensionElements>'
        f'<krabuan:text lang="en">{en}</krabuan:text><zeebe:userTask/>{performer}{more}</bpmn:extensionElements>'
        f"{inside}</bpmn:userTask>"
    )


def _flow(id_: str, source: str, target: str, th: str = "", en: str = "", condition: str = "") -> str:
    name = f' name="{th}"' if th else ""
    text = f'<krabuan:text lang="en">{en}</krabuan:text>'
    words = f"<bpmn:extensionElements>{text}</bpmn:extensionElements>" if en else ""
    if condition:
        words += f'<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">{condition}</bpmn:conditionExpression>'
    ends = f'sourceRef="{source}_{{n}}" targetRef="{target}_{{n}}"'
    return f'<bpmn:sequenceFlow id="{id_}_{{n}}"{name} {ends}>{words}</bpmn:sequenceFlow>'


def _another(task: str) -> str:
    return f'<krabuan:duty type="differentFrom" element="{task}_{{n}}"/>'


REVIEW = Pattern(
    "review-and-return", "ตรวจทานและส่งกลับแก้ไข", "Review and return",
    "ผู้อื่นตรวจทานงานที่จัดทำ หากไม่ผ่านให้ส่งกลับไปแก้ไขจนกว่าจะผ่าน",
    "Another person reviews what was prepared, and sends it back until it is right.",
    "Task_Prepare", "Gateway_Reviewed",
    _task("Task_Prepare", "จัดทำเรื่อง", "Prepare")
    + _flow("Flow_Prepared", "Task_Prepare", "Task_Review")
    + _task("Task_Review", "ตรวจทานเรื่อง", "Review", _another("Task_Prepare"))
    + _flow("Flow_Reviewed", "Task_Review", "Gateway_Reviewed")
    + '<bpmn:exclusiveGateway id="Gateway_Reviewed_{n}" name="ผ่านการตรวจทานหรือไม่" default="{out}">'
    '<bpmn:extensionElements><krabuan:text lang="en">Approved?</krabuan:text></bpmn:extensionElements>'
    "</bpmn:exclusiveGateway>"
    + _flow("Flow_Returned", "Gateway_Reviewed", "Task_Prepare", "ส่งกลับแก้ไข", "Returned", "=review_passed_{n} = false"),
)  # fmt: skip
SECOND_EYES = Pattern(
    "second-eyes", "ยืนยันโดยบุคคลที่สอง", "Second eyes",
    "ผู้อื่นยืนยันสิ่งที่ทำไปแล้ว เป็นจุดควบคุมที่ต้องผ่าน",
    "Another person confirms what was done: a control point that must hold.",
    "Task_Do", "Task_Confirm",
    _task("Task_Do", "ดำเนินการ", "Carry out")
    + _flow("Flow_Done", "Task_Do", "Task_Confirm")
    + _task(
        "Task_Confirm", "บุคคลที่สองยืนยัน", "A second person confirms",
        _another("Task_Do")
        + '<krabuan:controlPoint id="cp-second-eyes-{n}" mandatory="true">'
        '<krabuan:text lang="th">ผู้ยืนยันไม่ใช่ผู้ดำเนินการ</krabuan:text>'
        '<krabuan:text lang="en">Who confirms is not who carried it out</krabuan:text>'
        '<krabuan:binding type="condition" expression="=case.performers.Task_Do_{n} != task.completedBy"/>'
        "</krabuan:controlPoint>",
    ),
)  # fmt: skip
CLOCK = Pattern(
    "statutory-clock", "กำหนดเวลาตามกฎหมาย", "Statutory clock",
    "งานที่ต้องเสร็จภายในกำหนดตามกฎหมาย มีการเตือนก่อนครบกำหนดและเมื่อเกินกำหนด และแจ้งเตือนเมื่อครบกำหนด",
    "A task with a term set by law: reminders before it ends and when it is over, and a mail drawn where it ends.",
    "Task_InTime", "Task_InTime",
    _task(
        "Task_InTime", "ดำเนินการให้ทันกำหนด", "Act in time",
        '<krabuan:reminder deadline="dl-clock-{n}" before="P3D" to="performer group" action="notify"/>'
        '<krabuan:reminder deadline="dl-clock-{n}" to="head" action="notify"/>',
    )
    + '<bpmn:boundaryEvent id="Timer_Ends_{n}" name="ครบกำหนดตามกฎหมาย" '
    'attachedToRef="Task_InTime_{n}" cancelActivity="false">'
    '<bpmn:extensionElements><krabuan:text lang="en">The term ends</krabuan:text></bpmn:extensionElements>'
    '<bpmn:timerEventDefinition id="TimerDef_Ends_{n}"><bpmn:timeDate xsi:type="bpmn:tFormalExpression">'
    '=date and time(clock_started_at_{n}) + duration("P15D")</bpmn:timeDate></bpmn:timerEventDefinition>'
    "</bpmn:boundaryEvent>"
    + _flow("Flow_Ends", "Timer_Ends", "Mail_Ends")
    + '<bpmn:sendTask id="Mail_Ends_{n}" name="แจ้งว่าครบกำหนด"><bpmn:extensionElements>'
    '<krabuan:text lang="en">Tell that the term has ended</krabuan:text><zeebe:taskDefinition type="krabuan:mail"/>'
    '<zeebe:ioMapping><zeebe:input source="={recipients}" target="to"/>'
    '<zeebe:input source="=&quot;ครบกำหนดตามกฎหมายแล้ว / The term set by law has ended&quot;" target="subject"/>'
    '<zeebe:input source="=&quot;โปรดดำเนินการโดยเร็ว / Please act at once&quot;" target="body"/>'
    '<zeebe:input source="=&quot;dl-clock-{n}&quot;" target="deadline"/></zeebe:ioMapping></bpmn:extensionElements>'
    "</bpmn:sendTask>"
    + _flow("Flow_Told", "Mail_Ends", "End_Told")
    + '<bpmn:endEvent id="End_Told_{n}"/>',
    '<krabuan:deadline id="dl-clock-{n}" kind="statutory" from="=clock_started_at_{n}" duration="P15D" '
    'calendar="calendar" stoppedBy="Task_InTime_{n}">'
    '<krabuan:text lang="th">ดำเนินการภายในสิบห้าวันนับแต่วันที่เริ่มนับเวลา</krabuan:text>'
    '<krabuan:text lang="en">Act within fifteen days of the day from which the time counts</krabuan:text>'
    "</krabuan:deadline>",
)  # fmt: skip
AGENCIES = Pattern(
    "per-agency", "รวบรวมจากหลายหน่วยงาน", "Collection from several agencies",
    "เลือกหน่วยงาน แล้วให้ทุกหน่วยงานส่งข้อมูลพร้อมกัน เมื่อครบแล้วจึงรวบรวม",
    "Agencies are chosen, all of them answer at the same time, and what they sent is put together.",
    "Task_ChooseAgencies", "Task_Collect",
    _task("Task_ChooseAgencies", "เลือกหน่วยงานที่ต้องส่งข้อมูล", "Choose the agencies")
    + _flow("Flow_Chosen", "Task_ChooseAgencies", "Task_Answer")
    + _task(
        "Task_Answer", "หน่วยงานส่งข้อมูล", "Each agency answers",
        inside="<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements>"
        '<zeebe:loopCharacteristics inputCollection="=agencies_{n}" inputElement="agency" '
        'outputCollection="answers_{n}" outputElement="=answer"/></bpmn:extensionElements>'
        "</bpmn:multiInstanceLoopCharacteristics>",
        performer='<zeebe:assignmentDefinition candidateGroups="=agency"/>',
    )
    + _flow("Flow_Answered", "Task_Answer", "Task_Collect")
    + _task("Task_Collect", "รวบรวมข้อมูลของทุกหน่วยงาน", "Put the answers together"),
)  # fmt: skip
PATTERNS = {each.id: each for each in (REVIEW, SECOND_EYES, CLOCK, AGENCIES)}
