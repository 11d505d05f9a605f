"""Chapter 10, without activities and events: processes, lanes, data, gateways."""

from __future__ import annotations

from engine.execution.lint.schema.notation import row

# 10.2 and 10.8
_PROCESS = (
    row(
        "callableElement", "rootElement", "name:string", "supportedInterfaceRef:QName* ioSpecification? ioBinding*",
        abstract=True,
    ),
    row(
        "process", "callableElement",
        "processType=None|Public|Private isClosed:boolean isExecutable:boolean definitionalCollaborationRef:QName",
        "auditing? monitoring? property* laneSet* flowElement* artifact* resourceRole* correlationSubscription* "
        "supports:QName*",
        group="rootElement",
    ),
    row("laneSet", attributes="name:string", content="lane*"),
    row(
        "lane", attributes="name:string partitionElementRef:QName",
        content="partitionElement:baseElement? flowNodeRef:IDREF* childLaneSet:laneSet?",
    ),
)  # fmt: skip
# 10.4
_DATA = (
    row("dataState", attributes="name:string"),
    row("dataObject", "flowElement", "itemSubjectRef:QName isCollection:boolean", "dataState?", group="flowElement"),
    row(
        "dataObjectReference", "flowElement", "itemSubjectRef:QName dataObjectRef:IDREF", "dataState?",
        group="flowElement",
    ),
    row(
        "dataStore", "rootElement", "name:string capacity:integer isUnlimited:boolean itemSubjectRef:QName",
        "dataState?",
        group="rootElement",
    ),
    row(
        "dataStoreReference", "flowElement", "itemSubjectRef:QName dataStoreRef:QName", "dataState?",
        group="flowElement",
    ),
    row("property", attributes="name:string itemSubjectRef:QName", content="dataState?"),
    row("dataInput", attributes="name:string itemSubjectRef:QName isCollection:boolean", content="dataState?"),
    row("dataOutput", attributes="name:string itemSubjectRef:QName isCollection:boolean", content="dataState?"),
    row("ioSpecification", content="dataInput* dataOutput* inputSet+ outputSet+"),
    row("ioBinding", attributes="operationRef:QName! inputDataRef:IDREF! outputDataRef:IDREF!"),
    row(
        "inputSet", attributes="name:string",
        content="dataInputRefs:IDREF* optionalInputRefs:IDREF* whileExecutingInputRefs:IDREF* outputSetRefs:IDREF*",
    ),
    row(
        "outputSet", attributes="name:string",
        content="dataOutputRefs:IDREF* optionalOutputRefs:IDREF* whileExecutingOutputRefs:IDREF* inputSetRefs:IDREF*",
    ),
    row(
        "dataAssociation", content="sourceRef:IDREF* targetRef:IDREF transformation:formalExpression? assignment*",
        abstract=True,
    ),
    row("dataInputAssociation", "dataAssociation"),
    row("dataOutputAssociation", "dataAssociation"),
    row("assignment", content="from:expression to:expression"),
)  # fmt: skip
# 10.6
_GATEWAYS = (
    row("gateway", "flowNode", "gatewayDirection=Unspecified|Converging|Diverging|Mixed", abstract=True),
    row("exclusiveGateway", "gateway", "default:IDREF", group="flowElement"),
    row("inclusiveGateway", "gateway", "default:IDREF", group="flowElement"),
    row("parallelGateway", "gateway", group="flowElement"),
    row("complexGateway", "gateway", "default:IDREF", "activationCondition:expression?", group="flowElement"),
    row(
        "eventBasedGateway", "gateway", "instantiate:boolean eventGatewayType=Exclusive|Parallel", group="flowElement"
    ),
)
ROWS = (*_PROCESS, *_DATA, *_GATEWAYS)
