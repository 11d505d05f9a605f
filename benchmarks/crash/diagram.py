"""The process of the crash run: a user task, a job, a timer, two parallel branches, a message between instances."""

CASE = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="https://krabuan.org/benchmarks">
  <bpmn:process id="crash" name="crash" isExecutable="true">
    <bpmn:startEvent id="start"/>
    <bpmn:userTask id="enter" name="enter">
      <bpmn:extensionElements>
        <zeebe:userTask/><zeebe:assignmentDefinition candidateGroups="staff_group"/>
      </bpmn:extensionElements>
    </bpmn:userTask>
    <bpmn:boundaryEvent id="nudge" attachedToRef="enter" cancelActivity="false">
      <bpmn:timerEventDefinition><bpmn:timeDuration>PT0.05S</bpmn:timeDuration></bpmn:timerEventDefinition>
    </bpmn:boundaryEvent>
    <bpmn:endEvent id="nudged"/>
    <bpmn:parallelGateway id="split"/>
    <bpmn:serviceTask id="pay" name="pay">
      <bpmn:extensionElements><zeebe:taskDefinition type="pay" retries="5"/></bpmn:extensionElements>
    </bpmn:serviceTask>
    <bpmn:intermediateCatchEvent id="pause">
      <bpmn:timerEventDefinition><bpmn:timeDuration>PT0.2S</bpmn:timeDuration></bpmn:timerEventDefinition>
    </bpmn:intermediateCatchEvent>
    <bpmn:serviceTask id="say" name="say">
      <bpmn:extensionElements>
        <zeebe:taskDefinition type="krabuan:log"/>
        <zeebe:ioMapping><zeebe:input source="paused" target="message"/></zeebe:ioMapping>
      </bpmn:extensionElements>
    </bpmn:serviceTask>
    <bpmn:parallelGateway id="join"/>
    <bpmn:userTask id="check" name="check">
      <bpmn:extensionElements>
        <zeebe:userTask/><zeebe:assignmentDefinition candidateGroups="staff_group"/>
      </bpmn:extensionElements>
    </bpmn:userTask>
    <bpmn:endEvent id="end"/>
    <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="enter"/>
    <bpmn:sequenceFlow id="f2" sourceRef="enter" targetRef="split"/>
    <bpmn:sequenceFlow id="f3" sourceRef="nudge" targetRef="nudged"/>
    <bpmn:sequenceFlow id="f4" sourceRef="split" targetRef="pay"/>
    <bpmn:sequenceFlow id="f5" sourceRef="split" targetRef="pause"/>
    <bpmn:sequenceFlow id="f6" sourceRef="pause" targetRef="say"/>
    <bpmn:sequenceFlow id="f7" sourceRef="pay" targetRef="join"/>
    <bpmn:sequenceFlow id="f8" sourceRef="say" targetRef="join"/>
    <bpmn:sequenceFlow id="f9" sourceRef="join" targetRef="check"/>
    <bpmn:sequenceFlow id="f10" sourceRef="check" targetRef="end"/>
  </bpmn:process>
</bpmn:definitions>
"""

# how often each element completes in one instance that ran to its end ("nudge" only if it was due in time)
ONCE = ("start", "enter", "split", "pay", "pause", "say", "join", "check", "end", "crash")
AT_MOST_ONCE = ("nudge", "nudged")
