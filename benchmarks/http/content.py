"""The process of the HTTP benchmark: twelve tasks with a form, a control point, a deadline and standard times."""

from __future__ import annotations

import orjson

TASKS = 12

FORM = orjson.dumps(
    {
        "schemaVersion": 16,
        "type": "default",
        "id": "bench.check",
        "components": [
            {"type": "number", "key": "amount", "id": "a", "label": "จำนวน", "validate": {"required": True, "min": 1}},
            {"type": "textarea", "key": "note", "id": "n", "label": "บันทึก", "validate": {"maxLength": 2000}},
            {"type": "checkbox", "key": "checked", "id": "c", "label": "ตรวจแล้ว"},
        ],
    }
)


def _task(number: int) -> str:
    return f"""
    <bpmn:userTask id="t{number}" name="ขั้นตอนที่ {number}">
      <bpmn:extensionElements>
        <zeebe:userTask/><zeebe:formDefinition formId="bench.check"/>
        <zeebe:assignmentDefinition candidateGroups="bench_group, other_group"/>
        <krabuan:step key="step-{number}" number="{number}" standardTime="P3D" calendar="working"/>
        <krabuan:controlPoint id="cp-step-{number}-1" mandatory="true">
          <krabuan:text lang="th">ตรวจจำนวนแล้ว</krabuan:text><krabuan:text lang="en">Amount checked</krabuan:text>
          <krabuan:binding type="formField" field="amount" expression="=value &lt;= 500000"/>
        </krabuan:controlPoint>
      </bpmn:extensionElements>
    </bpmn:userTask>
    <bpmn:sequenceFlow id="f{number}" sourceRef="t{number}" targetRef="t{number + 1}"/>"""


PROCESS = f"""<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:krabuan="https://krabuan.org/schema/1.0"
    targetNamespace="https://krabuan.org/benchmarks">
  <bpmn:process id="bench" name="bench" isExecutable="true">
    <bpmn:startEvent id="start"/>
    <bpmn:sequenceFlow id="f0" sourceRef="start" targetRef="t1"/>
    {"".join(_task(n) for n in range(1, TASKS + 1))}
    <bpmn:endEvent id="t{TASKS + 1}"/>
  </bpmn:process>
</bpmn:definitions>
""".encode()
