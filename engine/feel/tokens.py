"""FEEL's text as tokens (DMN 1.5, grammar rules 21 to 37, with Camunda 8's backtick names).

A name here is one word; names of several words, or with operators in them, are put together by
the parser, which knows what names there are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.feel.errors import FeelSyntaxError
from engine.feel.messages import HINTS, UNCLOSED

NAME = "name"
KEYWORD = "keyword"
NUMBER = "number"
STRING = "string"
AT = "at"
QUOTED = "quoted name"
OPERATOR = "operator"
END = "end"

KEYWORDS = frozenset("if then else for in return some every satisfies function between and or true false null".split())
MAX_TEXT = 100_000

# Grammar rules 28 to 30; \d would also take Thai digits, which belong to words here.
_START = (
    r"?A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D"
    r"\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF"
)
_PART = _START + r"0-9\u00B7\u0300-\u036F\u203F-\u2040"
_SPACE = r"\u0009-\u000D\u0020\u0085\u00A0\u1680\u180E\u2000-\u200B\u2028\u2029\u202F\u205F\u3000\uFEFF"
_TOKEN = re.compile(
    rf"(?P<space>[{_SPACE}]+|//[^\n]*|/\*.*?\*/)"
    rf"|(?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    rf"|(?P<name>[{_START}][{_PART}]*)"
    rf'|(?P<at>@"(?:[^"\\]|\\.)*")'
    rf'|(?P<string>"(?:[^"\\]|\\.)*")'
    rf"|(?P<quoted>`[^`]+`)"
    rf"|(?P<operator>\*\*|\.\.|->|!=|<=|>=|/(?!\*)|[-+*=<>()\[\]{{}},:.'])",
    re.S,
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{6})|(.))", re.S)
_SIMPLE_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}


@dataclass(frozen=True, slots=True)
class Token:
    """One token; `text` is its value (a string's without quotes and escapes). `gap` says that
    blanks stand before it; `start` and `end` are offsets in the source."""

    kind: str
    text: str
    start: int
    end: int
    gap: bool


def tokenize(text: str) -> list[Token]:
    """All tokens and a final END. Raises FeelSyntaxError."""
    if len(text) > MAX_TEXT:
        raise FeelSyntaxError(
            f"the expression is longer than {MAX_TEXT} characters", MAX_TEXT, text, f"นิพจน์ยาวเกิน {MAX_TEXT} อักขระ"
        )
    tokens: list[Token] = []
    position = 0
    gap = False
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            en, th = _complaint(text, position)
            raise FeelSyntaxError(en, position, text, th)
        kind = match.lastgroup or ""
        if kind == "space":
            gap = True
        else:
            tokens.append(_token(kind, match.group(), position, gap))
            gap = False
        position = match.end()
    tokens.append(Token(END, "", len(text), len(text), gap))
    return tokens


def _token(kind: str, raw: str, start: int, gap: bool) -> Token:
    end = start + len(raw)
    if kind == "name":
        return Token(KEYWORD if raw in KEYWORDS else NAME, raw, start, end, gap)
    if kind == "string":
        return Token(STRING, unescape(raw[1:-1]), start, end, gap)
    if kind == "at":
        return Token(AT, unescape(raw[2:-1]), start, end, gap)
    if kind == "quoted":
        return Token(QUOTED, raw[1:-1], start, end, gap)
    return Token(kind, raw, start, end, gap)


def _complaint(text: str, position: int) -> tuple[str, str]:
    char = text[position]
    if char in UNCLOSED:
        return UNCLOSED[char]
    return HINTS.get(char) or (f"the character {char!r} is not expected here", f"ใช้อักขระ {char!r} ที่นี่ไม่ได้")


def unescape(text: str) -> str:
    """The string's value: \\n, \\r, \\t, quotes, \\\\, \\u with four and \\U
    with six hexadecimal digits; a backslash before anything else stays (so that regular expressions
    need not double it). Two \\u of a surrogate pair are one character; a lone one becomes U+FFFD,
    since it is no text."""
    if "\\" not in text:
        return text
    value = _ESCAPE.sub(_escaped, text)
    if any("\ud800" <= c <= "\udfff" for c in value):
        value = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return value


def _escaped(match: re.Match[str]) -> str:
    short, long, other = match.groups()
    if short is not None:
        return chr(int(short, 16))
    if long is not None:
        code = int(long, 16)
        return chr(code) if code <= 0x10FFFF else "\ufffd"
    return _SIMPLE_ESCAPES.get(other, "\\" + other)
