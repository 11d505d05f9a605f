"""Every error the engine answers with: one tree, a stable code each, never an HTTP status.

The class docstring's first line is the English text; `th` is the Thai one. `members` are facts for
machines (ids, fields) that the API adds to its problem document. Nothing secret belongs in them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from engine.model.faults import Fault


class EngineError(Exception):
    """The request could not be carried out."""

    code: ClassVar[str] = "engine-error"
    th: ClassVar[str] = "ไม่สามารถดำเนินการตามคำขอได้"

    def __init__(self, detail: str | None = None, **members: object) -> None:
        self.en = (type(self).__doc__ or "").strip().splitlines()[0]
        self.detail = detail
        self.members = members
        super().__init__(detail or self.en)


class InvalidArgument(EngineError):
    """The request contains a value that is not allowed."""

    code = "invalid-argument"
    th = "คำขอมีค่าที่ไม่ถูกต้อง"


class PeriodRefused(InvalidArgument):
    """A report cannot be about this period."""

    code = "period-refused"
    th = "ทำรายงานของช่วงเวลานี้ไม่ได้"


class ReportTooLarge(InvalidArgument):
    """There is too much to count in this period. Choose a shorter one."""

    code = "report-too-large"
    th = "ช่วงเวลานี้มีข้อมูลมากเกินไป โปรดเลือกช่วงที่สั้นลง"


class Unauthorized(EngineError):
    """Sign in first."""

    code = "unauthorized"
    th = "โปรดเข้าสู่ระบบก่อน"


class InvalidClient(Unauthorized):
    """There is no such client, or its secret is another, or it was revoked or has expired."""

    code = "invalid-client"
    th = "ไม่มีไคลเอนต์นี้ หรือรหัสลับไม่ถูกต้อง หรือถูกเพิกถอนหรือหมดอายุแล้ว"


class Forbidden(EngineError):
    """You do not have the permission that this needs."""

    code = "forbidden"
    th = "คุณไม่มีสิทธิ์ดำเนินการนี้"


class AboveClearance(Forbidden):
    """This field is above the confidentiality class that you are cleared for; its value stays as it is."""

    code = "above-clearance"
    th = "ข้อมูลช่องนี้มีชั้นความลับสูงกว่าระดับที่คุณได้รับอนุญาต จึงแก้ไขไม่ได้และค่าเดิมยังคงอยู่"


class NotFound(EngineError):
    """There is no such thing, or you may not see it."""

    code = "not-found"
    th = "ไม่พบข้อมูล หรือคุณไม่มีสิทธิ์ดูข้อมูลนี้"


class InvalidState(EngineError):
    """This is not possible in the present state."""

    code = "invalid-state"
    th = "สถานะปัจจุบันไม่อนุญาตให้ดำเนินการนี้"


class Denied(InvalidState):
    """A listener of this task said no; nothing was changed."""

    code = "denied-by-listener"
    th = "ระบบที่ตรวจสอบงานนี้ไม่อนุญาต ไม่มีการเปลี่ยนแปลงใด ๆ"


class StaleRevision(InvalidState):
    """Somebody changed this in the meantime; load it again."""

    code = "stale-revision"
    th = "มีผู้แก้ไขข้อมูลนี้ไปแล้ว โปรดโหลดข้อมูลใหม่"


class AlreadyExists(EngineError):
    """This exists already."""

    code = "already-exists"
    th = "มีข้อมูลนี้อยู่แล้ว"


class DutiesConflict(InvalidState):
    """Separation of duties: this task is for another person."""

    code = "separation-of-duties"
    th = "หลักการแบ่งแยกหน้าที่: งานนี้ต้องให้บุคคลอื่นเป็นผู้ทำ"


class NotCleared(InvalidState):
    """This person is not cleared for the confidentiality class of the case: the task is for somebody who is."""

    code = "not-cleared"
    th = "บุคคลนี้ไม่ได้รับอนุญาตให้เข้าถึงชั้นความลับของเรื่อง โปรดมอบงานให้ผู้ที่ได้รับอนุญาต"


class Delegated(InvalidState):
    """Somebody helps with this task: it comes back to whose it is first."""

    code = "task-delegated"
    th = "งานนี้มอบให้ผู้อื่นช่วยทำอยู่ ต้องส่งคืนผู้รับผิดชอบก่อน"


class SignaturesMissing(InvalidState):
    """Not everybody who has to sign this with you has agreed to it as it is now."""

    code = "signatures-missing"
    th = "ผู้ร่วมลงนามยังเห็นชอบกับข้อมูลชุดนี้ไม่ครบ"


class NotToBeReturned(InvalidState):
    """The process does not let this task be sent back there."""

    code = "not-to-be-returned"
    th = "กระบวนงานไม่ได้กำหนดให้ส่งงานนี้กลับไปยังขั้นตอนนั้น"


class NotToBeRecalled(InvalidState):
    """This task cannot be taken back (any more)."""

    code = "not-to-be-recalled"
    th = "ดึงงานนี้กลับไม่ได้ หรือดึงกลับไม่ได้แล้ว"


class NotToBeExtended(InvalidState):
    """This deadline cannot be extended (any more)."""

    code = "deadline-not-to-be-extended"
    th = "ขยายกำหนดเวลานี้ไม่ได้ หรือขยายไม่ได้แล้ว"


class SecondPersonNeeded(InvalidState):
    """This needs the approval of a second person: ask for it as an intervention."""

    code = "second-person-needed"
    th = "การดำเนินการนี้ต้องมีบุคคลที่สองอนุมัติ โปรดยื่นเป็นคำขอดำเนินการ"


class CaseHeld(InvalidState):
    """A legal hold keeps this case: until it is ended, nothing of it is deleted or erased."""

    code = "case-held"
    th = "เรื่องนี้มีคำสั่งให้เก็บรักษาไว้ จึงลบหรือทำลายข้อมูลใด ๆ ไม่ได้จนกว่าจะยกเลิกคำสั่ง"


class HistoryArchived(InvalidState):
    """The history of this case was moved to an archive; it is brought back from there by an administrator."""
    code = "history-archived"
    th = "ประวัติของเรื่องนี้ย้ายไปอยู่ในแฟ้มจดหมายเหตุแล้ว โปรดให้ผู้ดูแลระบบนำกลับมาก่อน"


class CaseRetained(InvalidState):
    """The process says how long its cases are kept, and that time is not over: nothing of this case is erased."""

    code = "case-retained"
    th = "กระบวนงานกำหนดระยะเวลาเก็บรักษาเรื่องไว้และยังไม่ครบกำหนด จึงลบข้อมูลของเรื่องนี้ไม่ได้"


class BeyondTheLaw(InvalidArgument):
    """The law allows this deadline to be extended no further than to this moment."""

    code = "beyond-lawful-limit"
    th = "กฎหมายไม่อนุญาตให้ขยายกำหนดเวลานี้เกินกว่าเวลานี้"


class ReasonNeeded(InvalidArgument):
    """Say why: this is kept in the history of the case."""

    code = "reason-needed"
    th = "โปรดระบุเหตุผล ซึ่งจะเก็บไว้ในประวัติของเรื่อง"


class NoSubstitute(Forbidden):
    """Nobody entered you as this person's substitute for now."""

    code = "no-substitute"
    th = "ขณะนี้ไม่มีการกำหนดให้คุณปฏิบัติงานแทนบุคคลนี้"


