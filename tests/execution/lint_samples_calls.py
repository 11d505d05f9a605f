"""Samples of the rules about global tasks, roles, calls and what loops throw and go through."""

from __future__ import annotations

from tests.execution.bench import node, user
from tests.execution.lint_samples import line
from tests.execution.test_loop_data import association, inside
from tests.execution.test_loop_events import CATCH, NONE, ONE, ROOTS, complex_
from tests.execution.test_roles import RESOURCES, referring, role

CALLED = '<zeebe:calledElement processId="{}"/>'
BINDING = "<bpmn:resourceParameterBinding parameterRef=\"p\"><bpmn:formalExpression>=1</bpmn:formalExpression></bpmn:resourceParameterBinding>"
WHO = '<zeebe:assignmentDefinition assignee="ann"/>'
CATEGORY = '<bpmn:category id="c"><bpmn:categoryValue id="cv"/></bpmn:category>'
IMPORT = '<bpmn:import importType="{}" location="x.xsd" namespace="urn:x"/>'
XSD = "http://www.w3.org/2001/XMLSchema"
DATA = '<bpmn:dataObject id="d" name="{}" isCollection="true"/>'
BOX = '<bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=d"/></bpmn:extensionElements>'
REF = "<bpmn:loopDataInputRef>{}</bpmn:loopDataInputRef>"
ASSIGNED = "<bpmn:assignment><bpmn:from>=d</bpmn:from><bpmn:to>=e</bpmn:to></bpmn:assignment>"
NOTHING = "<bpmn:complexBehaviorDefinition><bpmn:condition>=true</bpmn:condition></bpmn:complexBehaviorDefinition>"
BORDER = '<bpmn:boundaryEvent id="b" attachedToRef="x">{}</bpmn:boundaryEvent><bpmn:sequenceFlow id="fb" sourceRef="b" targetRef="e"/>'


def loop(inner: str, attributes: str = "", more: str = "", roots: str = "", before: str = "") -> bytes:
    """A looping user task between a start and an end."""
    characteristics = f"<bpmn:multiInstanceLoopCharacteristics {attributes}>{inner}</bpmn:multiInstanceLoopCharacteristics>"
    return line(user("x", body=before + characteristics), more=more, roots=roots)


def thrown(attributes: str, inner: str = "", more: str = "") -> bytes:
    """A looping user task that throws."""
    return loop(BOX + inner, attributes, more, ROOTS)


SAMPLES: dict[str, tuple[bytes, bytes]] = {
    "role-contradictory": (line(user("x", WHO, role("potentialOwner", "law"))), line(user("x", WHO, role("resourceRole", "law")))),
    "role-repeated": (
        line(user("x", body=role("performer", "a") + role("humanPerformer", "b"))), line(user("x", body=role("performer", "a") + role("potentialOwner", "b"))),
    ),
    "role-parameters": (
        line(user("x", body=referring("potentialOwner", "R1").replace("</bpmn:p", f"{BINDING}</bpmn:p")), roots=RESOURCES),
        line(user("x", body=referring("potentialOwner", "R1")), roots=RESOURCES),
    ),
    "role-empty": (line(user("x", body="<bpmn:potentialOwner/>")), line(user("x", body=role("potentialOwner", "law")))),
    "resource-reference": (
        line(user("x", body=referring("potentialOwner", "gone")), roots=RESOURCES), line(user("x", body=referring("potentialOwner", "R1")), roots=RESOURCES),
    ),
    "category-value": (
        line(user("x", body="<bpmn:categoryValueRef>gone</bpmn:categoryValueRef>"), roots=CATEGORY),
        line(user("x", body="<bpmn:categoryValueRef>bpmn:cv</bpmn:categoryValueRef>"), roots=CATEGORY),
    ),
    "import-type": (line(user("x"), roots=IMPORT.format("")), line(user("x"), roots=IMPORT.format(XSD))),
    "call-contradictory": (
        line(node("callActivity", "x", CALLED.format("q"), attributes='calledElement="r"')), line(node("callActivity", "x", CALLED.format("q"), attributes='calledElement="q"')),
    ),
    "loop-data": (loop(REF.format("gone"), more=DATA.format("n")), loop(REF.format("d"), more=DATA.format("n"))),
    "loop-data-name": (loop(REF.format("d"), more=DATA.format("a list")), loop(REF.format("d"), more=DATA.format("list"))),
    "loop-data-association": (
        loop(REF.format("di"), before=inside(association("Input", "d", "di", ASSIGNED)), more=DATA.format("n")),
        loop(REF.format("di"), before=inside(association("Input", "d", "di")), more=DATA.format("n")),
    ),
    "loop-data-collection": (
        loop(REF.format("d"), more=DATA.format("n").replace("true", "false")), loop(REF.format("d"), more=DATA.format("n")),
    ),
    "loop-twice": (loop(BOX + REF.format("d"), more=DATA.format("n")), loop(BOX, more=DATA.format("n"))),
    "loop-behavior": (thrown('behavior="One"'), thrown(ONE.format("ds"))),
    "loop-behavior-event": (thrown(ONE.format("gone")), thrown(NONE.format("ds"))),
    "loop-behavior-complex": (thrown('behavior="Complex"', NOTHING), thrown('behavior="Complex"', complex_("=true", CATCH["ds"]))),
    "loop-message-uncaught": (thrown(NONE.format("dm")), thrown(NONE.format("dm"), more=BORDER.format(CATCH["dm"]))),
}  # fmt: skip
