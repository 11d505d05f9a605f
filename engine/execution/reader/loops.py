"""Loops and ad-hoc sub-processes (BPMN 2.0.2, sections 10.3.8 and 10.3.5.3; zeebe:loopCharacteristics, zeebe:adHoc)."""

from __future__ import annotations

from lxml import etree

from engine.execution.reader.events import Roots
from engine.execution.reader.faults import FaultList
from engine.execution.reader.loop_data import read_loop_data
from engine.execution.reader.loop_events import read_throws
from engine.execution.reader.names import BPMN, ZEEBE, body, child, extension, flag
from engine.model.diagram import AdHoc, MultiInstance, StandardLoop


def read_loop(
    element: etree._Element, node_id: str, known: Roots, faults: FaultList
) -> MultiInstance | StandardLoop | None:
    """The loop characteristics of an activity, or None."""
    standard = child(element, BPMN, "standardLoopCharacteristics")
    if standard is not None and child(element, BPMN, "multiInstanceLoopCharacteristics") is not None:
        faults.add(node_id, "loop-several", "งานหนึ่งวนซ้ำได้แบบเดียว", "An activity has one kind of loop.")
    if standard is not None:
        return _standard(standard, node_id, faults)
    found = child(element, BPMN, "multiInstanceLoopCharacteristics")
    return None if found is None else _multi_instance(found, element, node_id, known, faults)


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


def _multi_instance(
    found: etree._Element, element: etree._Element, node_id: str, known: Roots, faults: FaultList
) -> MultiInstance | None:
    said = _attributes(extension(found, ZEEBE, "loopCharacteristics")).get
    data = read_loop_data(found, element, node_id, known, faults)
    condition = body(child(found, BPMN, "completionCondition"))
    inputs = [
        faults.feel(node_id, said("inputCollection") or None, "inputCollection"), data.collection,
        _counted(found, node_id, faults),
    ]  # fmt: skip
    collections = [i for i in inputs if i is not None]
    named = [(said("inputElement"), data.item), (said("outputCollection"), data.results)]
    if len(collections) > 1 or any(ours and theirs for ours, theirs in [*named, (said("outputElement"), data.result)]):
        faults.add(
            node_id, "loop-twice", "งานแบบหลายรายการระบุข้อมูลซ้ำกันสองแบบ",
            "A multi-instance activity says twice what it goes through, or where its results go.",
        )  # fmt: skip
    if not collections:
        if child(found, BPMN, "loopDataInputRef") is None:  # else it was found wanting already
            faults.add(
                node_id, "loop-collection",
                "งานแบบหลายรายการต้องมี inputCollection, loopDataInputRef หรือ loopCardinality",
                "A multi-instance activity needs an inputCollection, a loopDataInputRef or a loopCardinality.",
            )  # fmt: skip
        return None
    results, result = said("outputCollection") or data.results, said("outputElement")
    if bool(results) != bool(result or data.result):
        faults.add(
            node_id, "loop-output",
            "outputCollection และ outputElement ต้องระบุคู่กัน เช่นเดียวกับ loopDataOutputRef และ outputDataItem",
            "outputCollection and outputElement go together, and so do loopDataOutputRef and outputDataItem.",
        )  # fmt: skip
    return MultiInstance(
        input_collection=collections[0], input_element=said("inputElement") or data.item, output_collection=results,
        output_element=faults.feel(node_id, result, "outputElement") or data.result,
        sequential=flag(found, "isSequential"),
        completion_condition=faults.feel(node_id, condition, "completionCondition"),
        throws=read_throws(found, node_id, known, faults),
    )  # fmt: skip


def _counted(found: etree._Element, node_id: str, faults: FaultList) -> str | None:
    """loopCardinality as a collection: the numbers from one on."""
    cardinality = body(child(found, BPMN, "loopCardinality"))
    if cardinality is None:
        return None
    number = cardinality.lstrip().removeprefix("=")
    if not cardinality.lstrip().startswith("=") and not cardinality.isdecimal():
        faults.add(
            node_id, "loop-cardinality", "loopCardinality ต้องเป็นจำนวนเต็ม หรือ FEEL ที่ขึ้นต้นด้วย =",
            "loopCardinality is a whole number, or FEEL beginning with =.",
        )  # fmt: skip
    faults.check_feel(node_id, number, "loopCardinality")
    return f"if ({number}) < 1 then [] else for i in 1..({number}) return i"


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
