"""The grammar of expressions and unary tests (DMN 1.5, 10.3.1.2), read by precedence."""

from __future__ import annotations

from collections.abc import Callable, Collection

from engine.feel.cursor import INPUT, MAX_DEPTH
from engine.feel.functions.registry import BUILTINS, NAMES
from engine.feel.nodes import (
    Argument,
    BadLiteral,
    Between,
    Call,
    Chain,
    Comparison,
    Filter,
    In,
    InstanceOf,
    Literal,
    Logic,
    Name,
    Negation,
    Node,
    OperatorTest,
    Path,
    Step,
    Test,
    Tests,
)
from engine.feel.parse_blocks import COMPARISONS, BlockParser
from engine.feel.tokens import AT, END, KEYWORD, NAME, NUMBER, OPERATOR, QUOTED, STRING
from engine.feel.values.numbers import number
from engine.feel.values.reading import read_temporal

OR, AND, COMPARE, ADD, MULTIPLY, POWER = range(1, 7)
_ARITHMETIC = {"+": ADD, "-": ADD, "*": MULTIPLY, "/": MULTIPLY, "**": POWER}
_CONSTANTS = {"true": True, "false": False, "null": None}
_OLD_NAMES = {"and": "all", "or": "any"}
"""Functions whose former names are operators."""
_CANNOT_START = frozenset((")", "]", ".", ",", "}", "=", "!=", "<", "<=", ">", ">=", "..", ":", "+", "*"))
_CANNOT_START_WORDS = frozenset(("then", "else", "return", "satisfies", "and", "or", "in", "between"))
MAX_POSTFIX = 100


