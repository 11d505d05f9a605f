"""Basic control flow, cycles, recursion, and how a case ends."""

from __future__ import annotations

from tests.execution.bench import diagram, flows, node, user

START, END = node("startEvent", "s"), node("endEvent", "e")
SPLIT, JOIN = node("parallelGateway", "g"), node("parallelGateway", "j")
CHOICE = node("exclusiveGateway", "g", attributes='default="f3"')


def test_01_sequence(run) -> None:
    case = run(diagram(START + user("a") + user("b") + END + flows("s a", "a b", "b e"))).start()
    assert case.waiting == ["a"] and case.complete("a").waiting == ["b"]


def test_02_parallel_split(run) -> None:
    assert run(diagram(START + SPLIT + user("a") + user("b") + flows("s g", "g a", "g b"))).start().waiting == ["a", "b"]


def test_03_synchronization(run) -> None:
    parts = START + SPLIT + user("a") + user("b") + JOIN + user("c")
    case = run(diagram(parts + flows("s g", "g a", "g b", "a j", "b j", "j c"))).start()
    assert case.complete("a").waiting == ["b"]
    assert case.complete("b").waiting == ["c"]


def test_04_exclusive_choice(run) -> None:
    xml = diagram(START + CHOICE + user("a") + user("b") + flows("s g", "g a: =n > 1", "g b"))
    assert run(xml).start(n=2).waiting == ["a"]
    assert run(xml).start(n=1).waiting == ["b"]


def test_05_simple_merge(run) -> None:
    parts = START + CHOICE + user("a") + user("b") + node("exclusiveGateway", "m") + user("c")
    xml = diagram(parts + flows("s g", "g a: =n > 1", "g b", "a m", "b m", "m c"))
    assert run(xml).start(n=2).complete("a").waiting == ["c"]
    assert run(xml).start(n=1).complete("b").waiting == ["c"]


def test_10_arbitrary_cycles(run) -> None:
    """Two cycles that overlap, one of them entered in the middle: a → b → c, back from c to b and from b to a."""
    parts = START + "".join(user(i) for i in "abc") + END
    parts += node("exclusiveGateway", "g", attributes='default="f4"') + node("exclusiveGateway", "h", attributes='default="f7"')
    case = run(diagram(parts + flows("s a", "a b", "b g", "g c", "g a: =again", "c h", "h e", "h b: =again"))).start()
    assert case.complete("a").complete("b", again=True).waiting == ["a"]
    assert case.complete("a").complete("b", again=False).complete("c", again=True).waiting == ["b"]
    assert case.complete("b").waiting == ["a"]
    assert case.complete("a", again=False).complete("b").complete("c").ended is not None


def test_11_implicit_termination(run) -> None:
    """The case ends when nothing is left to be done, without one place where it ends."""
    case = run(diagram(START + SPLIT + user("a") + user("b") + flows("s g", "g a", "g b"))).start()
    assert case.complete("a").ended is None
    assert case.complete("b").ended is not None


def test_21_structured_loop(run) -> None:
    loop = "<bpmn:standardLoopCharacteristics{}><bpmn:loopCondition>=again</bpmn:loopCondition></bpmn:standardLoopCharacteristics>"
    after = run(diagram(START + user("a", body=loop.format("")) + user("b") + flows("s a", "a b"))).start(again=False)
    assert after.waiting == ["a"] and after.complete("a", again=True).waiting == ["a"]
    assert after.complete("a", again=False).waiting == ["b"]
    before = diagram(START + user("a", body=loop.format(' testBefore="true"')) + user("b") + flows("s a", "a b"))
    assert run(before).start(again=False).waiting == ["b"]


def test_22_recursion(run) -> None:
    """A process that calls itself, with less to do each time."""
    less = '<zeebe:ioMapping><zeebe:input source="=n - 1" target="n"/></zeebe:ioMapping>'
    call = node("callActivity", "c", f'<zeebe:calledElement processId="p" propagateAllChildVariables="true"/>{less}')
    xml = diagram(START + CHOICE + call + user("a") + END + flows("s g", "g c: =n > 0", "g a", "c e", "a e"))
    outer = run(xml).start(n=1)
    (asked,) = outer.calls.values()
    assert (asked.process_id, asked.variables["n"]) == ("p", 0)
    inner = run(xml).start(n=0)
    assert inner.waiting == ["a"] and inner.complete("a", found="yes").ended is not None
    outer.case.complete_call(asked.task_key, dict(inner.variables))
    ended = outer._settle().ended
    assert ended is not None and ended.variables["found"] == "yes"


def test_43_explicit_termination(run) -> None:
    end = node("endEvent", "e", body="<bpmn:terminateEventDefinition/>")
    case = run(diagram(START + SPLIT + user("a") + user("b") + end + flows("s g", "g a", "g b", "a e"))).start()
    assert case.complete("a").ended is not None and case.tasks == {}
