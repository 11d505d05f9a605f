"""Branching and joining beyond the basic: multi-choice, discriminators, partial joins, threads."""

from __future__ import annotations

from tests.execution.bench import diagram, flows, node, user

START, END = node("startEvent", "s"), node("endEvent", "e")
SPLIT, TASKS = node("parallelGateway", "g"), user("a") + user("b") + user("c")
OUT = ("s g", "g a", "g b", "g c")
TERMINATE = node("endEvent", "ie", body="<bpmn:terminateEventDefinition/>")


def complex_join(count: int) -> str:
    return node("complexGateway", "j", body=f"<bpmn:activationCondition>=activationCount >= {count}</bpmn:activationCondition>")


def inner(*pairs: str) -> str:
    return flows(*pairs).replace('id="f', 'id="i')


def looping(count: int) -> bytes:
    """Three branches that each begin again as long as somebody wants, joined by `count` of three."""
    again = "".join(node("inclusiveGateway", f"{i}g") for i in "abc")
    back = [pair for i in "abc" for pair in (f"{i} {i}g", f"{i}g j: =true", f"{i}g {i}: =again")]
    return diagram(START + SPLIT + TASKS + again + complex_join(count) + user("d") + flows(*OUT, "j d", "d e", *back) + END)


def test_06_multi_choice(run) -> None:
    choice = node("inclusiveGateway", "g")
    xml = diagram(START + choice + TASKS + flows("s g", "g a: =n > 1", "g b: =n > 2", "g c: =n > 3"))
    assert run(xml).start(n=2).waiting == ["a"]
    assert run(xml).start(n=3).waiting == ["a", "b"]
    assert run(xml).start(n=4).waiting == ["a", "b", "c"]


def test_07_structured_synchronizing_merge(run) -> None:
    parts = START + node("inclusiveGateway", "g") + TASKS + node("inclusiveGateway", "j") + user("d")
    conditions = ("s g", "g a: =n > 1", "g b: =n > 2", "g c: =n > 3")
    xml = diagram(parts + flows(*conditions, "a j", "b j", "c j", "j d"))
    assert run(xml).start(n=2).complete("a").waiting == ["d"]
    both = run(xml).start(n=3).complete("b")
    assert both.waiting == ["a"] and both.complete("a").waiting == ["d"]


def test_08_multi_merge(run) -> None:
    """Every token that comes goes on by itself."""
    case = run(diagram(START + SPLIT + TASKS + user("d") + flows(*OUT, "a d", "b d", "c d"))).start()
    assert case.complete("a").complete("b").waiting == ["c", "d", "d"]


def test_09_structured_discriminator(run) -> None:
    case = run(diagram(START + SPLIT + TASKS + complex_join(1) + user("d") + flows(*OUT, "a j", "b j", "c j", "j d"))).start()
    assert case.complete("b").waiting == ["a", "c", "d"]
    assert case.complete("a").complete("c").waiting == ["d"]


def test_28_blocking_discriminator(run) -> None:
    """While the others are awaited, a second token of the same branch is held back for the next round."""
    case = run(looping(1)).start(again=False)
    assert case.complete("a", again=True).waiting == ["a", "b", "c", "d"]
    assert case.complete("a", again=False).waiting == ["b", "c", "d"]
    assert case.complete("b").complete("c").waiting == ["d", "d"]
    assert case.complete("d").complete("d").ended is not None


def test_29_cancelling_discriminator(run) -> None:
    sub = node("startEvent", "is") + SPLIT + TASKS + TERMINATE + inner("is g", "g a", "g b", "g c", "a ie", "b ie", "c ie")
    case = run(diagram(START + f'<bpmn:subProcess id="x">{sub}</bpmn:subProcess>' + user("d") + flows("s x", "x d"))).start()
    assert case.complete("b").waiting == ["d"]


