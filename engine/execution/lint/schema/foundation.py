"""Chapter 8: definitions, what every element has, artifacts, and what a file declares for its processes."""

from __future__ import annotations

from engine.execution.lint.schema.notation import row

# 8.2 and 8.3: infrastructure and foundation
_CORE = (
    row(
        "definitions", None,
        "id:ID name:string targetNamespace:anyURI! expressionLanguage:anyURI typeLanguage:anyURI exporter:string "
        "exporterVersion:string",
        "import* extension* rootElement* bpmndi:BPMNDiagram* relationship*",
    ),
    row("import", None, "namespace:anyURI! location:string! importType:anyURI!"),
    row("extension", None, "definition:QName mustUnderstand:boolean", "documentation*"),
    row("baseElement", None, "id:ID", "documentation* extensionElements?", abstract=True),
    row("documentation", None, "id:ID textFormat:string", mixed=True, inside="any"),
    row("extensionElements", None, inside="other"),
    row("rootElement", abstract=True),
    row(
        "relationship", attributes="type:string! direction=None|Forward|Backward|Both",
        content="source:QName+ target:QName+",
    ),
)  # fmt: skip
# 8.4.1: artifacts
_ARTIFACTS = (
    row("artifact", abstract=True),
    row(
        "association", "artifact", "sourceRef:QName! targetRef:QName! associationDirection=None|One|Both",
        group="artifact",
    ),
    row("group", "artifact", "categoryValueRef:QName", group="artifact"),
    row("textAnnotation", "artifact", "textFormat:string", "text?", group="artifact"),
    row("text", None, mixed=True, inside="any"),
    row("category", "rootElement", "name:string", "categoryValue*", group="rootElement"),
    row("categoryValue", attributes="value:string"),
)
# 8.4.2: correlation
_CORRELATION = (
    row("correlationKey", attributes="name:string", content="correlationPropertyRef:QName*"),
    row(
        "correlationProperty", "rootElement", "name:string type:QName", "correlationPropertyRetrievalExpression+",
        group="rootElement",
    ),
    row(
        "correlationPropertyRetrievalExpression", attributes="messageRef:QName!",
        content="messagePath:formalExpression",
    ),
    row("correlationSubscription", attributes="correlationKeyRef:QName!", content="correlationPropertyBinding*"),
    row("correlationPropertyBinding", attributes="correlationPropertyRef:QName!", content="dataPath:formalExpression"),
)  # fmt: skip
# 8.4.3 to 8.4.13: what events, activities and flows refer to, and what they have in common
_COMMON = (
    row("error", "rootElement", "name:string errorCode:string structureRef:QName", group="rootElement"),
    row("escalation", "rootElement", "name:string escalationCode:string structureRef:QName", group="rootElement"),
    row("message", "rootElement", "name:string itemRef:QName", group="rootElement"),
    row("signal", "rootElement", "name:string structureRef:QName", group="rootElement"),
    row(
        "itemDefinition", "rootElement", "structureRef:QName isCollection:boolean itemKind=Information|Physical",
        group="rootElement",
    ),
    row("expression", attributes="", mixed=True),
    row("formalExpression", "expression", "language:anyURI evaluatesToTypeRef:QName", group="expression"),
    row(
        "flowElement", attributes="name:string", content="auditing? monitoring? categoryValueRef:QName*",
        abstract=True,
    ),
    row("flowNode", "flowElement", content="incoming:QName* outgoing:QName*", abstract=True),
    row(
        "sequenceFlow", "flowElement", "sourceRef:IDREF! targetRef:IDREF! isImmediate:boolean",
        "conditionExpression:expression?", group="flowElement",
    ),
    row("auditing"),
    row("monitoring"),
    row("resource", "rootElement", "name:string!", "resourceParameter*", group="rootElement"),
    row("resourceParameter", attributes="name:string type:QName isRequired:boolean"),
    row("partnerEntity", "rootElement", "name:string", "participantRef:QName*", group="rootElement"),
    row("partnerRole", "rootElement", "name:string", "participantRef:QName*", group="rootElement"),
)  # fmt: skip
# 8.5: services
_SERVICES = (
    row("interface", "rootElement", "name:string! implementationRef:QName", "operation+", group="rootElement"),
    row(
        "operation", attributes="name:string! implementationRef:QName",
        content="inMessageRef:QName outMessageRef:QName? errorRef:QName*",
    ),
    row("endPoint", "rootElement", group="rootElement"),
)  # fmt: skip
ROWS = (*_CORE, *_ARTIFACTS, *_CORRELATION, *_COMMON, *_SERVICES)
