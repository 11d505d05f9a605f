"""Types in expressions: after `instance of` and in parameters (grammar rules 50 and 57)."""

from __future__ import annotations

from engine.feel.cursor import Cursor
from engine.feel.names import NameIndex
from engine.feel.tokens import KEYWORD, NAME, QUOTED
from engine.feel.values.types import (
    ANY,
    SIMPLE,
    ContextType,
    FeelType,
    FunctionType,
    ListType,
    RangeType,
)

_SIMPLE_INDEX = NameIndex(SIMPLE)


class TypeParser(Cursor):
    """Adds `type` to the cursor."""

    def type(self) -> FeelType:
        with self.deeper():
            if self.token.kind == KEYWORD and self.token.text == "function":
                return self._function_type()
            if self.token.kind not in (NAME, QUOTED) and not self.is_keyword("null"):
                raise self.unexpected("a type")
            name = self._type_name()
            if name in ("list", "range") and self.accept("<"):
                element = self.type()
                self.expect(">")
                return ListType(name, element) if name == "list" else RangeType(name, element)
            if name == "context" and self.accept("<"):
                return self._context_type()
            return FeelType(name)

    def _type_name(self) -> str:
        if self.is_keyword("null"):
            self.take()
            return "Null"
        match = _SIMPLE_INDEX.match(self.tokens, self.at)
        if match is not None:
            self.at += match[0]
            return match[1]
        name = self.read_name()
        while self.accept("."):
            name += "." + self.read_property()
        return name

    def _context_type(self) -> FeelType:
        entries: list[tuple[str, FeelType]] = []
        while not self.is_operator(">"):
            key = self.read_label(":")
            self.expect(":")
            entries.append((key, self.type()))
            if not self.accept(","):
                break
        self.expect(">")
        return ContextType("context", tuple(entries))

    def _function_type(self) -> FeelType:
        self.take()
        if not self.accept("<"):
            return FeelType("function")
        parameters: list[FeelType] = []
        while not self.is_operator(">"):
            parameters.append(self.type())
            if not self.accept(","):
                break
        self.expect(">")
        result = self.type() if self.accept("->") else ANY
        return FunctionType("function", tuple(parameters), result)
