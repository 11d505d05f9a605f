"""The words of the summary of a case, in Thai with English beside it; and what happened, by the type of its event."""

from __future__ import annotations

from collections.abc import Mapping

# what a reader of the summary wants to know of; the others (elements, flows, values) are counted
EVENTS: Mapping[str, tuple[str, str]] = {
    "instance-created": ("เริ่มเรื่อง", "Case started"), "instance-completed": ("เรื่องเสร็จสิ้น", "Case completed"),
    "instance-terminated": ("เรื่องสิ้นสุดก่อนเสร็จ", "Case ended"), "instance-cancelled": ("ยกเลิกเรื่อง", "Case cancelled"),
    "instance-suspended": ("พักเรื่อง", "Case suspended"), "instance-resumed": ("ดำเนินเรื่องต่อ", "Case resumed"),
    "instance-modified": ("ย้ายขั้นตอนโดยเจ้าหน้าที่", "Case moved by hand"),
    "instance-migrated": ("ย้ายไปใช้ฉบับอื่น", "Case migrated"), "instance-deleted": ("ลบข้อมูลของเรื่อง", "Data deleted"),
    "business-id-assigned": ("กำหนดเลขที่เรื่อง", "Case number given"), "child-started": ("เริ่มเรื่องย่อย", "Called case"),
    "user-task-created": ("มีงานให้ทำ", "Task created"), "user-task-claimed": ("รับงาน", "Task claimed"),
    "user-task-assigned": ("มอบหมายงาน", "Task assigned"), "user-task-unassigned": ("คืนงาน", "Task given back"),
    "user-task-completed": ("ทำงานเสร็จ", "Task completed"), "user-task-delegated": ("ขอให้ช่วยทำงาน", "Help asked for"),
    "user-task-resolved": ("ผู้ช่วยส่งงานคืน", "Help given"), "user-task-handed-over": ("ส่งมอบงาน", "Task handed over"),
    "user-task-returned": ("ส่งเรื่องกลับ", "Case sent back"), "user-task-recalled": ("ดึงงานกลับ", "Task taken back"),
    "co-signatures-asked": ("ขอให้ร่วมลงนาม", "Co-signatures asked"), "co-signature-given": ("ร่วมลงนาม", "Co-signed"),
    "co-signature-refused": ("ไม่ร่วมลงนาม", "Co-signature refused"),
    "control-point-passed": ("ผ่านจุดควบคุม", "Control point passed"),
    "control-point-failed": ("ไม่ผ่านจุดควบคุม", "Control point failed"),
    "control-point-waived": ("ยกเว้นจุดควบคุม", "Control point waived"),
    "control-point-waiver-granted": ("อนุมัติการยกเว้นจุดควบคุม", "Waiver granted"),
    "intervention-requested": ("ขอแทรกแซงเรื่อง", "Intervention requested"),
    "intervention-approved": ("อนุมัติการแทรกแซง", "Intervention approved"),
    "intervention-rejected": ("ไม่อนุมัติการแทรกแซง", "Intervention rejected"),
    "intervention-withdrawn": ("ถอนคำขอแทรกแซง", "Intervention withdrawn"),
    "decision-evaluated": ("ใช้ตารางตัดสินใจ", "Decision evaluated"),
    "deadline-started": ("เริ่มนับกำหนดเวลา", "Deadline started"), "deadline-moved": ("กำหนดเวลาเลื่อน", "Deadline moved"),
    "deadline-extended": ("ขยายกำหนดเวลา", "Deadline extended"),
    "deadline-supplemented": ("ให้เหตุผลเพิ่มเติม", "Deadline supplemented"),
    "deadline-stopped": ("หยุดนับกำหนดเวลา", "Deadline stopped"), "deadline-missed": ("พ้นกำหนดเวลา", "Deadline missed"),
    "deadline-resumed": ("นับกำหนดเวลาต่อ", "Deadline runs again"),
    "deadline-out-of-term": ("พ้นระยะที่ทำล่าช้าได้", "Late period over"),
    "variables-updated": ("แก้ไขข้อมูล", "Data changed"), "variables-corrected": ("แก้ข้อมูลตั้งต้น", "Data corrected"),
    "comment-written": ("แสดงความเห็น", "Comment"), "document-added": ("แนบเอกสาร", "Document added"),
    "document-deleted": ("ลบเอกสาร", "Document deleted"), "document-expired": ("เอกสารหมดอายุ", "Document expired"),
    "classified": ("เปลี่ยนชั้นความลับ", "Class changed"), "incident-raised": ("เกิดเหตุขัดข้อง", "Incident raised"),
    "incident-resolved": ("แก้เหตุขัดข้องแล้ว", "Incident resolved"), "hold-placed": ("สั่งระงับการลบ", "Legal hold placed"),
    "hold-ended": ("เลิกระงับการลบ", "Legal hold ended"),
    "personal-data-erased": ("ลบข้อมูลส่วนบุคคล", "Personal data erased"),
    "due-time-changed": ("เปลี่ยนเวลาของตัวจับเวลา", "Timer changed"), "reminder-sent": ("เตือน", "Reminder sent"),
    "escalation-sent": ("แจ้งผู้บังคับบัญชา", "Escalated"), "message-received": ("ได้รับข้อความ", "Message received"),
    "timer-fired": ("ถึงเวลาที่ตั้งไว้", "Timer fired"),
}  # fmt: skip
STATES: Mapping[str, tuple[str, str]] = {
    "ACTIVE": ("กำลังดำเนินการ", "active"), "SUSPENDED": ("พักไว้", "suspended"),
    "COMPLETED": ("เสร็จสิ้น", "completed"), "TERMINATED": ("สิ้นสุดก่อนเสร็จ", "terminated"),
    "DELETED": ("ลบข้อมูลแล้ว", "deleted"), "active": ("กำลังทำ", "open"), "completed": ("เสร็จ", "completed"),
    "terminated": ("ยุติ", "ended early"), "passed": ("ผ่าน", "passed"), "failed": ("ไม่ผ่าน", "failed"),
    "waived": ("ยกเว้น", "waived"), "RUNNING": ("กำลังนับ", "running"), "KEPT": ("ทันกำหนด", "kept"),
    "MISSED": ("พ้นกำหนด", "missed"), "LATE": ("ล่าช้า", "late"), "OUT_OF_TERM": ("พ้นระยะล่าช้า", "out of term"),
    "CANCELLED": ("ไม่ต้องนับแล้ว", "cancelled"), "statutory": ("ตามกฎหมาย", "set by law"),
    "internal": ("ภายใน", "internal"),
}  # fmt: skip
_MONTHS = "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.".split()
LANGUAGES = ("th", "en")


def month_of(number: int) -> str:
    """The short Thai name of a month, 1 to 12."""
    return _MONTHS[number - 1]
