"""Sections 10.3 and 10.5: activities and events.

A resource role is a resource with its parameters or an expression, one of the two (10.3.1.1); the table allows both.
`loopMaximum` is a whole number in the schema; this engine takes an expression in it, too.
"""

from __future__ import annotations

from engine.execution.lint.schema.notation import row

_ACTIVITIES = (
    row(
        "activity", "flowNode",
        "isForCompensation:boolean startQuantity:integer completionQuantity:integer default:IDREF",
        "ioSpecification? property* dataInputAssociation* dataOutputAssociation* resourceRole* loopCharacteristics?",
        abstract=True,
    ),
    row("task", "activity", group="flowElement"),
    row("manualTask", "task", group="flowElement"),
    row("userTask", "task", "implementation:anyURI", "rendering*", group="flowElement"),
    row("serviceTask", "task", "implementation:anyURI operationRef:QName", group="flowElement"),
    row("sendTask", "task", "implementation:anyURI messageRef:QName operationRef:QName", group="flowElement"),
    row(
        "receiveTask", "task", "implementation:anyURI instantiate:boolean messageRef:QName operationRef:QName",
        group="flowElement",
    ),
    row("businessRuleTask", "task", "implementation:anyURI", group="flowElement"),
    row("scriptTask", "task", "scriptFormat:string", "script?", group="flowElement"),
    row("script", None, mixed=True, inside="any"),
    row("rendering"),
    row("callActivity", "activity", "calledElement:QName", group="flowElement"),
    row("subProcess", "activity", "triggeredByEvent:boolean", "laneSet* flowElement* artifact*", group="flowElement"),
    row("transaction", "subProcess", "method:anyURI", group="flowElement"),
    row(
        "adHocSubProcess", "subProcess", "cancelRemainingInstances:boolean ordering=Parallel|Sequential",
        "completionCondition:expression?", group="flowElement",
    ),
)  # fmt: skip
_GLOBAL_TASKS = (
    row("globalTask", "callableElement", content="resourceRole*", group="rootElement"),
    row("globalManualTask", "globalTask", group="rootElement"),
    row("globalUserTask", "globalTask", "implementation:anyURI", "rendering*", group="rootElement"),
    row("globalScriptTask", "globalTask", "scriptLanguage:anyURI", "script?", group="rootElement"),
    row("globalBusinessRuleTask", "globalTask", "implementation:anyURI", group="rootElement"),
)
_RESOURCES = (
    row(
        "resourceRole", attributes="name:string",
        content="resourceRef:QName? resourceParameterBinding* resourceAssignmentExpression?",
    ),
    row("performer", "resourceRole", group="resourceRole"),
    row("humanPerformer", "performer", group="performer"),
    row("potentialOwner", "humanPerformer", group="performer"),
    row("resourceParameterBinding", attributes="parameterRef:QName!", content="expression"),
    row("resourceAssignmentExpression", content="expression"),
)  # fmt: skip
_LOOPS = (
    row("loopCharacteristics", abstract=True),
    row(
        "standardLoopCharacteristics", "loopCharacteristics", "testBefore:boolean loopMaximum:integerOrFeel",
        "loopCondition:expression?", group="loopCharacteristics",
    ),
    row(
        "multiInstanceLoopCharacteristics", "loopCharacteristics",
        "isSequential:boolean behavior=None|One|All|Complex oneBehaviorEventRef:QName noneBehaviorEventRef:QName",
        "loopCardinality:expression? loopDataInputRef:QName? loopDataOutputRef:QName? inputDataItem:dataInput? "
        "outputDataItem:dataOutput? complexBehaviorDefinition* completionCondition:expression?",
        group="loopCharacteristics",
    ),
    row("complexBehaviorDefinition", content="condition:formalExpression event:implicitThrowEvent?"),
)  # fmt: skip
_EVENTS = (
    row("event", "flowNode", content="property*", abstract=True),
    row(
        "catchEvent", "event", "parallelMultiple:boolean",
        "dataOutput* dataOutputAssociation* outputSet? eventDefinition* eventDefinitionRef:QName*", abstract=True,
    ),
    row(
        "throwEvent", "event",
        content="dataInput* dataInputAssociation* inputSet? eventDefinition* eventDefinitionRef:QName*", abstract=True,
    ),
    row("startEvent", "catchEvent", "isInterrupting:boolean", group="flowElement"),
    row("intermediateCatchEvent", "catchEvent", group="flowElement"),
    row("boundaryEvent", "catchEvent", "cancelActivity:boolean attachedToRef:QName!", group="flowElement"),
    row("intermediateThrowEvent", "throwEvent", group="flowElement"),
    row("implicitThrowEvent", "throwEvent", group="flowElement"),
    row("endEvent", "throwEvent", group="flowElement"),
)  # fmt: skip
_DEFINITIONS = (
    row("eventDefinition", "rootElement", group="rootElement", abstract=True),
    row("cancelEventDefinition", "eventDefinition", group="eventDefinition"),
    row(
        "compensateEventDefinition", "eventDefinition", "waitForCompletion:boolean activityRef:QName",
        group="eventDefinition",
    ),
    row("conditionalEventDefinition", "eventDefinition", content="condition:expression", group="eventDefinition"),
    row("errorEventDefinition", "eventDefinition", "errorRef:QName", group="eventDefinition"),
    row("escalationEventDefinition", "eventDefinition", "escalationRef:QName", group="eventDefinition"),
    row(
        "linkEventDefinition", "eventDefinition", "name:string!", "source:QName* target:QName?",
        group="eventDefinition",
    ),
    row(
        "messageEventDefinition", "eventDefinition", "messageRef:QName", "operationRef:QName?", group="eventDefinition",
    ),
    row("signalEventDefinition", "eventDefinition", "signalRef:QName", group="eventDefinition"),
    row("terminateEventDefinition", "eventDefinition", group="eventDefinition"),
    row(
        "timerEventDefinition", "eventDefinition",
        content="timeDate:expression|timeDuration:expression|timeCycle:expression?", group="eventDefinition",
    ),
)  # fmt: skip
ROWS = (*_ACTIVITIES, *_GLOBAL_TASKS, *_RESOURCES, *_LOOPS, *_EVENTS, *_DEFINITIONS)
