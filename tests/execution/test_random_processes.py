"""Processes of any shape: built from blocks at random, they come to their end, however they are stored on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count, pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.execution.bench import Bench, diagram, node, user

Block = tuple[str, Any]

LEAF = st.sampled_from(["user", "job", "task", "script", "timer"]).map(lambda kind: (kind, None))


def _grow(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    parts = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        st.tuples(st.just("sequence"), parts),
        st.tuples(st.just("parallel"), parts),
        st.tuples(st.just("exclusive"), parts),
        st.tuples(st.just("inclusive"), parts),
        st.tuples(st.just("sub"), inner),
        st.tuples(st.just("each"), inner),
        st.tuples(st.just("again"), inner),
    )


BLOCKS: st.SearchStrategy[Block] = st.recursive(LEAF, _grow, max_leaves=8)


@dataclass
class Drawing:
    """A block as BPMN. Every block has one way in and one way out."""

    choices: list[int]
    xml: list[str] = field(default_factory=list)
    numbers: Any = field(default_factory=lambda: count(1))

    def new(self, kind: str) -> str:
        return f"{kind}_{next(self.numbers)}"

    def choose(self, many: int) -> int:
        """A number below `many`, from the example's choices in turn."""
        number = self.choices.pop(0) if self.choices else 0
        return number % many

    def flow(self, source: str, target: str, condition: str = "") -> str:
        id = self.new("flow")
        inner = f"<bpmn:conditionExpression>{condition}</bpmn:conditionExpression>" if condition else ""
        self.xml.append(f'<bpmn:sequenceFlow id="{id}" sourceRef="{source}" targetRef="{target}">{inner}</bpmn:sequenceFlow>')
        return id

    def draw(self, block: Block) -> tuple[str, str]:
        """Draw a block; returns where it is entered and where it is left."""
        kind, inside = block
        match kind:
            case "sequence":
                ends = [self.draw(part) for part in inside]
                for (_, before), (after, _) in pairwise(ends):
                    self.flow(before, after)
                return ends[0][0], ends[-1][1]
            case "parallel" | "exclusive" | "inclusive":
                return self._branches(f"{kind}Gateway", kind, inside)
            case "sub" | "each":
                return self._scope(kind, inside)
            case "again":
                return self._again(inside)
        return self._leaf(kind)

    def _leaf(self, kind: str) -> tuple[str, str]:
        id = self.new(kind)
        timer = "<bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>"
        self.xml.append(
            {
                "user": user(id),
                "job": node("serviceTask", id, '<zeebe:taskDefinition type="t"/>'),
                "task": node("task", id),
                "script": node("scriptTask", id, '<zeebe:script expression="=runs + 1" resultVariable="runs"/>'),
                "timer": node("intermediateCatchEvent", id, body=timer),
            }[kind]
        )
        return id, id

    def _branches(self, element: str, kind: str, parts: list[Block]) -> tuple[str, str]:
        split, join = self.new("split"), self.new("join")
        chosen = self.choose(2 ** len(parts))
        default = ""
        for number, part in enumerate(parts):
            first, last = self.draw(part)
            if kind == "parallel" or len(parts) == 1:
                self.flow(split, first)
            elif number == len(parts) - 1:
                default = f'default="{self.flow(split, first)}"'
            else:
                self.flow(split, first, "=true" if chosen >> number & 1 else "=false")
            self.flow(last, join)
        self.xml += [node(element, split, attributes=default), node(element, join)]
        return split, join

    def _scope(self, kind: str, part: Block) -> tuple[str, str]:
        id, outer = self.new(kind), self.xml
        self.xml = []
        start, end = self.new("start"), self.new("end")
        first, last = self.draw(part)
        self.flow(start, first)
        self.flow(last, end)
        loop = (
            f'<bpmn:multiInstanceLoopCharacteristics isSequential="{["true", "false"][self.choose(2)]}"><bpmn:extensionElements>'
            '<zeebe:loopCharacteristics inputCollection="=[1, 2]"/></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>'
        )
        inner = "".join(self.xml)
        self.xml = outer
        self.xml.append(
            f'<bpmn:subProcess id="{id}">{loop if kind == "each" else ""}{node("startEvent", start)}{inner}{node("endEvent", end)}</bpmn:subProcess>'
        )
        return id, id

    def _again(self, part: Block) -> tuple[str, str]:
        """Once more while there is something left of a count."""
        merge, decide, counter, out = self.new("merge"), self.new("decide"), self.new("count"), self.new("out")
        first, last = self.draw(part)
        self.flow(merge, first)
        self.flow(last, counter)
        self.flow(counter, decide)
        self.flow(decide, merge, f"={counter} &lt; 2")
        default = self.flow(decide, out)
        self.xml += [
            node("exclusiveGateway", merge), node("exclusiveGateway", decide, attributes=f'default="{default}"'), node("task", out),
            node("scriptTask", counter, f'<zeebe:script expression="=(if {counter} = null then 0 else {counter}) + 1" resultVariable="{counter}"/>'),
        ]  # fmt: skip
        return merge, out


def process(block: Block, choices: list[int]) -> bytes:
    """A whole process around a block."""
    drawing = Drawing(list(choices))
    first, last = drawing.draw(block)
    drawing.flow("s", first)
    drawing.flow(last, "e")
    return diagram(node("startEvent", "s") + node("endEvent", "e") + "".join(drawing.xml))


def run(xml: bytes, order: list[int], restore: bool) -> Bench:
    """Start, then do what waits, in the order that the numbers say, until nothing waits any more."""
    case, turns = Bench(xml, restore=restore).start(runs=0), list(order)
    for _ in range(2000):
        waiting = case.waiting
        if case.ended is not None or not waiting:
            break
        element = waiting[(turns.pop(0) if turns else 0) % len(waiting)]
        if element.startswith("timer"):
            case.trigger(element)
        else:
            case.complete(element)
    return case


@given(BLOCKS, st.lists(st.integers(0, 7), max_size=8), st.lists(st.integers(0, 20), max_size=20))
def test_every_structured_process_comes_to_its_end(block: Block, choices: list[int], order: list[int]) -> None:
    xml = process(block, choices)
    plain = run(xml, order, restore=False)
    assert plain.incidents == {}
    assert plain.ended is not None and plain.ended.completed, plain.waiting
    assert plain.waiting == [] and plain.case.tasks == {}
    restored = run(xml, order, restore=True)
    assert restored.taken == plain.taken
    assert restored.ended is not None and restored.ended.variables == plain.ended.variables


@given(BLOCKS, st.lists(st.integers(0, 7), max_size=8), st.integers(0, 12))
def test_every_process_can_be_cancelled_at_any_moment(block: Block, choices: list[int], steps: int) -> None:
    from engine.execution import effects as fx

    xml = process(block, choices)
    case = Bench(xml, restore=True).start(runs=0)
    for _ in range(steps):
        if case.ended is not None:
            return
        element = case.waiting[0]
        case.trigger(element) if element.startswith("timer") else case.complete(element)
    if case.ended is not None:
        return
    case.case.cancel_all()
    case._settle()
    assert case.ended is not None and not case.ended.completed
    begun = [e.key for e in case.effects if isinstance(e, fx.ElementStarted)]
    ended = [e.key for e in case.effects if isinstance(e, fx.ElementEnded)]
    assert sorted(begun) == sorted(ended) and len(set(ended)) == len(ended)
    assert case.waiting_for == {}
