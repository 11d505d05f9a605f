"""Loops and ad-hoc sub-processes (BPMN 2.0.2, sections 10.3.8 and 10.3.5.3; zeebe:loopCharacteristics, zeebe:adHoc)."""

from __future__ import annotations

from lxml import etree

from engine.execution.reader.faults import FaultList
from engine.execution.reader.names import BPMN, ZEEBE, body, child, extension, flag
from engine.model.diagram import AdHoc, MultiInstance, StandardLoop


def read_loop(element: etree._Element, node_id: str, faults: FaultList) -> MultiInstance | StandardLoop | None:
    """The loop characteristics of an activity, or None."""
    standard = child(element, BPMN, "standardLoopCharacteristics")
    if standard is not None and child(element, BPMN, "multiInstanceLoopCharacteristics") is not None:
        faults.add(node_id, "loop-several", "งานหนึ่งวนซ้ำได้แบบเดียว", "An activity has one kind of loop.")
    if standard is not None:
        return _standard(standard, node_id, faults)
    found = child(element, BPMN, "multiInstanceLoopCharacteristics")
    return None if found is None else _multi_instance(found, node_id, faults)


def _standard(found: etree._Element, node_id: str, faults: FaultList) -> StandardLoop:
    condition = body(child(found, BPMN, "loopCondition"))
    maximum = found.get("loopMaximum")
    if condition is None and maximum is None:
        faults.add(
            node_id, "loop-without-end", "งานวนซ้ำต้องมีเงื่อนไข (loopCondition) หรือจำนวนรอบสูงสุด (loopMaximum)",
            "A standard loop needs a loopCondition or a loopMaximum.",
        )  # fmt: skip
    return StandardLoop(
        condition=faults.feel(node_id, condition, "loopCondition"),
        test_before=flag(found, "testBefore"),
        maximum=faults.text_or_feel(node_id, maximum, "loopMaximum"),
    )


def _multi_instance(found: etree._Element, node_id: str, faults: FaultList) -> MultiInstance | None:
    behavior = found.get("behavior", "All")
    if behavior != "All" or child(found, BPMN, "complexBehaviorDefinition") is not None:
        faults.add(node_id, "loop-behavior", f"ยังไม่รองรับ behavior={behavior}", f"behavior={behavior} is not supported.")
    loop = extension(found, ZEEBE, "loopCharacteristics")
    condition = body(child(found, BPMN, "completionCondition"))
    completion = faults.feel(node_id, condition, "completionCondition")
    sequential = flag(found, "isSequential")
    if loop is not None and loop.get("inputCollection"):
        output, element = loop.get("outputCollection"), loop.get("outputElement")
        if bool(output) != bool(element):
            faults.add(
                node_id, "loop-output", "ต้องระบุ outputCollection และ outputElement คู่กัน",
                "outputCollection and outputElement go together.",
            )  # fmt: skip
        return MultiInstance(
            input_collection=faults.feel(node_id, loop.get("inputCollection"), "inputCollection") or "[]",
            input_element=loop.get("inputElement"), output_collection=output,
            output_element=faults.feel(node_id, element, "outputElement"),
            sequential=sequential, completion_condition=completion,
        )  # fmt: skip
    cardinality = body(child(found, BPMN, "loopCardinality"))
    if cardinality is None:
        faults.add(
            node_id, "loop-collection",
            "งานแบบหลายรายการต้องมี zeebe:loopCharacteristics ที่ระบุ inputCollection หรือ loopCardinality",
            "A multi-instance activity needs zeebe:loopCharacteristics with an inputCollection, or a loopCardinality.",
        )  # fmt: skip
        return None
    number = cardinality.lstrip().removeprefix("=")
    if not cardinality.lstrip().startswith("=") and not cardinality.isdecimal():
        faults.add(
            node_id, "loop-cardinality", "loopCardinality ต้องเป็นจำนวนเต็ม หรือ FEEL ที่ขึ้นต้นด้วย =",
            "loopCardinality is a whole number, or FEEL beginning with =.",
        )  # fmt: skip
    faults.check_feel(node_id, number, "loopCardinality")
    whole = f"if ({number}) < 1 then [] else for i in 1..({number}) return i"
    return MultiInstance(whole, None, None, None, sequential, completion)


def read_ad_hoc(element: etree._Element, node_id: str, faults: FaultList) -> AdHoc:
    """What begins in an ad-hoc sub-process, and when it is done."""
    found = extension(element, ZEEBE, "adHoc")
    condition = body(child(element, BPMN, "completionCondition"))
    get = _attributes(found).get
    if bool(get("outputCollection")) != bool(get("outputElement")):
        faults.add(
            node_id, "ad-hoc-output", "zeebe:adHoc ต้องระบุ outputCollection และ outputElement คู่กัน",
            "outputCollection and outputElement of zeebe:adHoc go together.",
        )  # fmt: skip
    return AdHoc(
        active_elements=faults.feel(node_id, get("activeElementsCollection"), "activeElementsCollection"),
        completion_condition=faults.feel(node_id, condition, "completionCondition"),
        cancel_remaining=flag(element, "cancelRemainingInstances", True),
        sequential=element.get("ordering", "Parallel") == "Sequential",
        output_collection=get("outputCollection"),
        output_element=faults.feel(node_id, get("outputElement"), "outputElement"),
    )


def _attributes(element: etree._Element | None) -> dict[str, str]:
    return {} if element is None else {str(name): str(value) for name, value in element.attrib.items()}
