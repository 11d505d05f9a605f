"""if, for, some, every, functions, contexts, lists, ranges and parentheses."""

from __future__ import annotations

from abc import abstractmethod

from engine.feel.nodes import (
    ContextNode,
    Entry,
    For,
    FunctionNode,
    If,
    Iterator,
    ListNode,
    Node,
    OperatorTest,
    Parameter,
    Quantified,
    RangeNode,
)
from engine.feel.parse_types import TypeParser
from engine.feel.tokens import NAME, QUOTED

COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")


class BlockParser(TypeParser):
    """Adds everything with words or brackets around it to the cursor."""

    @abstractmethod
    def operand(self, level: int) -> Node:
        """An operand of operators of this precedence. Raises FeelSyntaxError."""

    def keyword_block(self) -> Node:
        word = self.token.text
        if word == "if":
            return self._if()
        if word == "for":
            return self._for()
        if word in ("some", "every"):
            return self._quantified()
        if word == "function":
            return self._function()
        raise self.unexpected("an expression")

    def _if(self) -> Node:
        start = self.take().start
        condition = self.expression()
        self.expect_keyword("then")
        then = self.expression()
        self.expect_keyword("else")
        return If(start, condition, then, self.expression())

    def _for(self) -> Node:
        start = self.take().start
        iterators = self._iterators(separated=True)
        self.bind("partial")
        self.expect_keyword("return")
        outer, self.saw_partial = self.saw_partial, False
        body = self.expression()
        uses_partial, self.saw_partial = self.saw_partial, outer
        self.unbind(len(iterators) + 1)
        return For(start, iterators, body, uses_partial)

    def _quantified(self) -> Node:
        token = self.take()
        iterators = self._iterators(separated=False)
        self.expect_keyword("satisfies")
        condition = self.expression()
        self.unbind(len(iterators))
        return Quantified(token.start, token.text, iterators, condition)

    def _iterators(self, separated: bool) -> tuple[Iterator, ...]:
        """Binds each name for the iterators after it; the caller unbinds them. The commas of
        `some` and `every` may be missing (an older grammar had none)."""
        found: list[Iterator] = []
        while True:
            name = self._iterator_name()
            self.expect_keyword("in")
            start = self.expression()
            end = self.expression() if self.accept("..") else None
            self.bind(name)
            found.append(Iterator(name, start, end))
            if self.accept(","):
                continue
            if separated or self.token.kind != NAME:
                return tuple(found)

    def _iterator_name(self) -> str:
        if self.token.kind == QUOTED:
            return self.take().text
        if self.token.kind != NAME:
            raise self.unexpected("the name of an iteration variable")
        name = self.take().text
        while not self.is_keyword("in"):
            token = self.token
            if token.kind != NAME and token.text not in ("-", "+", "*", "/", "'"):
                raise self.unexpected("'in'")
            name += (" " if token.gap else "") + self.take().text
        return name

    def _function(self) -> Node:
        start = self.take().start
        self.expect("(")
        parameters: list[Parameter] = []
        while not self.is_operator(")"):
            name = self.read_label(":", ",", ")")
            parameters.append(Parameter(name, self.type() if self.accept(":") else None))
            if not self.accept(","):
                break
        self.expect(")")
        if self.token.text == "external" and self.following.text == "{":
            self.take()
            self.expression()
            return FunctionNode(start, tuple(parameters), None)
        for parameter in parameters:
            self.bind(parameter.name)
        body = self.expression()
        self.unbind(len(parameters))
        return FunctionNode(start, tuple(parameters), body)

    def context(self) -> Node:
        start = self.take().start
        entries: list[Entry] = []
        while not self.is_operator("}"):
            position = self.token.start
            key = self.read_label(":")
            self.expect(":")
            # A function may call itself by its key; any other value means a name outside by it.
            recursive = self.is_keyword("function")
            if recursive:
                self.bind(key)
            entries.append(Entry(key, self.expression(), position))
            if not recursive:
                self.bind(key)
            if not self.accept(","):
                break
        self.expect("}")
        self.unbind(len(entries))
        return ContextNode(start, tuple(entries))

    def operator_test(self) -> Node:
        token = self.expect(*COMPARISONS)
        return OperatorTest(token.start, token.text, self.operand(4))

    def element(self) -> Node:
        """An expression or a test such as `< 5` among brackets."""
        return self.operator_test() if self.is_operator(*COMPARISONS) else self.expression()

    def bracketed(self) -> Node:
        """A list, or a range that includes its start."""
        start = self.take().start
        items: list[Node] = []
        while not self.is_operator("]"):
            items.append(self.element())
            if len(items) == 1 and self.is_operator(".."):
                return self.range_after(items[0], start, included=True)
            if not self.accept(","):
                break
        self.expect("]")
        return ListNode(start, tuple(items))

    def parenthesised(self) -> Node:
        """An expression in parentheses, or a range that excludes its start."""
        start = self.take().start
        inner = self.element()
        if self.is_operator(".."):
            return self.range_after(inner, start, included=False)
        self.expect(")")
        return inner

    def reversed_range(self) -> Node:
        """]1..5]: excludes its start."""
        start = self.take().start
        return self.range_after(self.expression(), start, included=False)

    def range_after(self, first: Node, start: int, included: bool) -> Node:
        self.expect("..")
        with self.deeper():
            self.range_end = True
            last = self.operand(4)
        close = self.expect("]", ")", "[")
        return RangeNode(start, first, last, included, close.text == "]")