def test_30_structured_partial_join(run) -> None:
    case = run(diagram(START + SPLIT + TASKS + complex_join(2) + user("d") + flows(*OUT, "a j", "b j", "c j", "j d"))).start()
    assert case.complete("b").waiting == ["a", "c"]
    assert case.complete("c").waiting == ["a", "d"]
    assert case.complete("a").waiting == ["d"]


def test_31_blocking_partial_join(run) -> None:
    case = run(looping(2)).start(again=False)
    assert case.complete("a", again=True).complete("b", again=False).waiting == ["a", "c", "d"]
    assert case.complete("a").waiting == ["c", "d"]
    assert case.complete("c").waiting == ["d"]


def test_32_cancelling_partial_join(run) -> None:
    sub = node("startEvent", "is") + SPLIT + TASKS + complex_join(2) + TERMINATE
    sub += inner("is g", "g a", "g b", "g c", "a j", "b j", "c j", "j ie")
    case = run(diagram(START + f'<bpmn:subProcess id="x">{sub}</bpmn:subProcess>' + user("d") + flows("s x", "x d"))).start()
    assert case.complete("c").complete("a").waiting == ["d"]


def test_33_generalised_and_join(run) -> None:
    """A second token of a branch stays at its flow until the other branches bring theirs."""
    parts = START + SPLIT + user("a") + user("b") + node("parallelGateway", "h") + user("c") + user("d")
    parts += node("exclusiveGateway", "m") + node("parallelGateway", "j") + user("z")
    case = run(diagram(parts + flows("s g", "g a", "g b", "a m", "b h", "h m", "h c", "h d", "m j", "c j", "d j", "j z"))).start()
    case.complete("a").complete("b")
    assert case.complete("c").complete("d").waiting == ["z"]


def test_37_local_synchronizing_merge(run) -> None:
    """Which tokens are awaited follows from the branches of this part alone, here with a branch that goes astray."""
    parts = START + node("inclusiveGateway", "g") + TASKS + node("inclusiveGateway", "j") + user("d") + END
    parts += node("exclusiveGateway", "x", attributes='default="f7"')
    xml = diagram(parts + flows("s g", "g a: =true", "g b: =true", "g c: =false", "a j", "b x", "x j", "x e: =astray", "c j", "j d"))
    assert run(xml).start(astray=True).complete("a").complete("b").waiting == ["d"]
    case = run(xml).start(astray=False).complete("a")
    assert case.waiting == ["b"] and case.complete("b").waiting == ["d"]


def test_38_general_synchronizing_merge(run) -> None:
    """The same where a branch may come again: the merge waits as long as a token can still reach it."""
    parts = START + SPLIT + user("a") + user("b") + user("c") + node("inclusiveGateway", "j") + user("d") + END
    parts += node("exclusiveGateway", "x", attributes='default="f6"')
    case = run(diagram(parts + flows("s g", "g a", "g b", "a j", "b x", "x j", "x c: =again", "c x", "j d", "d e"))).start(again=True)
    assert case.complete("a").complete("b").waiting == ["c"]
    assert case.complete("c").waiting == ["c"]
    assert case.complete("c", again=False).waiting == ["d"]


def test_41_thread_merge(run) -> None:
    """Three threads of one branch become one again."""
    merge = user("b").replace("<bpmn:userTask ", '<bpmn:userTask startQuantity="3" ')
    case = run(diagram(START + SPLIT + TASKS.replace('"b"', '"x"') + merge + flows("s g", "g a", "g x", "g c", "a b", "x b", "c b"))).start()
    assert case.complete("a").complete("x").waiting == ["c"]
    assert case.complete("c").waiting == ["b"]


def test_42_thread_split(run) -> None:
    split = user("a").replace("<bpmn:userTask ", '<bpmn:userTask completionQuantity="3" ')
    assert run(diagram(START + split + user("b") + flows("s a", "a b"))).start().complete("a").waiting == ["b", "b", "b"]
