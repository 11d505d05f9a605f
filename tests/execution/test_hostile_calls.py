"""Whatever is written into global tasks, roles, calls and loops, a file is taken or refused with a reason; nothing crashes."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from hypothesis import given
from hypothesis import strategies as st

from tests.execution.bench import diagram, flows, node, user
from tests.execution.test_refused_elements import faults_of

START, END = node("startEvent", "s"), node("endEvent", "e")
CHARACTERS = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")
TEXT = st.one_of(
    st.text(CHARACTERS, max_size=20),
    st.sampled_from(["", " ", "=", "= x", "=x +", "bpmn:x", ":", "x", "d", "R", "ds", "gone", "None", "One", "Complex", "All", "#", "ก ข", "1", "=[1]"]),
)
KINDS = st.sampled_from(["performer", "humanPerformer", "potentialOwner", "resourceRole"])
GLOBALS = st.sampled_from(["globalTask", "globalUserTask", "globalManualTask", "globalScriptTask", "globalBusinessRuleTask"])
ROOTS = '<bpmn:resource id="R"/><bpmn:signal id="S" name="s"/><bpmn:signalEventDefinition id="ds" signalRef="S"/>'
DATA = '<bpmn:dataObject id="d"/>'


def taken_or_refused(xml: bytes) -> None:
    for fault in faults_of(xml):
        assert fault.rule and fault.th and fault.en and fault.file == "test.bpmn"


def element(name: str, text: str) -> str:
    return f"<bpmn:{name}>{escape(text)}</bpmn:{name}>"


@given(KINDS, TEXT, TEXT, TEXT)
def test_roles(kind: str, expression: str, language: str, ref: str) -> None:
    formal = f"<bpmn:formalExpression language={quoteattr(language)}>{escape(expression)}</bpmn:formalExpression>"
    for inner in (f"<bpmn:resourceAssignmentExpression>{formal}</bpmn:resourceAssignmentExpression>", element("resourceRef", ref)):
        taken_or_refused(diagram(START + user("x", body=f"<bpmn:{kind}>{inner}</bpmn:{kind}>" * 2) + END + flows("s x", "x e"), ROOTS))


@given(TEXT, TEXT)
def test_calls(attribute: str, process: str) -> None:
    called = f"<zeebe:calledElement processId={quoteattr(process)}/>"
    for extra in ("", called):
        call = node("callActivity", "x", extra, attributes=f"calledElement={quoteattr(attribute)}")
        taken_or_refused(diagram(START + call + END + flows("s x", "x e")))


@given(GLOBALS, TEXT, TEXT, TEXT)
def test_global_tasks(kind: str, id: str, name: str, script: str) -> None:
    body = f'<bpmn:extensionElements><zeebe:script expression={quoteattr(script)} resultVariable="r"/></bpmn:extensionElements>'
    task = f"<bpmn:{kind} id={quoteattr(id)} name={quoteattr(name)}>{body}</bpmn:{kind}>"
    taken_or_refused(diagram(START + END + flows("s e"), task + task.replace(kind, "globalTask")))


@given(TEXT, TEXT, TEXT, TEXT)
def test_what_loops_throw(behavior: str, one: str, none: str, condition: str) -> None:
    event = "<bpmn:event><bpmn:eventDefinitionRef>" + escape(none) + "</bpmn:eventDefinitionRef></bpmn:event>"
    thrown = f"<bpmn:complexBehaviorDefinition>{element('condition', condition)}{event}</bpmn:complexBehaviorDefinition>"
    said = f"behavior={quoteattr(behavior)} oneBehaviorEventRef={quoteattr(one)} noneBehaviorEventRef={quoteattr(none)}"
    for attributes, more in ((said, ""), (said, thrown), ('behavior="Complex"', thrown)):
        loop = f"<bpmn:multiInstanceLoopCharacteristics {attributes}><bpmn:loopCardinality>2</bpmn:loopCardinality>{more}</bpmn:multiInstanceLoopCharacteristics>"
        taken_or_refused(diagram(START + user("x", body=loop) + END + flows("s x", "x e"), ROOTS))


@given(TEXT, TEXT, TEXT, TEXT)
def test_what_loops_go_through(source: str, target: str, item: str, computed: str) -> None:
    task_data = f'<bpmn:ioSpecification><bpmn:dataInput id="x" name={quoteattr(item)}/></bpmn:ioSpecification>'
    joined = f"<bpmn:dataInputAssociation>{element('sourceRef', target)}<bpmn:targetRef>x</bpmn:targetRef>{element('transformation', computed)}</bpmn:dataInputAssociation>"
    loop = (
        f"<bpmn:multiInstanceLoopCharacteristics>{element('loopDataInputRef', source)}{element('loopDataOutputRef', target)}"
        f"<bpmn:inputDataItem name={quoteattr(item)}/><bpmn:outputDataItem/></bpmn:multiInstanceLoopCharacteristics>"
    )
    for more in ("", task_data, task_data + joined):
        taken_or_refused(diagram(DATA + START + user("a", body=more + loop) + END + flows("s a", "a e")))