class CalendarEntryInvalid(InvalidArgument):
    """This is no entry that a calendar can have."""

    code = "calendar-entry-invalid"
    th = "รายการในปฏิทินนี้ไม่ถูกต้อง"


class CalendarEntryOverlaps(InvalidState):
    """The calendar has an entry for that time already: withdraw it first."""

    code = "calendar-entry-overlaps"
    th = "ปฏิทินมีรายการสำหรับช่วงเวลานี้อยู่แล้ว โปรดถอนรายการเดิมก่อน"


class SubstitutionOverlaps(InvalidState):
    """This person has a substitute in that time already."""

    code = "substitution-overlaps"
    th = "มีผู้ปฏิบัติงานแทนบุคคลนี้ในช่วงเวลาดังกล่าวอยู่แล้ว"


class RepeatedRequest(InvalidState):
    """The same Idempotency-Key was used for a different request."""

    code = "idempotency-key-reused"
    th = "มีการใช้ Idempotency-Key เดิมกับคำขออื่นไปแล้ว"


class ControlPointUnsatisfied(InvalidState):
    """A control point of this task is not satisfied."""

    code = "control-point-unsatisfied"
    th = "จุดควบคุมของงานนี้ยังไม่เป็นไปตามที่กำหนด"

    def __init__(self, points: Sequence[Mapping[str, object]]) -> None:
        """`points` are dicts with the keys id, text ({th, en}) and detail ({th, en} or None)."""
        super().__init__(None, controlPoints=list(points))


