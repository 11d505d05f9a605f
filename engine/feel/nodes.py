"""The syntax tree of an expression. Nodes are immutable; `position` is an offset in the text."""

from __future__ import annotations

from dataclasses import dataclass

from engine.feel.values.types import FeelType


@dataclass(frozen=True, slots=True)
class Node:
    position: int


@dataclass(frozen=True, slots=True)
class Literal(Node):
    value: object


@dataclass(frozen=True, slots=True)
class BadLiteral(Node):
    """A literal without a value (@"foo"): null, with this complaint."""

    complaint: str


@dataclass(frozen=True, slots=True)
class Name(Node):
    name: str


@dataclass(frozen=True, slots=True)
class Path(Node):
    of: Node
    name: str


@dataclass(frozen=True, slots=True)
class Filter(Node):
    of: Node
    condition: Node


@dataclass(frozen=True, slots=True)
class Argument:
    name: str | None
    value: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    function: Node
    arguments: tuple[Argument, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One more operand of a chain: the operator, where it stands, the operand."""

    operator: str
    position: int
    operand: Node


@dataclass(frozen=True, slots=True)
class Chain(Node):
    """Operators of one precedence from the left: + and -, * and /, or **."""

    first: Node
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Negation(Node):
    of: Node


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Logic(Node):
    """and / or over two or more operands."""

    operator: str
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Between(Node):
    value: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class In(Node):
    value: Node
    tests: Tests


@dataclass(frozen=True, slots=True)
class InstanceOf(Node):
    value: Node
    type: FeelType


@dataclass(frozen=True, slots=True)
class If(Node):
    condition: Node
    then: Node
    otherwise: Node


@dataclass(frozen=True, slots=True)
class Iterator:
    """`name` takes each element of `start`, or the numbers or dates from `start` to `end`."""

    name: str
    start: Node
    end: Node | None


@dataclass(frozen=True, slots=True)
class For(Node):
    """`uses_partial` says that the body reads `partial`, the results so far."""

    iterators: tuple[Iterator, ...]
    body: Node
    uses_partial: bool


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    """some / every."""

    quantifier: str
    iterators: tuple[Iterator, ...]
    condition: Node


@dataclass(frozen=True, slots=True)
class ListNode(Node):
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    key: str
    value: Node
    position: int


@dataclass(frozen=True, slots=True)
class ContextNode(Node):
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class RangeNode(Node):
    start: Node
    end: Node
    start_included: bool
    end_included: bool


@dataclass(frozen=True, slots=True)
class OperatorTest(Node):
    """`< 5` and the like: a range as a value, a test of `?` among tests."""

    operator: str
    bound: Node


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    type: FeelType | None


@dataclass(frozen=True, slots=True)
class FunctionNode(Node):
    """`body` is None for an external function, which is refused when it is called."""

    parameters: tuple[Parameter, ...]
    body: Node | None


@dataclass(frozen=True, slots=True)
class Test:
    """One of several tests; `uses_input` says that it mentions `?` and is then a condition of
    its own."""

    node: Node
    uses_input: bool


@dataclass(frozen=True, slots=True)
class Tests(Node):
    """Unary tests: the input passes when one of them holds, or none when `negated`. No tests at
    all (`-`) let everything pass."""

    tests: tuple[Test, ...]
    negated: bool
