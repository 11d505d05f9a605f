"""Patterns of several instances of one activity."""

from __future__ import annotations

from tests.execution.bench import diagram, flows, node, user

START, END = node("startEvent", "s"), node("endEvent", "e")
SEVERAL = "<bpmn:multiInstanceLoopCharacteristics>{}</bpmn:multiInstanceLoopCharacteristics>"
CARDINALITY = "<bpmn:loopCardinality>{}</bpmn:loopCardinality>"
KEY = '<bpmn:extensionElements><zeebe:subscription correlationKey="=k"/></bpmn:extensionElements>'
MESSAGES = f'<bpmn:message id="M" name="one more">{KEY}</bpmn:message>'
MESSAGE = '<bpmn:messageEventDefinition messageRef="M"/>'
TIMER = "<bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>"
ENOUGH = '<bpmn:escalation id="E" escalationCode="enough"/>'
ESCALATES = '<bpmn:escalationEventDefinition escalationRef="E"/>'


def around(task: str, more: str = "", *pairs: str) -> str:
    return START + task + user("b") + END + more + flows("s a", "a b", "b e", *pairs)


def counting(prefix: str) -> str:
    """A start, a task `w`, a count of those that are done, and an escalation by the second."""
    pairs = flows(f"{prefix}s {prefix}w", f"{prefix}w {prefix}c", f"{prefix}c {prefix}g", f"{prefix}g {prefix}e: =done = 2", f"{prefix}g {prefix}n")
    return (
        user(f"{prefix}w") + node("scriptTask", f"{prefix}c", '<zeebe:script expression="=done + 1" resultVariable="done"/>')
        + node("exclusiveGateway", f"{prefix}g", attributes=f'default="{prefix}5"') + node("endEvent", f"{prefix}n")
        + node("intermediateThrowEvent", f"{prefix}e", body=ESCALATES) + pairs.replace('id="f', f'id="{prefix}')
    )  # fmt: skip


def test_12_multiple_instances_without_synchronization(run) -> None:
    """A loop makes one thread after another; nothing joins them."""
    parts = START + user("more") + node("inclusiveGateway", "g") + user("a") + END
    case = run(diagram(parts + flows("s more", "more g", "g a: =true", "g more: =again", "a e"))).start()
    assert case.complete("more", again=True).waiting == ["a", "more"]
    assert case.complete("more", again=True).complete("more", again=False).waiting == ["a", "a", "a"]
    assert case.complete("a", 2).complete("a", 0).complete("a").ended is not None


def test_13_instances_known_at_design_time(run) -> None:
    case = run(diagram(around(user("a", body=SEVERAL.format(CARDINALITY.format(3)))))).start()
    assert case.waiting == ["a", "a", "a"]
    assert case.complete("a").complete("a").complete("a").waiting == ["b"]


def test_14_instances_known_at_run_time(run) -> None:
    xml = diagram(around(user("a", body=SEVERAL.format(CARDINALITY.format("=count(items)")))))
    assert run(xml).start(items=["x", "y"]).waiting == ["a", "a"]
    assert run(xml).start(items=[]).waiting == ["b"]


def more_by_message(work: str) -> str:
    """A sub-process that does `work` once, and once more for each message while it runs."""
    start = node("startEvent", "is") + flows("is w").replace('id="f', 'id="i')
    more = node("startEvent", "ms", body=MESSAGE, attributes='isInterrupting="false"')
    again = f'<bpmn:subProcess id="x" triggeredByEvent="true">{more}{{}}</bpmn:subProcess>'
    return f'<bpmn:subProcess id="a">{start}{user("w")}{again.format(work)}</bpmn:subProcess>'


def test_15_instances_not_known_at_run_time(run) -> None:
    """More are begun while others run; the activity is done when all are."""
    work = user("m") + flows("ms m").replace('id="f', 'id="m')
    case = run(diagram(around(more_by_message(work)), MESSAGES)).start(k="1")
    assert case.trigger("ms").trigger("ms").waiting == ["m", "m", "ms", "w"]
    assert case.complete("w").complete("m").waiting == ["m", "ms"]
    assert case.complete("m").waiting == ["b"]


def test_26_cancel_multiple_instance_activity(run) -> None:
    event = node("boundaryEvent", "t", body=TIMER, attributes='attachedToRef="a"') + user("c")
    case = run(diagram(around(user("a", body=SEVERAL.format(CARDINALITY.format(3))), event, "t c"))).start()
    assert case.complete("a").trigger("t").waiting == ["c"]


def test_27_complete_multiple_instance_activity(run) -> None:
    """Those that are not done are withdrawn and the case goes on as if they were."""
    event = node("boundaryEvent", "t", body=TIMER, attributes='attachedToRef="a"')
    case = run(diagram(around(user("a", body=SEVERAL.format(CARDINALITY.format(3))), event, "t b"))).start()
    assert case.complete("a").trigger("t").waiting == ["b"]


def test_34_static_partial_join(run) -> None:
    """The second of three lets the case go on; the third is done as well and changes nothing."""
    inside = node("startEvent", "ws") + counting("w")
    task = f'<bpmn:subProcess id="x">{SEVERAL.format(CARDINALITY.format(3))}{inside}</bpmn:subProcess>'
    event = node("boundaryEvent", "t", body=ESCALATES, attributes='attachedToRef="x" cancelActivity="false"')
    case = run(diagram(START + task + event + user("b") + flows("s x", "t b"), ENOUGH)).start(done=0)
    assert case.complete("ww").waiting == ["ww", "ww"]
    assert case.complete("ww").waiting == ["b", "ww"]
    assert case.complete("ww").waiting == ["b"]


def test_35_cancelling_partial_join(run) -> None:
    enough = CARDINALITY.format(3) + "<bpmn:completionCondition>=numberOfCompletedInstances >= 2</bpmn:completionCondition>"
    case = run(diagram(around(user("a", body=SEVERAL.format(enough))))).start()
    assert case.complete("a").waiting == ["a", "a"]
    assert case.complete("a").waiting == ["b"]


def test_36_dynamic_partial_join(run) -> None:
    """Instances are added while others run; the second one that is done lets the case go on."""
    started = node("startEvent", "ms", body=MESSAGE, attributes='isInterrupting="false"') + counting("m")
    first = node("startEvent", "ws") + counting("w")
    more = f'<bpmn:subProcess id="y" triggeredByEvent="true">{started}</bpmn:subProcess>'
    event = node("boundaryEvent", "t", body=ESCALATES, attributes='attachedToRef="x" cancelActivity="false"')
    xml = diagram(START + f'<bpmn:subProcess id="x">{first}{more}</bpmn:subProcess>' + event + user("b") + flows("s x", "t b"), MESSAGES + ENOUGH)
    case = run(xml).start(k="1", done=0).trigger("ms").trigger("ms")
    assert case.complete("mw").waiting == ["ms", "mw", "ww"]
    assert case.complete("ww").waiting == ["b", "ms", "mw"]
    assert case.complete("mw").waiting == ["b"]