class FormInvalid(InvalidArgument):
    """Some answers in the form are missing or wrong."""

    code = "form-invalid"
    th = "ข้อมูลในแบบฟอร์มไม่ครบถ้วนหรือไม่ถูกต้อง"

    def __init__(self, errors: Sequence[Mapping[str, object]]) -> None:
        """`errors` are dicts with the keys field, code, th and en."""
        super().__init__(None, errors=list(errors))


class DeploymentRefused(InvalidArgument):
    """The files have faults; nothing was deployed."""

    code = "deployment-refused"
    th = "ไฟล์มีข้อผิดพลาด จึงยังไม่ได้นำขึ้นใช้งาน"

    def __init__(self, faults: Sequence[Fault], warnings: Sequence[Fault] = ()) -> None:
        """`faults` refuse; `warnings` are told with them, so that a modeler can show both."""
        self.faults, self.warnings = tuple(faults), tuple(warnings)
        super().__init__(
            "; ".join(f"{f.file}: {f.element_id or '-'}: {f.rule}: {f.en}" for f in self.faults[:20]),
            faults=[f.described() for f in (*self.faults, *self.warnings)],
        )


class ConditionFailed(InvalidArgument):
    """A condition that a process begins with gives neither true nor false; nothing was started."""

    code = "condition-failed"
    th = "เงื่อนไขที่ใช้เริ่มกระบวนงานไม่ได้ผลเป็นจริงหรือเท็จ จึงยังไม่ได้เริ่มเรื่องใด"


class InstructionsRefused(InvalidArgument):
    """These instructions cannot be carried out in this case; nothing was changed."""

    code = "instructions-refused"
    th = "ดำเนินการตามคำสั่งกับเรื่องนี้ไม่ได้ ไม่มีการเปลี่ยนแปลงใด ๆ"

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(_in_words(faults), faults=_listed(faults))


class MigrationRefused(InvalidState):
    """The case cannot go over to that version; nothing was changed."""

    code = "migration-refused"
    th = "ย้ายเรื่องไปยังฉบับนั้นไม่ได้ ไม่มีการเปลี่ยนแปลงใด ๆ"

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(_in_words(faults), faults=_listed(faults))


def _in_words(faults: Sequence[Fault]) -> str:
    return "; ".join(f"{f.element_id or '-'}: {f.rule}: {f.en}" for f in faults[:20])


def _listed(faults: Sequence[Fault]) -> list[dict[str, object]]:
    return [{"elementId": f.element_id, "rule": f.rule, "th": f.th, "en": f.en} for f in faults]


class Busy(EngineError):
    """The service is busy; try again in a moment."""

    code = "busy"
    th = "ระบบไม่ว่างชั่วคราว โปรดลองใหม่อีกครั้ง"


class TimedOut(EngineError):
    """The work was not finished in the time allowed; it goes on."""

    code = "timed-out"
    th = "ดำเนินการไม่เสร็จภายในเวลาที่กำหนด ระบบจะทำงานต่อไป"
