"""The parser's place in the tokens, and the names it knows there."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from engine.feel.errors import FeelSyntaxError
from engine.feel.messages import HINTS, WANTED
from engine.feel.names import NameIndex
from engine.feel.nodes import Node
from engine.feel.tokens import (
    END,
    KEYWORD,
    NAME,
    OPERATOR,
    QUOTED,
    STRING,
    Token,
    tokenize,
)

MAX_DEPTH = 80
INPUT = "?"


class Cursor(ABC):
    """Reads tokens forward. `free` collects the names that are bound nowhere in the text; those
    met only inside filters, where they may be entries of an element, are in `in_filters`."""

    def __init__(self, text: str, names: Collection[str], functions: Collection[str], index: NameIndex) -> None:
        self.text = text
        self.tokens = tokenize(text)
        self.at = 0
        self.depth = 0
        self.names = frozenset(names)
        self.functions = functions
        self.function_index = index
        self.known = NameIndex(names)
        self.bound: list[str] = []
        self.filters = 0
        self.range_end = False
        self.saw_input = False
        self.saw_partial = False
        self.free: set[str] = set()
        self.in_filters: set[str] = set()

    @abstractmethod
    def expression(self) -> Node:
        """The expression that begins here. Raises FeelSyntaxError."""

    @property
    def token(self) -> Token:
        return self.tokens[self.at]

    @property
    def following(self) -> Token:
        return self.tokens[min(self.at + 1, len(self.tokens) - 1)]

    def error(self, en: str, th: str) -> FeelSyntaxError:
        return FeelSyntaxError(en, self.token.start, self.text, th)

    def unexpected(self, *wanted: str) -> FeelSyntaxError:
        """One of `wanted` should stand here: keys of messages.WANTED, symbols or words."""
        token = self.token
        found = self.text[token.start : token.end]
        hint = self._hint()
        if hint is not None:
            return self.error(*hint)
        return self.error(
            f"expected {' or '.join(wanted)}, found {found or 'the end'}",
            f"ต้องเป็น{' หรือ '.join(WANTED.get(one, one) for one in wanted)} แต่พบ{found or 'จุดสิ้นสุด'}",
        )

    def _hint(self) -> tuple[str, str] | None:
        before = self.tokens[self.at - 1] if self.at else None
        if self.token.text == "=" and before is not None and before.text == "=" and not self.token.gap:
            return HINTS["=="]
        return HINTS.get(self.token.text) if self.token.kind == OPERATOR else None

    def is_operator(self, *symbols: str) -> bool:
        token = self.tokens[self.at]
        return token.kind == OPERATOR and token.text in symbols

    def is_keyword(self, *words: str) -> bool:
        token = self.tokens[self.at]
        return token.kind == KEYWORD and token.text in words

    def take(self) -> Token:
        token = self.tokens[self.at]
        self.at += 1
        return token

    def accept(self, symbol: str) -> bool:
        if self.is_operator(symbol):
            self.at += 1
            return True
        return False

    def expect(self, *symbols: str) -> Token:
        if not self.is_operator(*symbols):
            raise self.unexpected(*symbols)
        return self.take()

    def expect_keyword(self, word: str) -> Token:
        if not self.is_keyword(word):
            raise self.unexpected(f"'{word}'")
        return self.take()

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """One level of nesting. Raises FeelSyntaxError beyond MAX_DEPTH."""
        if self.depth >= MAX_DEPTH:
            raise self.error(f"the expression is nested more than {MAX_DEPTH} deep", f"นิพจน์ซ้อนกันเกิน {MAX_DEPTH} ชั้น")
        self.depth += 1
        range_end, self.range_end = self.range_end, False
        yield
        self.range_end = range_end
        self.depth -= 1

    def bind(self, name: str) -> None:
        self.bound.append(name)
        self.known.add(name)

    def unbind(self, count: int) -> None:
        """Forget the last so many bound names."""
        for _ in range(count):
            self.known.remove(self.bound.pop())

    def read_name(self) -> str:
        """The name that stands here, as long as it is known; words that follow each other with
        nothing between are one name in any case, as nothing else can be meant."""
        token = self.token
        if token.kind == QUOTED:
            return self.take().text
        if token.kind != NAME:
            raise self.unexpected("a name")
        match = self.known.match(self.tokens, self.at)
        call = self.function_index.match(self.tokens, self.at)
        if call is not None and (match is None or call[0] > match[0]):
            after = self.tokens[self.at + call[0]]
            if after.kind == OPERATOR and after.text == "(":
                self.at += call[0]
                return call[1]
        if match is not None:
            self.at += match[0]
            name = match[1]
        else:
            name = self.take().text
        return self._joined(name)

    def _joined(self, name: str) -> str:
        while self.token.kind == NAME:
            after = self.following
            if self.token.text == "instance" and after.text == "of":
                break
            name += " " + self.take().text
        return name

    def read_property(self) -> str:
        """The name after a dot; even a keyword is one there."""
        if self.token.kind == KEYWORD:
            return self._joined(self.take().text)
        if self.token.kind == NAME:
            match = self.known.match(self.tokens, self.at)
            if match is not None:
                self.at += match[0]
                return self._joined(match[1])
            return self._joined(self.take().text)
        return self.read_name()

    def read_label(self, *ends: str) -> str:
        """A name that is introduced here and runs to one of `ends`: any words and operators."""
        if self.token.kind in (STRING, QUOTED):
            return self.take().text
        if self.token.kind not in (NAME, KEYWORD):
            raise self.unexpected("a name")
        name = self.take().text
        while not self.is_operator(*ends):
            token = self.token
            if token.kind in (END, STRING, QUOTED) or token.text in ("(", ")", "{", "}", "[", "]"):
                raise self.unexpected(*ends)
            name += (" " if token.gap else "") + self.take().text
        return name

    def note_name(self, name: str) -> None:
        """Remember what the expression reads from its scope."""
        if name == INPUT:
            self.saw_input = True
        elif name == "partial" and name in self.bound:
            self.saw_partial = True
        elif (
            name in self.bound
            or (name == "item" and self.filters)
            or (name in self.functions and self.is_operator("(") and name not in self.names)
        ):
            pass
        elif self.filters:
            self.in_filters.add(name)
        else:
            self.free.add(name)
