"""Values that are written down rather than computed: numbers in their range, names that FEEL can read."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from engine.calendar.timers import due_of_date
from engine.execution.expressions import is_feel
from engine.execution.lint.manual import SAMPLE, ZONE
from engine.execution.reader.faults import FaultList
from engine.model.diagram import MultiInstance, Node, Process, StandardLoop

# words of FEEL that begin or join expressions: a variable of that name could never be read
_RESERVED = {
    "if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "and", "or", "true", "false", "null",
    "function", "between", "instance", "of", "external",
}  # fmt: skip
_WHOLE = re.compile(r"-?\d{1,10}")


def check_values(node: Node, process: Process, faults: FaultList) -> None:
    """Check what one node says."""
    if node.job is not None:
        _check_job(node, faults)
    if node.human is not None and node.human.native:
        _check_human(node, faults)
    _check_names(node, faults)
    if isinstance(node.loop, StandardLoop) and not is_whole(node.loop.maximum, 1, 2**31 - 1):
        faults.add(node.id, "loop-maximum", "loopMaximum ต้องเป็นจำนวนเต็มบวก", "loopMaximum is a positive whole number.")
    if node.default is not None and node.default in process.flows and process.flows[node.default].condition is not None:
        faults.add(
            node.default,
            "default-condition",
            "เส้นทางหลักมีเงื่อนไขไม่ได้",
            "A default flow has no condition: it is taken when no other is.",
        )
    _check_duties(node, faults)


def is_whole(text: str | None, least: int, most: int) -> bool:
    """Whether a text is FEEL, nothing, or a whole number in a range."""
    if text is None or is_feel(text):
        return True
    return _WHOLE.fullmatch(text.strip()) is not None and least <= int(text) <= most


def _check_job(node: Node, faults: FaultList) -> None:
    assert node.job is not None
    if not is_whole(node.job.retries, 0, 1000):
        faults.add(
            node.id, "job-retries", "จำนวนครั้งที่ลองใหม่ต้องเป็น 0 ถึง 1000", "The retries are a whole number from 0 to 1000."
        )


def _check_human(node: Node, faults: FaultList) -> None:
    human = node.human
    assert human is not None
    if not is_whole(human.priority, 0, 100):
        faults.add(
            node.id,
            "task-priority",
            "ลำดับความสำคัญของงานต้องเป็น 0 ถึง 100",
            "The priority of a task is a whole number from 0 to 100.",
        )
    for text in (human.due_date, human.follow_up_date):
        if text and not is_feel(text) and not _can(partial(due_of_date, text, SAMPLE, ZONE)):
            faults.add(
                node.id, "task-schedule", f"วันเวลา {text} ไม่ถูกต้อง", f"{text} is no date and time with an offset."
            )


def _can(read: Callable[[], object]) -> bool:
    try:
        read()
    except ValueError:
        return False
    return True


def _check_names(node: Node, faults: FaultList) -> None:
    targets = [m.target for m in (*node.inputs, *node.outputs)]
    if node.script is not None:
        targets.append(node.script.result_variable)
    if node.called is not None:
        targets.append(node.called.result_variable or "")
    if isinstance(node.loop, MultiInstance):
        targets += [node.loop.input_element or "", node.loop.output_collection or ""]
    if node.ad_hoc is not None:
        targets.append(node.ad_hoc.output_collection or "")
    for target in filter(None, targets):
        check_name(node.id, target, faults)
    for mapping in node.outputs:
        if not mapping.source:
            faults.add(
                node.id,
                "mapping-source",
                f"ข้อมูลขาออก {mapping.target} ไม่มีที่มา",
                f"The output mapping to {mapping.target} has no source.",
            )


def check_name(owner: str, target: str, faults: FaultList) -> None:
    """Check the name of a variable, or a dotted path that begins with one."""
    parts = target.split(".")
    if not all(part.isidentifier() for part in parts):
        faults.add(
            owner, "variable-name", f"ชื่อตัวแปร {target} ต้องเป็นตัวอักษร ตัวเลข หรือ _ และไม่ขึ้นต้นด้วยตัวเลข",
            f"The variable {target} has letters, digits and _ only, and begins with no digit.",
        )  # fmt: skip
    elif parts[0] in _RESERVED:
        faults.add(
            owner, "variable-reserved", f"{target} เป็นคำสงวนของ FEEL ใช้เป็นชื่อตัวแปรไม่ได้",
            f"{target} is a word of FEEL and names no variable.",
        )  # fmt: skip


def _check_duties(node: Node, faults: FaultList) -> None:
    """In a loop a task may be separated from its own other rounds."""
    itself = [duty for duty in node.duties if duty.element == node.id]
    if any(duty.type == "sameAs" or node.loop is None for duty in itself):
        faults.add(
            node.id, "duty-itself", "ขั้นตอนเทียบผู้ปฏิบัติกับตนเองไม่ได้ เว้นแต่ differentFrom ในงานที่ทำหลายรอบ",
            "krabuan:duty names the task itself, which only differentFrom of a task in a loop may.",
        )  # fmt: skip
