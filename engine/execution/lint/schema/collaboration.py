"""Chapters 9 and 11: pools, message flows, conversations and choreographies."""

from __future__ import annotations

from engine.execution.lint.schema.notation import row

# 9.3 to 9.5
_COLLABORATION = (
    row(
        "collaboration", "rootElement", "name:string isClosed:boolean",
        "participant* messageFlow* artifact* conversationNode* conversationAssociation* participantAssociation* "
        "messageFlowAssociation* correlationKey* choreographyRef:QName* conversationLink*",
        group="rootElement",
    ),
    row(
        "participant", attributes="name:string processRef:QName",
        content="interfaceRef:QName* endPointRef:QName* participantMultiplicity?",
    ),
    row("participantMultiplicity", attributes="minimum:int maximum:int"),
    row("participantAssociation", content="innerParticipantRef:QName outerParticipantRef:QName"),
    row("messageFlow", attributes="name:string sourceRef:QName! targetRef:QName! messageRef:QName"),
    row("messageFlowAssociation", attributes="innerMessageFlowRef:QName! outerMessageFlowRef:QName!"),
)  # fmt: skip
_CONVERSATION = (
    row(
        "conversationNode", attributes="name:string",
        content="participantRef:QName* messageFlowRef:QName* correlationKey*", abstract=True,
    ),
    row("conversation", "conversationNode", group="conversationNode"),
    row(
        "callConversation", "conversationNode", "calledCollaborationRef:QName", "participantAssociation*",
        group="conversationNode",
    ),
    row("subConversation", "conversationNode", content="conversationNode*", group="conversationNode"),
    row("conversationLink", attributes="name:string sourceRef:QName! targetRef:QName!"),
    row("conversationAssociation", attributes="innerConversationNodeRef:QName! outerConversationNodeRef:QName!"),
    row("globalConversation", "collaboration", group="collaboration"),
)  # fmt: skip
# 11
_CHOREOGRAPHY = (
    row("choreography", "collaboration", content="flowElement*", group="collaboration"),
    row("globalChoreographyTask", "choreography", "initiatingParticipantRef:QName", group="choreography"),
    row(
        "choreographyActivity", "flowNode",
        "initiatingParticipantRef:QName! loopType=None|Standard|MultiInstanceSequential|MultiInstanceParallel",
        "participantRef:QName{2,} correlationKey*", abstract=True,
    ),
    row("choreographyTask", "choreographyActivity", content="messageFlowRef:QName{1,2}", group="flowElement"),
    row(
        "callChoreography", "choreographyActivity", "calledChoreographyRef:QName", "participantAssociation*",
        group="flowElement",
    ),
    row("subChoreography", "choreographyActivity", content="flowElement* artifact*", group="flowElement"),
)  # fmt: skip
ROWS = (*_COLLABORATION, *_CONVERSATION, *_CHOREOGRAPHY)