class Parser(BlockParser):
    """One text, once."""

    def __init__(self, text: str, names: Collection[str] = ()) -> None:
        super().__init__(text, names, BUILTINS, NAMES)

    def whole_expression(self) -> Node:
        node = self.expression()
        if self.token.kind != END:
            raise self.unexpected("an operator or the end")
        return node

    def expression(self) -> Node:
        with self.deeper():
            return self.operand(OR)

    def _operator(self) -> tuple[str, int] | None:
        token = self.token
        if token.kind == OPERATOR:
            level = _ARITHMETIC.get(token.text)
            if level is None and token.text in COMPARISONS:
                level = COMPARE
            return (token.text, level) if level is not None else None
        if token.kind == KEYWORD:
            level = {"or": OR, "and": AND, "between": COMPARE, "in": COMPARE}.get(token.text)
            return (token.text, level) if level is not None else None
        if token.kind == NAME and token.text == "instance" and self.following.text == "of":
            return "instance of", COMPARE
        return None

    def operand(self, level: int) -> Node:
        left = self._unary()
        open_level = 0
        while True:
            found = self._operator()
            if found is None or found[1] < level:
                return left
            operator, precedence = found
            if precedence == COMPARE:
                left = self._comparison(left, operator)
                open_level = 0
                continue
            position = self.take().start
            right = self.operand(precedence + 1)
            # `left` may only be extended when this loop made it: not when it stood in brackets.
            left = self._extended(left, operator, position, right, open_level == precedence)
            open_level = precedence

    def _extended(self, left: Node, operator: str, position: int, right: Node, extend: bool) -> Node:
        if operator in ("and", "or"):
            if extend and isinstance(left, Logic):
                return Logic(left.position, operator, (*left.operands, right))
            return Logic(position, operator, (left, right))
        step = Step(operator, position, right)
        if extend and isinstance(left, Chain):
            return Chain(left.position, left.first, (*left.steps, step))
        return Chain(position, left, (step,))

    def _comparison(self, left: Node, operator: str) -> Node:
        position = self.take().start
        if operator == "between":
            low = self.operand(ADD)
            self.expect_keyword("and")
            return Between(position, left, low, self.operand(ADD))
        if operator == "in":
            return In(position, left, self._tests_after_in())
        if operator == "instance of":
            self.take()
            return InstanceOf(position, left, self.type())
        return Comparison(position, operator, left, self.operand(ADD))

    def _unary(self) -> Node:
        signs: list[int] = []
        while self.is_operator("-"):
            signs.append(self.take().start)
            if len(signs) > MAX_DEPTH:
                raise self.error("too many minus signs", "เครื่องหมายลบมากเกินไป")
        node = self._postfix()
        for position in reversed(signs):
            node = Negation(position, node)
        return node

    def _postfix(self) -> Node:
        node = self._primary()
        for _ in range(MAX_POSTFIX):
            token = self.token
            if token.kind != OPERATOR:
                return node
            if token.text == ".":
                self.take()
                node = Path(token.start, node, self.read_property())
            elif token.text == "(":
                node = self._call(node)
            elif token.text == "[" and not self._closes_range():
                node = self._filter(node)
            else:
                return node
        raise self.error(
            f"more than {MAX_POSTFIX} paths, filters and calls in a row",
            f"มีจุด วงเล็บเหลี่ยม และการเรียกฟังก์ชันต่อกันเกิน {MAX_POSTFIX} ครั้ง",
        )

    def _closes_range(self) -> bool:
        after = self.following
        return self.range_end and (
            after.kind == END
            or (after.kind == OPERATOR and after.text in _CANNOT_START)
            or (after.kind == KEYWORD and after.text in _CANNOT_START_WORDS)
        )

    def _filter(self, of: Node) -> Node:
        position = self.take().start
        self.filters += 1
        condition = self.expression()
        self.filters -= 1
        self.expect("]")
        return Filter(position, of, condition)

    def _call(self, function: Node) -> Node:
        position = self.take().start
        arguments: list[Argument] = []
        while not self.is_operator(")"):
            name = self._argument_name()
            arguments.append(Argument(name, self.element()))
            if not self.accept(","):
                break
        self.expect(")")
        if len({argument.name is None for argument in arguments}) > 1:
            raise self.error("either all arguments have names, or none", "ต้องตั้งชื่อให้อาร์กิวเมนต์ทุกตัว หรือไม่ตั้งเลย")
        at = function.position if isinstance(function, Name) else position
        return Call(at, function, tuple(arguments))

    def _argument_name(self) -> str | None:
        at = self.at
        while self.tokens[at].kind in (NAME, KEYWORD, QUOTED):
            at += 1
        after = self.tokens[at]
        if at == self.at or after.kind != OPERATOR or after.text != ":":
            return None
        name = " ".join(token.text for token in self.tokens[self.at : at])
        self.at = at + 1
        return name

    def _primary(self) -> Node:
        token = self.token
        if token.kind in (NAME, QUOTED):
            name = self.read_name()
            self.note_name(name)
            return Name(token.start, name)
        if token.kind == NUMBER:
            return self._number()
        if token.kind == STRING:
            return Literal(self.take().start, token.text)
        if token.kind == AT:
            self.take()
            value = read_temporal(token.text)
            if value is None:
                return BadLiteral(token.start, f'"{token.text}" is no date, time or duration')
            return Literal(token.start, value)
        if token.kind == KEYWORD:
            if token.text in _CONSTANTS:
                return Literal(self.take().start, _CONSTANTS[token.text])
            if token.text in _OLD_NAMES and self.following.text == "(":
                return Name(self.take().start, _OLD_NAMES[token.text])
            return self.keyword_block()
        if token.text == "(":
            return self.parenthesised()
        if token.text == "[":
            return self.bracketed()
        if token.text == "]":
            return self.reversed_range()
        if token.text == "{":
            return self.context()
        raise self.unexpected("an expression")

    def _number(self) -> Node:
        token = self.take()
        try:
            return Literal(token.start, number(token.text))
        except (ArithmeticError, ValueError):
            return BadLiteral(token.start, f"the number {token.text} is too large")

    def _tests_after_in(self) -> Tests:
        position = self.token.start
        if self.is_operator(*COMPARISONS):
            return Tests(position, (Test(self.operator_test(), False),), False)
        if not self.is_operator("("):
            return Tests(position, (self._test(lambda: self.operand(ADD)),), False)
        self.take()
        first = self._test(self.element)
        if self.is_operator(".."):
            whole = self.range_after(first.node, position, included=False)
            return Tests(position, (Test(whole, first.uses_input),), False)
        tests = [first]
        while self.accept(","):
            tests.append(self._test(self.element))
        self.expect(")")
        return Tests(position, tuple(tests), False)

    def _test(self, read: Callable[[], Node]) -> Test:
        outer, self.saw_input = self.saw_input, False
        node = read()
        uses, self.saw_input = self.saw_input, self.saw_input or outer
        return Test(node, uses and not isinstance(node, OperatorTest))

    def whole_tests(self) -> Tests:
        """Unary tests as a decision table's cells have them; an empty cell is `-`."""
        self.bind(INPUT)
        if self.token.kind == END:
            return Tests(0, (), False)
        if self.is_operator("-") and self.following.kind == END:
            return Tests(0, (), False)
        if self.token.text == "not" and self.following.text == "(":
            negated = self._negated()
            if negated is not None:
                return negated
        tests = [self._test(self.element)]
        while self.accept(","):
            tests.append(self._test(self.element))
        if self.token.kind != END:
            raise self.unexpected("a comma or the end")
        return Tests(0, tuple(tests), False)

    def _negated(self) -> Tests | None:
        """not(...) around all tests; None, and back at the start, when it is only the first part
        of an expression."""
        start = self.at
        self.at += 2
        tests = [self._test(self.element)]
        while self.accept(","):
            tests.append(self._test(self.element))
        if self.accept(")") and self.token.kind == END:
            return Tests(0, tuple(tests), True)
        self.at = start
        return None
