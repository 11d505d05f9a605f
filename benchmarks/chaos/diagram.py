"""The process of the storm, and what each case's number demands of it: its way, its end, and every event once.

A user task with a timer, then a worker's job, a pause and a message side by side, a decision, and a task that its
assignee gets a mail about.
"""

from __future__ import annotations

from collections.abc import Mapping

PROCESS_ID = "storm"
JOB_TYPE, MESSAGE, ERROR = "pay", "paper", "REFUSED"
GROUP, DESKS = "storm_clerks", 4


def clerk_of(desk: int) -> str:
    """Who does the first tasks of a desk's cases."""
    return f"clerk{desk}"


def person_of(number: int, people: int) -> str:
    """Whom the last task of a case is for, one of so many."""
    return f"person{number % people}"


def business_id(number: int) -> str:
    """What a case is called."""
    return f"S-{number}"


def number_of(business: str) -> int:
    """The inverse of `business_id`."""
    return int(business.removeprefix("S-"))


def mode_of(number: int) -> str:
    """What is to happen to a case: plain | error (its job meets one) | refused (by the gateway) | canceled (by its
    owner, at its last task) | failing (its job fails once)."""
    return {5: "error", 6: "refused", 7: "canceled", 8: "failing"}.get(number % 10, "plain")


def events_of(number: int) -> Mapping[str, tuple[int, int]]:
    """How often each element is activated and completed in a case that came to its end."""
    mode = mode_of(number)
    once, never = (1, 1), (0, 0)
    reaches = mode != "refused"
    finished = once if mode != "canceled" else (1, 0)
    return {
        **dict.fromkeys(("start", "enter", "split", "pause", "say", "paper", "paid", "join", "decide"), once),
        "pay": (1, 0) if mode == "error" else once,
        "bounced": once if mode == "error" else never,
        "check": finished if reaches else never,
        "end": once if mode not in ("refused", "canceled") else never,
        "refused": once if mode == "refused" else never,
        PROCESS_ID: finished,
    }


def state_of(number: int) -> str:
    """The state that the case ends in."""
    return "TERMINATED" if mode_of(number) == "canceled" else "COMPLETED"


def _flows(*pairs: str) -> str:
    named = [f'<bpmn:sequenceFlow id="f{n}" sourceRef="{{}}" targetRef="{{}}"/>' for n in range(len(pairs))]
    return "\n    ".join(flow.format(*pair.split()) for flow, pair in zip(named, pairs, strict=True))


def _timer(duration: str) -> str:
    return f"<bpmn:timerEventDefinition><bpmn:timeDuration>{duration}</bpmn:timeDuration></bpmn:timerEventDefinition>"


PROCESS = f"""<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="https://krabuan.org/benchmarks">
  <bpmn:message id="M" name="{MESSAGE}">
    <bpmn:extensionElements><zeebe:subscription correlationKey="=case"/></bpmn:extensionElements>
  </bpmn:message>
  <bpmn:error id="E" errorCode="{ERROR}"/>
  <bpmn:process id="{PROCESS_ID}" name="พายุ" isExecutable="true">
    <bpmn:startEvent id="start"/>
    <bpmn:userTask id="enter" name="รับเรื่อง">
      <bpmn:extensionElements>
        <zeebe:userTask/><zeebe:assignmentDefinition candidateGroups="{GROUP}"/>
      </bpmn:extensionElements>
    </bpmn:userTask>
    <bpmn:boundaryEvent id="nudge" attachedToRef="enter" cancelActivity="false">{_timer("PT0.3S")}</bpmn:boundaryEvent>
    <bpmn:endEvent id="nudged"/>
    <bpmn:parallelGateway id="split"/>
    <bpmn:serviceTask id="pay" name="จ่าย">
      <bpmn:extensionElements><zeebe:taskDefinition type="{JOB_TYPE}" retries="9"/></bpmn:extensionElements>
    </bpmn:serviceTask>
    <bpmn:boundaryEvent id="bounced" attachedToRef="pay"><bpmn:errorEventDefinition errorRef="E"/></bpmn:boundaryEvent>
    <bpmn:exclusiveGateway id="paid"/>
    <bpmn:intermediateCatchEvent id="pause">{_timer("PT0.5S")}</bpmn:intermediateCatchEvent>
    <bpmn:serviceTask id="say" name="บันทึก">
      <bpmn:extensionElements>
        <zeebe:taskDefinition type="krabuan:log"/>
        <zeebe:ioMapping><zeebe:input source="=case" target="message"/></zeebe:ioMapping>
      </bpmn:extensionElements>
    </bpmn:serviceTask>
    <bpmn:intermediateCatchEvent id="paper"><bpmn:messageEventDefinition messageRef="M"/></bpmn:intermediateCatchEvent>
    <bpmn:parallelGateway id="join"/>
    <bpmn:exclusiveGateway id="decide" default="granted"/>
    <bpmn:userTask id="check" name="ตรวจสอบ">
      <bpmn:extensionElements>
        <zeebe:userTask/><zeebe:assignmentDefinition assignee="=who"/>
      </bpmn:extensionElements>
    </bpmn:userTask>
    <bpmn:endEvent id="end"/>
    <bpmn:endEvent id="refused"/>
    {_flows(
        "start enter", "enter split", "nudge nudged", "split pay", "split pause", "split paper", "pause say",
        "pay paid", "bounced paid", "paid join", "say join", "paper join", "join decide", "check end",
    )}
    <bpmn:sequenceFlow id="granted" sourceRef="decide" targetRef="check"/>
    <bpmn:sequenceFlow id="no" sourceRef="decide" targetRef="refused">
      <bpmn:conditionExpression>=mode = "refused"</bpmn:conditionExpression>
    </bpmn:sequenceFlow>
  </bpmn:process>
</bpmn:definitions>
"""  # fmt: skip
